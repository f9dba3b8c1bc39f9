import Engine

// Sums, products and the like as a page would write them: without + 0, 1 · and 0 ·, signs in front, small whole numbers worked
// out. Each is the same number as what it stands for, wherever its parts are finite.
extension Expression {
  /// a + b
  static func simplified(_ a: Expression, plus b: Expression) -> Expression {
    if a.isZero { return b }
    if b.isZero { return a }
    if let m = a.small, let n = b.small { return .whole(m + n) }
    if let positive = b.withoutSign { return simplified(a, minus: positive) }
    if let positive = a.withoutSign { return simplified(b, minus: positive) }
    return a + b
  }

  /// a − b
  static func simplified(_ a: Expression, minus b: Expression) -> Expression {
    if b.isZero { return a }
    if a.isZero { return b.negated }
    if let m = a.small, let n = b.small { return .whole(m - n) }
    if let positive = b.withoutSign { return simplified(a, plus: positive) }
    return Expression(.binary(.minus, a, b))
  }

  /// a · b: a number stands in front, a quotient comes last.
  static func simplified(_ a: Expression, times b: Expression) -> Expression {
    if a.isZero || b.isZero { return .number(0) }
    if a.isOne { return b }
    if b.isOne { return a }
    if let m = a.small, let n = b.small { return .whole(m * n) }
    if let positive = a.withoutSign { return simplified(positive, times: b).negated }
    if let positive = b.withoutSign { return simplified(a, times: positive).negated }
    switch (a.kind, b.kind) {
    case (.binary(.over, let above, let below), _): return simplified(simplified(above, times: b), over: below)
    case (_, .binary(.over, let above, let below)): return simplified(simplified(a, times: above), over: below)
    case (_, .number) where !a.isNumber: return simplified(b, times: a)
    case (_, .binary(.times, let first, let rest)): return simplified(simplified(a, times: first), times: rest)
    case (.binary(.times, let first, let rest), _) where first.isNumber && b.isNumber:
      return simplified(simplified(first, times: b), times: rest)
    default: return a * b
    }
  }

  /// a / b
  static func simplified(_ a: Expression, over b: Expression) -> Expression {
    if a.isZero || b.isOne { return a }
    if let positive = a.withoutSign { return simplified(positive, over: b).negated }
    if let positive = b.withoutSign { return simplified(a, over: positive).negated }
    if let m = a.small, let n = b.small, n != 0, m % n == 0 { return .whole(m / n) }
    switch (a.kind, b.kind) {
    // (2·v)/2
    case (.binary(.times, let first, let rest), .number):
      if let m = first.small, let n = b.small, n != 0, m % n == 0 { return simplified(.whole(m / n), times: rest) }
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
  var isZero: Bool { small == 0 }
  fileprivate var isOne: Bool { small == 1 }

  /// The whole number that it is, where it is a small one, with or without a minus.
  fileprivate var small: Int? {
    switch kind {
    case .number(let literal): Int(exactly: literal.value).flatMap { abs($0) < 1 << 20 ? $0 : nil }
    case .unary(.minus, let operand): if case .number = operand.kind { operand.small.map { -$0 } } else { nil }
    default: nil
    }
  }

  /// A whole number, with its minus as a sign of its own.
  private static func whole(_ number: Int) -> Expression {
    number < 0 ? Expression(.unary(.minus, .number(Double(-number)))) : .number(Double(number))
  }
}
