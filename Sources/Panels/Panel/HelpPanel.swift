extension Panel {
  /// What the keys do, over the other panels.
  static let help = Panel(
    "help", "what the keys do, here and everywhere",
    title: { Title($0.tongue("Help"), remark: "Esc") },
    columns: { _ in Extent(30, 76) },
    rows: { scene, width in
      let count = helpLines(scene, width: width).count
      return Extent(min(count, 3), count)
    },
    draw: drawHelp)

  @Sendable private static func drawHelp(_ scene: Scene, width: Int, height: Int) -> Grid {
    var grid = Grid(width: width, height: height)
    let lines = helpLines(scene, width: width)
    let first = grid.firstLine("help", scene, count: lines.count, rows: height)
    for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
      for piece in line { grid.put(piece.text, row: row, column: piece.column, style: piece.style, end: width) }
    }
    if first + height < lines.count, height > 0 {
      grid.put("↓", row: height - 1, endingBefore: width, style: Style(.label))
    }
    return grid
  }

  private struct HelpPiece {
    let text: String
    let column: Int
    let style: Style
  }

  /// The keys that count here first, then those that count everywhere, then those of the prompt; in as many columns as
  /// have room.
  private static func helpLines(_ scene: Scene, width: Int) -> [[HelpPiece]] {
    let here = scene.panelContexts
    let name = Panel.named(scene.view.focus)?.title?(scene).text ?? scene.view.focus
    func isHere(_ hint: KeyHint) -> Bool { hint.contexts.contains(where: here.contains) }
    let groups: [(String, [KeyHint])] = [
      (scene.isPresenting ? scene.tongue("Presenting") : name, scene.hints.filter(isHere)),
      (scene.tongue("Everywhere"), scene.hints.filter(\.contexts.isEmpty)),
      (scene.tongue("Prompt"), scene.hints.filter { $0.contexts.contains("prompt") }),
    ]
    let shown = groups.flatMap(\.1)
    let keys = (shown.map(\.keys.displayWidth).max() ?? 0) + 2
    let own = keys + (shown.map { scene.tongue($0.action).displayWidth }.max() ?? 0) + 3
    let columns = max((width - 2) / max(own, 1), 1)
    var lines: [[HelpPiece]] = []
    for (name, hints) in groups where !hints.isEmpty {
      lines.append([HelpPiece(text: name, column: 1, style: Style(.title))])
      let rows = (hints.count + columns - 1) / columns
      for row in 0..<rows {
        lines.append(
          stride(from: row, to: hints.count, by: rows).enumerated().flatMap { index, hint in
            [
              HelpPiece(text: hints[hint].keys, column: 2 + index * own, style: Style(.key)),
              HelpPiece(text: scene.tongue(hints[hint].action), column: 2 + index * own + keys, style: Style(.label)),
            ]
          })
      }
    }
    return lines
  }
}
