import Engine

/// The whole screen: every panel in its place, with the areas that the mouse meets. A screen below 60×16 gets a sentence
/// that says so.
package func compose(_ scene: Scene, width: Int, height: Int) -> Grid {
  var grid = Grid(width: width, height: height)
  if scene.view.isBlank { return grid }
  let layout = Layout(scene, width: width, height: height)
  guard !layout.slots.isEmpty else { return tooSmall(grid) }
  for slot in layout.slots {
    grid.inside(row: slot.row, column: slot.column, width: slot.width, height: slot.height) {
      slot.panel.draw(slot.prepared, slot.fitted, isFocused: scene.view.focus == slot.panel.name, into: &$0)
    }
  }
  for line in layout.separators {
    grid.verticalLine(row: line.row, column: line.column, length: line.height)
    for row in line.row..<(line.row + line.height) {
      // A rule that ends on either side is joined to the line.
      let sides = (grid[row, line.column - 1] == Grid.ruleCell, grid[row, line.column + 1] == Grid.ruleCell)
      let joint = sides.0 ? (sides.1 ? "┼" : "┤") : sides.1 ? "├" : nil
      if let joint { grid.put(joint, row: row, column: line.column, style: Grid.ruleCell.style) }
    }
  }
  drawBar(layout, scene, &grid)
  if let edited = scene.edited, let cell = edited.cell { drawInPlace(edited, cell, scene, &grid) }
  drawPalette(layout, scene, &grid)
  if let overlay = scene.overlay {
    var scene = scene
    // What help says of the signs on show is read off the frame that it covers.
    if overlay == Panel.help.name { scene.signs = signsOnShow(in: grid, layout, scene) }
    drawOverlay(overlay, scene, over: &grid)
  }
  return grid
}

/// The signs on show, panel by panel, the one that the keys belong to first; none is told twice.
func signsOnShow(in grid: Grid, _ layout: Layout, _ scene: Scene) -> [SignsOnShow] {
  let slots = layout.slots
  let (focused, others) = (
    slots.filter { $0.panel.name == scene.view.focus }, slots.filter { $0.panel.name != scene.view.focus }
  )
  var told: Set<String> = []
  return (focused + others).compactMap { slot in
    let (rows, columns) = (slot.row..<slot.row + slot.height, slot.column..<slot.column + slot.width)
    let signs = slot.panel.signs(in: grid, rows: rows, columns: columns, scene)
      .filter { told.insert("\($0.sign.description) \($0.meaning.description)").inserted }
    guard !signs.isEmpty else { return nil }
    return SignsOnShow(name: slot.prepared.title?().text ?? scene.tongue(slot.panel.meaning), signs: signs)
  }
}

/// The value that is being edited, over its cell: in the panel that the keys belong to if it stands there, and as wide as
/// it needs to be.
private func drawInPlace(_ edited: EditedValue, _ cell: Target, _ scene: Scene, _ grid: inout Grid) {
  let places = grid.areas.filter { $0.target == cell }
  let isFocused = { [grid] (area: Area) in
    grid.hit(row: area.rows.lowerBound, column: area.columns.lowerBound)?.panel == scene.view.focus
  }
  guard let area = places.first(where: isFocused) ?? places.first else { return }
  // The brackets that mark the selected cell stay, unless the value is longer than the room between them.
  let row = area.rows.lowerBound
  func bracket(_ bracket: Character) -> Int? { area.columns.first { grid[row, $0].character == bracket } }
  let start = bracket("[").map { $0 + 1 } ?? area.columns.lowerBound
  let end = bracket("]") ?? area.columns.upperBound
  let room = min(max(end - start, edited.text.displayWidth + 1), grid.width)
  let column = min(start, grid.width - room)
  grid.putEdited(edited, row: row, column: column, room: room)
}

/// What lies over the panels, in the middle of the screen or at its top, and in a frame of its own.
private func drawOverlay(_ name: String, _ scene: Scene, over grid: inout Grid) {
  guard let panel = Panel.named(name), case .over(let isAtTop) = panel.placement.part,
    let prepared = panel.ready(scene)
  else { return }
  // Where columns are few, nothing is left beside it that could be taken for a part of it.
  let width = min(grid.width, Layout.widestOverlay)
  let fitted = prepared.fitted(to: width - 2)
  let height = min(fitted.rows.wished + 2, grid.height - 4)
  let (row, column) = (isAtTop(scene) ? 2 : (grid.height - height) / 2, (grid.width - width) / 2)
  grid.inside(row: row, column: column, width: width, height: height) { grid in
    grid.fill(rows: 0..<height, columns: 0..<width)
    grid.mark(.panel(name), rows: 0..<height, columns: 0..<width)
    grid.inside(row: 0, column: 1, width: width - 2, height: height - 1) {
      panel.draw(prepared, fitted, isFocused: scene.view.focus == name, into: &$0)
    }
    grid.frame(width: width, height: height)
  }
}

extension Grid {
  /// Closes a box at the grid's edges, below a heading that stands in its first row.
  mutating func frame(width: Int, height: Int) {
    for side in [0, width - 1] { verticalLine(row: 1, column: side, length: height - 2) }
    horizontalLine(row: height - 1, column: 0, length: width, with: "─", style: Style(.rule))
    for (corner, row, column) in [("┌", 0, 0), ("┐", 0, width - 1), ("└", height - 1, 0), ("┘", height - 1, width - 1)]
    {
      put(corner, row: row, column: column, style: Style(.rule))
    }
  }
}

private func tooSmall(_ grid: Grid) -> Grid {
  var grid = grid
  let lines = [
    "backstep needs 60×16,", "this window is \(grid.width)×\(grid.height).", "Make it larger, or press q to quit.",
  ]
  for (row, text) in lines.enumerated() {
    grid.put(text.clipped(to: grid.width), row: row, column: 0, style: Style(.warning))
  }
  return grid
}
