import Engine

/// Rows and columns.
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int

  /// A shape.
  package init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// The shape of a number.
  package static let scalar = Shape(1, 1)

  /// How many elements; `Int.max` where there are too many to count.
  package var count: Int {
    let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
    return overflow ? .max : product
  }

  /// `2×3`, as a reader writes it.
  package var description: String { "\(rows)×\(columns)" }

  /// Rows become columns.
  package var transposed: Shape { Shape(columns, rows) }

  /// The shape that a function of numbers has where it takes values of these element by element: numbers go with every element.
  /// Nil where two differ.
  static func common(to shapes: [Shape]) -> Shape? {
    let matrices = shapes.filter { $0 != .scalar }
    guard let first = matrices.first else { return .scalar }
    return matrices.allSatisfy { $0 == first } ? first : nil
  }

  /// How many elements a matrix may have that an expression makes.
  static let maximumCount = 1 << 21

  /// Refuses a matrix with more elements than an expression may make.
  func requireBounded() throws(EvaluationError) {
    guard count <= Shape.maximumCount else {
      throw EvaluationError("a matrix of at most \(Shape.maximumCount) elements was expected, not \(self)")
    }
  }

  /// Where an element stands, row by row from 0, by its indices as they are typed, from 1. One index will do for what has
  /// one row or one column.
  @inline(__always)
  func place(_ row: Int, _ column: Int?, of text: @autoclosure () -> String) throws(EvaluationError) -> Int {
    if let column {
      guard row >= 1, row <= rows, column >= 1, column <= columns else { throw missing(row, column, text()) }
      return (row - 1) * columns + column - 1
    }
    guard rows == 1 || columns == 1, row >= 1, row <= count else { throw missing(row, column, text()) }
    return row - 1
  }

  private func missing(_ row: Int, _ column: Int?, _ text: String) -> EvaluationError {
    let hint: Text = row < 1 || (column ?? 1) < 1 ? "; indices begin at 1" : ""
    guard let column else {
      return rows == 1 || columns == 1
        ? EvaluationError("\(text) is \(self): it has no element \(row)\(hint)")
        : EvaluationError("\(text) is \(self) and takes two indices: \(text)[row,column]")
    }
    return row < 1 || row > rows
      ? EvaluationError("\(text) is \(self): it has no row \(row)\(hint)")
      : EvaluationError("\(text) is \(self): it has no column \(column)\(hint)")
  }
}
