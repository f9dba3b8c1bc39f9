extension Panel {
  /// A long answer, over the other panels.
  package static let sheet = Panel(
    "sheet", "an answer of many lines", .over()
  ) { scene in
    guard let sheet = scene.sheet else { return nil }
    return Prepared(title: { Title(sheet.title, remark: sheet.isTable ? "←→ Esc" : "Esc") }) { width in
      let room = max(width - 3, 1)
      let lines = sheet.lines.flatMap { line -> [String] in
        let text = scene.tongue(line)
        return sheet.isTable ? [text] : text.wrapped(to: room)
      }
      // A table's rows are cut off on both sides, all at the same columns.
      let widest = sheet.isTable ? lines.map(\.displayWidth).max() ?? 0 : 0
      let first = min(max(scene.view.scroll(of: "sheet").columns, 0), max(widest - room, 0))
      return Fitted(lines: lines, of: "sheet", scene) { grid, line, row in
        grid.put(sheet.isTable ? String(line.dropFirst(first).prefix(room)) : line, row: row, column: 1)
      }
    }
  }
}
