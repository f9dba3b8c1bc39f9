import Engine
import Glibc
import _Differentiation

@testable import Notation

/// Bodies of functions of `u` and `v` that are smooth and neither overflow nor leave where a logarithm or a root is defined, for
/// arguments about 1.
struct RandomBody {
  private var generator: Generator

  init(seed: Int) { generator = Generator(seed: seed, stream: 29) }

  private mutating func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }

  mutating func number(_ low: Double, _ high: Double) -> Double { generator.uniform(low, high) }

  /// A body as a tree.
  mutating func tree(_ depth: Int) -> Tree {
    guard depth > 0 else {
      switch below(3) {
      case 0: return .number((generator.uniform(-2, 2) * 8).rounded() / 8)
      case 1: return .u
      default: return .v
      }
    }
    let inner = depth - 1
    switch below(12) {
    case 0: return .plus(tree(inner), tree(inner))
    case 1: return .minus(tree(inner), tree(inner))
    case 2: return .times(tree(inner), tree(inner))
    case 3: return .over(tree(inner), .plus(.number(2), .square(tree(inner))))
    case 4: return .negative(tree(inner))
    case 5: return .square(tree(inner))
    case 6: return .exp(.tanh(tree(inner)))
    case 7: return .log(.plus(.number(1.5), .square(tree(inner))))
    case 8: return .tanh(tree(inner))
    case 9: return .sin(tree(inner))
    case 10: return .atan(tree(inner))
    default: return .sqrt(.plus(.number(1), .square(tree(inner))))
    }
  }
}

/// A body twice: as an expression of the session's own language, and as a function that Swift differentiates.
indirect enum Tree {
  case number(Double)
  case u, v
  case plus(Tree, Tree)
  case minus(Tree, Tree)
  case times(Tree, Tree)
  case over(Tree, Tree)
  case negative(Tree)
  case square(Tree)
  case exp(Tree)
  case log(Tree)
  case tanh(Tree)
  case sin(Tree)
  case atan(Tree)
  case sqrt(Tree)

  /// The text of it, with more parentheses than are needed.
  var text: String {
    switch self {
    case .number(let number): "(\(number))"
    case .u: "u"
    case .v: "v"
    case .plus(let a, let b): "(\(a.text) + \(b.text))"
    case .minus(let a, let b): "(\(a.text) - \(b.text))"
    case .times(let a, let b): "(\(a.text) * \(b.text))"
    case .over(let a, let b): "(\(a.text) / \(b.text))"
    case .negative(let a): "(-\(a.text))"
    case .square(let a): "(\(a.text)^2)"
    case .exp(let a): "exp(\(a.text))"
    case .log(let a): "log(\(a.text))"
    case .tanh(let a): "tanh(\(a.text))"
    case .sin(let a): "sin(\(a.text))"
    case .atan(let a): "atan(\(a.text))"
    case .sqrt(let a): "sqrt(\(a.text))"
    }
  }

  /// Its value, by the C library.
  @differentiable(reverse,wrt: v)
  static func value(_ tree: Tree, _ u: Double, _ v: Double) -> Double {
    switch tree {
    case .number(let number): return number + 0 * v
    case .u: return u + 0 * v
    case .v: return v
    case .plus(let a, let b): return value(a, u, v) + value(b, u, v)
    case .minus(let a, let b): return value(a, u, v) - value(b, u, v)
    case .times(let a, let b): return value(a, u, v) * value(b, u, v)
    case .over(let a, let b): return value(a, u, v) / value(b, u, v)
    case .negative(let a): return -value(a, u, v)
    case .square(let a): return square(value(a, u, v))
    case .exp(let a): return Glibc.exp(value(a, u, v))
    case .log(let a): return Glibc.log(value(a, u, v))
    case .tanh(let a): return Glibc.tanh(value(a, u, v))
    case .sin(let a): return Glibc.sin(value(a, u, v))
    case .atan(let a): return Glibc.atan(value(a, u, v))
    case .sqrt(let a): return root(value(a, u, v))
    }
  }

  @differentiable(reverse)
  private static func square(_ x: Double) -> Double { x * x }

  @differentiable(reverse)
  private static func root(_ x: Double) -> Double { x.squareRoot() }

  /// The derivative by v, as Swift finds it.
  func derivative(_ u: Double, _ v: Double) -> Double { gradient(at: v) { Tree.value(self, u, $0) } }
}
