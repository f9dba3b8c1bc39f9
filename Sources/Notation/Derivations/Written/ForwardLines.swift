import Engine

// What is no derivative of the loss: J, what the way forward computes, and what the update makes.
extension WrittenDerivation {
  /// ∂a/∂net, by the activation's own row.
  mutating func writeJacobian() {
    let activation = network.layers[layer - 1].activation
    addOfBatch("d(a1[i])/d(net1[k])", "definition")
    if network.layers[layer - 1].hasFullJacobian {
      for step in activation.rule.derivativeSteps { add("\(jacobian(by: step.formula))", step.rule) }
      addOwnRow("the derivative of \(activation.rule.name)")
      guard !isDiagonal else { return }
      let (own, others) = cases(of: activation.rule.derivativeFormula, apartAt: "i")
      add("(i == k) * (\(own)) + (i != k) * (\(others))", "the cases of equal and of different indices apart")
    } else {
      addOwnRow("only a with the same index depends on it")
      add(
        "(i == k) * (own)", ["own": network.part(activation.rule.derivativeFormula, ofLayer: layer, at: "k")],
        "f' of \(activation.rule.name) written out")
    }
  }

  /// What an update makes of a weight or bias, from what it was before.
  mutating func writeUpdate() {
    let change = Quantity(quantity.kind == .b ? .ub : .uw, layer)
    let before = Expression(.old(subject))
    append(Expression(.binary(.plus, before, element(of: change))), "the update adds its change to what there was")
    defer { writeOutGradient() }
    for (change, rule) in changes(to: change.kind) {
      // What is taken off stands behind a minus.
      if case .binary(.times, let left, let right) = change.kind, case .unary(.minus, let factor) = left.kind {
        append(Expression(.binary(.minus, before, factor * right)), rule)
      } else {
        append(Expression(.binary(.plus, before, change)), rule)
      }
    }
  }

  /// The gradient of the weight or bias in the last line, by its own formula.
  private mutating func writeOutGradient() {
    guard let kind = quantity.kind.gradient, let last = lines.last?.expression else { return }
    let gradient = Quantity(kind, layer)
    guard !hasSeveralSamples, let row = Operation.equation(of: gradient, in: network), network.alterations.isEmpty
    else {
      return
    }
    let own = EquationPlace(of: gradient, in: network, at: subject.elementIndices, name: place.name).expression(row)
    let unit = Expression(.element(place.name(Quantity(.delta, layer)), Array(subject.elementIndices.prefix(1))))
    let slope = Expression(.element(place.name(Quantity(.da, layer)), Array(subject.elementIndices.prefix(1))))
    let delta = expression(Equation(RowFormulas.delta)).replacing(slope, by: expression(Equation(RowFormulas.gradient)))
    append(last.replacing(element(of: gradient), by: own.replacing(unit, by: delta)), "the gradient written out")
  }

  /// A change that the update makes, or what the optimizer remembers behind it, by the lines of its rule.
  mutating func writeChange() {
    for (change, rule) in changes(to: quantity.kind) { append(change, rule) }
  }

  /// The element of another quantity that belongs to the same parameter.
  private func element(of other: Quantity) -> Expression { .name(other.name, version: nil, at: subject.elementIndices) }

  /// What the lines of the optimizer's rule come to: with what it remembers called by its names, and with all of it written
  /// out from what was remembered before.
  private func changes(to kind: Quantity.Kind) -> [(Expression, Text)] {
    let optimizer = network.optimizer.of(kind)
    guard let rule = optimizer.lines(to: kind), let parameter = kind.parameter else { return [] }
    var whole = ruleNames
    // What has a name of its own is called by it, so that the lines hold for whatever it is.
    if optimizer.rate == network.optimizer.rate { whole[Optimizer.rate.formulaName] = .name(Quantity.Kind.rate.name) }
    whole["count"] = Quantity.Kind.all.first { $0.countedParameter == parameter }.map {
      .name(Quantity($0, layer).name)
    }
    var named = whole
    for line in rule {
      let formula = Expression.formula(line.expression)
      (named[line.name], whole[line.name]) = (formula.replacing(named), formula.replacing(whole))
      if line.name != rule.last?.name, let memory = Quantity.Kind.memory(line.name, of: parameter) {
        named[line.name] = element(of: Quantity(memory, layer))
      }
    }
    guard let last = rule.last?.name, let short = named[last], let long = whole[last] else { return [] }
    let words: Text = "the rule of \(optimizer.rule.name)"
    let writtenOut: Text = "what it remembers written out"
    return long == short ? [(short, words)] : [(short, words), (long, writtenOut)]
  }

  /// What is no derivative: its formula, and what it reads written out.
  mutating func writeFormula() {
    if let equation, equation.definition.name != equation.name {
      // What a page defines comes first, and how it is computed behind it.
      add(equation.definition, "definition")
      return add(equation, "as it is computed, so that nothing overflows")
    }
    if let equation, let page = place.page(equation) {
      // So too what a page has in another form.
      add(page.replacing(meaning), "definition")
      return add(equation, "as it is computed, so that nothing overflows")
    }
    writeElements("definition")
    guard quantity.kind == .a, !network.layers[layer - 1].hasFullJacobian,
      let row = Operation.equation(of: Quantity(.net, layer), in: network)
    else { return }
    let net = EquationPlace(
      of: Quantity(.net, layer), in: network, at: subject.elementIndices, name: place.name
    ).expression(row)
    add(Expression(.call("f\(layer)", isDerivative: false, [net])), "net written out")
  }

  /// What is computed in the place of the row's formula while a mistake is on, and what it reads written out.
  mutating func writeMistake(_ mistake: Alteration) {
    let name: Text = mistake.name.isEmpty ? "a mistake" : "\(mistake.name)"
    writeElements("what is computed here\(mistake.samples.words), with \(name) on")
  }

  /// The formula of the elements, and what it reads written out.
  private mutating func writeElements(_ rule: Text) {
    if let equation, equation.ownLetters == nil { add(equation, rule) }
    for (number, formula) in ElementFormula.all(of: quantity, in: network).enumerated()
    where number > 0 || equation?.ownLetters != nil {
      let letters = Dictionary(
        zip(formula.letters, subject.elementIndices), uniquingKeysWith: { first, _ in first })
      let (line, rule) = (formula.expression.replacing(letters), number == 0 ? rule : "what it reads written out")
      if let read = sampleRead { append(line.ofSample(read), rule) } else { add(line, rule) }
    }
  }
}

extension Expression {
  /// The indices of an element; none of what is whole.
  fileprivate var elementIndices: [Expression] {
    if case .element(_, let indices) = kind { indices } else { [] }
  }
}
