import Engine

extension Panel {
  /// A long answer, over the other panels. A table that is too wide is gone through sideways, by whole columns.
  package static let sheet = Panel(
    "sheet", "an answer of many lines", .over()
  ) { scene in
    guard let sheet = scene.sheet else { return nil }
    return Prepared(title: { Title(sheet.title, remark: "Esc") }) { width in
      let room = max(width - 3, 1)
      let others = sheet.lines.dropFirst(sheet.table?.count ?? 0).flatMap { scene.tongue($0).wrapped(to: room) }
      let columns = sheet.table?.columns(from: scene.view.scroll(of: "sheet").columns, width: room)
      return Fitted(lines: sheet.rows(of: columns, room, scene) + others, of: "sheet", scene) { grid, line, row in
        grid.put(line, row: row, column: 1, end: grid.width - 1)
        // No further than there are columns.
        if let columns { grid.scrolls["sheet"]?.columns = columns.lowerBound }
      }
    }
  }
}

extension Sheet {
  /// The table's rows with some of its columns, below a row that says which, where those are not all.
  fileprivate func rows(of columns: Range<Int>?, _ room: Int, _ scene: Scene) -> [String] {
    guard let table, let columns else { return [] }
    let rows = table.lines(of: columns)
    guard columns.count < table.columns else { return rows }
    let (first, last) = (columns.lowerBound + 1, columns.upperBound)
    let some: Text =
      first == last ? "column \(first) of \(table.columns)" : "columns \(first) to \(last) of \(table.columns)"
    return scene.tongue("\(some); → and ← go on through them").wrapped(to: room) + rows
  }
}
