import Engine

extension Claim {
  /// What a side is worth for some values of the free indices.
  package struct Number: Equatable, Sendable {
    /// The indices with their values, or the place in a matrix: `k=1, j=2`; empty where there is but one number.
    package let label: String
    /// The number.
    package let value: Double
  }

  /// What the right side is worth here, for the first values of the free indices that fulfil the condition; nothing where it
  /// has no value.
  package func numbersOfRight(in scope: StateScope, most: Int) -> [Number] {
    var found: [Number] = []
    func take(_ right: Value<Double>, _ indices: () -> [Agreement.Index]) -> Bool {
      let matrix = right.matrix
      let place = indices().map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
      for (element, value) in matrix.elements.enumerated() where found.count < most {
        let (row, column) = element.quotientAndRemainder(dividingBy: Swift.max(matrix.columns, 1))
        let own = matrix.count == 1 ? "" : matrix.columns == 1 ? "\(row + 1)" : "\(row + 1),\(column + 1)"
        found.append(Number(label: [place, own].filter { !$0.isEmpty }.joined(separator: ", "), value: value))
      }
      return found.count < most
    }
    do throws(EvaluationError) {
      let compiled = try compiled(in: scope)
      try compiled.eachSides(try compiled.evaluation(in: scope)) { _, right, indices in take(right, indices) }
    } catch { return [] }
    return found
  }
}
