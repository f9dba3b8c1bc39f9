import Engine

// The tables of rules write their formulas over bare names: `net`, `a`, `y`, `n`, a setting. These put a network's own
// quantities and indices in their place.
extension Expression {
  /// The expression with every direct child put through a function.
  package func mapChildren(_ change: (Expression) -> Expression) -> Expression {
    let kind: Kind =
      switch self.kind {
      case .number, .name, .file: self.kind
      case .element(let base, let indices): .element(change(base), indices.map(change))
      case .matrix(let rows): .matrix(rows.map { $0.map(change) })
      case .unary(let sign, let operand): .unary(sign, change(operand))
      case .binary(let sign, let left, let right): .binary(sign, change(left), change(right))
      case .transpose(let operand): .transpose(change(operand))
      case .norm(let operand): .norm(change(operand))
      case .call(let name, let isDerivative, let arguments):
        .call(name, isDerivative: isDerivative, arguments.map(change))
      case .fold(let fold, let index, let bounds, let body):
        .fold(fold, index: index, bounds: bounds.map { Bounds(change($0.first), change($0.last)) }, change(body))
      case .at(let step, let body): .at(step: change(step), change(body))
      case .old(let body): .old(change(body))
      case .derivative(let body, let quantity): .derivative(of: change(body), by: change(quantity))
      }
    return Expression(kind)
  }

  /// Names replaced by what they stand for.
  package func replacing(_ names: [String: Expression]) -> Expression {
    switch kind {
    case .name(let name, version: nil): return names[name] ?? self
    default: return mapChildren { $0.replacing(names) }
    }
  }

  /// A part replaced wherever it stands.
  func replacing(_ part: Expression, by other: Expression) -> Expression {
    self == part ? other : mapChildren { $0.replacing(part, by: other) }
  }

  /// A formula over whole columns as one over their elements at an index: `y .* exp(net)` is `y[k] * exp(net1[k])`, and
  /// `sum(…)` a sum over an index of its own, the first of `letters`. `max(…)` of a column stays whole.
  func indexed(_ columns: [String: String], at index: Expression?, letters: [String]) -> Expression {
    switch kind {
    case .name(let name, version: nil):
      guard let column = columns[name] else { return self }
      return index.map { Expression(.element(.name(column), [$0])) } ?? .name(column)
    case .call("sum", _, let arguments) where arguments.count == 1 && !letters.isEmpty:
      let inner = arguments[0].indexed(columns, at: .name(letters[0]), letters: Array(letters.dropFirst()))
      return .sum(letters[0], inner)
    case .call("max", _, let arguments) where arguments.count == 1:
      return Expression(.call("max", isDerivative: false, [arguments[0].indexed(columns, at: nil, letters: letters)]))
    case .binary(.timesEach, let left, let right):
      return left.indexed(columns, at: index, letters: letters) * right.indexed(columns, at: index, letters: letters)
    case .binary(.overEach, let left, let right):
      return left.indexed(columns, at: index, letters: letters) / right.indexed(columns, at: index, letters: letters)
    default: return mapChildren { $0.indexed(columns, at: index, letters: letters) }
    }
  }

  /// The quotient by what a loss divides its sum by. A number goes into the number in front, as a page would write it:
  /// `-2 * (y - a)` by 2 is `-(y - a)`, the same to the last bit; by 1 nothing is left of it.
  package func divided(by divisor: Expression, isFixed: Bool) -> Expression {
    guard isFixed, case .number(let below) = divisor.kind else { return self / divisor }
    if below.value == 1 { return self }
    if case .binary(.times, let first, let rest) = kind, case .unary(.minus, let front) = first.kind,
      front == divisor
    {
      return Expression(.unary(.minus, rest))
    }
    return self / divisor
  }

  /// Comparisons of numbers settled, and what they make plain: `1 * x` is x, `0 - x` is −x, `x * -y` is −x·y. Each is
  /// exact.
  var settled: Expression {
    let inner = mapChildren(\.settled)
    switch inner.kind {
    case .binary(.equal, let left, let right) where left.isNumber && right.isNumber:
      return .number(left == right ? 1 : 0)
    case .binary(.minus, let left, let right) where left == .number(0):
      return Expression(.unary(.minus, right))
    // A comparison that does not hold takes away what it stands before.
    case .binary(.times, let left, _) where left == .number(0): return left
    case .binary(.times, let left, let right) where left == .number(1): return right
    case .binary(.over, let left, let right) where right == .number(1): return left
    case .binary(.times, let left, let right):
      if case .unary(.minus, let factor) = right.kind { return Expression(.unary(.minus, left)) * factor }
      return inner
    default: return inner
    }
  }

  /// Gradients as a page writes them: `dw1[1,2]` as `∂L/∂w1[1,2]`.
  var onPage: Expression {
    switch kind {
    case .element(let base, let indices):
      guard case .name(let name, version: nil) = base.kind, let below = Expression.belowTheLine(name) else {
        return mapChildren(\.onPage)
      }
      return Expression(
        .derivative(of: .name(Quantity.Kind.loss.name), by: Expression(.element(.name(below), indices.map(\.onPage)))))
    case .name(let name, version: nil):
      guard let below = Expression.belowTheLine(name) else { return self }
      return Expression(.derivative(of: .name(Quantity.Kind.loss.name), by: .name(below)))
    case .derivative: return self
    default: return mapChildren(\.onPage)
    }
  }

  /// `w1` for `dw1`; nil for what is no gradient.
  private static func belowTheLine(_ name: String) -> String? {
    guard let quantity = Quantity.named(name), let kind = quantity.kind.gradientOf, quantity.kind != .delta else {
      return nil
    }
    return Quantity(kind, quantity.layer).name
  }
}
