extension Panel {
  /// What the keys do, over the other panels.
  package static let help = Panel(
    "help", "what the keys do, here and everywhere", .over()
  ) { scene in
    Prepared(title: { Title(scene.tongue("Help"), remark: "Esc") }, columns: Room(30, 76)) { width in
      let lines = helpLines(scene, width: width)
      return Fitted(lines: lines, of: "help", scene) { grid, line, row in
        for piece in line { grid.put(piece.text, row: row, column: piece.column, style: piece.style) }
      }
    }
  }

  private struct HelpPiece {
    let text: String
    let column: Int
    let style: Style
  }

  /// What the mouse does; with Shift held the terminal keeps it for itself.
  private static let mouse = [
    KeyHint("click", "choose; again: edit"), KeyHint("wheel", "scroll, count"),
    KeyHint("Shift-drag", "select text to copy"),
  ]

  /// The keys that count here first, then those that count everywhere, then those of the prompt; in as many columns as
  /// have room.
  private static func helpLines(_ scene: Scene, width: Int) -> [[HelpPiece]] {
    let here = scene.panelContexts
    let name = Panel.named(scene.view.focus)?.ready(scene)?.title?().text ?? scene.view.focus
    func isHere(_ hint: KeyHint) -> Bool { hint.contexts.contains(where: here.contains) }
    let groups: [(String, [KeyHint])] = [
      (scene.isPresenting ? scene.tongue("Presenting") : name, scene.hints.filter(isHere)),
      (scene.tongue("Everywhere"), scene.hints.filter(\.contexts.isEmpty)),
      (scene.tongue("Mouse"), mouse),
      (scene.tongue("Prompt"), scene.hints.filter { $0.contexts.contains("prompt") }),
    ]
    var lines: [[HelpPiece]] = []
    for (index, (name, hints)) in groups.enumerated() where !hints.isEmpty {
      if index == 3 { lines += signLines(scene, width: width) }
      let keys = (hints.map(\.keys.displayWidth).max() ?? 0) + 2
      let own = keys + (hints.map { scene.tongue($0.action).displayWidth }.max() ?? 0) + 3
      let columns = max((width + 1) / max(own, 1), 1)
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

  /// What the signs on show are, below the name of their panel.
  private static func signLines(_ scene: Scene, width: Int) -> [[HelpPiece]] {
    let margin = min((scene.signs.flatMap(\.signs).map { scene.tongue($0.sign).displayWidth }.max() ?? 0) + 4, 24)
    return scene.signs.flatMap { panel in
      [[HelpPiece(text: "\(scene.tongue("On show")): \(panel.name)", column: 1, style: Style(.title))]]
        + panel.signs.flatMap { sign in
          scene.tongue(sign.meaning).wrapped(to: max(width - margin - 2, 10)).enumerated().map { row, text in
            (row == 0 ? [HelpPiece(text: scene.tongue(sign.sign), column: 2, style: Style(.key))] : [])
              + [HelpPiece(text: text, column: margin, style: Style(.label))]
          }
        }
    }
  }
}
