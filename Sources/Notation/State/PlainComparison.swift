import Engine

/// A condition that compares the loss with a literal, such as `loss < 0.01`. It is looked at after every iteration
/// of a run, and there is nothing to evaluate in it: the number is read where it lies.
struct PlainComparison {
  private let read: (Passing) -> Double?
  private let sign: BinaryOperator
  private let bound: Double

  /// The condition, where it is such a one.
  /// - Throws: where its name cannot be told.
  init?(_ expression: Expression, _ names: Names) throws(EvaluationError) {
    // How near two numbers have to be is more than a comparison of the two.
    guard case .binary(let sign, let left, let right) = expression.kind, sign.isComparison, sign != .near,
      case .name(let name, version: nil) = left.kind, let bound = PlainComparison.literal(right),
      case .quantity(let own, _) = try names.meaning(of: name, at: left.range),
      let quantity = Quantity.named(own), quantity.kind == .loss, let read = Passing.number(quantity)
    else { return nil }
    (self.read, self.sign, self.bound) = (read, sign, bound)
  }

  private static func literal(_ expression: Expression) -> Double? {
    switch expression.kind {
    case .number(let literal): literal.value
    case .unary(.minus, let operand): literal(operand).map { -$0 }
    default: nil
    }
  }

  /// Whether it holds of a loss.
  func holds(ofLoss loss: Double) -> Bool { sign.holds(loss, bound) }

  /// Whether it holds at a place; where the number is not computed yet, it does not.
  func holds(at place: Passing) -> Bool { read(place).map { sign.holds($0, bound) } ?? false }
}
