extension Panel {
  /// A long answer, over the other panels.
  static let sheet = Panel(
    "sheet", "an answer of many lines",
    title: { Title($0.sheet?.title ?? "", remark: "Esc") },
    applies: { $0.sheet != nil },
    rows: { scene, width in
      let count = sheetLines(scene, width: width).count
      return Extent(min(count, 3), count)
    },
    draw: drawSheet)

  @Sendable private static func drawSheet(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let lines = sheetLines(scene, width: width)
    let first = grid.firstLine("sheet", scene, count: lines.count, rows: height)
    for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
      grid.put(line, row: row, column: 1, end: width)
    }
    if first + height < lines.count, height > 0 {
      grid.put("↓", row: height - 1, endingBefore: width, style: Style(.label))
    }
    return grid
  }

  private static func sheetLines(_ scene: Scene, width: Int) -> [String] {
    (scene.sheet?.lines ?? []).flatMap { scene.tongue($0).wrapped(to: max(width - 3, 1)) }
  }
}
