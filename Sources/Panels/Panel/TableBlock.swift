import Engine
import Notation

/// Columns of a table that belong together: a quantity, or something between two quantities.
struct TableBlock {
  /// What a cell shows.
  enum Content: Equatable {
    case number(Double)
    /// Not computed yet.
    case missing
    /// There is no such cell.
    case blank
  }

  /// The quantity whose cells can be selected; nil where none can.
  let quantity: Quantity?
  /// How many columns.
  let columns: Int
  /// The heading of a column, and what stands for it where that is too wide.
  private let longHeading: (_ column: Int) -> String
  var shortHeading: ((_ column: Int) -> String)?
  /// Whether the short headings are used.
  var isShort = false
  /// What stands in a cell.
  let content: (_ row: Int, _ column: Int) -> Content
  /// What stands in the same cell of the future beside; nil where none is, or has no such columns.
  private var contentBeside: ((_ row: Int, _ column: Int) -> Content)?
  /// The cell that is meant by a click; nil where there is none.
  let selection: (_ row: Int, _ column: Int) -> Selection?
  /// How the numbers look; nil is by sign and size.
  var role: Role?
  /// The largest absolute value, for the size.
  var largest = 0.0
  /// How wide the numbers are.
  var width = 7
  /// How wide the numbers would be with all their digits.
  private(set) var fullWidth = 1
  /// How wide the last column's heading is, and what stands for it.
  private var headingWidth = (long: 0, short: 0)
  /// What stands before each number.
  var sign = ""
  /// Whether it is left out where not all fits.
  var isOptional = false

  /// The cells of a quantity as far as they are computed.
  init(_ quantity: Quantity, in state: State, heading: @escaping (Int) -> String) {
    let shape = state.shape(of: quantity) ?? (0, 0)
    let matrix = (try? state.partialValue(of: quantity)) ?? Matrix(rows: 0, columns: 0, elements: [])
    let computed = state.computedUnits(of: quantity) ?? matrix.rows
    self.quantity = quantity
    columns = shape.columns
    longHeading = heading
    content = { row, column in
      if row >= shape.rows || column >= shape.columns { return .blank }
      return row < min(computed, matrix.rows) ? .number(matrix[row, column]) : .missing
    }
    selection = { row, column in
      row < shape.rows && column < shape.columns ? Selection(quantity, row: row, column: column) : nil
    }
    for value in matrix.elements.prefix(computed * max(matrix.columns, 0)) where value.isFinite {
      largest = max(largest, abs(value))
    }
  }

  /// Numbers that are no quantity's, or only part of one's.
  init(
    columns: Int = 1, heading: @escaping (Int) -> String, content: @escaping (Int, Int) -> Content,
    selection: @escaping (Int, Int) -> Selection? = { _, _ in nil }
  ) {
    quantity = nil
    self.columns = columns
    longHeading = heading
    self.content = content
    self.selection = selection
  }

  /// Takes what the same columns hold in the future beside.
  mutating func put(beside other: TableBlock) {
    guard other.quantity == quantity, other.columns == columns else { return }
    contentBeside = other.content
  }

  /// The number that the future beside has in a cell, where it is another one.
  func beside(_ row: Int, _ column: Int) -> Double? {
    guard let contentBeside, case .number(let own) = content(row, column),
      case .number(let other) = contentBeside(row, column), other != own, !(other.isNaN && own.isNaN)
    else { return nil }
    return other
  }

  /// The numbers of a column that say how wide it is.
  func extremes(ofColumn column: Int, rows: Range<Int>) -> Extremes {
    var extremes = Extremes()
    for row in rows {
      if case .number(let value) = content(row, column) { extremes.note(value) }
      if let other = beside(row, column) { extremes.note(other) }
    }
    return extremes
  }

  /// What stands over a column.
  func heading(_ column: Int) -> String { (isShort ? shortHeading : nil)?(column) ?? longHeading(column) }

  /// Notes how wide the numbers are with all their digits, and the headings, which stay as they are from here on.
  mutating func measure(_ numbers: Int) {
    fullWidth = numbers
    guard columns > 0 else { return }
    let long = longHeading(columns - 1).displayWidth
    headingWidth = (long, shortHeading.map { $0(columns - 1).displayWidth } ?? long)
  }

  /// How wide a column is.
  func width(of column: Int) -> Int {
    max(width, column == columns - 1 ? lastHeadingWidth : heading(column).displayWidth)
  }

  private var lastHeadingWidth: Int { isShort ? headingWidth.short : headingWidth.long }

  /// How wide all columns are, a blank before each.
  var totalWidth: Int { columns > 0 ? (max(width, lastHeadingWidth) + 1) * columns : 0 }
}
