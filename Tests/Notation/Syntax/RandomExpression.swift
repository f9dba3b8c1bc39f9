import Engine

@testable import Notation

/// Expressions drawn from everything that the grammar allows.
struct RandomExpression {
  var generator: Generator

  init(seed: Int) { generator = Generator(seed: seed) }

  mutating func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func expression(_ depth: Int) -> Expression { Expression(kind(depth)) }

  private mutating func kind(_ depth: Int) -> Expression.Kind {
    guard depth > 0 else { return leaf() }
    let inner = depth - 1
    switch below(13) {
    case 0: return leaf()
    case 1: return .element(expression(inner), (0..<1 + below(2)).map { _ in expression(below(2)) })
    case 2:
      let columns = 1 + below(3)
      return .matrix((0..<1 + below(2)).map { _ in (0..<columns).map { _ in expression(inner) } })
    case 3: return .unary(pick(UnaryOperator.allCases), expression(inner))
    case 4, 5, 6: return .binary(pick(BinaryOperator.allCases), expression(inner), expression(inner))
    case 7: return .transpose(expression(inner))
    case 8: return .norm(expression(inner))
    case 9:
      let name = pick(["exp", "sigmoid", "f2", "leaky-relu", "sum", "norm", "changed", "isnan"])
      return .call(name, isDerivative: isActivation(name) && below(2) == 0, [expression(inner)])
    case 10:
      let bounds = below(3) == 0 ? Expression.Bounds(expression(inner), expression(inner)) : nil
      let (fold, index, body) = (pick(Fold.allCases), pick(["k", "j", "sample", "x"]), expression(inner))
      // What indexes nothing is a value for the parser.
      let isPair = bounds == nil && index != "sample" && fold.takesPairs && !body.isIndexed(by: index)
      return isPair
        ? .call(fold.rawValue, isDerivative: false, [Expression(.name(index, version: nil)), body])
        : .fold(fold, index: index, bounds: bounds, body)
    case 11: return below(2) == 0 ? .at(step: expression(inner), expression(inner)) : .old(expression(inner))
    default:
      let name = Expression(.name(pick(["w2", "net1", "x", "loss", "z"]), version: nil))
      let quantity = below(2) == 0 ? name : Expression(.element(name, [expression(below(2))]))
      return .derivative(of: expression(inner), by: quantity)
    }
  }

  private mutating func leaf() -> Expression.Kind {
    let names = [
      "x", "y", "loss", "w2", "delta1", "dw1", "da2", "dnet1", "dx", "uw1", "ub2", "mw1", "J1", "k", "j", "z", "S",
      "accuracy", "holdout-accuracy", "phase", "d1", "u", "delta", "t", "λ",
    ]
    switch below(4) {
    case 0: return .number(Literal(Double(below(1000)) / pick([1, 2, 10, 1e9, 1e-9])))
    case 1: return .number(Literal(text: pick(["0.150", "1e3", "2.50e-4", "inf", "nan", ".5"])) ?? Literal(1))
    default: return .name(pick(names), version: below(6) == 0 ? below(30) : nil)
    }
  }
}
