import Engine

/// A quantity as far as it is computed: what a panel reads, element by element. What is not there is nil and shows as `·`.
struct ComputedValue: Sendable {
  private let matrix: Matrix?
  private let computedRows: Int

  /// Reads a quantity of the sample on show.
  init(_ state: State, _ quantity: Quantity) {
    // What has not begun need not be copied to be shown as missing.
    computedRows = state.computedUnits(of: quantity) ?? .max
    matrix = computedRows == 0 ? nil : try? state.partialValue(of: quantity)
  }

  /// An element, counted from 0, or nil where it is not computed or there is none.
  subscript(row: Int, column: Int = 0) -> Double? {
    guard let matrix, row >= 0, row < min(matrix.rows, computedRows), column >= 0, column < matrix.columns else {
      return nil
    }
    return matrix[row, column]
  }

  /// The largest absolute value of what is computed, beside which others are large or small; 0 where there is none.
  var largest: Double {
    guard let matrix else { return 0 }
    var largest = 0.0
    let count = min(matrix.rows, computedRows) * matrix.columns
    for index in 0..<count where abs(matrix.elements[index]) > largest && matrix.elements[index].isFinite {
      largest = abs(matrix.elements[index])
    }
    return largest
  }
}
