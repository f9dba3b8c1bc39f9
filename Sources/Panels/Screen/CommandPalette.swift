import Engine

/// A command as the palette offers it.
package struct PaletteRow: Equatable, Sendable {
  /// The name.
  package let name: String
  /// The key that stands for it; empty where none does.
  package let key: String
  /// What it does.
  package let meaning: Text

  /// A command with its key.
  package init(_ name: String, key: String, _ meaning: Text) {
    self.name = name
    self.key = key
    self.meaning = meaning
  }
}

/// The commands that the word at the prompt may become, in a box above it that covers the panels. Nothing moves for it.
func drawPalette(_ layout: Layout, _ scene: Scene, _ grid: inout Grid) {
  let (rows, chosen) = (scene.prompt.palette, scene.prompt.chosen)
  guard !rows.isEmpty, let slot = layout.slots.first(where: { $0.panel.name == Panel.prompt.name }) else { return }
  // The message stays to be read while a line is typed.
  let bottom = layout.slots.first { $0.panel.name == Panel.message.name }?.row ?? slot.row
  let shown = min(rows.count, max(grid.height / 2 - 2, 1))
  let (width, height) = (min(grid.width, 100), shown + 2)
  guard height <= bottom else { return }
  let first = min(max((chosen ?? 0) - shown / 2, 0), rows.count - shown)
  let names = rows.map(\.name.displayWidth).max() ?? 0
  let keys = rows.map(\.key.displayWidth).max() ?? 0
  grid.inside(row: bottom - height, column: 0, width: width, height: height) { grid in
    grid.fill(rows: 0..<height, columns: 0..<width)
    grid.mark(.panel(Panel.prompt.name), rows: 0..<height, columns: 0..<width)
    grid.inside(row: 0, column: 1, width: width - 2, height: 1) {
      $0.rule(Title(scene.tongue("Commands"), remark: scene.tongue("Tab takes the next")), row: 0, isFocused: true)
    }
    for (index, item) in rows.enumerated().dropFirst(first).prefix(shown) {
      let row = 1 + index - first
      let isChosen = index == chosen
      if isChosen { grid.fill(rows: row..<(row + 1), columns: 1..<(width - 1), style: Style(.selected)) }
      func style(_ role: Role) -> Style { Style(isChosen ? .selected : role) }
      grid.put(item.name, row: row, column: 2, style: style(.plain))
      grid.put(item.key, row: row, column: 4 + names, style: style(.key))
      let column = 6 + names + keys
      grid.put(
        scene.tongue(item.meaning).clipped(to: max(width - column - 2, 0)), row: row, column: column,
        style: style(.label))
      grid.mark(.candidate(index), row: row, columns: 1..<(width - 1))
    }
    grid.frame(width: width, height: height)
    let left = rows.count - shown
    if left > 0 { grid.put(" \(left) … ", row: height - 1, column: 3, style: Style(.label)) }
  }
}
