extension Panel {
  /// The last row: what the keys do now, as many of them as fit.
  static let footer = Panel(
    "footer", "what the keys do", .bottom()
  ) { scene in Prepared(rows: .oneRow) { drawFooter(scene, into: &$0) } }

  private static func drawFooter(_ scene: Scene, into grid: inout Grid) {
    let hints = scene.currentHints.filter { $0.footer != nil }
    func words(_ hint: KeyHint) -> String { hint.footer.map { scene.tongue($0) } ?? "" }
    // What is always named has room before all, and then what the context has; then each that still fits, in the table's
    // order.
    var kept: Set<Int> = []
    var room = grid.width - 1
    func rank(_ hint: KeyHint) -> Int { hint.isAlwaysNamed ? 0 : hint.contexts.isEmpty ? 2 : 1 }
    for index in hints.indices.sorted(by: { (rank(hints[$0]), $0) < (rank(hints[$1]), $1) }) {
      let length = words(hints[index]).displayWidth + 2
      guard length - 2 <= room else { continue }
      kept.insert(index)
      room -= length
    }
    var column = 1
    for index in kept.sorted() {
      let start = column
      let words = words(hints[index]).split(separator: " ", maxSplits: 1).map(String.init)
      column = grid.put(words.first ?? "", row: 0, column: column, style: Style(.key)) + 1
      column = grid.put(words.dropFirst().first ?? "", row: 0, column: column, style: Style(.label)) + 2
      grid.mark(.key(hints[index].key), row: 0, columns: start..<(column - 2))
    }
  }
}
