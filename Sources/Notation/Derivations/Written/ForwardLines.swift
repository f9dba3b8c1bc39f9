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

  /// What an update makes of a weight or bias, from what it was before: by an optimizer that remembers nothing down to the
  /// gradient.
  mutating func writeUpdate() {
    let kind = quantity.kind
    let own = kind == .b ? (network.layers[layer - 1].bias == .shared ? "b1" : "b1[k]") : "w1[k,j]"
    addOfBatch("old(\(own)) + u\(own)", "the update adds its change to what there was")
    let optimizer = network.optimizer.of(kind)
    guard optimizer.memory.isEmpty, let rule = optimizer.lines(to: kind == .b ? .ub : .uw) else { return }
    var meaning = optimizer.formulaNumbers.mapValues(Expression.number)
    // The learning rate has a name, and it is what the name says.
    if optimizer.rate == network.optimizer.rate { meaning[Optimizer.rate.formulaName] = .name(Quantity.Kind.rate.name) }
    meaning["w"] = Expression(.old(Expression.formula(own)))
    meaning["g"] = Expression.formula("d\(own)")
    for line in rule { meaning[line.name] = Expression.formula(line.expression).replacing(meaning) }
    guard let change = meaning["u"] else { return }
    // What is taken off stands behind a minus.
    if case .binary(.times, let left, let right) = change.kind, case .unary(.minus, let factor) = left.kind {
      return addOfBatch("old(\(own)) - (\(factor * right))", "the change by \(optimizer.rule.name)")
    }
    addOfBatch("old(\(own)) + (\(change))", "the change by \(optimizer.rule.name)")
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
