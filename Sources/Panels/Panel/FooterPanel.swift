extension Panel {
  /// The last row: what the keys do now, as many of them as fit.
  static let footer = Panel(
    "footer", "what the keys do",
    title: nil, rows: { _, _ in Extent(1, 1) }, draw: drawFooter)

  @Sendable private static func drawFooter(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    var column = 1
    for hint in scene.currentHints {
      let length = hint.keys.displayWidth + 1 + hint.action.displayWidth
      guard column + length <= width else { continue }
      column = grid.put(hint.keys, row: 0, column: column, style: Style(.key)) + 1
      column = grid.put(hint.action, row: 0, column: column, style: Style(.label)) + 2
    }
    return grid
  }
}
