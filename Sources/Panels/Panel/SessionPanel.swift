extension Panel {
  /// The session's lines, with the one that comes next marked while a script is presented.
  static let session = Panel(
    "session", "the lines of the session so far", .side(.then(7))
  ) { scene in
    let count = scene.lines.count
    guard count > 0 else { return nil }
    let title = {
      let place = scene.isPresenting ? "\(min(scene.nextLine, count))/\(count)" : "\(count)"
      return Title(scene.tongue("Session"), remark: scene.isDetour ? scene.tongue("detour") + "  r" : place)
    }
    return Prepared(title: title, columns: Room(20, 60), rows: Room(2, min(max(count, 2), 8), most: count)) {
      drawSession(scene, into: &$0)
    }
  }
  .with(Sign.ofSession)

  private static func drawSession(_ scene: Scene, into grid: inout Grid) {
    let (count, height) = (scene.lines.count, grid.height)
    let place = min(max(scene.nextLine, 0), count)
    // The place stands two thirds down, so that what came before and what comes next are both seen.
    let wanted = scene.isPresenting ? place - height * 2 / 3 : count - height
    let first = grid.firstLine("session", scene, count: count, rows: height, from: wanted)
    let digits = String(count).count
    for row in 0..<height where first + row < count {
      let index = first + row
      let line = scene.lines[index]
      let isNext = scene.isPresenting && index == place
      let isAhead = scene.isPresenting && index > place
      let number = String(index + 1).padded(to: digits, onTheRight: true)
      grid.put(isNext ? ">" : " ", row: row, column: 0, style: Style(.lit))
      let start = grid.put(number + " ", row: row, column: 1, style: Style(.muted))
      let mark =
        switch line.outcome {
        case .holds: (" ✓", Style(.good))
        case .fails: (" ✗", Style(.bad))
        default: ("", Style.plain)
        }
      let text = line.text.clipped(to: grid.width - 1 - start - mark.0.count)
      let style =
        isNext ? Style(.lit) : isAhead ? Style(.muted) : Style(line.outcome == .narration ? .narration : .plain)
      let end = grid.put(text, row: row, column: start, style: style)
      grid.put(mark.0, row: row, column: end, style: mark.1)
      grid.mark(.line(index), row: row, columns: 0..<grid.width)
    }
    grid.markHidden(before: first, shown: height, of: count)
  }
}
