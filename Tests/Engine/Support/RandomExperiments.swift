import Engine
import Testing

extension Generator {
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[int(0..<choices.count)] }
  mutating func int(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance(_ share: Double) -> Bool { unit() < share }
}

extension Experiment {
  /// A random network of 1 to 4 layers on random samples. The seed takes turns through the tables, so that every row
  /// comes up; targets and last activations are such that the loss is a number.
  static func random(seed: Int) -> Experiment {
    var generator = Generator(seed: seed, stream: 77)
    var network = Network(name: "random \(seed)")
    network.inputs = generator.int(1..<4)
    network.loss = LossChoice(Loss.all[seed % Loss.all.count])
    if seed % 4 == 1 { _ = network.loss.set("outputs", to: 1) }
    if network.loss.rule.name == "huber" { _ = network.loss.set("delta", to: generator.uniform(0.1, 2)) }
    network.optimizer = .random(Optimizer.all[seed % Optimizer.all.count], &generator)
    let count = generator.int(1..<5)
    for index in 1...count {
      let isLast = index == count
      let table = isLast ? activations(before: network.loss.rule.name) : Activation.all
      var layer = Layer(
        units: generator.int(1..<5), activation: .random(table[(seed + index) % table.count], &generator),
        bias: generator.pick(Layer.Bias.allCases))
      // Softmax feels neither a bias that all its units share nor anything if it has one unit: such a gradient, too, is
      // nothing but rounding.
      if !layer.activation.rule.isElementwise {
        layer.units = max(layer.units, 2)
        if layer.bias == .shared { layer.bias = .own }
      }
      layer.freezesWeights = generator.chance(0.1)
      layer.freezesBiases = generator.chance(0.1)
      network.layers.append(layer)
    }
    var experiment = Experiment(network: network, data: .random(network, samples: generator.int(1..<6), &generator))
    experiment.batchSize = generator.pick([1, 2, 3, nil])
    experiment.reduction = generator.pick(Reduction.allCases)
    experiment.order = generator.chance(0.5) ? .sequential : .shuffle(seed: seed)
    experiment.initialiser = InitialiserChoice(
      generator.pick(Initialiser.all.filter { !["zeros", "constant"].contains($0.name) }))
    experiment.seed = seed
    return experiment
  }

  /// What may stand before a loss so that its logarithms are defined.
  private static func activations(before loss: String) -> [Activation] {
    switch loss {
    case "cross-entropy": Activation.all.filter { ["softmax", "sigmoid", "softplus"].contains($0.name) }
    case "binary-cross-entropy": Activation.all.filter { ["sigmoid"].contains($0.name) }
    default: Activation.all
    }
  }
}

extension Dataset {
  static func random(_ network: Network, samples: Int, _ generator: inout Generator) -> Dataset {
    var data = Dataset(inputCount: network.inputs, targetCount: network.outputs)
    for _ in 0..<samples {
      data.append(
        input: (0..<network.inputs).map { _ in generator.uniform(-1, 1) },
        target: (0..<network.outputs).map { _ in generator.uniform(0.05, 0.95) })
    }
    return data
  }
}

extension Choice where Row == Activation {
  static func random(_ rule: Activation, _ generator: inout Generator) -> ActivationChoice {
    var choice = ActivationChoice(rule)
    for setting in rule.settings { _ = choice.set(setting.name, to: generator.uniform(0.05, 1.5)) }
    return choice
  }
}

extension Choice where Row == Optimizer {
  /// An optimizer with some of its options on, at rates that twenty steps survive.
  static func random(_ rule: Optimizer, _ generator: inout Generator) -> OptimizerChoice {
    var choice = OptimizerChoice(rule)
    _ = choice.set("rate", to: generator.uniform(0.001, 0.05))
    // Those that came later draw from a stream of their own, so that the experiments of a seed stay what they were.
    var later = generator
    let ofLater = ["decay-biases", "dampening", "average"]
    for setting in rule.settings where ofLater.contains(setting.name) && later.chance(0.3) {
      _ = choice.set(setting.name, to: setting.isFlag ? 1 - setting.initial : later.uniform(0.1, 0.6))
    }
    for setting in rule.settings where !ofLater.contains(setting.name) && generator.chance(0.5) {
      switch setting.name {
      case "rate": break
      case "beta1", "beta2", "alpha", "momentum": _ = choice.set(setting.name, to: generator.uniform(0.5, 0.95))
      case _ where setting.isFlag: _ = choice.set(setting.name, to: 1)
      default: _ = choice.set(setting.name, to: generator.uniform(0.01, 0.2))
      }
    }
    // Beside a small eps a gradient that is nothing but rounding would become a step.
    _ = choice.set("eps", to: 1e-5)
    if choice.contradiction != nil { _ = choice.set("momentum", to: 0.9) }
    for name in ["dampening", "average"] where choice.contradiction != nil { _ = choice.set(name, to: 0) }
    return choice
  }

  /// The options by name.
  var options: [String: Double] {
    Dictionary(uniqueKeysWithValues: zip(rule.settings.map(\.name), values))
  }
}

extension Choice {
  /// A rule with settings that it must take.
  static func named(_ name: String, _ settings: [String: Double] = [:]) throws -> Choice {
    var choice = Choice(try #require(Row.named(name)))
    for (setting, value) in settings {
      let isTaken = choice.set(setting, to: value)
      try #require(isTaken, "\(name) \(setting)=\(value)")
    }
    return choice
  }
}
