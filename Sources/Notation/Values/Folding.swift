extension Fold {
  /// Two numbers as one, ready to be used.
  func rule<N: Number>() -> (N, N) throws(EvaluationError) -> N {
    switch self {
    case .sum, .mean: return { $0 + $1 }
    case .prod: return { $0 * $1 }
    case .max, .min:
      // Of equals the first, and what is not a number wins.
      let isFirst = N.comparison(self == .max ? .atLeast : .atMost)
      return { (a, b) throws(EvaluationError) in
        if try isFirst(a, b) { return a }
        return a.isNumber ? b : a
      }
    }
  }

  /// What was combined out of so many parts, nil where there were none.
  func finished<N: Number>(_ total: Value<N>?, count: Int) throws(EvaluationError) -> Value<N> {
    guard let total else {
      switch self {
      case .sum: return .number(N(0))
      case .prod: return .number(N(1))
      case .mean, .max, .min: throw EvaluationError("there is no \(rawValue) of an empty range")
      }
    }
    guard self == .mean else { return total }
    return try total.map { x throws(EvaluationError) in try .quotient(x, N(count)) }
  }

  /// All elements folded into one number, in order.
  func folded<N: Number>(
    _ value: Value<N>, _ rule: (N, N) throws(EvaluationError) -> N
  ) throws(EvaluationError) -> Value<N> {
    let elements = value.elements
    guard var total = elements.first else { return try finished(nil, count: 0) }
    for element in elements.dropFirst() { total = try rule(total, element) }
    return try finished(.number(total), count: elements.count)
  }
}
