import Engine

/// A number of the prime field, with the degrees of the fraction that it is the value of: what a claim is proved in. A
/// number typed as a decimal is the exact fraction; see `FieldPoint` for what functions and comparisons are here.
struct FieldNumber: Number {
  /// The value at the point that is tried.
  let residue: Residue
  /// The degree of the numerator in all that was drawn.
  let above: Int
  /// The degree of the denominator.
  let below: Int
  /// What it is as a real number where nothing in it was drawn, about; else NaN.
  let real: Double
  /// The step of the point's tape that it is the result of, from 1; 0 where there is no tape, or nothing in it was drawn.
  let step: Int32
  /// How long the constants in it are.
  let digits: DigitsOfConstants

  init(
    _ residue: Residue, above: Int = 0, below: Int = 0, real: Double = .nan,
    digits: DigitsOfConstants = DigitsOfConstants(), step: Int32 = 0
  ) {
    (self.residue, self.above, self.below, self.real) = (residue, above, below, real)
    (self.digits, self.step) = (digits, step)
    // Wherever one comes up: what is 0 in the field is soon taken for 0.
    if digits.isLong { FieldNumber.noteLongConstant() }
  }

  @inline(never)
  private static func noteLongConstant() { FieldPoint.current?.tally.hasLongConstants = true }

  /// Whether nothing in it was drawn, and no function gave it.
  var isConstant: Bool { above == 0 && below == 0 }

  /// The same number as the result of a step.
  func atStep(_ step: Int) -> FieldNumber {
    FieldNumber(
      residue, above: above, below: below, real: real, digits: digits, step: Int32(truncatingIfNeeded: step))
  }

  /// What an operation gives, put down where the point has a tape.
  @inline(__always)
  private func noted(_ operation: WrittenStep.Operation, _ a: FieldNumber, _ b: FieldNumber) -> FieldNumber {
    a.step | b.step == 0 ? self : putDown(operation, [a, b])
  }

  @inline(__always)
  private func noted(_ operation: WrittenStep.Operation, _ a: FieldNumber) -> FieldNumber {
    a.step == 0 ? self : putDown(operation, [a])
  }

  @inline(never)
  private func putDown(_ operation: WrittenStep.Operation, _ operands: [FieldNumber]) -> FieldNumber {
    FieldPoint.current?.tape?.note(operation, operands, giving: self) ?? self
  }

  init(_ whole: Int) {
    self.init(Residue(whole), real: Double(whole), digits: DigitsOfConstants(of: Double(whole)))
  }

  /// The shortest decimal that reads back as it, as settings are printed and typed.
  init(core number: Double) {
    let whole = number.magnitude < 0x1p53 ? Int(exactly: number) : nil
    self = whole.map { FieldNumber($0) } ?? (try? .exact(Literal(number))) ?? FieldNumber(.zero)
  }

  static func typed(_ literal: Literal) throws(EvaluationError) -> FieldNumber {
    // What is beyond the field's size would have a smaller one in its place.
    let digits = literal.text.lowercased().prefix { $0 != "e" }.drop { "-+0.".contains($0) }.count { $0.isNumber }
    guard literal.value.magnitude < 0x1p60, digits <= 18, literal.decimals <= 30 else {
      throw EvaluationError("\(literal.text) has too many digits for an exact proof", lack: .undecided)
    }
    return try exact(literal)
  }

  private static func exact(_ literal: Literal) throws(EvaluationError) -> FieldNumber {
    // The power of ten that it is divided by may be long, and what comes of it short.
    let point = FieldPoint.current
    let hadLongConstants = point?.tally.hasLongConstants ?? false
    let exact: FieldNumber = try exactly(literal)
    point?.tally.hasLongConstants = hadLongConstants
    return FieldNumber(exact.residue, real: literal.value, digits: DigitsOfConstants(of: literal))
  }

  /// What was drawn: a polynomial of degree 1.
  static func drawn(_ residue: Residue) -> FieldNumber { FieldNumber(residue, above: 1) }

  /// A degree that no bound is printed for any more.
  static let highest = 1 << 40

  @inline(__always)
  private static func degree(_ sum: Int) -> Int { min(sum, highest) }

  /// The degree by which the numerators of two differ at most.
  static func degree(ofDifferenceOf a: FieldNumber, _ b: FieldNumber) -> Int {
    max(a.above + b.below, b.above + a.below)
  }

  static func + (a: FieldNumber, b: FieldNumber) -> FieldNumber {
    FieldNumber(
      a.residue + b.residue, above: degree(degree(ofDifferenceOf: a, b)), below: degree(a.below + b.below),
      real: a.real + b.real,
      digits: .sum(a.digits, b.digits, sum: a.isConstant && b.isConstant ? a.real + b.real : .nan)
    ).noted(.sum, a, b)
  }

  static func - (a: FieldNumber, b: FieldNumber) -> FieldNumber {
    FieldNumber(
      a.residue - b.residue, above: degree(degree(ofDifferenceOf: a, b)), below: degree(a.below + b.below),
      real: a.real - b.real,
      digits: .sum(a.digits, b.digits, sum: a.isConstant && b.isConstant ? a.real - b.real : .nan)
    ).noted(.difference, a, b)
  }

  static func * (a: FieldNumber, b: FieldNumber) -> FieldNumber {
    // Only a square can be that of a root.
    if a.residue == b.residue, !a.isConstant, let square = FieldPoint.current?.square(ofRoot: a, b) { return square }
    return FieldNumber(
      a.residue * b.residue, above: degree(a.above + b.above), below: degree(a.below + b.below), real: a.real * b.real,
      digits: a.digits * b.digits
    ).noted(.product, a, b)
  }

  static prefix func - (a: FieldNumber) -> FieldNumber {
    FieldNumber(-a.residue, above: a.above, below: a.below, real: -a.real, digits: a.digits).noted(.negate, a)
  }

  static func fused(_ a: FieldNumber, _ b: FieldNumber, plus c: FieldNumber) -> FieldNumber { a * b + c }

  /// The order of a sum is nothing to exact numbers.
  static func dot(_ a: UnsafePointer<FieldNumber>, _ b: UnsafePointer<FieldNumber>, count: Int) -> FieldNumber {
    var total = FieldNumber(0)
    for place in 0..<count { total = total + a[place] * b[place] }
    return total
  }

  /// 1 / a
  var inverted: FieldNumber {
    get throws(EvaluationError) {
      guard !isZero else { throw EvaluationError("a division by 0", lack: .undefined) }
      return FieldNumber(residue.inverse, above: below, below: above, real: 1 / real, digits: digits.inverted)
        .noted(.invert, self)
    }
  }

  static func quotient(_ a: FieldNumber, _ b: FieldNumber) throws(EvaluationError) -> FieldNumber {
    // A number divides often: its inverse is 1 there.
    b.residue == .one && b.step == 0 ? a : a * (try b.inverted)
  }

  static func power(_ a: FieldNumber, _ b: FieldNumber) throws(EvaluationError) -> FieldNumber {
    if let whole = b.whole, whole.magnitude <= 1 << 20 {
      if whole % 2 == 0, whole != 0, !a.isConstant, let square = FieldPoint.current?.square(ofRoot: a, a) {
        return try power(square, FieldNumber(whole / 2))
      }
      let real = Engine.power(a.real, b.real).magnitude
      guard !(real >= 0x1p60), !(real <= 0x1p-60) || real == 0 else {
        throw EvaluationError("\(a.text)^\(b.text) has too many digits for an exact proof", lack: .undecided)
      }
      let base = whole < 0 ? try a.inverted : a
      let times = Int(whole.magnitude)
      return FieldNumber(
        base.residue.raised(to: UInt64(times)), above: degree(degree(base.above) * times),
        below: degree(degree(base.below) * times), real: Engine.power(a.real, b.real),
        digits: base.digits.raised(to: times)
      ).noted(.power, base, FieldNumber(times))
    }
    if b.real == 0.5, b.residue + b.residue == .one { return try FieldPoint.here.root(a) }
    if a.residue == .one, a.step == 0 { return a }
    return try FieldPoint.here.free("^", a, b, real: Engine.power(a.real, b.real))
  }

  static func norm(_ elements: [FieldNumber]) throws(EvaluationError) -> FieldNumber {
    try FieldPoint.here.root(elements.reduce(FieldNumber(0)) { $0 + $1 * $1 })
  }

  /// Other than 0; what would be both here and there has to be gone through.
  var isTrue: Bool {
    get throws(EvaluationError) {
      if step != 0 { FieldPoint.current?.tape?.noteZero(self) }
      if isZero || residue == .one || !real.isNaN { return !isZero }
      if let point = FieldPoint.current, point.assumptions.gatesAreFree {
        point.tally.hasGates = true
        throw FieldPoint.needsPatterns
      }
      // What is drawn is other than 0 but at single points.
      if !isConstant { FieldPoint.current?.tally.asksForSinglePoints = true }
      return true
    }
  }

  var isZero: Bool { residue == .zero }

  var whole: Int? {
    guard let whole = real.whole, Residue(whole) == residue else { return nil }
    return whole
  }

  var text: String { real.isNaN ? "a number" : real.text }

  static func derivative(
    of body: Expression, by quantity: Expression, _ compiler: Compiler<FieldNumber>, _ names: Names
  ) throws(EvaluationError) -> Code<FieldNumber> {
    try compiler.derivative(of: body, by: quantity, names)
  }
}

extension Number {
  /// A number as it was typed, digit by digit.
  static func exactly(_ literal: Literal) throws(EvaluationError) -> Self {
    let (isNegative, text) = (literal.text.hasPrefix("-"), literal.text.drop { $0 == "-" || $0 == "+" })
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    guard let digits = parts.first, literal.value.isFinite else { throw notExact(literal) }
    // What is too small for a Double has an exponent that may be too small for anything.
    if literal.value == 0, digits.contains(where: { $0 != "0" && $0 != "." }) { throw notExact(literal) }
    var number = Self(0)
    for digit in digits where digit != "." {
      guard let value = digit.wholeNumberValue, digit.isASCII else { throw notExact(literal) }
      number = number * Self(10) + Self(value)
    }
    guard literal.decimals.magnitude < 2000 else { throw notExact(literal) }
    let scale = (0..<literal.decimals.magnitude).reduce(Self(1)) { product, _ in product * Self(10) }
    if literal.decimals > 0 { number = try .quotient(number, scale) }
    if literal.decimals < 0 { number = number * scale }
    return isNegative ? -number : number
  }

  private static func notExact(_ literal: Literal) -> EvaluationError {
    EvaluationError("\(literal.text) is no exact fraction", lack: .undecided)
  }
}
