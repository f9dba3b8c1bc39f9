/// How far one sample's output is from its target: L = Σ term / divisor, and ∂L/∂a = term′ / divisor.
package struct Loss: Rule {
  /// The name that `loss` takes.
  package let name: String
  /// The short names.
  package let aliases: [String]
  /// What other programs call it.
  package var elsewhere: [String] = []
  /// What they call it with some settings.
  package var elsewhereSet: [String: [String: String]] = [:]
  /// What comes near and is not the same.
  package var near: [String] = []
  /// Σ of each sample's terms in PyTorch's words, with `y`, `a` and the settings in braces; nil where it has none.
  package private(set) var torch: String?
  /// What it is, in one sentence.
  package let meaning: Text
  /// What can be set.
  package let settings: [Setting]
  /// How other programs and courses have it otherwise, a sentence each.
  package var differences: [Text] = []
  /// What a session typed to make it; nil of a row of the table.
  package let source: String?
  /// Σ of the terms, in the session's own notation, over the columns `y` and `a`.
  let sumFormula: String
  /// One output's term in Σ, over that output's `y` and `a` and the settings.
  package let termFormula: String
  /// What the sum is divided by: `2`, `n` or `1`.
  package private(set) var divisorFormula: String
  /// Where its slope, or the slope's own, jumps, in a - y, with these settings; nowhere where a row does not say so.
  private(set) var kinks: (@Sendable (_ settings: [Double]) -> [Double])?
  /// ∂term/∂a of one output, over its `y` and `a` and the settings.
  package let derivativeFormula: String
  /// The divisor, from the number of outputs.
  package private(set) var divisor: @Sendable (_ n: Double) -> Double
  /// Σ term of one sample's outputs, from the first to the last.
  let sum: @Sendable (_ y: Numbers, _ a: Numbers, _ count: Int, _ settings: [Double]) -> Double
  /// term′ of a run of outputs.
  let slopes:
    @Sendable (_ y: Numbers, _ a: Numbers, _ slope: MutableNumbers, _ count: Int, _ settings: [Double]) -> Void
  /// That of two outputs at once; nil of a row that a session made.
  private(set) var slopesOfPairs: PairSlopes?
  /// What targets make sense of it.
  package let targets: Targets
  /// The way past ∂L/∂a and J that is exact where those overflow, with the activation that it belongs to.
  package private(set) var closedForm: ClosedForm?

  /// The whole, in the session's own notation, over the columns `y` and `a` and the number `n` of outputs.
  package var formula: String { divided(sumFormula, by: divisorFormula) }

  /// The loss for an output that is a probability by itself, which says yes or no.
  package static let ofProbabilities = all.first { $0.targets == .probabilities } ?? all[0]

  typealias Numbers = UnsafePointer<Double>
  typealias MutableNumbers = UnsafeMutablePointer<Double>

  /// A row. It is inlined, so that a loop over the outputs has the row's rule in it and no call.
  @inline(__always)
  init(
    name: String, aliases: [String] = [], meaning: Text, settings: [Setting], sumFormula: String, termFormula: String,
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
    self.sumFormula = sumFormula
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
    slopesOfPairs = { y, a, settings in Pair(derivative(y[0], a[0], settings), derivative(y[1], a[1], settings)) }
    self.targets = targets
    self.closedForm = closedForm
    self.closedForm?.divisorFormula = divisorFormula
  }

  /// Whether the outputs' terms are averaged or added.
  static let outputs = Setting.choice("outputs", ["mean", "sum"], "whether the outputs' terms are averaged or added")

  /// The row with its terms added, where the settings say so.
  package func with(_ values: [Double]) -> Loss {
    guard let place = settings.firstIndex(of: Loss.outputs), values.indices.contains(place),
      let row = Loss.all.first(where: { $0.name == name })
    else { return self }
    guard values[place] == 1 else { return row }
    var summed = row
    summed.divisorFormula = "1"
    summed.divisor = { _ in 1 }
    summed.closedForm?.divisorFormula = "1"
    return summed
  }

  /// Whether its slope, or the slope's own, jumps anywhere, whatever the settings.
  package var hasKinks: Bool { kinks != nil }

  /// The row with the places, in a - y, where its slope, or the slope's own, jumps.
  func kinked(_ places: @escaping @Sendable (_ settings: [Double]) -> [Double]) -> Loss {
    var row = self
    row.kinks = places
    return row
  }

  /// The row with Σ of each sample's terms in PyTorch's words.
  func inTorch(_ sum: String) -> Loss {
    var row = self
    row.torch = sum
    return row
  }

  /// The row with what others have otherwise.
  func differing(_ sentences: Text...) -> Loss {
    var row = self
    row.differences = sentences
    return row
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
    (sumFormula, self.termFormula, self.derivativeFormula) = (formula, termFormula, derivativeFormula)
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
  /// The column of the loss's terms as they are computed, in a form that does not overflow, over the columns `y` and `net`.
  package let computedTermFormula: String
  /// Σ of each sample's terms in PyTorch's words, with `y` and `net` in braces; nil where it has none.
  package let torch: String?
  /// δ of one output, over its `a` and `y` and the whole target as `Y`, before it is divided as the loss is.
  let slopeFormula: String
  /// What the loss is divided by: its row's own.
  fileprivate(set) var divisorFormula = "1"
  /// The loss as it is computed.
  package var computedLossFormula: String { divided("sum(\(computedTermFormula))", by: divisorFormula) }
  /// δ of one output, over its `a` and `y`, the whole target as `Y`, and `n`.
  package var deltaFormula: String {
    divisorFormula == "1" ? slopeFormula : divided("(\(slopeFormula))", by: divisorFormula)
  }
  /// From δ with the unit's own part and that of the others kept apart, over the letters `k` and `i`, to where they are
  /// together, each with the rule that gives it; none where they don't meet.
  package let collectedFormulas: [(formula: String, rule: Text)]
  /// δ where the targets sum to 1, for the activations that work as a whole; nil where it is no other.
  package let sharedFormula: String?
  /// Whether a term is of log Σ e^net.
  let needsLogSum: Bool
  /// Σ of the outputs' terms of one sample's loss, with the largest net and log Σ e^(net − largest) where they need that.
  let terms:
    @Sendable (_ net: Loss.Numbers, _ y: Loss.Numbers, _ count: Int, _ largest: Double, _ logSum: Double) -> Double
  /// δ of some outputs of one sample, divided by `divisor`.
  let deltas:
    @Sendable (
      _ a: Loss.Numbers, _ y: Loss.Numbers, _ delta: Loss.MutableNumbers, _ units: Range<Int>, _ count: Int,
      _ divisor: Double
    ) -> Void
  /// δ of a run of outputs, all of samples whose targets have that sum.
  let run:
    @Sendable (
      _ a: Loss.Numbers, _ y: Loss.Numbers, _ delta: Loss.MutableNumbers, _ count: Int, _ targetSum: Double,
      _ divisor: Double
    ) -> Void

  /// One output's term of the loss is of (net, y, log Σ e^net); where the last is wanted, every net is taken less the
  /// largest. δ of one output is of its a, its y, Σy and the loss's divisor. Inlined, as a loss's row is.
  @inline(__always)
  init(
    activation: String, lossFormula: String? = nil, computedTermFormula: String, slopeFormula: String,
    collectedFormulas: [(formula: String, rule: Text)] = [], sharedFormula: String? = nil, torch: String? = nil,
    term: @escaping @Sendable (_ net: Double, _ y: Double, _ logSum: Double) -> Double,
    delta: @escaping @Sendable (_ a: Double, _ y: Double, _ targetSum: Double, _ divisor: Double) -> Double,
    needsLogSum: Bool
  ) {
    self.activation = activation
    self.lossFormula = lossFormula
    self.computedTermFormula = computedTermFormula
    self.torch = torch
    self.slopeFormula = slopeFormula
    self.collectedFormulas = collectedFormulas
    self.sharedFormula = sharedFormula
    self.needsLogSum = needsLogSum
    terms = { net, y, count, largest, logSum in
      var sum = 0.0
      for k in 0..<count { sum += term(net[k] - largest, y[k], logSum) }
      return sum
    }
    deltas = { a, y, to, units, count, divisor in
      var targetSum = 0.0
      for k in 0..<count { targetSum += y[k] }
      for k in units { to[k] = delta(a[k], y[k], targetSum, divisor) }
    }
    run = { a, y, to, count, targetSum, divisor in
      for k in 0..<count { to[k] = delta(a[k], y[k], targetSum, divisor) }
    }
  }

  /// Σ of the outputs' terms of one sample's loss.
  func sum(_ net: Loss.Numbers, _ y: Loss.Numbers, _ count: Int) -> Double {
    let (largest, logSum) = needsLogSum ? logSumExponential(net, count: count) : (0, 0)
    return terms(net, y, count, largest, logSum)
  }

  /// δ of every output of a sample, divided by `divisor`.
  package func deltas(a: [Double], y: [Double], divisor: Double) -> [Double] {
    let count = min(a.count, y.count)
    var result = [Double](repeating: 0, count: count)
    a.withUnsafeBufferPointer { a in
      y.withUnsafeBufferPointer { y in
        result.withUnsafeMutableBufferPointer { result in
          guard let a = a.baseAddress, let y = y.baseAddress, let to = result.baseAddress else { return }
          deltas(a, y, to, 0..<count, count, divisor)
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

  /// Where its slope, or the slope's own, jumps, in a - y.
  package var kinks: [Double] { rule.kinks?(values) ?? [] }

  /// The closed form with this activation, where there is one.
  package func closedForm(after activation: Activation) -> ClosedForm? {
    rule.closedForm.flatMap { $0.activation == activation.name ? $0 : nil }
  }
}

/// A sum's formula over its divisor.
private func divided(_ formula: String, by divisor: String) -> String {
  divisor == "1" ? formula : "\(formula) / \(divisor)"
}
