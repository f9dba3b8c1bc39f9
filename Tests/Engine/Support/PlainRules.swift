import Glibc
import _Differentiation

// The rules written out again as a textbook has them, without care for the ends of the range and without looking at the
// core. Their derivatives are not written at all: Swift's own differentiation finds them.
enum PlainRules {
  /// An elementwise activation with its setting; of softmax NaN.
  @differentiable(reverse,wrt: x)
  static func activation(_ name: String, _ setting: Double, _ x: Double) -> Double {
    switch name {
    case "identity": return x
    case "sigmoid": return 1 / (1 + exp(-x))
    case "tanh": return tanh(x)
    case "relu": return x > 0 ? x : 0 * x
    case "leaky-relu": return x > 0 ? x : setting * x
    case "elu": return x > 0 ? x : setting * (exp(x) - 1)
    case "softplus": return log(1 + exp(x))
    case "gelu": return x / 2 * (1 + erf(x / 1.4142135623730951))
    case "silu": return x / (1 + exp(-x))
    default: return x * Double.nan
    }
  }

  /// One element of softmax.
  @differentiable(reverse,wrt: z)
  static func softmax(_ z: [Double], _ index: Int) -> Double {
    var total = 0.0
    for k in 0..<withoutDerivative(at: z.count) { total += exp(z[k]) }
    return exp(z[index]) / total
  }

  /// One sample's loss.
  static func loss(_ name: String, _ setting: Double, y: [Double], a: [Double], isSummed: Bool = false) -> Double {
    zip(y, a).reduce(0) { $0 + term(name, setting, y: $1.0, a: $1.1) } / divisor(name, isSummed ? 1 : a.count)
  }

  /// ∂L/∂a.
  static func lossGradient(
    _ name: String, _ setting: Double, y: [Double], a: [Double], isSummed: Bool = false
  ) -> [Double] {
    let n = isSummed ? 1 : a.count
    return zip(y, a).map { y, a in gradient(at: a) { term(name, setting, y: y, a: $0) } / divisor(name, n) }
  }

  private static func divisor(_ name: String, _ count: Int) -> Double {
    switch name {
    case "half-squared-error": 2
    case "cross-entropy": 1
    default: Double(count)
    }
  }

  @differentiable(reverse,wrt: a)
  private static func term(_ name: String, _ setting: Double, y: Double, a: Double) -> Double {
    switch name {
    case "half-squared-error": return square(y - a)
    case "mean-squared-error": return square(y - a)
    case "cross-entropy": return -y * log(a)
    case "binary-cross-entropy": return -(y * log(a) + (1 - y) * log(1 - a))
    case "mean-absolute-error": return distance(y - a)
    case "huber": return distance(y - a) <= setting ? square(y - a) / 2 : setting * (distance(y - a) - setting / 2)
    default: return a * Double.nan
    }
  }

  @differentiable(reverse)
  private static func square(_ x: Double) -> Double { x * x }

  @differentiable(reverse)
  private static func distance(_ x: Double) -> Double { x < 0 ? -x : x }

  /// f of a column.
  static func activate(_ name: String, _ setting: Double, _ net: [Double]) -> [Double] {
    net.indices.map { name == "softmax" ? softmax(net, $0) : activation(name, setting, net[$0]) }
  }

  /// f′ of one unit.
  static func slope(_ name: String, _ setting: Double, _ net: Double) -> Double {
    gradient(at: net) { activation(name, setting, $0) }
  }

  /// J[i][k] = ∂a[i]/∂net[k].
  static func jacobian(_ name: String, _ setting: Double, _ net: [Double]) -> [[Double]] {
    net.indices.map { i in
      if name == "softmax" { return gradient(at: net) { softmax($0, i) }.base }
      var row = net.map { _ in 0.0 }
      row[i] = slope(name, setting, net[i])
      return row
    }
  }
}
