import Engine

// Where a parameter comes from, and what the update makes of it.
extension Formula {
  /// w: the old one and its change once the update is made, else where it comes from.
  static func parameter(_ subject: Subject) -> Formula {
    guard subject.isUpdated else { return .given(origin(subject)) }
    if subject.isSetByHand { return .given("set by hand since the update") }
    guard let equation = Operation.equation(of: subject.quantity, in: subject.network) else { return .given("given") }
    return Formula(subject.place().expression(equation))
  }

  /// In words, where a parameter that no update of this iteration has changed comes from.
  private static func origin(_ subject: Subject) -> Text {
    guard let parameter = subject.numbers.forwardParameter(subject.quantity) else { return "given" }
    let frozen: Text = subject.isFrozen ? "; frozen, so that updates pass it over" : ""
    let place = subject.element.row * parameter.columns + subject.element.column
    if parameter.version > 0 {
      let version = parameter.version
      let origin: Text =
        parameter.isGiven(at: place) ? "set by hand after update \(version)" : "as update \(version) left it"
      return origin + frozen
    }
    let (experiment, layer) = (subject.state.experiment, subject.layer)
    guard layer <= experiment.network.layers.count, parameter.values.indices.contains(place) else { return "given" }
    let isGiven: Text = "given: no update is behind it"
    if subject.quantity.kind == .b { return (parameter.values[place] == 0 ? "biases start at 0" : isGiven) + frozen }
    let drawn = experiment.initialParameters(layer: layer).w.values
    let isDrawn = drawn.indices.contains(place) && drawn[place] == parameter.values[place]
    return (isDrawn ? "drawn: \(experiment.initialiser.rule.name), seed \(experiment.seed)" : isGiven) + frozen
  }

  /// The gradient of the iteration before; once the update is made, this iteration's, which it keeps for the next one.
  static func before(_ subject: Subject, _ gradient: Quantity.Kind) -> Formula {
    let own = Quantity(gradient, subject.layer)
    guard let parameter = subject.quantity.kind.parameter, !subject.isFrozen,
      subject.state.computedUnits(of: Quantity(parameter, subject.layer)).map({ $0 > subject.element.row }) ?? true
    else { return .given("what \(own.name) came to in the iteration before, since the mistake is on") }
    return Formula(subject.read(own))
  }

  /// u and the optimizer's memory: the lines of its rule up to the one that gives it.
  static func change(_ subject: Subject) -> Formula {
    if subject.isFrozen {
      var formula = Formula(Expression.number(0))
      formula.remark = "frozen: the update passes it over, weight decay included"
      return formula
    }
    let kind = subject.quantity.kind
    let optimizer = subject.network.optimizer.of(kind)
    if kind.memory != nil, subject.state.experiment.network.optimizer.memory(isThatOf: optimizer) == false {
      return .given("a change of optimizer has cleared it")
    }
    guard let parameter = subject.numbers.forwardParameter(subject.quantity), let lines = optimizer.lines(to: kind)
    else { return .given("nothing is kept") }
    let own: Quantity.Kind = kind.parameter == .b ? .b : .w
    // Until a line of the rule gives them anew, w and g are the parameter and its gradient.
    var meaning: [String: Expression] = [
      "w": subject.read(Quantity(own, subject.layer)), "g": subject.read(Quantity(own.gradient ?? own, subject.layer)),
    ]
    var formula = Formula(Expression.number(0))
    formula.names = optimizer.names(of: parameter)
    let place = subject.element.row * parameter.columns + subject.element.column
    for (slot, name) in optimizer.memory.enumerated() {
      let kept = slot < parameter.memory.count ? parameter.memory[slot] : []
      formula.names[name] = kept.indices.contains(place) ? kept[place] : 0
    }
    for line in lines {
      let expression = Expression.formula(line.expression).replacing(meaning)
      meaning[line.name] = nil
      formula.steps.append(Step(name: line.name, expression: expression))
    }
    formula.expression = formula.steps.popLast()?.expression
    if !optimizer.memory.isEmpty {
      let names = optimizer.memory.joined(separator: ", ")
      let count = parameter.updates + 1
      formula.notes.append(
        "\(optimizer.rule.name): \(names) on the right of their own lines are those before this update, the parameter's \(ordinal(count))"
      )
    }
    return formula
  }

  private static func ordinal(_ count: Int) -> String {
    let isTeen = (11...13).contains(count % 100)
    let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][count % 10] ?? "th"
    return "\(count)\(ending)"
  }
}

extension Subject {
  /// Whether a parameter is no longer what this iteration's update made of it.
  fileprivate var isSetByHand: Bool {
    let change = Element(
      Quantity(quantity.kind == .w ? .uw : .ub, layer), row: element.row, column: element.column)
    guard let version = numbers.forwardParameter(quantity)?.version,
      let now = try? numbers.number(element), let old = try? numbers.number(element, version: version),
      let u = try? numbers.number(change)
    else { return false }
    return now != old + u && !now.isNaN
  }

  /// Whether it is a parameter that this iteration's update has changed already.
  var isUpdated: Bool {
    let change = Quantity(quantity.kind == .w ? .uw : .ub, layer)
    guard quantity.kind.isParameter, !isFrozen, state.program.producer(of: change) != nil else { return false }
    return state.computedUnits(of: change).map { $0 > element.row } ?? true
  }

  /// Whether its parameter is kept from being updated.
  var isFrozen: Bool {
    guard layer >= 1, layer <= last else { return false }
    let own = network.layers[layer - 1]
    return quantity.kind.parameter == .b ? own.freezesBiases : own.freezesWeights
  }
}

extension Choice where Row == Optimizer {
  /// Whether what is remembered is still another choice's: new settings keep it, another rule clears it.
  fileprivate func memory(isThatOf other: OptimizerChoice) -> Bool { rule.name == other.rule.name }
}
