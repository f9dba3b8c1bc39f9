import Engine

/// A function of the expressions: its help and its rule in one row.
public struct Function: Sendable {
  /// The name that is called.
  public let name: String
  /// How it is called: `sum(v)`.
  public let usage: String
  /// What it gives, in one sentence.
  public let meaning: String
  /// How many arguments it takes.
  let arguments: ClosedRange<Int>
  let rule: Rule

  enum Rule: Sendable {
    /// Each element by itself: the value, and from the element and the value the slope.
    case elementwise(value: @Sendable (Double) -> Double, slope: @Sendable (Double, Double) -> Double)
    /// All elements, or all that an index runs through, folded from the first on.
    case fold(Fold)
    /// From whole values to one.
    case whole(@Sendable ([Value]) throws(EvaluationError) -> Value)
    /// What the evaluation itself has to see to.
    case form
  }

  /// Every function but the activations; a new one is one entry.
  public static let all: [Function] = [
    fold(.sum, "the sum of all elements; sum(k, …) sums over an index, sum(sample, …) over the batch"),
    fold(.mean, "their mean, or that over an index or the batch"),
    fold(.min, "the smallest element, or the smallest over an index; of two values, the smaller of each pair"),
    fold(.max, "the largest element, or the largest over an index; of two values, the larger of each pair"),
    fold(.prod, "the product of all elements, or that over an index"),
    elementwise("abs", "the absolute value", value: { abs($0) }, slope: { x, _ in x < 0 ? -1 : x > 0 ? 1 : 0 }),
    elementwise("exp", "e to the v", value: exponential, slope: { _, e in e }),
    elementwise("log", "the natural logarithm", value: logarithm, slope: { x, _ in 1 / x }),
    elementwise("sqrt", "the square root", value: { $0.squareRoot() }, slope: { _, root in 0.5 / root }),
    elementwise(
      "erf", "the error function", value: errorFunction,
      slope: { x, _ in 1.1283791670955126 * exponential(-x * x) }),
    elementwise("isnan", "1 where it is not a number, else 0", value: { $0.isNaN ? 1 : 0 }, slope: { _, _ in 0 }),
    elementwise(
      "isfinite", "1 where it is neither infinite nor NaN", value: { $0.isFinite ? 1 : 0 }, slope: { _, _ in 0 }),
    whole("norm", "norm(v)", "the 2-norm, of a matrix the Frobenius norm: |v|", 1...1) { $0[0].norm },
    whole("outer", "outer(u, v)", "u * v' of two columns", 2...2, outer),
    whole(
      "diag", "diag(v)", "a matrix with a column on its diagonal; of a matrix, its diagonal as a column", 1...1,
      diagonal),
    whole("ones", "ones(n, m)", "n rows and m columns of 1; ones(n) is a column", 1...2) {
      sizes throws(EvaluationError) in
      try filled(1, sizes)
    },
    whole("zeros", "zeros(n, m)", "n rows and m columns of 0; zeros(n) is a column", 1...2) {
      sizes throws(EvaluationError) in
      try filled(0, sizes)
    },
    form("changed", "changed(v)", "1 where it differs from one step ago, else 0", 1...1),
    form("at", "at(STEP, v)", "v at another step that was reached; at(step-1, v) is one step ago", 2...2),
    form("old", "old(v)", "v with the weights that this iteration's forward pass read", 1...1),
    form("d", "d(v)/d(q[k])", "the exact derivative of v with respect to an element of a forward quantity", 1...1),
  ]

  /// Functions by name.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// What can be called, the activations included.
  public static let names: [String] = all.map(\.name) + activationNames

  static func isKnown(_ name: String) -> Bool { named[name] != nil || isActivation(name) }

  /// Why a call with so many arguments is none, or nil where it is one.
  static func complaint(_ name: String, _ count: Int) -> Text? {
    let wanted = named[name]?.arguments ?? 1...1
    if wanted.contains(count) { return nil }
    let numbers: Text = wanted.count == 1 ? "\(wanted.lowerBound)" : "\(wanted.lowerBound) or \(wanted.upperBound)"
    let usage = named[name]?.usage ?? "\(name)(v)"
    return wanted.upperBound == 1
      ? "\(usage) takes 1 argument, not \(count)" : "\(usage) takes \(numbers) arguments, not \(count)"
  }

  // MARK: - Rows

  private static func elementwise(
    _ name: String, _ meaning: String, value: @escaping @Sendable (Double) -> Double,
    slope: @escaping @Sendable (Double, Double) -> Double
  ) -> Function {
    Function(
      name: name, usage: "\(name)(v)", meaning: meaning, arguments: 1...1,
      rule: .elementwise(value: value, slope: slope))
  }

  private static func fold(_ fold: Fold, _ meaning: String) -> Function {
    Function(
      name: fold.rawValue, usage: "\(fold.rawValue)(v)", meaning: meaning, arguments: fold.takesPairs ? 1...2 : 1...1,
      rule: .fold(fold))
  }

  private static func whole(
    _ name: String, _ usage: String, _ meaning: String, _ arguments: ClosedRange<Int>,
    _ rule: @escaping @Sendable ([Value]) throws(EvaluationError) -> Value
  ) -> Function {
    Function(name: name, usage: usage, meaning: meaning, arguments: arguments, rule: .whole(rule))
  }

  private static func form(_ name: String, _ usage: String, _ meaning: String, _ arguments: ClosedRange<Int>)
    -> Function
  {
    Function(name: name, usage: usage, meaning: meaning, arguments: arguments, rule: .form)
  }
}

// The rules that are longer than a line.

private func outer(_ values: [Value]) throws(EvaluationError) -> Value {
  guard values[0].shape.columns == 1, values[1].shape.columns == 1 else {
    throw EvaluationError("outer(u, v) takes two columns; here \(values[0].shape) and \(values[1].shape)")
  }
  let (u, v) = (values[0], values[1])
  try bounded(Shape(u.count, v.count))
  return .build(Shape(u.count, v.count), moves: u.moves || v.moves) { u[$0 / v.count] * v[$0 % v.count] }
}

private func diagonal(_ values: [Value]) throws(EvaluationError) -> Value {
  let (value, shape) = (values[0], values[0].shape)
  if shape.columns == 1 {
    try bounded(Shape(shape.rows, shape.rows))
    return .build(Shape(shape.rows, shape.rows), moves: value.moves) {
      $0 / shape.rows == $0 % shape.rows ? value[$0 / shape.rows] : Dual(0)
    }
  }
  return .build(Shape(min(shape.rows, shape.columns), 1), moves: value.moves) { value[$0 * shape.columns + $0] }
}

private func filled(_ number: Double, _ sizes: [Value]) throws(EvaluationError) -> Value {
  var counts: [Int] = []
  for size in sizes {
    guard let count = size.wholeNumber, count > 0 else {
      throw EvaluationError("a whole number from 1 on was expected as a size")
    }
    counts.append(count)
  }
  let shape = Shape(counts[0], counts.count > 1 ? counts[1] : 1)
  try bounded(shape)
  return Value(Matrix(rows: shape.rows, columns: shape.columns, filledWith: number))
}

/// Refuses a matrix with more elements than an expression may make.
func bounded(_ shape: Shape) throws(EvaluationError) {
  guard shape.count <= Evaluation.maximumCount else {
    throw EvaluationError("a matrix of at most \(Evaluation.maximumCount) elements was expected, not \(shape)")
  }
}
