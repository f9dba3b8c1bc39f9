import Engine

/// How much room a panel takes, in rows or in columns.
package struct Room: Equatable, Sendable {
  /// Below this it is not worth showing.
  package var least: Int
  /// With this it shows all it has.
  package var wished: Int
  /// With more than this it would only show blanks.
  package var most: Int

  /// At least so much, and so much where it can be had; more only where `most` says that there is a use for it.
  package init(_ least: Int, _ wished: Int, most: Int = 0) {
    self.least = min(least, wished)
    self.wished = wished
    self.most = max(most, wished)
  }

  /// As much as so many lines take; a few of them are worth showing.
  init(lines count: Int, atLeast least: Int = 3) { self.init(min(count, least), count) }

  /// One row.
  static let oneRow = Room(1, 1)
}

/// The heading of a panel: what stands on the left of its rule, and a remark on the right.
package struct Title: Equatable, Sendable {
  /// What the panel is.
  package var text: String
  /// A remark, such as what part of it is on show; empty where there is none.
  package var remark: String
  /// What a click on it means; nil where it is only the panel that is clicked.
  package var target: Target?

  /// A heading.
  package init(_ text: String, remark: String = "", target: Target? = nil) {
    self.text = text
    self.remark = remark
    self.target = target
  }
}

/// A panel made ready to show a scene: what it shows is worked out here, once for all that is asked of it.
package struct Prepared {
  /// Its heading; nil where it has no rule above it.
  package let title: (() -> Title)?
  /// The columns that it takes, without a border.
  package let columns: Room
  private let fit: (_ width: Int) -> Fitted

  /// What is laid out for a width before it is known how many rows it takes.
  init(title: (() -> Title)? = nil, columns: Room = Room(20, 80), fitting: @escaping (_ width: Int) -> Fitted) {
    self.title = title
    self.columns = columns
    fit = fitting
  }

  /// What takes the same rows in every width.
  init(
    title: (() -> Title)? = nil, columns: Room = Room(20, 80), rows: Room, draw: @escaping (inout Grid) -> Void
  ) {
    let fitted = Fitted(rows: rows, draw: draw)
    self.init(title: title, columns: columns) { _ in fitted }
  }

  /// The panel laid out for so many columns.
  package func fitted(to width: Int) -> Fitted { fit(width) }
}

/// A panel laid out for a width.
package struct Fitted {
  /// The rows that it takes, without its rule.
  package let rows: Room
  /// Draws it into a grid of that width and any height, 0 included, with the areas for the mouse.
  package let draw: (inout Grid) -> Void

  init(rows: Room, draw: @escaping (inout Grid) -> Void) {
    self.rows = rows
    self.draw = draw
  }
}

/// Something that is worked out when it is first asked for.
final class Once<Value> {
  private let make: () -> Value
  private(set) lazy var value = make()

  init(_ make: @escaping () -> Value) { self.make = make }
}

extension Grid {
  /// What rules are made of.
  static let ruleCell = Cell("─", Style(.rule))

  /// How the rule of the panel that the keys belong to begins: what is chosen stands in brackets everywhere, and colour
  /// alone would not say it.
  static let focusedStart = "──["

  /// A rule across the grid with a panel's heading in it: `── Network ─────── layers 1-3 of 10 ──`, and `──[Network]──` of
  /// the panel that the keys belong to.
  mutating func rule(_ title: Title, row: Int, isFocused: Bool) {
    horizontalLine(row: row, column: 0, length: width, with: Grid.ruleCell.character, style: Grid.ruleCell.style)
    guard width > 6 else { return }
    let text = title.text.clipped(to: width - 6)
    let end = put(
      isFocused ? "[\(text)]" : " \(text) ", row: row, column: 2,
      style: isFocused ? Style(.title, .reverse) : Style(.title))
    if let target = title.target { mark(target, row: row, columns: 2..<end) }
    let remark = title.remark.isEmpty ? "" : " " + title.remark + " "
    guard !remark.isEmpty, end + remark.displayWidth + 4 <= width else { return }
    put(remark, row: row, endingBefore: width - 2, style: Style(.label))
  }
}
