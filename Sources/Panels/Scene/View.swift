import Engine

/// One element of a quantity, counted from 0: the cell that is selected.
public struct Selection: Hashable, Sendable {
  /// Whose element it is.
  public var quantity: Quantity
  /// Its row; of a column, the element.
  public var row: Int
  /// Its column; 0 of a column.
  public var column: Int

  /// An element; the first where nothing is said.
  public init(_ quantity: Quantity, row: Int = 0, column: Int = 0) {
    self.quantity = quantity
    self.row = row
    self.column = column
  }
}

/// How far a panel is scrolled from where it would stand by itself: positive is down and right.
public struct Scroll: Hashable, Sendable {
  /// Rows.
  public var rows = 0
  /// Columns.
  public var columns = 0

  /// Rows and columns.
  public init(rows: Int = 0, columns: Int = 0) {
    self.rows = rows
    self.columns = columns
  }
}

/// What concerns only how things are looked at. None of it is a line of the session.
public struct View: Equatable, Sendable {
  /// The selected cell; nil where the network has nothing to select.
  public var selection: Selection?
  /// Whether the selection stays where it is when a step is taken.
  public var isPinned = false
  /// The panel that the keys belong to, by its name.
  public var focus = Panel.layer.name
  /// The panel that was asked for where not all fit: it takes the picture's place. Nil leaves the choice to the layout.
  public var shown: String?
  /// How far each panel is scrolled, by its name.
  public var scrolls: [String: Scroll] = [:]
  /// The size of a stride that → and ← take.
  public var stride = Stride.layer
  /// Whether strides are taken by themselves.
  public var isPlaying = false
  /// How many strides a second are taken while playing.
  public var speed = 2.0
  /// Where the cursor of the data's table was put; nil leaves it at the sample on show.
  public var datum: Datum?
  /// Whether the help lies over the panels.
  public var isHelpOpen = false
  /// How many levels of the derivation are unfolded: 0 shows the selected cell's own, 1 those of its factors too.
  public var unfolded = 0
  /// Whether the screen is blanked for the audience.
  public var isBlank = false

  /// The view at the beginning.
  public init() {}

  /// How far a panel is scrolled.
  public func scroll(of panel: String) -> Scroll { scrolls[panel] ?? Scroll() }

  /// The view with a panel scrolled further. Panels stop at their own ends.
  public func scrolled(_ panel: String, rows: Int = 0, columns: Int = 0) -> View {
    var view = self
    let before = scroll(of: panel)
    view.scrolls[panel] = Scroll(rows: before.rows + rows, columns: before.columns + columns)
    return view
  }
}
