import Engine

// The derivations of the way back, each from the derivative of the loss on. `m` is the letter that sums run through where the
// page has no own one.
extension DerivationInLines {
  /// ∂L/∂a: of the outputs from the loss, of a layer before them through every net of the next one.
  mutating func writeGradientOfActivation() {
    addOfBatch("d(loss)/d(a1[k])", "definition")
    for step in gradientOfActivation("k") { add(step.text, step.parts, step.rule) }
  }

  /// The steps from ∂L/∂a[k] on, for an index of one's own.
  fileprivate func gradientOfActivation(_ k: String) -> [Step] {
    isOutput ? outputSteps(k) : hiddenSteps(k)
  }

  struct Step {
    let text: String
    var parts: [String: Equation.Part] = [:]
    let rule: Text

    init(_ text: String, _ rule: Text) { self.init(text, [:], rule) }

    init(_ text: String, _ parts: [String: Equation.Part], _ rule: Text) {
      (self.text, self.parts, self.rule) = (text, parts, rule)
    }

    /// The step inside of something.
    func inside(_ whole: (String) -> String, _ more: [String: Equation.Part] = [:]) -> Step {
      Step(whole("(\(text))"), parts.merging(more) { one, _ in one }, rule)
    }
  }

  /// From the definition of the loss to its derivative by one output.
  private func outputSteps(_ k: String) -> [Step] {
    let rule = network.loss.rule
    let divisor = ["divisor": network.part(rule.divisorFormula)]
    let term = divisor.merging(["term": network.part(rule.termFormula, at: "m")]) { one, _ in one }
    let slopes = divisor.merging(["slope": network.part(rule.derivativeFormula, at: "m")]) { one, _ in one }
    return [
      Step("d(sum(m, term) / divisor)/d(a1[\(k)])", term, "the loss written out: \(rule.name)"),
      Step("sum(m, d(term)/d(a1[\(k)])) / divisor", term, "sum rule"),
      Step(
        "sum(m, (m == \(k)) * slope) / divisor", slopes, "the derivative of a term by its own output; by others it is 0"
      ),
      outputGradient(k),
    ]
  }

  /// ∂L/∂a of an output in closed form.
  private func outputGradient(_ k: String) -> Step {
    let rule = network.loss.rule
    return Step(
      "slope / divisor",
      ["slope": network.part(rule.derivativeFormula, at: k), "divisor": network.part(rule.divisorFormula)],
      "only the term with the same index is left of the sum")
  }

  /// Through every pre-activation of the next layer.
  private func hiddenSteps(_ k: String) -> [Step] {
    let net = DerivationInLines.net(of: network.layers[layer], "2", "l")
    return [
      Step(
        "sum(l, d(loss)/d(net2[l]) * d(net2[l])/d(a1[\(k)]))",
        "chain rule: the loss depends on it through every net above"),
      Step("sum(l, delta2[l] * d(net2[l])/d(a1[\(k)]))", "delta is the loss's derivative by net"),
      Step("sum(l, delta2[l] * d(\(net))/d(a1[\(k)]))", "net written out"),
      Step(
        "sum(l, delta2[l] * sum(m, w2[l,m] * d(a1[m])/d(a1[\(k)])))", "sum rule: weights and biases don't depend on it"),
      Step("sum(l, delta2[l] * sum(m, w2[l,m] * (m == \(k))))", "a number's derivative by itself is 1, by another 0"),
      Step("sum(l, delta2[l] * w2[l,\(k)])", "only the term with the same index is left of the sum"),
    ]
  }

  /// net of a layer written out over `m`: its text for a layer's number in equations.
  private static func net(of layer: Layer, _ number: String, _ unit: String) -> String {
    let below = number == "2" ? "a1[m]" : "a0[m]"
    let bias =
      switch layer.bias {
      case .own: " + b\(number)[\(unit)]"
      case .shared: " + b\(number)"
      case .none: ""
      }
    return "sum(m, w\(number)[\(unit),m] * \(below))\(bias)"
  }

  // MARK: δ

  /// δ: through the layer's activation, and of an output on to the closed form that it has with its loss.
  mutating func writeDelta() {
    addOfBatch("d(loss)/d(net1[k])", "definition")
    for step in deltaSteps() { add(step.text, step.parts, step.rule) }
    guard isOutput, let shared = network.closedForm?.sharedFormula else { return }
    append(
      place.expression(Equation("whole", ["whole": network.part(shared, at: "k")])), "where the targets sum to 1",
      under: "with y = y / sum(y)")
  }

  fileprivate func deltaSteps() -> [Step] {
    network.layers[layer - 1].hasFullJacobian ? wholeDelta() : elementwiseDelta()
  }

  private func elementwiseDelta() -> [Step] {
    let rule = network.layers[layer - 1].activation.rule
    let slope = ["own": network.part(rule.derivativeFormula, ofLayer: layer, at: "k")]
    let above = gradientOfActivation("k")
    var steps = [
      Step(
        "d(loss)/d(a1[k]) * d(a1[k])/d(net1[k])", "chain rule: of the layer only a with the same index depends on it"),
      Step("d(loss)/d(a1[k]) * f1'(net1[k])", "the derivative of the activation"),
    ]
    steps += above.map { $0.inside { "\($0) * f1'(net1[k])" } }
    if let last = above.last {
      steps.append(
        Step("(\(last.text)) * (own)", last.parts.merging(slope) { one, _ in one }, "f' of \(rule.name) written out"))
    }
    return steps + closedSteps()
  }

  /// The case split of an activation that works on the whole layer.
  private func wholeDelta() -> [Step] {
    let rule = network.layers[layer - 1].activation.rule
    var steps: [Step] = []
    if isOutput {
      let loss = network.loss.rule
      let parts = [
        "term": network.part(loss.termFormula, at: "m"), "divisor": network.part(loss.divisorFormula),
      ]
      steps += [
        Step("d(sum(m, term) / divisor)/d(net1[k])", parts, "the loss written out: \(loss.name)"),
        Step("sum(m, d(term)/d(net1[k])) / divisor", parts, "sum rule"),
      ]
    }
    steps += [
      Step("sum(m, d(loss)/d(a1[m]) * d(a1[m])/d(net1[k]))", "chain rule: every a of the layer depends on it"),
      Step("sum(m, da1[m] * J1[m,k])", "the names of both derivatives"),
      Step("da1[k] * J1[k,k] + sum(m, (m != k) * da1[m] * J1[m,k])", "the case m = k and the others apart"),
    ]
    let (own, others) = jacobianCases()
    steps.append(
      Step("da1[k] * (\(own)) + sum(m, (m != k) * da1[m] * (\(others)))", "J of \(rule.name) in both cases"))
    if isOutput {
      let loss = network.loss.rule
      let parts = [
        "slope": network.part(loss.derivativeFormula, at: "k"),
        "other": network.part(loss.derivativeFormula, at: "m"), "divisor": network.part(loss.divisorFormula),
      ]
      steps.append(
        Step(
          "(slope / divisor) * (\(own)) + sum(m, (m != k) * (other / divisor) * (\(others)))", parts,
          "the loss's derivative by the outputs"))
    }
    return steps + closedSteps()
  }

  /// J[k,k] and J[m,k] by the activation's row, as texts of an equation: what i = k makes of it, and what is left where they
  /// differ.
  private func jacobianCases() -> (own: String, others: String) {
    let activation = network.layers[layer - 1].activation
    let columns = ["a": Expression.name("a1"), "net": .name("net1")]
    let (i, k) = (Expression.name("i"), Expression.name("k"))
    let formula = Expression.formula(activation.rule.derivativeFormula)
      .replacing(columns.merging(activation.formulaNumbers.mapValues(Expression.number)) { own, _ in own })
    let isSame = Expression(.binary(.equal, i, k))
    return (
      formula.replacing(isSame, by: .number(1)).replacing(["i": k]).settled.description,
      formula.replacing(isSame, by: .number(0)).replacing(["i": .name("m")]).settled.description
    )
  }

  /// What is left once the activation and the loss are taken together.
  private func closedSteps() -> [Step] {
    guard isOutput, let closed = network.closedForm else { return [] }
    var steps: [Step] = []
    if let split = closed.splitFormula {
      steps += [
        Step("whole", ["whole": network.part(split)], "a factor cancels in each term"),
        Step("y[k] * a1[k] + sum(m, (m != k) * y[m] * a1[k]) - y[k]", "the product of the first term multiplied out"),
        Step("sum(m, y[m] * a1[k]) - y[k]", "the first term is that with m = k"),
      ]
    }
    steps.append(Step("whole", ["whole": network.part(closed.deltaFormula, at: "k")], "the terms together"))
    return steps
  }

  // MARK: weights, biases, inputs

  /// ∂L/∂w: only the unit's own net has the weight in it.
  mutating func writeGradientOfWeight() {
    addOfBatch("d(loss)/d(w1[k,j])", "definition")
    if !isOverBatch {
      add("sum(m, d(loss)/d(net1[m]) * d(net1[m])/d(w1[k,j]))", [:], "chain rule: through every net of the layer")
      add("d(loss)/d(net1[k]) * d(net1[k])/d(w1[k,j])", [:], "only net with the same index has the weight in it")
      if !network.layers[layer - 1].hasFullJacobian {
        add(
          "d(loss)/d(a1[k]) * d(a1[k])/d(net1[k]) * d(net1[k])/d(w1[k,j])", [:], "chain rule: through the activation")
      }
    }
    let net = DerivationInLines.net(of: network.layers[layer - 1], "1", "k")
    add("delta1[k] * d(net1[k])/d(w1[k,j])", [:], "delta is the loss's derivative by net")
    add("delta1[k] * d(\(net))/d(w1[k,j])", [:], "net written out")
    add("delta1[k] * sum(m, (m == j) * a0[m])", [:], "sum rule: what the weight is a factor of is left")
    add("delta1[k] * a0[j]", [:], "only the term with the same index is left of the sum")
    writeOutDelta { "\($0) * a0[j]" }
  }

  /// ∂L/∂b: a bias is added as it is.
  mutating func writeGradientOfBias() {
    let isShared = network.layers[layer - 1].bias == .shared
    if isShared {
      addOfBatch("d(loss)/d(b1)", "definition")
      if !isOverBatch {
        add("sum(k, d(loss)/d(net1[k]) * d(net1[k])/d(b1))", [:], "chain rule: through every net of the layer")
      }
      add("sum(k, delta1[k] * d(net1[k])/d(b1))", [:], "delta is the loss's derivative by net")
      add("sum(k, delta1[k])", [:], "net's derivative by its bias is 1")
      return
    }
    addOfBatch("d(loss)/d(b1[k])", "definition")
    if !isOverBatch {
      add(
        "d(loss)/d(net1[k]) * d(net1[k])/d(b1[k])", [:], "chain rule: only net with the same index has the bias in it")
    }
    add("delta1[k] * d(net1[k])/d(b1[k])", [:], "delta is the loss's derivative by net")
    add("delta1[k]", [:], "net's derivative by its bias is 1")
    writeOutDelta { $0 }
  }

  /// δ written out where it stands as a factor.
  private mutating func writeOutDelta(_ whole: (String) -> String) {
    // With f' as it is called, and as it is written.
    for last in deltaSteps().suffix(network.closedForm == nil || !isOutput ? 2 : 1) {
      let step = last.inside(whole)
      add(step.text, step.parts, "delta written out, by its own derivation")
    }
  }

  /// ∂L/∂x: through every net of the first layer.
  mutating func writeGradientOfInput() {
    addOfBatch("d(loss)/d(x[j])", "definition")
    let net = DerivationInLines.net(of: network.layers[0], "1", "k")
    add("sum(k, d(loss)/d(net1[k]) * d(net1[k])/d(x[j]))", [:], "chain rule: through every net of the first layer")
    add("sum(k, delta1[k] * d(net1[k])/d(x[j]))", [:], "delta is the loss's derivative by net")
    add("sum(k, delta1[k] * d(\(net))/d(x[j]))", [:], "net written out")
    add("sum(k, delta1[k] * sum(m, w1[k,m] * (m == j)))", [:], "sum rule; a number's derivative by itself is 1")
    add("sum(k, delta1[k] * w1[k,j])", [:], "only the term with the same index is left of the sum")
  }
}
