/// The bar of panels: their numbers and names in the row of the message, where that leaves room, those that are not on show
/// dim. It takes no row of its own.
func drawBar(_ layout: Layout, _ scene: Scene, _ grid: inout Grid) {
  guard let slot = layout.slots.first(where: { $0.panel.name == Panel.message.name }) else { return }
  let row = slot.row
  // Where keys are text, or go to what lies over the panels, no number chooses one.
  guard scene.overlay == nil, !scene.takesText else { return }
  let isAlone = scene.view.isChoosingPanel
  // Asked for, it takes the whole row; else what the message leaves, and none of a message of many rows.
  guard isAlone || slot.height == 1 else { return }
  if isAlone { grid.fill(rows: row..<(row + 1), columns: 0..<grid.width) }
  let end = isAlone ? 0 : (grid.endOfText(inRow: row) + 3)
  let items = layout.panelsToChoose().map { item in
    BarItem(
      panel: item.panel.name, key: item.panel.number ?? "", isOnShow: item.isOnShow,
      isFocused: item.panel.name == scene.view.focus)
  }
  for form in BarItem.forms {
    let texts = items.map(form)
    let lead = Panel.barKey
    let width = texts.reduce(lead.displayWidth) { $0 + $1.displayWidth + ($1.contains(" ") ? 2 : 1) }
    guard end + width < grid.width else { continue }
    var column = isAlone ? 1 : grid.width - width - 1
    column = grid.put(lead, row: row, column: column, style: Style(.key))
    for (item, text) in zip(items, texts) {
      column += text.contains(" ") ? 2 : 1
      let start = column
      column = grid.put(text, row: row, column: column, style: item.style)
      // Where two blanks part all of them, the brackets stand in those.
      if item.isFocused, !text.hasPrefix("[") {
        grid.put("[", row: row, column: start - 1, style: item.style)
        grid.put("]", row: row, column: column, style: item.style)
      }
      // A click there is one on the panel.
      grid.mark(.panel(item.panel), row: row, columns: start..<column)
    }
    return
  }
}

/// A panel in the bar.
private struct BarItem {
  let panel: String
  let key: String
  let isOnShow: Bool
  let isFocused: Bool

  /// In brackets where the keys belong to it.
  private func bracketed(_ text: String) -> String { isFocused ? "[\(text)]" : text }

  /// What is written of each, the longest first: where room is short only those that are not on show are named.
  static let forms: [@Sendable (BarItem) -> String] = [
    { "\($0.key) \($0.panel)" },
    { $0.bracketed($0.isOnShow && !$0.isFocused ? $0.key : "\($0.key) \($0.panel)") },
    { $0.bracketed($0.isOnShow ? $0.key : "\($0.key) \($0.panel)") },
    { $0.bracketed($0.key) },
  ]

  var style: Style { isFocused ? Style(.lit) : isOnShow ? Style(.label) : Style(.muted) }
}

extension Panel {
  /// The key before a panel's number.
  package static let barKey = "x"

  /// The keys by which panels are chosen, in their order: as many as there are panels with a heading.
  package static let numbers = Array("1234567890abcdefgh").prefix(body.count).map(String.init)

  /// The key by which it is chosen; nil of a panel that the keys cannot belong to.
  package var number: String? {
    Panel.body.firstIndex { $0.name == name }.flatMap { Panel.numbers.indices.contains($0) ? Panel.numbers[$0] : nil }
  }
}

extension Grid {
  /// The column behind the last thing that is written in a row.
  fileprivate func endOfText(inRow row: Int) -> Int {
    var column = width
    while column > 0, self[row, column - 1].character == " " { column -= 1 }
    return column
  }
}
