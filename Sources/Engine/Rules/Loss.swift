/// How far one sample's output is from its target: L = Σ term / divisor, and ∂L/∂a = term′ / divisor.
package struct Loss: Rule {
  /// The name that `loss` takes.
  package let name: String
  /// The short names.
  package let aliases: [String]
  /// What other programs call it: not understood, but answered with its name.
  package var elsewhere: [String] = []
  /// What it is, in one sentence.
  package let meaning: Text
  /// What can be set.
  package let settings: [Setting]
  /// What a session typed to make it; nil of a row of the table.
  package let source: String?
  /// The whole, in the session's own notation, over the columns `y` and `a` and the number `n` of outputs.
  package let formula: String
  /// One output's term in Σ, over that output's `y` and `a` and the settings.
  package let termFormula: String
  /// What the sum is divided by: `2`, `n` or `1`.
  package let divisorFormula: String
  /// ∂term/∂a of one output, over its `y` and `a` and the settings.
  package let derivativeFormula: String
  /// The divisor, from the number of outputs.
  package let divisor: @Sendable (_ n: Double) -> Double
  /// Σ term of one sample's outputs, from the first to the last.
  let sum: @Sendable (_ y: Numbers, _ a: Numbers, _ count: Int, _ settings: [Double]) -> Double
  /// term′ of a run of outputs.
  let slopes:
    @Sendable (_ y: Numbers, _ a: Numbers, _ slope: MutableNumbers, _ count: Int, _ settings: [Double]) -> Void
  /// What targets make sense of it.
  package let targets: Targets
  /// The way past ∂L/∂a and J that is exact where those overflow, with the activation that it belongs to.
  package let closedForm: ClosedForm?

  /// The loss for an output that is a probability by itself, which says yes or no.
  package static let ofProbabilities = all.first { $0.targets == .probabilities } ?? all[0]

  typealias Numbers = UnsafePointer<Double>
  typealias MutableNumbers = UnsafeMutablePointer<Double>

  /// A row. It is inlined, so that a loop over the outputs has the row's rule in it and no call.
  @inline(__always)
  init(
    name: String, aliases: [String] = [], meaning: Text, settings: [Setting], formula: String, termFormula: String,
    divisorFormula: String, derivativeFormula: String, divisor: @escaping @Sendable (_ n: Double) -> Double,
    term: @escaping @Sendable (_ y: Double, _ a: Double, _ settings: [Double]) -> Double,
    derivative: @escaping @Sendable (_ y: Double, _ a: Double, _ settings: [Double]) -> Double,
    targets: Targets = .any, closedForm: ClosedForm?
  ) {
    self.name = name
    self.aliases = aliases
    self.meaning = meaning
    self.settings = settings
    source = nil
    self.formula = formula
    self.termFormula = termFormula
    self.divisorFormula = divisorFormula
    self.derivativeFormula = derivativeFormula
    self.divisor = divisor
    sum = { y, a, count, settings in
      var sum = 0.0
      for k in 0..<count { sum += term(y[k], a[k], settings) }
      return sum
    }
    slopes = { y, a, slope, count, settings in
      for k in 0..<count { slope[k] = derivative(y[k], a[k], settings) }
    }
    self.targets = targets
    self.closedForm = closedForm
  }

  /// A row that a session made, whose terms are added.
  init(
    name: String, source: String, meaning: Text, formula: String, termFormula: String, derivativeFormula: String,
    sum: @escaping @Sendable (_ y: Numbers, _ a: Numbers, _ count: Int, _ settings: [Double]) -> Double,
    slopes:
      @escaping @Sendable (_ y: Numbers, _ a: Numbers, _ slope: MutableNumbers, _ count: Int, _ settings: [Double]) ->
      Void
  ) {
    (self.name, self.source, self.meaning) = (name, source, meaning)
    (aliases, settings, closedForm) = ([], [], nil)
    (self.formula, self.termFormula, self.derivativeFormula) = (formula, termFormula, derivativeFormula)
    divisorFormula = "1"
    divisor = { _ in 1 }
    (self.sum, self.slopes) = (sum, slopes)
    targets = .any
  }

  /// What targets a loss makes sense of.
  package enum Targets: Sendable {
    /// Any numbers.
    case any
    /// A probability for each output; the loss takes the log of the output, and of what it lacks to 1.
    case probabilities
    /// A distribution over the outputs: none negative, their sum 1; the loss takes the log of each output.
    case distribution

    /// Whether a target of 0 takes its term away, whatever stands beside it: 0·log 0 = 0.
    package var zeroWins: Bool { self != .any }
  }
}

/// δ = ∂L/∂net in one piece, and the loss from net, where an activation and a loss meet whose parts would overflow.
package struct ClosedForm: Sendable {
  /// The activation that has to stand before the loss.
  package let activation: String
  /// The loss from `net`, `y` and `n`, in the session's notation, where it is computed with the largest net taken off each.
  package let lossFormula: String?
  /// The loss as it is computed, in a form that does not overflow.
  package let computedLossFormula: String
  /// δ of one output, over its `a` and `y`, the whole target as `Y`, and `n`.
  package let deltaFormula: String
  /// δ with the unit's own part and that of the others kept apart, over the letters `k` and `i`; nil where they
  /// don't meet.
  package let splitFormula: String?
  /// δ where the targets sum to 1, for the activations that work as a whole; nil where it is no other.
  package let sharedFormula: String?
  /// Σ of the outputs' terms of one sample's loss.
  let sum: @Sendable (_ net: Loss.Numbers, _ y: Loss.Numbers, _ count: Int) -> Double
  /// δ of some outputs of one sample.
  let deltas:
    @Sendable (
      _ a: Loss.Numbers, _ y: Loss.Numbers, _ delta: Loss.MutableNumbers, _ units: Range<Int>, _ count: Int
    ) -> Void

  /// One output's term of the loss is of (net, y, log Σ e^net); where the last is wanted, every net is taken less the
  /// largest. δ of one output is of its a, its y, Σy and the number of outputs. Inlined, as a loss's row is.
  @inline(__always)
  init(
    activation: String, lossFormula: String? = nil, computedLossFormula: String, deltaFormula: String,
    splitFormula: String? = nil, sharedFormula: String? = nil,
    term: @escaping @Sendable (_ net: Double, _ y: Double, _ logSum: Double) -> Double,
    delta: @escaping @Sendable (_ a: Double, _ y: Double, _ targetSum: Double, _ n: Double) -> Double,
    needsLogSum: Bool
  ) {
    self.activation = activation
    self.lossFormula = lossFormula
    self.computedLossFormula = computedLossFormula
    self.deltaFormula = deltaFormula
    self.splitFormula = splitFormula
    self.sharedFormula = sharedFormula
    sum = { net, y, count in
      let (largest, logSum) = needsLogSum ? logSumExponential(net, count: count) : (0, 0)
      var sum = 0.0
      for k in 0..<count { sum += term(net[k] - largest, y[k], logSum) }
      return sum
    }
    deltas = { a, y, to, units, count in
      var targetSum = 0.0
      for k in 0..<count { targetSum += y[k] }
      for k in units { to[k] = delta(a[k], y[k], targetSum, Double(count)) }
    }
  }

  /// δ of every output of a sample.
  package func deltas(a: [Double], y: [Double]) -> [Double] {
    let count = min(a.count, y.count)
    var result = [Double](repeating: 0, count: count)
    a.withUnsafeBufferPointer { a in
      y.withUnsafeBufferPointer { y in
        result.withUnsafeMutableBufferPointer { result in
          guard let a = a.baseAddress, let y = y.baseAddress, let to = result.baseAddress else { return }
          deltas(a, y, to, 0..<count, count)
        }
      }
    }
    return result
  }
}

/// A loss with its setting's value.
package typealias LossChoice = Choice<Loss>

extension Choice where Row == Loss {
  /// The loss of one sample, by the plain rule, from targets and outputs of the same count.
  package func value(y: [Double], a: [Double]) -> Double {
    let count = min(y.count, a.count)
    return y.withUnsafeBufferPointer { y in
      a.withUnsafeBufferPointer { a in
        guard let y = y.baseAddress, let start = a.baseAddress else { return 0 }
        return rule.sum(y, start, count, values) / rule.divisor(Double(a.count))
      }
    }
  }

  /// ∂L/∂a of one output of `n`, by the plain rule.
  package func derivative(y: Double, a: Double, n: Int) -> Double {
    var slope = 0.0
    withUnsafePointer(to: y) { y in withUnsafePointer(to: a) { a in rule.slopes(y, a, &slope, 1, values) } }
    return slope / rule.divisor(Double(n))
  }

  /// The closed form with this activation, where there is one.
  package func closedForm(after activation: Activation) -> ClosedForm? {
    rule.closedForm.flatMap { $0.activation == activation.name ? $0 : nil }
  }
}
