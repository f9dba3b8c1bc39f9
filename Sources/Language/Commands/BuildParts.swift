import Engine
import Notation

extension Session {
  /// Reads `N ACTIVATION [key=value…] [nobias|sharedbias]`.
  func layer(_ arguments: inout Arguments) throws(CommandError) -> Layer {
    let units = try arguments.integer("a number of units", in: 1...Network.limits.units)
    let activation: Activation = try arguments.rule("an activation")
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
        let word = arguments.peek?.text ?? ""
        let names = activation.settings.map { $0.name + "=" } + ["nobias", "sharedbias"]
        throw arguments.failure(
          "\(names.joined(separator: ", ")) was expected here, not \(word)" + suggestion(for: word, among: names))
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
    scope.quantityNames + scope.definitionNames + Function.all.map(\.name) + Activation.all.map(\.name)
  }

  mutating func initialise(_ arguments: inout Arguments) throws(CommandError) {
    let rule: Initialiser = try arguments.rule("a scheme")
    let column = arguments.lastColumn
    let own = ["seed", "layer"]
    let settings = try arguments.settings()
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
        "\(word.text) is no parameter; w1, b1 and so on are" + suggestion(for: word.text, among: parameterNames),
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

  // MARK: let

  mutating func define(_ arguments: inout Arguments) throws(CommandError) {
    let word = try arguments.word("a name")
    let column = word.range.lowerBound
    var name = word.text
    // `let z=net1`, without blanks.
    if let equals = name.firstIndex(of: "=") { name = String(name[..<equals]) }
    let isName = name.first?.isLetter == true && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    guard isName else {
      throw CommandError("a name begins with a letter and goes on with letters and digits", at: column)
    }
    if let reason = Session.whyTaken(name) { throw CommandError("\(name) is taken: \(reason)", at: column) }
    let expression = try arguments.assigned(name, at: column)
    if let circle = circle(through: name, expression) {
      throw CommandError("\(name) would be defined by itself: \(circle.joined(separator: " -> "))", at: column)
    }
    content.definitions.removeAll { $0.name == name }
    content.definitions.append(Definition(name: name, expression: expression))
  }

  /// Why a name may not be given by `let`, or nil where it may: it means something already in an expression, begins a line
  /// or parts one.
  static func whyTaken(_ name: String) -> Text? {
    if Quantity.named(name) != nil { return "it is the name of a quantity" }
    if Function.all.contains(where: { $0.name == name }) || Activation.named(name) != nil { return "it is a function" }
    if name.hasPrefix("f"), name.count > 1, name.dropFirst().allSatisfy(\.isNumber) {
      return "f1, f2 … are the layers' activations"
    }
    if Literal(text: name) != nil { return "it is a number" }
    if Command.named(name) != nil { return "it is a command" }
    let isOperator = BinaryOperator(rawValue: name) != nil || UnaryOperator(rawValue: name) != nil
    if isOperator || Command.keywords.contains(name) || SessionSetting.named(name) != nil
      || Phase(rawValue: name) != nil
    {
      return "it is a word of the language"
    }
    return nil
  }

  /// The names by which a definition would come back to itself.
  private func circle(through name: String, _ expression: Expression, behind: [String] = []) -> [String]? {
    for used in expression.names where behind.count < 100 {
      if used == name { return [name] + behind + [name] }
      guard !behind.contains(used), let next = content.definitions.last(where: { $0.name == used }) else { continue }
      if let found = circle(through: name, next.expression, behind: behind + [used]) { return found }
    }
    return nil
  }
}

extension Arguments {
  /// Reads `= EXPR` behind a name, with or without blanks around the sign.
  mutating func assigned(_ name: String, at column: Int) throws(CommandError) -> Expression {
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column + name.count)
      guard try parser.acceptEquals() else {
        throw SyntaxError("= was expected behind \(name)", at: parser.position..<parser.position)
      }
      let expression = try parser.expression()
      try parser.expectEnd()
      skip()
      return expression
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }
}

extension Expression {
  /// The names that stand in it, indices and functions not counted.
  var names: Set<String> {
    switch kind {
    case .name(let name, _): return [name]
    case .fold(_, let index, _, _):
      return children.reduce(into: Set<String>()) { $0.formUnion($1.names) }.subtracting([index])
    default: return children.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    }
  }
}
