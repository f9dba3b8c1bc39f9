import Engine
import Notation

/// Which column of a matrix of weights holds the biases, where one does; of a matrix with a row for each input it is a row.
package enum BiasColumn: CaseIterable, Hashable, Sendable {
  case none, last, first

  /// Which of so many columns it is, from 0.
  package func place(of columns: Int) -> Int { self == .last ? columns - 1 : 0 }

  /// As it is said: `the last column`.
  package func words(_ layout: WeightLayout) -> Text? {
    let line: Text = layout == .outIn ? "column" : "row"
    switch self {
    case .none: return nil
    case .last: return "the last \(line)"
    case .first: return "the first \(line)"
    }
  }
}

extension Matrix {
  /// The matrix without one of its columns, and that one.
  package func parted(at column: Int) -> (rest: Matrix, column: Matrix) {
    (columns((0..<columns).filter { $0 != column }), columns([column]))
  }
}

extension CaseArray {
  /// The array without one of its columns, or of its rows, and that one, each under its own name.
  func split(_ column: BiasColumn, of layout: WeightLayout) -> (weights: CaseArray, biases: CaseArray)? {
    guard shape.count == 2, column != .none else { return nil }
    let matrix = layout == .outIn ? self.matrix : self.matrix.transposed
    guard matrix.columns > 1 else { return nil }
    let own = column.place(of: matrix.columns)
    let (weights, biases) = matrix.parted(at: own)
    let turned = layout == .outIn ? weights : weights.transposed
    return (
      with(shape: [turned.rows, turned.columns], elements: turned.elements),
      with(shape: [matrix.rows], elements: biases.elements)
    )
  }

  /// What belongs to a unit more than there are, where that is always 1: a sample's activations with the input of the biases
  /// among them. Nil of any other.
  func withoutOnes(samples: Int, units: Int, samplesAreRows: Bool) -> CaseArray? {
    guard elements.count == samples * (units + 1) else { return nil }
    let own = isLine ? Matrix(rows: samples, columns: units + 1, elements: elements) : matrix
    let rows = samplesAreRows || isLine ? own : own.transposed
    guard rows.rows == samples, rows.columns == units + 1 else { return nil }
    for column in [units, 0] where (0..<samples).allSatisfy({ rows[$0, column] == 1 }) {
      let rest = rows.parted(at: column).rest
      let turned = samplesAreRows || isLine ? rest : rest.transposed
      return with(shape: isLine ? [turned.elements.count] : [turned.rows, turned.columns], elements: turned.elements)
    }
    return nil
  }
}
