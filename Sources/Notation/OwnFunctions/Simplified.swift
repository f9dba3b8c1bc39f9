import Engine

// Sums, products and the like as a page would write them: without + 0, 1 · and 0 ·, signs in front, small whole numbers worked
// out. Each is the same number as what it stands for, wherever its parts are finite.
extension Expression {
  /// a + b
  static func simplified(_ a: Expression, plus b: Expression) -> Expression {
    if a.isZero { return b }
    if b.isZero { return a }
    if let sum = worked(a, b, +) { return sum }
    if let positive = b.withoutSign { return simplified(a, minus: positive) }
    if let positive = a.withoutSign { return simplified(b, minus: positive) }
    return a + b
  }

  /// a − b
  static func simplified(_ a: Expression, minus b: Expression) -> Expression {
    if b.isZero { return a }
    if a.isZero { return b.negated }
    if let difference = worked(a, b, -) { return difference }
    if let positive = b.withoutSign { return simplified(a, plus: positive) }
    return Expression(.binary(.minus, a, b))
  }

  /// a · b: a number stands in front, a quotient comes last.
  static func simplified(_ a: Expression, times b: Expression) -> Expression {
    if a.isZero || b.isZero { return .number(0) }
    if a.isOne { return b }
    if b.isOne { return a }
    if let product = worked(a, b, *) { return product }
    if let positive = a.withoutSign { return simplified(positive, times: b).negated }
    if let positive = b.withoutSign { return simplified(a, times: positive).negated }
    switch (a.kind, b.kind) {
    case (.binary(.over, let above, let below), _): return simplified(simplified(above, times: b), over: below)
    case (_, .binary(.over, let above, let below)): return simplified(simplified(a, times: above), over: below)
    case (_, .number) where !a.isNumber: return simplified(b, times: a)
    case (_, .binary(.times, let first, let rest)): return simplified(simplified(a, times: first), times: rest)
    case (.binary(.times, let first, let rest), _) where first.isNumber && b.isNumber && !rest.isNumber:
      return simplified(simplified(first, times: b), times: rest)
    default: return a * b
    }
  }

  /// a / b
  static func simplified(_ a: Expression, over b: Expression) -> Expression {
    if a.isZero || b.isOne { return a }
    if let positive = a.withoutSign { return simplified(positive, over: b).negated }
    if let positive = b.withoutSign { return simplified(a, over: positive).negated }
    if let quotient = quotient(a, b) { return quotient }
    switch (a.kind, b.kind) {
    // (2·v)/2
    case (.binary(.times, let first, let rest), .number):
      if let quotient = quotient(first, b) { return simplified(quotient, times: rest) }
    // (p/c)/(q/c)
    case (.binary(.over, let p, let c), .binary(.over, let q, let d)) where c == d: return simplified(p, over: q)
    default: break
    }
    return a / b
  }

  /// a ^ b
  static func simplified(_ a: Expression, power b: Expression) -> Expression {
    if b.isOne || a.isOne { return a }
    if b.isZero { return .number(1) }
    return Expression(.binary(.power, a, b))
  }

  /// −a, its sign as far in front as it goes.
  var negated: Expression {
    if let positive = withoutSign { return positive }
    switch kind {
    case .number where isZero: return self
    case .binary(.minus, let left, let right): return Expression(.binary(.minus, right, left))
    case .binary(.times, let left, let right): return left.negated * right
    case .binary(.over, let left, let right): return left.negated / right
    default: return Expression(.unary(.minus, self))
    }
  }

  /// The same without the minus in front; nil where there is none.
  fileprivate var withoutSign: Expression? {
    switch kind {
    case .unary(.minus, let operand): operand
    case .binary(.times, let left, let right): left.withoutSign.map { $0.isOne ? right : $0 * right }
    case .binary(.over, let left, let right): left.withoutSign.map { $0 / right }
    default: nil
    }
  }

  /// Whether it is the number 0.
  var isZero: Bool { short == 0 }
  fileprivate var isOne: Bool { short == 1 }

  /// The number that it is, with or without a minus, where it is a multiple of 1/1024 that is not large: sums and products of
  /// two such are exact.
  fileprivate var short: Double? {
    switch kind {
    case .number(let literal):
      let value = literal.value
      return abs(value) < 0x1p20 && (value * 1024).rounded() == value * 1024 ? value : nil
    case .unary(.minus, let operand): if case .number = operand.kind { return operand.short.map { -$0 } }
    default: break
    }
    return nil
  }

  /// What two numbers come to, where that is exact; nil of all else.
  private static func worked(_ a: Expression, _ b: Expression, _ rule: (Double, Double) -> Double) -> Expression? {
    guard let x = a.short, let y = b.short else { return nil }
    return .signed(rule(x, y))
  }

  /// What two whole numbers come to, where that is whole; nil of all else.
  private static func quotient(_ a: Expression, _ b: Expression) -> Expression? {
    guard let x = a.short, let y = b.short, y != 0, x == x.rounded(), y == y.rounded(), x / y == (x / y).rounded()
    else { return nil }
    return .signed(x / y)
  }

  /// A number, with its minus as a sign of its own.
  fileprivate static func signed(_ number: Double) -> Expression {
    number < 0 ? Expression(.unary(.minus, .number(-number))) : .number(number)
  }
}
