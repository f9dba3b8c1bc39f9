import Engine
import Testing

@testable import Notation

/// Every quantity of small random networks, over every row of every table: what a derivation ends in is what the core has,
/// to the bit, or the derivation says by how much it differs.
struct DerivationTableTests {
  /// A generator of our own, so that a failing seed can be taken again.
  struct Dice {
    var state: UInt64
    mutating func roll() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    mutating func below(_ count: Int) -> Int { min(Int(roll() * Double(count)), count - 1) }
  }

  /// A network of some layers after an iteration and a half.
  static func network(
    seed: Int, hidden: String, output: String, loss: String, optimizer: OptimizerChoice? = nil, bias: Layer.Bias = .own,
    samples: Int = 1, reduction: Reduction = .mean, units: Int? = nil
  ) -> Timeline {
    var dice = Dice(state: UInt64(truncatingIfNeeded: seed &+ 77))
    _ = dice.roll()
    var network = Network()
    network.inputs = 1 + dice.below(3)
    network.layers = [
      Layer(units: units ?? 2 + dice.below(3), activation: Networks.activation(hidden), bias: bias),
      Layer(units: 2 + dice.below(3), activation: Networks.activation(output), bias: bias),
    ]
    network.loss = LossChoice(Loss.named(loss) ?? Loss.all[0])
    if let optimizer { network.optimizer = optimizer }
    var data = Dataset()
    for _ in 0..<max(samples, 1) {
      data.append(
        input: (0..<network.inputs).map { _ in dice.roll() * 2 - 1 },
        target: (0..<network.outputs).map { _ in 0.1 + 0.8 * dice.roll() })
    }
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = samples
    experiment.reduction = reduction
    experiment.seed = seed
    var timeline = Timeline(experiment)
    timeline.move(to: Place(iteration: 2))
    return timeline
  }

  /// Derives every element of every quantity that has a value here, and holds it against that value.
  static func check(_ timeline: Timeline, _ what: String) {
    let state = timeline.state
    for kind in Quantity.Kind.all {
      for layer in kind.isOfLayer ? 1...state.experiment.network.layers.count : 0...0 {
        let quantity = Quantity(kind, layer)
        guard let value = try? state.value(of: quantity) else { continue }
        for place in value.elements.indices {
          let element = Element(quantity, row: place / value.columns, column: place % value.columns)
          guard let derivation = try? Derivation(of: element, in: state) else {
            Issue.record("\(what): no derivation of \(quantity.name) \(element.row),\(element.column)")
            continue
          }
          let text = derivation.lines(deep: false).joined(separator: "\n")
          let stored = value.elements[place]
          #expect(derivation.value == stored || stored.isNaN, "\(what)\n\(text)")
          if let derived = derivation.derived {
            switch derivation.check {
            case .same: #expect(derived == stored || stored.isNaN, "\(what)\n\(text)")
            case .lastPlace(let units):
              #expect(abs(units) <= 16 && text.contains("in the last place"), "\(what)\n\(text)")
            case .other, .given: Issue.record("\(what)\n\(text)")
            }
          }
          #expect(!text.contains("nan"), "\(what)\n\(text)")
          checkTyping(derivation, "\(what)\n\(text)")
          checkMeaning(derivation, in: state, "\(what)\n\(text)")
        }
      }
    }
  }

  /// What is shown can be typed: the formula, and the numbers put in.
  static func checkTyping(_ derivation: Derivation, _ what: String) {
    guard derivation.check != .given else { return }
    var texts = derivation.ways > 1 ? [] : [derivation.formula.description]
    for line in derivation.lines where line.label != "…" && line.content != .none {
      texts += line.content.text.description.split(separator: "=").map(String.init)
    }
    for text in texts where !text.contains("…") {
      #expect(throws: Never.self, "\(text) in \(what)") { try Expression.parse(text) }
    }
  }

  /// What the formula says is, typed at the prompt, the number: the evaluator is another road to it.
  static func checkMeaning(_ derivation: Derivation, in state: State, _ what: String) {
    let kind = derivation.element.quantity.kind
    guard derivation.check != .given, derivation.ways == 1 else { return }
    if kind == .uw || kind == .ub || kind.memory != nil {
      // A rule's own names are known beside what the rule makes.
      let claim = "\(derivation.name) = \(derivation.formula)"
      #expect(throws: Never.self, "\(claim): \(what)") {
        let agreement = try Claim.parse(claim).evaluate(in: StateScope(state))
        #expect(agreement.holds, "\(claim): \(what)")
      }
      return
    }
    do {
      let value = try Expression.parse(derivation.formula.description).evaluate(in: StateScope(state)).scalar ?? .nan
      #expect(approximatelyEqual(value, derivation.value), "typed it is \(value): \(what)")
    } catch let error as EvaluationError where error.isNotComputed && state.place.unit > 0 {
      // Halfway through an operation an expression takes none of it, the table and its derivations what is there.
    } catch {
      Issue.record("\(error): \(what)")
    }
  }

  @Test(arguments: Activation.all.map(\.name)) func everyActivation(_ name: String) {
    let seed = 1 + name.count % 3
    Self.check(
      Self.network(seed: seed, hidden: name, output: name, loss: "half-squared-error"), "\(name), seed \(seed)")
  }

  @Test(arguments: Loss.all.map(\.name)) func everyLoss(_ name: String) {
    for (seed, output) in [(1, "sigmoid"), (2, "softmax")] {
      Self.check(
        Self.network(seed: seed, hidden: "tanh", output: output, loss: name), "\(name) after \(output), seed \(seed)")
      var summed = Self.network(seed: seed, hidden: "tanh", output: output, loss: name)
      summed.change { experiment, _ in _ = experiment.network.loss.set("outputs", to: 1) }
      summed.move(to: Place(iteration: 1, operation: 0))
      Self.check(summed, "\(name) after \(output), added over the outputs, seed \(seed)")
    }
  }

  /// Every setting of every optimizer by itself, and all of them together.
  static let optimizers: [OptimizerChoice] = Optimizer.all.flatMap { rule in
    var all = OptimizerChoice(rule)
    var choices = [all]
    for setting in rule.settings where setting.name != "rate" {
      var one = OptimizerChoice(rule)
      if ["nesterov", "dampening", "average"].contains(setting.name) { _ = one.set("momentum", to: 0.9) }
      if setting.name == "decay-biases" { _ = one.set("weight-decay", to: 0.3) }
      let value = setting.isFlag ? 1 - setting.initial : setting.initial == 0 ? 0.3 : setting.initial * 0.7
      _ = one.set(setting.name, to: value)
      _ = all.set(setting.name, to: value)
      choices.append(one)
    }
    for name in ["dampening", "average"] where all.contradiction != nil { _ = all.set(name, to: 0) }
    return choices + [all]
  }

  @Test(arguments: optimizers.indices) func everyOptimizer(_ index: Int) {
    let optimizer = Self.optimizers[index]
    let seed = 1 + index % 3
    Self.check(
      Self.network(seed: seed, hidden: "tanh", output: "identity", loss: "half-squared-error", optimizer: optimizer),
      "\(optimizer.rule.name) \(optimizer.values), seed \(seed)")
  }

  @Test(arguments: Layer.Bias.allCases) func everyBiasAndBatch(_ bias: Layer.Bias) {
    for (seed, (samples, reduction)) in [(1, Reduction.sum), (3, .mean), (3, .sum)].enumerated() {
      Self.check(
        Self.network(
          seed: seed + 1, hidden: "sigmoid", output: "softmax", loss: "cross-entropy", bias: bias, samples: samples,
          reduction: reduction), "\(bias), \(samples) samples, \(reduction), seed \(seed + 1)")
    }
  }

  /// Sums of eight and more run in lanes in the core.
  @Test func wideLayers() {
    Self.check(
      Self.network(seed: 3, hidden: "tanh", output: "sigmoid", loss: "binary-cross-entropy", units: 9), "9 units")
  }

  /// Halfway through an iteration, what is not computed yet is refused in words, and all else is derived.
  @Test func everyStep() {
    var timeline = Self.network(seed: 4, hidden: "tanh", output: "softmax", loss: "cross-entropy")
    for _ in 0..<14 {
      timeline.move(to: timeline.place(5, on: .unit))
      Self.check(timeline, "at \(timeline.place)")
    }
  }

  /// A row's formula may use any function that the language has.
  @Test(arguments: [
    ("min(a1[1], 0.25)", "max(a1[2], a1[1])"), ("min(a1[1], a1[2])", "-max(-a1[1], -a1[2])"),
    ("min(a1)", "-max(-a1[1], -a1[2])"), ("max(a1)", "max(a1[1], a1[2])"),
  ])
  func formulasMayUseTheSmallerAndTheLarger(one: String, other: String) throws {
    let state = Self.network(seed: 3, hidden: "tanh", output: "sigmoid", loss: "mse", units: 2).state
    let scope = StateScope(state)
    for text in [one, other] {
      let own = try FormulaValues(StateNumbers(state), sample: nil).value(Expression.formula(text))
      #expect(try own == value(text, scope).scalar, "\(text)")
    }
  }
}
