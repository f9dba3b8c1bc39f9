import Engine

// Comparisons, which a page means element by element where they are of vectors.
extension PageReader {
  /// A comparison, which is 1 where it holds and 0 elsewhere. In a session that of two arrays is one number, so what a page says
  /// of each element goes by relu', which is 1 above 0 and 0 elsewhere.
  func comparison(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>
  ) throws(SyntaxError) -> Expression {
    guard isOfSeveral(left) || isOfSeveral(right) else {
      return Expression(.binary(sign, left, right), range: range)
    }
    func isAbove(_ one: Expression, _ other: Expression) -> Expression {
      let difference =
        if other == .number(0) {
          one
        } else if one == .number(0) {
          Expression(.unary(.minus, other), range: range)
        } else {
          Expression(.binary(.minus, one, other), range: range)
        }
      return Expression(.call("relu", isDerivative: true, [difference]), range: range)
    }
    func not(_ expression: Expression) -> Expression {
      Expression(.binary(.minus, .number(1), expression), range: range)
    }
    switch sign {
    case .greater: return isAbove(left, right)
    case .less: return isAbove(right, left)
    case .atMost: return not(isAbove(left, right))
    case .atLeast: return not(isAbove(right, left))
    default:
      throw SyntaxError("a comparison of vectors is one number here; write it with an index", at: range)
    }
  }

  /// Whether it is for certain more than one number.
  func isOfSeveral(_ expression: Expression) -> Bool {
    guard let shape = try? Names(letters.scope).shape(of: expression) else { return false }
    return shape != .scalar
  }
}
