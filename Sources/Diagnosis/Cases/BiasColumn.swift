import Engine
import Notation

/// Which column of a matrix of weights holds the biases, where one does; of a matrix with a row for each input it is a row.
enum BiasColumn: CaseIterable, Hashable {
  case none, last, first

  /// As it is said: `the last column`.
  func words(_ layout: WeightLayout) -> Text? {
    let line: Text = layout == .outIn ? "column" : "row"
    switch self {
    case .none: return nil
    case .last: return "the last \(line)"
    case .first: return "the first \(line)"
    }
  }
}

extension CaseArray {
  /// The array without one of its columns, or of its rows, and that one, each under its own name.
  func split(_ column: BiasColumn, of layout: WeightLayout) -> (weights: CaseArray, biases: CaseArray)? {
    guard shape.count == 2, column != .none else { return nil }
    let matrix = layout == .outIn ? self.matrix : self.matrix.transposed
    guard matrix.columns > 1 else { return nil }
    let own = column == .last ? matrix.columns - 1 : 0
    let kept = (0..<matrix.columns).filter { $0 != own }
    let rest = Matrix(
      rows: matrix.rows, columns: kept.count,
      elements: (0..<matrix.rows).flatMap { row in kept.map { matrix[row, $0] } })
    let turned = layout == .outIn ? rest : rest.transposed
    return (
      with(shape: [turned.rows, turned.columns], elements: turned.elements),
      with(shape: [matrix.rows], elements: (0..<matrix.rows).map { matrix[$0, own] })
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
      let kept = (0..<rows.columns).filter { $0 != column }
      let rest = Matrix(
        rows: samples, columns: units, elements: (0..<samples).flatMap { row in kept.map { rows[row, $0] } })
      let turned = samplesAreRows || isLine ? rest : rest.transposed
      return with(shape: isLine ? [turned.elements.count] : [turned.rows, turned.columns], elements: turned.elements)
    }
    return nil
  }
}
