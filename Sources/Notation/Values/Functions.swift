import Engine

// A new function is one entry here.
extension Function {
  /// The function whose argument `let` keeps as it is now.
  package static let valueNow = "value"
  /// The function that tells what the last step has changed.
  package static let changed = "changed"

  /// Every function but the activations.
  package static let all: [Function] = [
    fold(.sum, "the sum of all elements; sum(k, …) sums over an index, sum(sample, …) over the batch"),
    fold(.mean, "their mean, or that over an index or the batch", elsewhere: ["avg", "average"]),
    fold(
      .min, "the smallest element, or the smallest over an index; of two values, the smaller of each pair",
      elsewhere: ["all"]),
    fold(
      .max, "the largest element, or the largest over an index; of two values, the larger of each pair",
      elsewhere: ["any"]),
    fold(.prod, "the product of all elements, or that over an index"),
    elementwise(.absolute, "the absolute value", elsewhere: ["fabs"]),
    elementwise(Elementwise("exp", derivative: "f", law: .exponential, value: exponential), "e to the v"),
    elementwise(.logarithm, "the natural logarithm", elsewhere: ["ln"]),
    elementwise(.root, "the square root", elsewhere: ["root"]),
    elementwise(
      Elementwise("erf", derivative: "1.1283791670955126 * exp(-v^2)", value: errorFunction), "the error function",
      numpy: "np.vectorize(math.erf)"),
    elementwise(Elementwise("sin", derivative: "cos(v)", value: sine), "the sine of an angle in radians"),
    elementwise(Elementwise("cos", derivative: "-sin(v)", value: cosine), "the cosine of an angle in radians"),
    elementwise(
      Elementwise("tan", derivative: "1 + f^2", value: tangent), "the tangent of an angle in radians"),
    elementwise(
      Elementwise("atan", derivative: "1 / (1 + v^2)", value: arcTangent),
      "the angle in radians, from -pi/2 to pi/2, whose tangent is v", elsewhere: ["arctan"],
      numpy: "np.arctan"),
    elementwise(
      Elementwise("floor", derivative: "0", law: .step) { $0.rounded(.down) },
      "the largest whole number that is not above v; its derivative is 0, at the steps too"),
    elementwise(
      Elementwise("round", derivative: "0", law: .step) { $0.rounded(.toNearestOrEven) },
      "the nearest whole number, of two the even one, as NumPy and PyTorch have it (MATLAB takes the one further from 0); its derivative is 0",
      elsewhere: ["rint"]),
    elementwise(
      Elementwise("sign", derivative: "0", law: .sign, value: signum),
      "-1 below 0, 0 at 0, 1 above; its derivative is 0, at 0 too",
      elsewhere: ["sgn", "signum"]),
    pairwise(
      Pairwise("mod", derivatives: ("1", "-floor(u / v)"), value: { remainder($0, by: $1) }),
      "what is left of u when v is taken off a whole number of times, with the sign of v, as Python's % and MATLAB's mod have it; mod(u, 0) is nan",
      elsewhere: ["fmod", "remainder"], example: "mod(-7, 3)", torch: "torch.remainder"),
    elementwise(
      Elementwise("isnan", derivative: "0", law: .always(0)) { $0.isNaN ? 1 : 0 }, "1 where it is not a number, else 0",
      isTruth: true),
    elementwise(
      Elementwise("isfinite", derivative: "0", law: .always(1)) { $0.isFinite ? 1 : 0 },
      "1 where it is neither infinite nor NaN",
      isTruth: true),
    whole(
      valueNow, "value(v)",
      "v as it is; behind let, v as it is now, whatever comes of it later: let before = value(loss)",
      1...1, Unchanged(), example: "value(loss)"),
    whole("norm", "norm(v)", "the 2-norm, of a matrix the Frobenius norm: |v|", 1...1, Norm(), example: "norm(dw1)"),
    whole("outer", "outer(u, v)", "u * v' of two columns", 2...2, Outer(), example: "outer(delta1, x)"),
    whole(
      "diag", "diag(v)", "a matrix with a column on its diagonal; of a matrix, its diagonal as a column", 1...1,
      Diagonal(), example: "diag(a1)"),
    whole(
      "ones", "ones(n, m)", "n rows and m columns of 1; ones(n) is a column", 1...2, Filled(number: 1),
      example: "ones(2, 3)"),
    whole(
      "zeros", "zeros(n, m)", "n rows and m columns of 0; zeros(n) is a column", 1...2, Filled(number: 0),
      example: "zeros(2)"),
    whole(
      "reshape", "reshape(M, rows, columns)",
      "the numbers of M in so many rows and columns, read and filled row by row, as NumPy does (MATLAB goes by columns)",
      3...3, Reshaped(), example: "reshape(w1, 1, 4)"),
    form(changed, "changed(v)", "1 where it differs from one step ago, else 0", 1...1, example: "changed(w1)"),
    form(
      "at", "at(STEP, v)", "v at another step that was reached; at(step-1, v) is one step ago", 2...2,
      example: "at(step-1, step)"),
    form("old", "old(v)", "v with the weights that this iteration's forward pass read", 1...1, example: "w1 - old(w1)"),
    form(
      "d", "d(v)/d(q[k])", "the exact derivative of v with respect to an element of a forward quantity", 1...1,
      example: "d(loss)/d(a1[1])"),
  ]

  private static func elementwise(
    _ rule: Elementwise, _ meaning: Text, elsewhere: [String] = [], numpy: String? = nil, isTruth: Bool = false
  ) -> Function {
    Function(
      name: rule.name, usage: "\(rule.name)(v)", meaning: meaning, elsewhere: elsewhere,
      example: "\(rule.name)(a1[1])", inPython: (numpy, nil), isTruth: isTruth, arguments: 1...1,
      rule: .elementwise(rule))
  }

  private static func pairwise(
    _ rule: Pairwise, _ meaning: Text, elsewhere: [String] = [], example: String, torch: String? = nil
  ) -> Function {
    Function(
      name: rule.name, usage: "\(rule.name)(u, v)", meaning: meaning, elsewhere: elsewhere, example: example,
      inPython: (nil, torch), arguments: 2...2, rule: .pairwise(rule))
  }

  private static func fold(_ fold: Fold, _ meaning: Text, elsewhere: [String] = []) -> Function {
    Function(
      name: fold.rawValue, usage: "\(fold.rawValue)(v)", meaning: meaning, elsewhere: elsewhere,
      example: "\(fold.rawValue)(k, w2[1,k] * a1[k])",
      arguments: fold.takesPairs ? 1...2 : 1...1, rule: .fold(fold))
  }

  private static func whole(
    _ name: String, _ usage: String, _ meaning: Text, _ arguments: ClosedRange<Int>, _ rule: any WholeFunction,
    example: String
  ) -> Function {
    Function(name: name, usage: usage, meaning: meaning, example: example, arguments: arguments, rule: .whole(rule))
  }

  private static func form(
    _ name: String, _ usage: String, _ meaning: Text, _ arguments: ClosedRange<Int>, example: String
  )
    -> Function
  {
    Function(name: name, usage: usage, meaning: meaning, example: example, arguments: arguments, rule: .form)
  }
}

extension Function.Elementwise {
  // Those that the arithmetic itself reads.
  static let absolute = Self("abs", derivative: "(v > 0) - (v < 0)", law: .absolute) { abs($0) }
  static let logarithm = Self("log", derivative: "1 / v", law: .logarithm, value: Engine.logarithm)
  static let root = Self("sqrt", derivative: "0.5 / f", law: .root) { $0.squareRoot() }
}

// MARK: - Of whole values

private struct Norm: WholeFunction {
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? { .scalar }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> { try arguments[0].norm }
}

private struct Unchanged: WholeFunction {
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? { arguments[0].shape }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> { arguments[0] }
}

private struct Outer: WholeFunction {
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? {
    Shape(arguments[0].shape.count, arguments[1].shape.count)
  }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> {
    let (u, v) = (arguments[0], arguments[1])
    guard u.shape.columns == 1, v.shape.columns == 1 else {
      throw EvaluationError("outer(u, v) takes two columns; here \(u.shape) and \(v.shape)")
    }
    return try .product(u, v.transposed)
  }
}

private struct Diagonal: WholeFunction {
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? {
    let shape = arguments[0].shape
    return shape.columns == 1 ? Shape(shape.rows, shape.rows) : Shape(min(shape.rows, shape.columns), 1)
  }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> {
    let (value, columns) = (arguments[0], arguments[0].shape.columns)
    let shape = shape([(value.shape, nil)]) ?? .scalar
    try shape.requireBounded()
    guard columns == 1 else { return .build(shape) { value[$0 * columns + $0] } }
    return .build(shape) { $0 / shape.rows == $0 % shape.rows ? value[$0 / shape.rows] : N(0) }
  }
}

private struct Filled: WholeFunction {
  let number: Int

  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? {
    guard let rows = arguments[0].whole else { return nil }
    guard arguments.count > 1 else { return Shape(rows, 1) }
    return arguments[1].whole.map { Shape(rows, $0) }
  }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> {
    let sizes = arguments.map { (shape: $0.shape, whole: $0.number?.whole) }
    guard let shape = shape(sizes), shape.rows > 0, shape.columns > 0 else {
      throw EvaluationError("a whole number from 1 on was expected as a size")
    }
    try shape.requireBounded()
    return Value(shape, Array(repeating: N(number), count: shape.count))
  }
}

private struct Reshaped: WholeFunction {
  func shape(_ arguments: [(shape: Shape, whole: Int?)]) -> Shape? {
    guard let rows = arguments[1].whole, let columns = arguments[2].whole, rows > 0, columns > 0 else { return nil }
    return Shape(rows, columns)
  }

  func value<N: Number>(_ arguments: [Value<N>]) throws(EvaluationError) -> Value<N> {
    let sizes = arguments.map { (shape: $0.shape, whole: $0.number?.whole) }
    guard let shape = shape(sizes) else {
      throw EvaluationError("whole numbers from 1 on were expected as rows and columns")
    }
    let value = arguments[0]
    guard shape.count == value.count else {
      let (old, new) = (value.shape, shape)
      throw EvaluationError("\(old) has \(counted(old.count, "number")), which do not make \(new)")
    }
    return Value(shape, value.elements)
  }
}
