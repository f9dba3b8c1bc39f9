import Engine

/// What the mouse can meet on the screen.
package enum Target: Hashable, Sendable {
  /// A panel, by its name.
  case panel(String)
  /// An element of a quantity: a unit of the picture, a cell of a table.
  case cell(Selection)
  /// A layer step of the iteration on the line of time: so many of its steps are complete there. 0 is its beginning.
  case step(Int)
  /// A place on the whole line of time, by the layer steps that are complete there.
  case time(Int)
  /// A future, by its name or number.
  case future(String)
  /// A future on the map of a sweep.
  case swept(MapCell)
  /// A layer, by its number from 1; 0 is the input.
  case layer(Int)
  /// A sample of the data, counted from 0.
  case sample(Int)
  /// A number of a sample: the sample, counted from 0 among all that were given, and the column, inputs first.
  case datum(sample: Int, column: Int)
  /// A line of the session, counted from 0.
  case line(Int)
  /// A candidate of the prompt's completion, counted from 0.
  case candidate(Int)
  /// A row of the menu, counted from 0 among those on show.
  case row(Int)
  /// A key by its name, where a hint names it: what it does can be clicked.
  case key(String)
}

/// A rectangle of a grid and what it stands for. Panels mark their areas while they draw, so that what is seen and what
/// the mouse meets are the same thing.
package struct Area: Equatable, Sendable {
  /// What lies there.
  package let target: Target
  /// The rows that it takes.
  package let rows: Range<Int>
  /// The columns that it takes.
  package let columns: Range<Int>
}

/// What the mouse meets at a cell of the screen.
package struct Hit: Equatable, Sendable {
  /// The panel there, by its name.
  package let panel: String
  /// The innermost thing in the panel, or nil where there is only the panel.
  package let target: Target?
}

extension Grid {
  /// Says what lies in a part of a row.
  package mutating func mark(_ target: Target, row: Int, columns: Range<Int>) {
    mark(target, rows: row..<(row + 1), columns: columns)
  }

  /// What lies at a cell, or nil where no panel does.
  package func hit(row: Int, column: Int) -> Hit? {
    var innermost: Target?
    for area in areas.reversed() where area.rows.contains(row) && area.columns.contains(column) {
      if case .panel(let name) = area.target { return Hit(panel: name, target: innermost) }
      innermost = innermost ?? area.target
    }
    return nil
  }
}

extension Grid {
  /// The step of the line of time that lies nearest to a column of a row; nil of a row in which none lies.
  package func time(nearColumn column: Int, row: Int) -> Int? {
    var nearest: (distance: Int, step: Int)?
    for area in areas where area.rows.contains(row) {
      guard case .time(let step) = area.target else { continue }
      let distance = max(area.columns.lowerBound - column, column - area.columns.upperBound + 1, 0)
      if distance <= nearest?.distance ?? .max { nearest = (distance, step) }
    }
    return nearest?.step
  }
}

extension Range<Int> {
  /// The same range so much further on.
  func shifted(_ distance: Int) -> Range<Int> { (lowerBound + distance)..<(upperBound + distance) }
}
