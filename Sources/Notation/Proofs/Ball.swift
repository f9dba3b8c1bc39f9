import Engine

/// A real number known to lie within a radius of a pair of doubles: what two sides are told apart in where doubles cannot.
/// The radius is never too small, so that what lies apart is different, and no rounding can make it seem so.
struct Ball: Number {
  let middle: DoublePair
  let radius: Double

  /// A number within a radius, which what was rounded on the way makes larger by a little.
  private init(_ middle: DoublePair, _ radius: Double) {
    // The radius itself was rounded a few times.
    (self.middle, self.radius) = (middle, radius * 1.000_001)
  }

  private init(exactly number: Double) { (middle, radius) = (DoublePair(number), 0) }

  init(_ whole: Int) { self = whole.magnitude < 1 << 53 ? Ball(exactly: Double(whole)) : Ball(core: .nan) }
  init(core number: Double) { self.init(exactly: number) }

  /// A number that came of a computation in doubles, such as y / sum(y): off by some units of its last digit.
  init(about number: Double) { (middle, radius) = (DoublePair(number), number.magnitude * 0x1p-48) }

  static func typed(_ literal: Literal) throws(EvaluationError) -> Ball { try exactly(literal) }

  /// The most that a sum, product, quotient or root of pairs is off, for each unit of it.
  private static let rounding = 0x1p-98
  /// The most that exp and log are off.
  private static let roundingOfFunctions = 0x1p-88

  private var size: Double { middle.high.magnitude }
  private var most: Double { size + middle.low.magnitude + radius }

  /// A ball that is one; what has left the range of a double is none.
  private var checked: Ball {
    get throws(EvaluationError) {
      guard middle.high.isFinite, radius.isFinite else {
        throw EvaluationError("a number too large to be told", lack: .undecided)
      }
      return self
    }
  }

  static func + (a: Ball, b: Ball) -> Ball {
    // Of two doubles the sum is exact.
    if a.isDouble, b.isDouble { return exact(.sum(a.middle.high, b.middle.high)) }
    return Ball(a.middle + b.middle, a.radius + b.radius + rounding * (a.size + b.size))
  }

  private var isDouble: Bool { radius == 0 && middle.low == 0 }

  private static func exact(_ pair: DoublePair) -> Ball { Ball(pair, 0) }

  static func - (a: Ball, b: Ball) -> Ball { a + -b }
  static prefix func - (a: Ball) -> Ball { Ball(-a.middle, a.radius) }

  static func * (a: Ball, b: Ball) -> Ball {
    let size = a.size * b.size
    // And so is the product, where nothing of it is too small.
    if a.isDouble, b.isDouble, size > 1e-250, size < 1e250 { return exact(.product(a.middle.high, b.middle.high)) }
    let underflow = size == 0 && a.size > 0 && b.size > 0 ? Double.leastNormalMagnitude : 0
    if a.isZero || b.isZero { return Ball(0) }
    return Ball(
      a.middle * b.middle,
      a.most * b.radius + a.radius * b.most + rounding * size + underflow)
  }

  static func fused(_ a: Ball, _ b: Ball, plus c: Ball) -> Ball { a * b + c }

  static func quotient(_ a: Ball, _ b: Ball) throws(EvaluationError) -> Ball {
    if b.isZero { throw EvaluationError("a division by 0", lack: .undefined) }
    if a.isDouble, b.isDouble {
      let whole = a.middle.high / b.middle.high
      let back = DoublePair.product(whole, b.middle.high)
      if back.high == a.middle.high, back.low == 0, whole.magnitude > 1e-250 { return Ball(exactly: whole) }
    }
    let nearest = b.size - b.middle.low.magnitude - b.radius
    guard nearest > 0 else { throw EvaluationError("a division by what may be 0", lack: .undecided) }
    let middle = a.middle / b.middle
    let size = middle.high.magnitude
    return try Ball(middle, (a.radius + size * b.radius) / nearest * 1.01 + rounding * size).checked
  }

  static func power(_ a: Ball, _ b: Ball) throws(EvaluationError) -> Ball {
    if let whole = b.whole, whole.magnitude <= 1 << 20 {
      var (result, base, rest) = (Ball(1), whole < 0 ? try quotient(Ball(1), a) : a, whole.magnitude)
      while rest > 0 {
        if rest & 1 == 1 { result = result * base }
        base = base * base
        rest >>= 1
      }
      return try result.checked
    }
    if b.radius == 0, b.middle.high == 0.5, b.middle.low == 0 { return try a.root }
    return try (b * a.logarithm).exponential
  }

  static func norm(_ elements: [Ball]) throws(EvaluationError) -> Ball {
    try elements.reduce(Ball(0)) { $0 + $1 * $1 }.root
  }

  var isTrue: Bool { get throws(EvaluationError) { try sign != 0 } }
  var isZero: Bool { middle.high == 0 && middle.low == 0 && radius == 0 }
  var whole: Int? { radius == 0 && middle.low == 0 ? middle.high.whole : nil }
  var text: String { middle.high.text }

  /// −1, 0 or 1.
  /// - Throws: where it may be either.
  var sign: Int {
    get throws(EvaluationError) {
      if isZero { return 0 }
      guard size - middle.low.magnitude > radius else {
        throw EvaluationError("two numbers are too near to be compared", lack: .undecided)
      }
      return middle.high > 0 ? 1 : -1
    }
  }

  /// By how much two differ at least; 0 where they may be the same.
  static func gap(_ a: Ball, _ b: Ball) -> Double {
    let difference = a - b
    let gap = difference.size - difference.middle.low.magnitude - difference.radius
    return gap > 0 ? gap : 0
  }

  static func comparison(_ sign: BinaryOperator) -> (Ball, Ball) throws(EvaluationError) -> Bool {
    switch sign {
    case .near: { approximatelyEqual($0.middle.high, $1.middle.high) }
    default: { (a, b) throws(EvaluationError) in sign.holds(Double(try (a - b).sign), 0) }
    }
  }

  // MARK: - Functions

  private var root: Ball {
    get throws(EvaluationError) {
      if isZero { return self }
      guard middle.high > 0 else { throw EvaluationError("the root of a negative number", lack: .undefined) }
      let nearest = size - middle.low.magnitude - radius
      guard nearest > 0 else { throw EvaluationError("the root of what may be negative", lack: .undecided) }
      let root = middle.squareRoot
      return Ball(root, radius / (2 * nearest.squareRoot()) * 1.01 + Ball.rounding * root.high)
    }
  }

  private var exponential: Ball {
    get throws(EvaluationError) {
      guard size < 600, radius < 1e-3 else {
        throw EvaluationError("an exponential too large to be told", lack: .undecided)
      }
      let value = middle.exponential
      return Ball(value, value.high * (Ball.roundingOfFunctions + 1.01 * radius))
    }
  }

  private var logarithm: Ball {
    get throws(EvaluationError) {
      guard middle.high > 0 else { throw EvaluationError("a logarithm of 0 or less", lack: .undefined) }
      let nearest = size - middle.low.magnitude - radius
      guard nearest > 0, size > 1e-250, size < 1e250 else {
        throw EvaluationError("a logarithm of what may be 0", lack: .undecided)
      }
      let value = middle.logarithm
      return Ball(
        value, radius / nearest * 1.01 + Ball.roundingOfFunctions * (1 + value.high.magnitude))
    }
  }

  static func function(_ row: Function.Elementwise) throws(EvaluationError) -> (Ball) throws(EvaluationError) -> Ball {
    let value = row.value
    switch row.law {
    case .exponential: return { (u) throws(EvaluationError) in try u.exponential }
    case .logarithm: return { (v) throws(EvaluationError) in try v.logarithm }
    case .root: return { (u) throws(EvaluationError) in try u.root }
    case .sign: return { (v) throws(EvaluationError) in Ball(try v.sign) }
    case .absolute: return { (v) throws(EvaluationError) in try v.sign < 0 ? -v : v }
    case .always(let whole): return { _ in Ball(whole) }
    case .step:
      return { (v) throws(EvaluationError) in
        if let whole = v.whole { return Ball(whole) }
        let (twice, margin) = (2 * v.middle.high, 4 * v.most * 0x1p-52)
        guard (twice - twice.rounded()).magnitude > margin, let whole = value(v.middle.high).whole else {
          throw EvaluationError("a number at a step", lack: .undecided)
        }
        return Ball(whole)
      }
    case .none:
      // No better than in doubles, and said to be.
      let slope = try GivenFormula<Double>(row.derivative, of: ["v", "f"])
      return { (v) throws(EvaluationError) in
        let middle = value(v.middle.high)
        let steepest = 2 * (try slope(v.middle.high, middle).magnitude) + 0x1p-20
        let radius = 0x1p-48 * (middle.magnitude + 0x1p-20) + steepest * (v.radius + v.middle.low.magnitude)
        return try Ball(DoublePair(middle), radius).checked
      }
    }
  }

  static func function(
    _ row: Function.Pairwise
  ) throws(EvaluationError) -> (Ball, Ball) throws(EvaluationError) -> Ball {
    { (u, v) throws(EvaluationError) in
      throw EvaluationError("\(row.name) is not known to more digits than a double's", lack: .undecided)
    }
  }

  static func activated(_ net: Ball, by choice: ActivationChoice) throws(EvaluationError) -> Ball {
    try .written(choice, net)
  }

  static func slope(of choice: ActivationChoice, net: Ball, a: Ball) throws(EvaluationError) -> Ball {
    try .writtenSlope(choice, net, a)
  }

  static func activated(layer net: [Ball], by choice: ActivationChoice) throws(EvaluationError) -> [Ball] {
    try written(choice, layer: net)
  }

  static func jacobian(of choice: ActivationChoice, net: [Ball], a: [Ball]) throws(EvaluationError) -> [Ball] {
    try choice.jacobianFormula(net, a)
  }

  static func derivative(
    of body: Expression, by quantity: Expression, _ compiler: Compiler<Ball>, _ names: Names
  ) throws(EvaluationError) -> Code<Ball> {
    try compiler.derivative(of: body, by: quantity, names)
  }
}
