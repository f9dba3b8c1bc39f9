/// How far one sample's output is from its target: L = Σ term / divisor, and ∂L/∂a = term′ / divisor.
public struct Loss: Rule {
  /// The name that `loss` takes.
  public let name: String
  /// The short name.
  public let alias: String
  /// What it is, in one sentence.
  public let meaning: String
  /// At most one setting.
  public let settings: [Setting]
  /// The whole, in the session's own notation, over the columns `y` and `a` and the number `n` of outputs.
  public let formula: String
  /// One output's term in Σ, over that output's `y` and `a` and the settings.
  public let termFormula: String
  /// What the sum is divided by: `2`, `n` or `1`.
  public let divisorFormula: String
  /// ∂term/∂a of one output, over its `y` and `a` and the settings.
  public let derivativeFormula: String
  /// The divisor, from the number of outputs.
  public let divisor: @Sendable (_ n: Double) -> Double
  let term: @Sendable (_ y: Double, _ a: Double, _ setting: Double) -> Double
  let derivative: @Sendable (_ y: Double, _ a: Double, _ setting: Double) -> Double
  /// What targets make sense of it.
  public private(set) var targets = Targets.any
  /// The way past ∂L/∂a and J that is exact where those overflow, with the activation that it belongs to.
  public let closedForm: ClosedForm?

  /// What targets a loss makes sense of.
  public enum Targets: Sendable {
    /// Any numbers.
    case any
    /// A probability for each output; the loss takes the log of the output, and of what it lacks to 1.
    case probabilities
    /// A distribution over the outputs: none negative, their sum 1; the loss takes the log of each output.
    case distribution
  }

  /// The other names of the losses.
  public static let aliases = Dictionary(uniqueKeysWithValues: all.map { ($0.alias, $0.name) })
}

/// δ = ∂L/∂net in one piece, and the loss from net, where an activation and a loss meet whose parts would overflow.
public struct ClosedForm: Sendable {
  /// The activation that has to stand before the loss.
  public let activation: String
  /// The loss in the session's notation, over `net`, `y` and `n`.
  public let lossFormula: String
  /// The same as it is computed, in a form that does not overflow.
  public let computedLossFormula: String
  /// δ of one output, over its `a` and `y`, the whole target as `Y`, and `n`.
  public let deltaFormula: String
  /// One output's term of the loss: (net, y, log Σ e^net); where the last is wanted, every net is taken less the largest.
  let term: @Sendable (_ net: Double, _ y: Double, _ logSum: Double) -> Double
  /// δ of one output, from its a, its y, Σy and the number of outputs.
  public let delta: @Sendable (_ a: Double, _ y: Double, _ targetSum: Double, _ n: Double) -> Double
  /// Whether the term reads log Σ e^net.
  let needsLogSum: Bool
}

/// A loss with its setting's value.
public typealias LossChoice = Choice<Loss>

extension Choice where Row == Loss {
  /// The loss of one sample, by the plain rule, from targets and outputs of the same count.
  public func value(y: [Double], a: [Double]) -> Double {
    var total = 0.0
    for (y, a) in zip(y, a) { total += rule.term(y, a, parameter) }
    return total / rule.divisor(Double(a.count))
  }

  /// ∂L/∂a of one output of `n`, by the plain rule.
  public func derivative(y: Double, a: Double, n: Int) -> Double {
    rule.derivative(y, a, parameter) / rule.divisor(Double(n))
  }

  /// The closed form with this activation, where there is one.
  public func closedForm(after activation: Activation) -> ClosedForm? {
    rule.closedForm.flatMap { $0.activation == activation.name ? $0 : nil }
  }
}
