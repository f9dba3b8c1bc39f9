import Engine

/// One element of a quantity, counted from 0: the cell that is selected.
package struct Selection: Hashable, Sendable {
  /// Whose element it is.
  package var quantity: Quantity
  /// Its row; of a column, the element.
  package var row: Int
  /// Its column; 0 of a column.
  package var column: Int

  /// An element; the first where nothing is said.
  package init(_ quantity: Quantity, row: Int = 0, column: Int = 0) {
    self.quantity = quantity
    self.row = row
    self.column = column
  }
}

/// How far a panel is scrolled from where it would stand by itself: positive is down and right.
package struct Scroll: Hashable, Sendable {
  /// Rows.
  package var rows = 0
  /// Columns.
  package var columns = 0

  /// Rows and columns.
  package init(rows: Int = 0, columns: Int = 0) {
    self.rows = rows
    self.columns = columns
  }
}

/// What concerns only how things are looked at. None of it is a line of the session.
package struct View: Equatable, Sendable {
  /// The selected cell; nil where the network has nothing to select.
  package var selection: Selection?
  /// Whether the selection stays where it is when a step is taken.
  package var isPinned = false
  /// The panel that the keys belong to, by its name.
  package var focus = Panel.layer.name
  /// The panel that was asked for where not all fit. Nil leaves the choice to the layout.
  package var shown: String?
  /// Whether that panel has the screen to itself, between the line of time and the message.
  package var isZoomed = false
  /// Whether the next key chooses a panel by its number.
  package var isChoosingPanel = false
  /// How far each panel is scrolled, by its name.
  package var scrolls: [String: Scroll] = [:]
  /// The size of a stride that → and ← take.
  package var stride = Stride.layer
  /// Whether strides are taken by themselves.
  package var isPlaying = false
  /// How many strides a second are taken while playing; infinite where as many are as there is time for.
  package var speed = 2.0
  /// Whether they are taken back.
  package var playsBackwards = false
  /// The number of the future that is chosen in the tree; nil is the one that is gone along.
  package var future: Int?
  /// Where the cursor of the data's table was put; nil leaves it at the sample on show.
  package var datum: Datum?
  /// Whether the help lies over the panels.
  package var isHelpOpen = false
  /// How many levels of the derivation are unfolded: 0 shows the selected cell's own, 1 those of its factors too.
  package var unfolded = 0
  /// Which of those that are wrong is chosen in the verdict, counted from 0.
  package var verdict = 0
  /// Whether its formula stands there beside the right one.
  package var isVerdictOpen = false
  /// The future that was gone to on the map of a sweep; nil leaves it at the one with the lowest loss.
  package var sweptCell: MapCell?
  /// Up to which line a derivation that is written is on show; of any other one all is.
  package var lineOfDerivation: LineOfDerivation?
  /// Whether the screen is blanked for the audience.
  package var isBlank = false

  /// The view at the beginning.
  package init() {}

  /// How far a panel is scrolled.
  package func scroll(of panel: String) -> Scroll { scrolls[panel] ?? Scroll() }

  /// The view with a panel scrolled further. Panels stop at their own ends.
  package func scrolled(_ panel: String, rows: Int = 0, columns: Int = 0) -> View {
    var view = self
    let before = scroll(of: panel)
    view.scrolls[panel] = Scroll(rows: before.rows + rows, columns: before.columns + columns)
    return view
  }
}
