extension Panel {
  /// What is told before the next command, in lines of its own.
  static let narration = Panel(
    "narration", "the script's comments before the next command",
    title: { Title($0.tongue($0.isPresenting ? "Narration" : "Guide")) },
    applies: { !$0.narration.isEmpty },
    columns: { _ in Extent(20, 80) },
    rows: { scene, width in
      let count = narrationLines(scene, width: width).count
      return Extent(min(count, 3), count)
    },
    draw: drawNarration)

  @Sendable private static func drawNarration(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let lines = narrationLines(scene, width: width)
    let first = grid.firstLine("narration", scene, count: lines.count, rows: height)
    for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
      grid.put(line, row: row, column: 2, style: Style(.narration), end: width)
    }
    if first + height < lines.count, height > 0 {
      grid.put("…", row: height - 1, endingBefore: width, style: Style(.muted))
    }
    return grid
  }

  /// Lines of the script that follow one another are one paragraph; an empty one parts two.
  private static func narrationLines(_ scene: Scene, width: Int) -> [String] {
    scene.tongue(scene.narration).split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { String($0).wrapped(to: max(min(width - 4, 100), 1)) }
  }
}
