import Engine

// What is no derivative of the loss: J, what the way forward computes, and what the update makes.
extension DerivationInLines {
  /// ∂a/∂net, by the activation's own row.
  mutating func writeJacobian() {
    let activation = network.layers[layer - 1].activation
    addOfBatch("d(a1[i])/d(net1[k])", "definition")
    if network.layers[layer - 1].hasFullJacobian {
      add(
        "slope", ["slope": network.part(activation.rule.derivativeFormula, ofLayer: layer)],
        "the derivative of \(activation.rule.name)")
    } else {
      add("(i == k) * f1'(net1[k])", [:], "only a with the same index depends on it")
      add(
        "(i == k) * (own)", ["own": network.part(activation.rule.derivativeFormula, ofLayer: layer, at: "k")],
        "f' of \(activation.rule.name) written out")
    }
  }

  /// What an update makes of a weight or bias, from what it was before.
  mutating func writeUpdate() {
    let own = ownElement
    addOfBatch("old(\(own)) + u\(own)", "the update adds its change to what there was")
    for (change, rule) in changes(to: quantity.kind == .b ? .ub : .uw) {
      // What is taken off stands behind a minus.
      if case .binary(.times, let left, let right) = change.kind, case .unary(.minus, let factor) = left.kind {
        addOfBatch("old(\(own)) - (\(factor * right))", rule)
      } else {
        addOfBatch("old(\(own)) + (\(change))", rule)
      }
    }
  }

  /// A change that the update makes, or what the optimizer remembers behind it, by the lines of its rule.
  mutating func writeChange() {
    for (change, rule) in changes(to: quantity.kind) { addOfBatch(change.description, rule) }
  }

  /// The parameter, as an equation has its element.
  private var ownElement: String {
    guard quantity.kind.parameter == .b else { return "w1[k,j]" }
    return network.layers[layer - 1].bias == .shared ? "b1" : "b1[k]"
  }

  /// What the lines of the optimizer's rule come to: with what it remembers called by its names, and with all of it written
  /// out from what was remembered before.
  private func changes(to kind: Quantity.Kind) -> [(Expression, Text)] {
    let optimizer = network.optimizer.of(kind)
    guard let rule = optimizer.lines(to: kind) else { return [] }
    let (own, parameter) = (ownElement, kind.parameter == .b ? "b" : "w")
    var meaning = optimizer.formulaNumbers.mapValues(Expression.number)
    // The learning rate has a name, and it is what the name says.
    if optimizer.rate == network.optimizer.rate { meaning[Optimizer.rate.formulaName] = .name(Quantity.Kind.rate.name) }
    meaning["w"] = Expression(.old(Expression.formula(own)))
    meaning["g"] = Expression.formula("d\(own)")
    meaning["count"] = .name("count\(parameter)1")
    for name in optimizer.memory { meaning[name] = .name(DerivationInLines.nameBefore(name)) }
    var (named, whole) = (meaning, meaning)
    for line in rule {
      let formula = Expression.formula(line.expression)
      (named[line.name], whole[line.name]) = (formula.replacing(named), formula.replacing(whole))
      let isLast = line.name == rule.last?.name
      if optimizer.memory.contains(line.name), !isLast { named[line.name] = Expression.formula(line.name + own) }
    }
    guard let last = rule.last?.name, let short = named[last], let long = whole[last] else { return [] }
    let words: Text = "the rule of \(optimizer.rule.name)"
    let writtenOut: Text = "what it remembers written out"
    return long == short ? [(short, words)] : [(short, words), (long, writtenOut)]
  }

  /// What is no derivative: its formula, and what it reads written out.
  mutating func writeFormula() {
    if let equation = Operation.equation(of: quantity, in: network), equation.definition.name != equation.name {
      // What a page defines comes first, and how it is computed behind it.
      append(overSamples(place.expression(equation.definition)), "definition")
      return append(overSamples(place.expression(equation)), "as it is computed, so that nothing overflows")
    }
    for (number, formula) in ElementFormula.all(of: quantity, in: network).enumerated() {
      let letters = Dictionary(
        zip(formula.letters, subject.elementIndices), uniquingKeysWith: { first, _ in first })
      append(
        overSamples(formula.expression.replacing(letters)), number == 0 ? "definition" : "what it reads written out")
    }
  }
}

extension Expression {
  /// The indices of an element; none of what is whole.
  fileprivate var elementIndices: [Expression] {
    if case .element(_, let indices) = kind { indices } else { [] }
  }
}
