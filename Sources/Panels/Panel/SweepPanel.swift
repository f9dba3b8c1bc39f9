import Diagnosis
import Engine
import Notation

/// The sweep that was made last, as the panel shows it.
package struct SweepOnShow: Sendable {
  /// The sweep.
  package let sweep: Sweep
  /// The line that opens each of its futures from here, by its place in the list.
  package let opening: @Sendable (Int) -> String
  /// The one that was opened and is gone along, by its place in the list; nil where none is.
  package let own: Int?

  /// One.
  package init(_ sweep: Sweep, own: Int? = nil, opening: @escaping @Sendable (Int) -> String) {
    (self.sweep, self.own, self.opening) = (sweep, own, opening)
  }
}

/// A cell of a map, counted from 0.
package struct MapCell: Hashable, Sendable {
  /// Its row.
  package var row: Int
  /// Its column.
  package var column: Int

  /// A cell.
  package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }
}

extension Scene {
  /// The future of the sweep that is chosen: the one that was gone to, else that with the lowest loss; nil without a sweep.
  package var sweptFuture: Int? {
    guard let sweep = sweep?.sweep else { return nil }
    if let cell = view.sweptCell, let index = sweep.index(row: cell.row, column: cell.column) { return index }
    return sweep.best ?? 0
  }
}

extension Panel {
  /// What became of each future of a sweep, and the numbers of the chosen one.
  package static let sweep = Panel(
    "sweep", "what became of each future of the last sweep, and the numbers of the chosen one",
    .main(.then(4), share: (3, 5), asking: .inOneColumn), arrows: .own
  ) { scene throws(Missing) in
    guard let sweep = scene.sweep?.sweep else {
      throw Missing(reason: "no sweep was made; make one: sweep rate=0.01..1 seeds=1..20")
    }
    let title = {
      // One that was stopped says how many are done.
      let all = sweep.outcomes.count
      let share = sweep.done < all ? "\(sweep.done)/\(all): " : ""
      return Title(scene.tongue("Sweep") + ": \(sweep.run)", remark: share + SweepMap.tally(of: sweep))
    }
    let below = 2 + (sweep.down == nil ? 0 : 1)
    let rows = sweep.rows + 1 + below
    return Prepared(
      title: title, columns: Room(40, 80), rows: Room(min(rows, 6), min(rows, 24), most: rows)
    ) { grid in drawSweep(scene, sweep, below: below, &grid) }
  }
  .with([
    Sign("[ ]", "the future that is chosen: Enter opens it", seen: "["),
    Sign("( )", "the future on show, opened from this sweep", seen: "(", while: { $0.sweep?.own != nil }),
  ])

  /// Fewer rows than these are too few for a map of more.
  private static let fewRows = 8
  /// In less room than this there is none for what the signs mean.
  private static let leastRoom = 5

  private static func drawSweep(_ scene: Scene, _ sweep: Sweep, below: Int, _ grid: inout Grid) {
    let map = SweepMap(sweep, width: grid.width)
    guard grid.width > map.left, grid.height > 0, let chosen = scene.sweptFuture else { return }
    // Where room is short the columns' values stand above the rows alone, with what the signs mean behind them or below; where
    // it is very short the rows come before that, which the chosen one's line says of one of them.
    let room = max(grid.height - 1, 0)
    let isShort = room - below < min(sweep.rows, fewRows)
    let heading = isShort ? map.shortHeading : map.heading
    let isBeside = isShort && heading.count + map.legend.count + 3 < grid.width
    let last = isShort ? min(isBeside || room < leastRoom ? 1 : 2, below) : below
    let shown = max(min(sweep.rows, room - min(last, max(room - 2, 0))), 0)
    let isHeaded = grid.height > shown + 1
    if isHeaded { grid.put(heading, row: 0, column: 0, style: Style(.label)) }
    if isHeaded, isBeside { grid.put(map.legend, row: 0, endingBefore: grid.width - 1, style: Style(.muted)) }
    let top = isHeaded ? 1 : 0
    let own = min(max(chosen / max(sweep.columns, 1) - shown / 2, 0), max(sweep.rows - shown, 0))
    let first = grid.firstLine("sweep", scene, count: sweep.rows, rows: shown, from: own)
    for line in 0..<shown {
      let row = first + line
      grid.put(map.start(ofRow: row), row: top + line, column: 0, style: Style(.label))
      for column in 0..<sweep.columns {
        guard let index = sweep.index(row: row, column: column) else { break }
        let style = index == chosen ? Style(.selected) : style(of: sweep.outcomes[index])
        let place = map.place(ofColumn: column)
        grid.put(String(SweepMap.sign(sweep, index)), row: top + line, column: place, style: style)
        let reach = map.cell > 2 ? 1 : 0
        grid.mark(
          .swept(MapCell(row: row, column: column)), row: top + line, columns: place - reach..<place + reach + 1)
        // Seen without colours too, where the columns leave room for it.
        guard map.cell > 1, index == chosen || index == scene.sweep?.own else { continue }
        let signs = index == chosen ? ("[", "]") : ("(", ")")
        grid.put(signs.0, row: top + line, column: place - 1, style: Style(.lit))
        if map.cell > 2 || column + 1 == sweep.columns {
          grid.put(signs.1, row: top + line, column: place + 1, style: Style(.lit))
        }
      }
      if sweep.isList {
        let start = map.left + 3
        let words = scene.tongue(map.rest(ofRow: row, scene.tableDigits))
        grid.put(words.clipped(to: max(grid.width - start - 1, 1)), row: top + line, column: start)
      }
    }
    grid.markHidden(before: first, shown: shown, of: sweep.rows, top: top)
    var row = top + shown
    if !isShort, let ticks = map.ticks, row < grid.height - 1 {
      grid.put(ticks.clipped(to: grid.width), row: row, column: 0, style: Style(.label))
      row += 1
    }
    if row < grid.height {
      var words = sweep.outcomes[chosen].map { SweepMap.words(of: $0, scene.tableDigits) } ?? "not trained"
      if chosen == scene.sweep?.own { words += "; this is the future on show" }
      let column = grid.put("> ", row: row, column: 0, style: Style(.lit))
      let text = "\(sweep.words(of: chosen)): \(scene.tongue(words))"
      grid.put(text.clipped(to: max(grid.width - column, 1)), row: row, column: column)
      row += 1
    }
    if row < grid.height, !isBeside {
      grid.put(map.legend.clipped(to: grid.width), row: row, column: 0, style: Style(.muted))
    }
  }

  private static func style(of outcome: Sweep.Outcome?) -> Style {
    switch outcome?.fate.tone {
    case .good: Style(.good)
    case .open: .plain
    case .bad: Style(.bad)
    case nil: Style(.muted)
    }
  }
}
