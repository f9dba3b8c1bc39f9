import Engine

extension Panel {
  /// A menu, over the other panels: the list, below it what the chosen row comes to, and at the end the line that Enter
  /// gives.
  package static let menu = Panel(
    "menu", "what can be chosen", .over { $0.menu?.isAtTop == true }
  ) { scene in
    guard let menu = scene.menu else { return nil }
    let title = { Title(scene.tongue(menu.title), remark: menu.filter.isEmpty ? "Esc" : "/\(menu.filter)") }
    return Prepared(title: title) { width in
      let note = noteLines(scene, menu, width: width)
      return Fitted(rows: Room(4, menu.rows.count + previewRows(of: menu) + 1 + note.count)) {
        drawMenu(scene, menu, note: note, into: &$0)
      }
    }
  }

  /// The fewest rows of the list, so that it can be read before its preview.
  private static let leastList = 4
  private static let curveSize = (width: 26, height: 5)

  /// What is said of a row has the same room under every row, its rule included, so that the list keeps its place.
  private static let previewRows = 7

  /// Of a setting that is being edited only its meaning is said: the panels below show what it does.
  private static func previewRows(of menu: MenuOnShow) -> Int {
    !menu.hasPreviews ? 0 : menu.isAtTop && menu.edited != nil ? 2 : previewRows
  }

  private static func drawMenu(_ scene: Scene, _ menu: MenuOnShow, note: [String], into grid: inout Grid) {
    let (width, height) = (grid.width, grid.height)
    guard height > 0 else { return }
    let note = note.prefix(max(height - 6, 0))
    for (row, line) in note.enumerated() { grid.put(line, row: row, column: 2, style: Style(.narration)) }
    let top = note.count
    let rows = height - 1 - top
    let preview = max(min(previewRows(of: menu), rows - min(menu.rows.count, leastList)), 0)
    let list = max(min(menu.rows.count, rows - preview), 1)
    drawList(scene, menu, top: top, rows: list, &grid)
    if preview > 0 {
      grid.horizontalLine(row: top + list, column: 1, length: width - 2)
      switch menu.preview {
      case .text(let lines): drawText(scene, lines, row: top + list + 1, rows: preview - 1, &grid)
      case .activation(let choice): drawActivation(scene, choice, row: top + list + 1, rows: preview - 1, &grid)
      }
    }
    drawLine(scene, menu, row: height - 1, &grid)
  }

  private static func noteLines(_ scene: Scene, _ menu: MenuOnShow, width: Int) -> [String] {
    menu.note.isEmpty ? [] : scene.tongue(menu.note).wrapped(to: max(width - 4, 1))
  }

  private static func drawList(_ scene: Scene, _ menu: MenuOnShow, top: Int, rows: Int, _ grid: inout Grid) {
    guard !menu.rows.isEmpty else {
      let text = scene.tongue("nothing is called that; Backspace takes a letter back")
      grid.put(text, row: top, column: 2, style: Style(.muted))
      return
    }
    let first = min(max(menu.chosen - rows / 2, 0), max(menu.rows.count - rows, 0))
    let column = 4 + min(menu.rows.map { scene.tongue($0.name).displayWidth }.max() ?? 0, grid.width / 2 - 4) + 2
    for (index, item) in menu.rows.enumerated().dropFirst(first).prefix(rows) {
      let row = top + index - first
      let isChosen = index == menu.chosen
      let style = Style(isChosen ? .selected : .plain)
      if isChosen { grid.fill(rows: row..<(row + 1), columns: 1..<(grid.width - 1), style: style) }
      grid.put(isChosen ? ">" : " ", row: row, column: 1, style: style)
      grid.put(item.isMarked ? "*" : " ", row: row, column: 2, style: style)
      // A row that is nothing but its name has the whole width for it.
      let name = scene.tongue(item.name).clipped(to: item.value.isEmpty ? grid.width - 6 : column - 6)
      grid.put(name, row: row, column: 4, style: style)
      mark(item.matchInName, of: name, row: row, column: 4, &grid)
      if isChosen, let edited = menu.edited {
        grid.putEdited(
          edited, row: row, column: column, room: grid.width - column - 2)
      } else {
        let value = scene.tongue(item.value).clipped(to: max(grid.width - column - 2, 0))
        grid.put(value, row: row, column: column, style: isChosen ? style : Style(.label))
        mark(item.matchInValue, of: value, row: row, column: column, &grid)
      }
      grid.mark(.row(index), row: row, columns: 0..<grid.width)
    }
    if first > 0 { grid.put("↑", row: top, column: grid.width - 1, style: Style(.label)) }
    if first + rows < menu.rows.count {
      grid.put("↓", row: top + rows - 1, column: grid.width - 1, style: Style(.label))
    }
  }

  /// What was typed to find a row is underlined in it.
  private static func mark(_ match: Range<Int>?, of text: String, row: Int, column: Int, _ grid: inout Grid) {
    guard let match, match.upperBound <= text.count else { return }
    let start = column + text.prefix(match.lowerBound).description.displayWidth
    let end = column + text.prefix(match.upperBound).description.displayWidth
    grid.restyle(row: row, columns: start..<end) { $0.with([.bold, .underline]) }
  }

  private static func drawText(_ scene: Scene, _ lines: [Text], row: Int, rows: Int, _ grid: inout Grid) {
    var wrapped = lines.flatMap { scene.tongue($0).wrapped(to: max(grid.width - 4, 1)) }
    if wrapped.count > rows, rows > 0 {
      let last = wrapped[rows - 1].clipped(to: max(grid.width - 6, 1))
      wrapped = wrapped.prefix(rows - 1) + [last.hasSuffix("…") ? last : last + " …"]
    }
    for (index, line) in wrapped.prefix(rows).enumerated() {
      grid.put(line, row: row + index, column: 2, style: Style(.label), end: grid.width - 1)
    }
  }

  /// The curves on the right, what they are on the left.
  private static func drawActivation(
    _ scene: Scene, _ choice: ActivationChoice, row: Int, rows: Int, _ grid: inout Grid
  ) {
    let curve = ActivationCurve(choice, width: curveSize.width, height: max(min(rows - 1, curveSize.height), 1))
    let left = grid.width - curveSize.width - 2
    let text = [
      "f  = \(choice.rule.formula)", "f' = \(choice.rule.derivativeFormula)", scene.tongue(choice.rule.meaning),
      choice.changed.map { "\($0.setting.name) \($0.value)" }.joined(separator: ", "),
    ]
    var next = row
    for (index, piece) in text.enumerated() where !piece.isEmpty {
      for line in piece.wrapped(to: max(left - 4, 1)) where next < row + rows - 1 {
        grid.put(line, row: next, column: 2, style: index < 2 ? .plain : Style(.label), end: left - 1)
        next += 1
      }
    }
    curve.draw(on: &grid, row: row, column: left)
  }

  /// The line that Enter gives, or what there is to say.
  private static func drawLine(_ scene: Scene, _ menu: MenuOnShow, row: Int, _ grid: inout Grid) {
    if let message = menu.message {
      // A message of several rows takes those of the preview.
      let lines = scene.tongue(message.text).wrapped(to: max(grid.width - 3, 1)).prefix(3)
      let first = max(row - lines.count + 1, 0)
      grid.fill(rows: first..<(row + 1), columns: 0..<grid.width)
      for (index, line) in lines.enumerated() {
        grid.put(line, row: first + index, column: 1, style: Style(message.role))
      }
    } else if !menu.line.isEmpty {
      let end = grid.put(": ", row: row, column: 1, style: Style(.muted))
      grid.put(menu.line.clipped(to: max(grid.width - end - 1, 0)), row: row, column: end, style: Style(.prompt))
    } else {
      grid.put(scene.tongue(menu.hint).clipped(to: grid.width - 3), row: row, column: 1, style: Style(.label))
    }
  }
}
