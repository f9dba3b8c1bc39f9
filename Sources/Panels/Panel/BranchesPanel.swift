import Engine
import Notation

extension Panel {
  /// The futures as a tree: where each parts from which, how far it has gone, and the loss at the end of its last epoch.
  package static let branches = Panel(
    "branches", "the futures as a tree: where each parts, how far it went, the loss after its last epoch",
    .side(.then(3), companion: .modestGuest), arrows: .own
  ) { scene throws(Missing) in
    guard scene.futures.count > 1 else {
      throw Missing(reason: "there is one future so far; a change in the past begins another: goto start, then rate 1")
    }
    let rows = branchRows(scene)
    let chosen = rows.firstIndex { $0.number == scene.chosenFuture?.number } ?? 0
    let title = { Title(scene.tongue("Futures"), remark: scene.tongue("\(scene.futures.count) futures")) }
    return Prepared(title: title, columns: Room(28, 60)) { width in
      let room = Room(2, min(rows.count, 6), most: rows.count)
      return Fitted(lines: rows, of: "branches", scene, from: chosen - 1, rows: room) { grid, line, row in
        draw(line, isChosen: line.number == rows[chosen].number, row: row, into: &grid)
      }
    }
  }
  .with(Sign.ofBranches)

  private static func draw(_ line: BranchRow, isChosen: Bool, row: Int, into grid: inout Grid) {
    if isChosen { grid.put(">", row: row, column: 0, style: Style(.selected)) }
    if line.isCurrent { grid.put("●", row: row, column: 1, style: Style(.lit)) }
    if line.isBeside { grid.put("≠", row: row, column: 1, style: FutureBeside.style()) }
    let end = grid.put(line.lead, row: row, column: 3, style: Style(.rule))
    grid.put(line.label, row: row, column: end, style: Style(line.isCurrent ? .lit : .label))
    // What comes last has no room first; the last column is for what is hidden.
    var column = 5 + line.widths.label
    for (text, width) in zip(line.figures, line.widths.figures) where column + width + 1 < grid.width {
      grid.put(text, row: row, column: column, style: Style(.plain))
      column += width + 2
    }
    if column < grid.width - 4 {
      grid.put(line.origin, row: row, column: column, style: Style(.muted), end: grid.width - 1)
    }
    grid.mark(.future(line.label), row: row, columns: 0..<grid.width)
  }

  private static func branchRows(_ scene: Scene) -> [BranchRow] {
    let say = scene.tongue
    func texts(_ future: ListedFuture) -> [String] {
      [
        future.loss.map { "\(say("loss")) \(significant($0, digits: scene.tableDigits))" } ?? "",
        "\(say("to step")) \(future.steps)", future.parent == nil ? "" : "\(say("parts at")) \(future.parting)",
      ]
    }
    let tree = scene.futures.tree
    let figures = tree.map { texts($0.future) }
    let widths = (
      label: tree.map { ($0.lead + $0.future.label).displayWidth }.max() ?? 0,
      figures: (0..<3).map { place in figures.map { $0[place].displayWidth }.max() ?? 0 }
    )
    return zip(tree, figures).map { row, figures in
      BranchRow(
        number: row.future.number, lead: row.lead, label: row.future.label, figures: figures,
        origin: row.future.origin, isCurrent: row.future.isCurrent, isBeside: row.future.isBeside, widths: widths)
    }
  }
}

/// A row of the tree.
private struct BranchRow {
  let number: Int
  let lead: String
  let label: String
  let figures: [String]
  let origin: String
  let isCurrent: Bool
  let isBeside: Bool
  /// The columns that the widest of each takes.
  let widths: (label: Int, figures: [Int])
}

extension Scene {
  /// The future that is chosen in the tree: the one that is gone along, where no other is.
  package var chosenFuture: ListedFuture? {
    futures.first { $0.number == view.future } ?? futures.first(where: \.isCurrent)
  }
}
