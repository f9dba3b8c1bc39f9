/// A rectangle of numbers, kept row by row. A column vector is an n×1 matrix and a scalar a 1×1 one: the language
/// knows no other values.
package struct Matrix: Equatable, Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The elements, row by row; always `rows * columns` of them.
  package private(set) var elements: [Double]

  /// A matrix of the given shape. Elements that are missing are 0 and those too many are left out, so that the
  /// shape always holds.
  package init(rows: Int, columns: Int, elements: [Double]) {
    self.rows = max(rows, 0)
    self.columns = max(columns, 0)
    let count = self.rows * self.columns
    self.elements = elements
    if elements.count > count { self.elements.removeLast(elements.count - count) }
    while self.elements.count < count { self.elements.append(0) }
  }

  /// A matrix with the same number everywhere.
  package init(rows: Int, columns: Int, filledWith value: Double = 0) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: max(rows, 0) * max(columns, 0)))
  }

  /// A 1×1 matrix.
  package init(_ scalar: Double) { self.init(rows: 1, columns: 1, elements: [scalar]) }

  /// A column vector.
  package init(column elements: [Double]) { self.init(rows: elements.count, columns: 1, elements: elements) }

  /// The element in a row and a column, both counted from 0; the language counts from 1.
  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// How many elements there are.
  package var count: Int { elements.count }

  /// The one number of a 1×1 matrix, else nil.
  package var scalar: Double? { count == 1 ? elements[0] : nil }

  /// Whether it has one column, scalars included.
  package var isColumn: Bool { columns == 1 }

  /// The shape as a reader writes it: `2×3`.
  package var shape: String { "\(rows)×\(columns)" }

  /// Whether rows and columns agree.
  package func hasShape(of other: Matrix) -> Bool { rows == other.rows && columns == other.columns }

  /// Rows become columns.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }

  /// Each element put through a function.
  package func map(_ transform: (Double) throws -> Double) rethrows -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try elements.map(transform))
  }

  /// The matrix with so much more in each place, row by row.
  package func adding(_ more: [Double]) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: zip(elements, more).map(+))
  }

  /// Some of its columns, counted from 0, in this order.
  package func columns(_ chosen: [Int]) -> Matrix {
    Matrix(
      rows: rows, columns: chosen.count,
      elements: (0..<rows).flatMap { row in chosen.map { self[row, $0] } })
  }

  /// The matrix product, or nil where the inner sizes differ. Each element is the same dot product, in the same
  /// order, as the one that a layer takes.
  package func times(_ other: Matrix) -> Matrix? {
    guard columns == other.rows else { return nil }
    let right = other.transposed
    var result = Matrix(rows: rows, columns: other.columns)
    elements.withUnsafeBufferPointer { a in
      right.elements.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        for row in 0..<rows {
          for column in 0..<other.columns {
            result[row, column] = dot(a + row * columns, b + column * columns, count: columns)
          }
        }
      }
    }
    return result
  }
}
