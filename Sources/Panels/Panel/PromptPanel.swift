import Engine

extension Panel {
  /// The line that is typed, with what completion offers above it and a hint below.
  static let prompt = Panel(
    "prompt", "the line that is being typed", .bottom { $0 / 3 }
  ) { scene in
    // Nothing is typed: the row is for others.
    guard scene.prompt.isOpen else { return nil }
    return Prepared(rows: Room(1, promptRows(scene))) { drawPrompt(scene, into: &$0) }
  }

  private static func promptRows(_ scene: Scene) -> Int {
    let prompt = scene.prompt
    let isPointing = prompt.caret != nil || prompt.message != nil
    return 1 + (prompt.offersInRow ? 1 : 0) + (isPointing ? 1 : 0)
  }

  private static func drawPrompt(_ scene: Scene, into grid: inout Grid) {
    let prompt = scene.prompt
    var row = 0
    if prompt.offersInRow, grid.height > 1 {
      drawCandidates(prompt, &grid, row: row)
      row += 1
    }
    drawLine(prompt, &grid, row: row)
    if prompt.caret == nil, let message = prompt.message, row + 1 < grid.height {
      let text = scene.tongue(message.text).clipped(to: grid.width - 1)
      grid.put(text, row: row + 1, column: 1, style: Style(message.role))
    }
  }

  /// The text scrolled so that the cursor is seen, the cell of the cursor reversed, and the caret under what is in error.
  private static func drawLine(_ prompt: Prompt, _ grid: inout Grid, row: Int) {
    let start = grid.put(prompt.lead, row: row, column: 0, style: Style(.prompt))
    let room = max(grid.width - start - 1, 1)
    let before = String(prompt.text.prefix(max(prompt.cursor, 0)))
    let offset = max(before.displayWidth - room, 0)
    let text = prompt.text
    var line = Grid(width: text.displayWidth + 1, height: 1)
    line.put(text, row: 0, column: 0, style: Style(.prompt))
    let cursor = before.displayWidth
    line.restyle(row: 0, columns: cursor..<(cursor + 1)) { $0.with(.reverse) }
    grid.blit(line.window(row: 0, column: offset, width: room + 1, height: 1), row: row, column: start)
    if offset > 0 { grid.put("…", row: row, column: start, style: Style(.muted)) }
    if let caret = prompt.caret {
      let column = start + text.prefix(max(caret, 0)).description.displayWidth - offset
      grid.put("^", row: row + 1, column: min(max(column, 0), grid.width - 1), style: Style(.bad))
    }
  }

  private static func drawCandidates(_ prompt: Prompt, _ grid: inout Grid, row: Int) {
    // Begins so that the chosen candidate is within the row.
    var first = 0
    if let chosen = prompt.chosen, prompt.candidates.indices.contains(chosen) {
      var used = 0
      first = chosen
      while first >= 0, used + prompt.candidates[first].displayWidth + 2 < grid.width - 4 {
        used += prompt.candidates[first].displayWidth + 2
        first -= 1
      }
      first = min(first + 1, chosen)
    }
    var column = 1
    for index in prompt.candidates.indices.dropFirst(first) {
      let text = prompt.candidates[index]
      if column + text.displayWidth + 3 > grid.width {
        grid.put("…", row: row, column: min(column, grid.width - 1), style: Style(.muted))
        break
      }
      let style = index == prompt.chosen ? Style(.selected) : Style(.completion)
      let end = grid.put(text, row: row, column: column, style: style)
      grid.mark(.candidate(index), row: row, columns: column..<end)
      column = end + 2
    }
  }
}

extension Prompt {
  /// Whether what completion offers stands in a row: commands stand in the palette.
  fileprivate var offersInRow: Bool { !candidates.isEmpty && palette.isEmpty }
}
