extension Panel {
  /// A long answer, over the other panels.
  package static let sheet = Panel(
    "sheet", "an answer of many lines", .over()
  ) { scene in
    guard let sheet = scene.sheet else { return nil }
    return Prepared(title: { Title(sheet.title, remark: "Esc") }) { width in
      let lines = sheet.lines.flatMap { scene.tongue($0).wrapped(to: max(width - 3, 1)) }
      return Fitted(lines: lines, of: "sheet", scene) { grid, line, row in
        grid.put(line, row: row, column: 1)
      }
    }
  }
}
