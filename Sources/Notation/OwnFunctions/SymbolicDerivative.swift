import Engine

/// The derivative of a body of numbers by one of its arguments, as an expression again. Each rule stands beside the node that
/// it is of; those of functions are the tables' own.
///
/// A comparison is a constant where it is part of a product, so that `(v > 0) * v` has the derivative `(v > 0)`: 0 at the kink, as
/// relu has it. `max` and `min` go with the first of two that are equal.
struct SymbolicDerivative {
  /// The argument.
  let argument: String

  /// The derivative by an argument.
  init(by argument: String) { self.argument = argument }

  /// ∂/∂argument of a body that is written out.
  func derivative(of body: Expression) -> Expression {
    switch body.kind {
    case .name(let name, _): .number(name == argument ? 1 : 0)
    case .unary(.minus, let operand): derivative(of: operand).negated
    case .binary(let sign, let left, let right): derivative(sign, left, right, body)
    case .call(let name, let isDerivative, let arguments): derivative(call: name, isDerivative, arguments, body)
    default: .number(0)
    }
  }

  private func derivative(
    _ sign: BinaryOperator, _ u: Expression, _ v: Expression, _ whole: Expression
  ) -> Expression {
    guard [.plus, .minus, .times, .over, .power].contains(sign) else { return .number(0) }
    let (du, dv) = (derivative(of: u), derivative(of: v))
    switch sign {
    case .plus: return .simplified(du, plus: dv)
    case .minus: return .simplified(du, minus: dv)
    case .times: return .simplified(.simplified(du, times: v), plus: .simplified(u, times: dv))
    case .over:
      if dv.isZero { return .simplified(du, over: v) }
      let above = Expression.simplified(.simplified(du, times: v), minus: .simplified(u, times: dv))
      return .simplified(above, over: .simplified(v, power: .number(2)))
    default:
      // v·u^(v−1)·u′ + u^v·log u·v′
      let byBase = Expression.simplified(
        .simplified(v, times: .simplified(u, power: .simplified(v, minus: .number(1)))), times: du)
      if dv.isZero { return byBase }
      let log = Expression(.call(Function.Elementwise.logarithm.name, isDerivative: false, [u]))
      return .simplified(byBase, plus: .simplified(.simplified(whole, times: log), times: dv))
    }
  }

  private func derivative(
    call name: String, _ isDerivative: Bool, _ arguments: [Expression], _ whole: Expression
  ) -> Expression {
    let inner = arguments.map(derivative)
    guard inner.contains(where: { !$0.isZero }) else { return .number(0) }
    switch Function.named[name]?.rule {
    case .elementwise(let row):
      let outer = row.derivative.replacing(["v": arguments[0], "f": whole])
      return .simplified(outer, times: inner[0])
    case .pairwise(let row):
      let outer = row.derivatives.map { $0.replacing(["u": arguments[0], "v": arguments[1]]) }
      return .simplified(.simplified(outer[0], times: inner[0]), plus: .simplified(outer[1], times: inner[1]))
    case .fold(let fold):
      let signs: (first: BinaryOperator, second: BinaryOperator) =
        fold == .max ? (.atLeast, .less) : (.atMost, .greater)
      let isFirst = Expression(.binary(signs.first, arguments[0], arguments[1]))
      let isSecond = Expression(.binary(signs.second, arguments[0], arguments[1]))
      return .simplified(.simplified(isFirst, times: inner[0]), plus: .simplified(isSecond, times: inner[1]))
    default:
      guard let row = Activation.named(name) else { return .number(.nan) }
      guard isDerivative else {
        return .simplified(Expression(.call(name, isDerivative: true, arguments)), times: inner[0])
      }
      return derivative(of: row.slope(at: arguments[0]))
    }
  }
}

extension Activation {
  /// f′ at an argument as the row's formula has it, with its settings at their initial values.
  fileprivate func slope(at argument: Expression) -> Expression {
    ActivationChoice(self).formula(net: argument, a: Expression(.call(name, isDerivative: false, [argument])))
  }
}
