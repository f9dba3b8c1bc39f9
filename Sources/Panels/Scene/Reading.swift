import Engine

/// A quantity as far as it is computed: what a panel reads, element by element. What is not there is nil and shows as `·`.
public struct Reading: Sendable {
  private let matrix: Matrix?
  private let computedRows: Int
  /// Why there is nothing at all to read; nil where there is something.
  public let obstacle: NotComputed?

  /// Reads a quantity of the sample on show.
  public init(_ state: State, _ quantity: Quantity) {
    do throws(NotComputed) {
      // What has not begun need not be copied to be shown as missing.
      computedRows = state.computedUnits(of: quantity) ?? .max
      matrix = try computedRows == 0 ? nil : state.partialValue(of: quantity)
      obstacle = nil
    } catch {
      matrix = nil
      obstacle = error
    }
  }

  /// An element, counted from 0, or nil where it is not computed or there is none.
  public subscript(row: Int, column: Int = 0) -> Double? {
    guard let matrix, row >= 0, row < min(matrix.rows, computedRows), column >= 0, column < matrix.columns else {
      return nil
    }
    return matrix[row, column]
  }

  /// The largest absolute value of what is computed, beside which others are large or small; 0 where there is none.
  public var largest: Double {
    guard let matrix else { return 0 }
    var largest = 0.0
    let count = min(matrix.rows, computedRows) * matrix.columns
    for index in 0..<count where abs(matrix.elements[index]) > largest && matrix.elements[index].isFinite {
      largest = abs(matrix.elements[index])
    }
    return largest
  }
}
