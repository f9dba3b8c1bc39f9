extension Fitted {
  /// Lines of which a panel shows as many as it has room for, from one of them on, moved by the user. At the right of the
  /// first and of the last it is marked where there are more.
  init<Line>(
    lines: [Line], of panel: String, _ scene: Scene, from own: Int = 0, rows: Room? = nil,
    more: Cell = Cell("↓", Style(.label)),
    draw: @escaping (_ grid: inout Grid, _ line: Line, _ row: Int) -> Void
  ) {
    self.init(rows: rows ?? Room(lines: lines.count)) { grid in
      let first = grid.firstLine(panel, scene, count: lines.count, rows: grid.height, from: own)
      for (row, line) in lines.dropFirst(first).prefix(grid.height).enumerated() { draw(&grid, line, row) }
      grid.markHidden(before: first, shown: grid.height, of: lines.count, more: more)
    }
  }
}

extension Grid {
  /// Marks in the last column that lines before those on show, or after them, are hidden.
  mutating func markHidden(
    before first: Int, shown: Int, of count: Int, top: Int = 0, column: Int? = nil,
    more: Cell = Cell("↓", Style(.label))
  ) {
    guard shown > 0 else { return }
    let column = column ?? width - 1
    if first > 0 { put("↑", row: top, column: column, style: Style(.label)) }
    if first + shown < count { put(more.glyph, row: top + shown - 1, column: column, style: more.style) }
  }

  /// The first of `count` lines that a panel shows in so many rows: where it would stand by itself, and as far from there
  /// as it is scrolled, but never beyond its ends. How far it really is scrolled is noted for `View.settled`.
  mutating func firstLine(_ panel: String, _ scene: Scene, count: Int, rows: Int, from own: Int = 0) -> Int {
    let most = max(count - max(rows, 0), 0)
    let own = min(max(own, 0), most)
    let scroll = scene.view.scroll(of: panel)
    let first = min(max(own + scroll.rows, 0), most)
    scrolls[panel] = Scroll(rows: first - own, columns: scroll.columns)
    return first
  }
}

extension View {
  /// The view with every panel scrolled as far as it was really drawn: what was asked for beyond a panel's end is
  /// forgotten, so that the way back begins at once.
  package func settled(by frame: Grid) -> View {
    var view = self
    for (panel, scroll) in frame.scrolls where view.scrolls[panel] != nil { view.scrolls[panel] = scroll }
    return view
  }
}
