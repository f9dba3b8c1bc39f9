import Engine

extension Fold {
  /// Two parts as one.
  func combine(_ a: Value, _ b: Value) throws(EvaluationError) -> Value {
    switch self {
    case .sum, .mean: try .eachWith(a, b, "+", +)
    case .prod: try .eachWith(a, b, ".*", *)
    case .max: try .eachWith(a, b, "max", Dual.larger)
    case .min: try .eachWith(a, b, "min", Dual.smaller)
    }
  }

  /// What was combined out of so many parts, nil where there were none.
  func finish(_ total: Value?, count: Int) throws(EvaluationError) -> Value {
    guard let total else {
      switch self {
      case .sum: return Value(0.0)
      case .prod: return Value(1.0)
      case .mean, .max, .min: throw EvaluationError("there is no \(rawValue) of an empty range")
      }
    }
    return self == .mean ? total.map { $0 / Dual(Double(count)) } : total
  }
}

extension Value {
  /// All elements folded into one number, in order.
  func folded(_ fold: Fold) throws(EvaluationError) -> Value {
    guard count > 0 else { return try fold.finish(nil, count: 0) }
    var total = self[0]
    for index in 1..<max(count, 1) {
      switch fold {
      case .sum, .mean: total = total + self[index]
      case .prod: total = total * self[index]
      case .max: total = .larger(total, self[index])
      case .min: total = .smaller(total, self[index])
      }
    }
    return try fold.finish(.number(total), count: count)
  }
}
