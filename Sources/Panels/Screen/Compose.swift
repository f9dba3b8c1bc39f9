import Engine

/// The whole screen: every panel in its place, with the areas that the mouse meets. A screen below 60×16 gets a sentence
/// that says so.
public func compose(_ scene: Scene, width: Int, height: Int) -> Grid {
  var grid = Grid(width: width, height: height)
  if scene.view.isBlank { return grid }
  let layout = Layout(scene, width: width, height: height)
  guard !layout.slots.isEmpty else { return tooSmall(grid) }
  for slot in layout.slots {
    guard let panel = Panel.named(slot.panel) else { continue }
    grid.blit(panel.framed(scene, width: slot.width, height: slot.height), row: slot.row, column: slot.column)
  }
  for line in layout.separators {
    grid.verticalLine(row: line.row, column: line.column, length: line.height)
    // Where a rule ends on one side, it goes on across the line.
    for row in line.row..<(line.row + line.height)
    where grid[row, line.column - 1] == Grid.ruleCell || grid[row, line.column + 1] == Grid.ruleCell {
      grid.put(String(Grid.ruleCell.character), row: row, column: line.column, style: Grid.ruleCell.style)
    }
  }
  return grid
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
