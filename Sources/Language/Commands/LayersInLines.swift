import Engine
import Notation

extension Session {
  /// Reads `N ACTIVATION [key=value…] [nobias|sharedbias]`.
  func layer(_ arguments: inout Arguments) throws(CommandError) -> Layer {
    if let word = arguments.peek, Activation.named(word.text) != nil || content.definitions.function(word.text) != nil {
      throw arguments.failure("the number of units comes first: dense 2 \(word.text)")
    }
    let units = try arguments.integer("a number of units", in: 1...Network.limits.units)
    let activation = try activation(&arguments)
    let column = arguments.lastColumn
    var settings: [SettingWord] = []
    var bias = Layer.Bias.own
    while !arguments.isAtEnd {
      let more = try arguments.settings()
      settings += more
      if let word = arguments.peek, let named = Layer.Bias(rawValue: word.text), named != .own {
        guard bias == .own else { throw arguments.failure("a layer is nobias or sharedbias, not both") }
        bias = named
        _ = arguments.accept(word.text)
      } else if more.isEmpty {
        if let reason = arguments.unnamedSetting(of: activation) { throw arguments.failure(reason) }
        let word = arguments.peek?.text ?? ""
        let names = activation.settings.map { $0.name + "=" } + ["nobias", "sharedbias"]
        throw arguments.failure(
          "\(names.joined(separator: ", ")) or the end was expected here, not \(word)"
            + suggestion(for: word, among: names))
      }
    }
    return Layer(units: units, activation: try choose(activation, settings, at: column), bias: bias)
  }

  static func requireInputs(_ experiment: Experiment, at column: Int) throws(CommandError) {
    guard experiment.network.inputs > 0 else {
      throw CommandError("a layer needs something before it; say first how many inputs there are: input 2", at: column)
    }
  }

  /// Reads the number of a layer that there is.
  func layerNumber(_ arguments: inout Arguments) throws(CommandError) -> Int {
    let count = timeline.experiment.network.layers.count
    guard count > 0 else { throw arguments.failure("the network has no layer yet") }
    return try arguments.integer("a layer", in: 1...count)
  }

  /// The names of the weights and biases that there are.
  var parameterNames: [String] {
    let layers = timeline.experiment.network.layers
    return layers.indices.flatMap { index in
      layers[index].bias == .none ? ["w\(index + 1)"] : ["w\(index + 1)", "b\(index + 1)"]
    }
  }

  /// Everything that an expression may name.
  var names: [String] {
    scope.quantityNames + scope.definitionNames + Function.names
  }

  mutating func initialise(_ arguments: inout Arguments) throws(CommandError) {
    let rule: Initialiser = try arguments.rule("a scheme")
    let column = arguments.lastColumn
    let own = ["seed", "layer"]
    let settings = try arguments.settings(of: rule, or: own)
    let choice = try choose(rule, settings.filter { !own.contains($0.name) }, otherNames: own, at: column)
    var seed: Int?
    var layer: Int?
    for setting in settings {
      if setting.name == "seed" { seed = try Arguments.integer(setting.value, "a seed", in: 0...Int(Int32.max)) }
      if setting.name == "layer" {
        let count = timeline.experiment.network.layers.count
        guard count > 0 else { throw CommandError("the network has no layer yet", at: setting.column) }
        layer = try Arguments.integer(setting.value, "a layer", in: 1...count)
      }
    }
    try change(at: column) { experiment, parameters throws(CommandError) in
      var drawn = experiment
      drawn.initialiser = choice
      drawn.seed = seed ?? 1
      for index in experiment.network.layers.indices where layer == nil || layer == index + 1 {
        parameters[index] = drawn.initialParameters(layer: index + 1)
      }
      if layer == nil { experiment = drawn }
    }
  }

  /// What an optimizer makes of what the one there is remembers, a line; none where that is nothing.
  func whatBecomesOfMemory(under choice: OptimizerChoice) -> [Text] {
    let old = timeline.experiment.network.optimizer.rule.name
    guard !timeline.experiment.network.optimizer.memory.isEmpty else { return [] }
    guard timeline.state.parameters.contains(where: { !$0.w.memory.isEmpty && $0.w.updates > 0 }) else { return [] }
    return choice.rule.name == old ? ["what \(old) remembers is kept"] : ["what \(old) remembered is forgotten"]
  }

  mutating func freeze(_ isFrozen: Bool, _ arguments: inout Arguments) throws(CommandError) {
    let word = try arguments.word("a parameter (w1, b1, …)")
    let quantity = try parameter(word)
    try change(at: word.range.lowerBound) { experiment, _ throws(CommandError) in
      if quantity.kind == .w {
        experiment.network.layers[quantity.layer - 1].freezesWeights = isFrozen
      } else {
        experiment.network.layers[quantity.layer - 1].freezesBiases = isFrozen
      }
    }
  }

  /// A weight matrix or bias vector that there is.
  private func parameter(_ word: Word) throws(CommandError) -> Quantity {
    let column = word.range.lowerBound
    let layers = timeline.experiment.network.layers
    guard let quantity = Quantity.named(word.text), quantity.kind.isParameter else {
      throw CommandError(
        "\(word.text) is not a parameter; use w1, b1 and so on" + suggestion(for: word.text, among: parameterNames),
        at: column)
    }
    guard quantity.layer <= layers.count else {
      throw CommandError(
        "there is no \(word.text): the network has \(counted(layers.count, "layer"))", at: column)
    }
    if quantity.kind == .b, layers[quantity.layer - 1].bias == .none {
      throw CommandError("layer \(quantity.layer) has no biases (nobias)", at: column)
    }
    return quantity
  }
}
