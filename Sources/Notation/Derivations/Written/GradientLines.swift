import Engine

// The derivations of the way back, each from the derivative of the loss on. `m` is the letter that sums run through where the
// page has no own one.
extension WrittenDerivation {
  /// ∂L/∂a: of the outputs from the loss, of a layer before them through every net of the next one.
  mutating func writeGradientOfActivation() {
    addOfBatch("d(loss)/d(a1[k])", "definition")
    add(gradientOfActivation())
  }

  private mutating func add(_ steps: [Step]) {
    for step in steps { add(step.text, step.parts, step.rule) }
  }

  /// A line on the way, with the rules' own formulas in it.
  struct Step {
    let text: String
    let parts: [String: Equation.Part]
    let rule: Text

    init(_ text: String, _ rule: Text) { self.init(text, [:], rule) }

    init(_ text: String, _ parts: [String: Equation.Part], _ rule: Text) {
      (self.text, self.parts, self.rule) = (text, parts, rule)
    }

    /// The step inside of something.
    func inside(_ whole: (String) -> String) -> Step { Step(whole("(\(text))"), parts, rule) }
  }

  /// The steps from ∂L/∂a[k] on.
  private func gradientOfActivation() -> [Step] { isOutput ? outputSteps() : hiddenSteps() }

  /// From the definition of the loss to its derivative by one output.
  private func outputSteps() -> [Step] {
    let rule = network.loss.rule
    var parts = termOfTheLoss
    parts["slope"] = network.part(rule.derivativeFormula, at: "m")
    return [
      Step("d(sum(m, term) / divisor)/d(a1[k])", parts, "the loss written out: \(rule.name)"),
      Step("sum(m, d(term)/d(a1[k])) / divisor", parts, "sum rule"),
      Step(
        "sum(m, (m == k) * slope) / divisor", parts, "the derivative of a term by its own output; by others it is 0"),
      Step(RowFormulas.gradient, "only the term with the same index is left of the sum"),
    ]
  }

  /// The loss's term at `m`, and what their sum is divided by.
  private var termOfTheLoss: [String: Equation.Part] {
    let rule = network.loss.rule
    return ["term": network.part(rule.termFormula, at: "m"), "divisor": network.part(rule.divisorFormula)]
  }

  /// Through every pre-activation of the next layer.
  private func hiddenSteps() -> [Step] {
    [
      Step(
        "sum(l, d(loss)/d(net2[l]) * d(net2[l])/d(a1[k]))",
        "chain rule: the loss depends on it through every net above"),
      Step("sum(l, delta2[l] * d(net2[l])/d(a1[k]))", "delta is the loss's derivative by net"),
      Step("sum(l, delta2[l] * d(\(RowFormulas.netAbove))/d(a1[k]))", "net written out"),
      Step(
        "sum(l, delta2[l] * sum(m, w2[l,m] * d(a1[m])/d(a1[k])))", "sum rule: weights and biases don't depend on it"),
      Step("sum(l, delta2[l] * sum(m, w2[l,m] * (m == k)))", "a number's derivative by itself is 1, by another 0"),
      Step(RowFormulas.gradient, "only the term with the same index is left of the sum"),
    ]
  }

  // MARK: δ

  /// δ: through the layer's activation, and of an output on to the closed form that it has with its loss.
  mutating func writeDelta() {
    addOfBatch("d(loss)/d(net1[k])", "definition")
    add(deltaSteps())
    guard let equation, let shared = place.shared(equation) else { return }
    append(shared, "where the targets sum to 1", under: "with y = y / sum(y)")
  }

  private func deltaSteps() -> [Step] {
    network.layers[layer - 1].hasFullJacobian ? wholeDelta() : elementwiseDelta()
  }

  private func elementwiseDelta() -> [Step] {
    let rule = network.layers[layer - 1].activation.rule
    let slope = ["own": network.part(rule.derivativeFormula, ofLayer: layer, at: "k")]
    return [
      Step(
        "d(loss)/d(a1[k]) * d(a1[k])/d(net1[k])", "chain rule: of the layer only a with the same index depends on it"),
      Step("d(loss)/d(a1[k]) * f1'(net1[k])", "the derivative of the activation"),
    ] + gradientOfActivation().map { $0.inside { "\($0) * f1'(net1[k])" } }
      + [Step("\(RowFormulas.gradient) * (own)", slope, "f' of \(rule.name) written out")] + closedSteps()
  }

  /// The case split of an activation that works on the whole layer.
  private func wholeDelta() -> [Step] {
    let activation = network.layers[layer - 1].activation.rule
    let (own, others) = cases(of: activation.derivativeFormula)
    // Of the outputs the loss's own derivative, of other layers its name.
    let (mine, theirs) = isOutput ? (RowFormulas.gradient, RowFormulas.gradientAtM) : ("da1[k]", "da1[m]")
    func gradient(_ own: String, _ others: String) -> String {
      "\(mine) * (\(own)) + sum(m, (m != k) * (\(theirs)) * (\(others)))"
    }
    let parts = termOfTheLoss
    let ofTheLoss = [
      Step("d(sum(m, term) / divisor)/d(net1[k])", parts, "the loss written out: \(network.loss.rule.name)"),
      Step("sum(m, d(term)/d(net1[k])) / divisor", parts, "sum rule"),
    ]
    let steps =
      [
        Step("sum(m, d(loss)/d(a1[m]) * d(a1[m])/d(net1[k]))", "chain rule: every a of the layer depends on it"),
        Step("sum(m, da1[m] * J1[m,k])", "the names of both derivatives"),
        Step("da1[k] * J1[k,k] + sum(m, (m != k) * da1[m] * J1[m,k])", "the case m = k and the others apart"),
      ]
      + (isOutput
        ? [Step(gradient("d(a1[k])/d(net1[k])", "d(a1[m])/d(net1[k])"), "the loss's derivative by the outputs")] : [])
      + activation.derivativeSteps.map { step in
        let (own, others) = cases(of: step.formula)
        return Step(gradient(own, others), "\(step.rule), in both cases")
      } + [Step(gradient(own, others), "J of \(activation.name) in both cases")]
    return isOutput ? ofTheLoss + steps + closedSteps() : steps
  }

  /// J[k,k] and J[m,k] by a formula of the activation's row, as texts of an equation: what i = k makes of it, and what is left
  /// where they differ.
  func cases(of formula: String, apartAt letter: String = "m") -> (own: String, others: String) {
    let (i, k) = (Expression.name("i"), Expression.name("k"))
    let formula = jacobian(by: formula)
    let isSame = Expression(.binary(.equal, i, k))
    return (
      formula.replacing(isSame, by: .number(1)).replacing(["i": k]).settled.description,
      formula.replacing(isSame, by: .number(0)).replacing(["i": .name(letter)]).settled.description
    )
  }

  /// A formula of the activation's row over the layer's columns, with its settings.
  func jacobian(by formula: String) -> Expression {
    let columns = ["a": Expression.name("a1"), "net": .name("net1")]
    return Expression.formula(formula).replacing(
      columns.merging(network.layers[layer - 1].activation.formulaNumbers.mapValues(Expression.number)) { own, _ in own
      })
  }

  /// What is left once the activation and the loss are taken together.
  private func closedSteps() -> [Step] {
    guard isOutput, let closed = network.closedForm else { return [] }
    let collected = closed.collectedFormulas.map { Step("whole", ["whole": network.part($0.formula)], $0.rule) }
    return collected + [Step(RowFormulas.delta, "the terms together")]
  }

  // MARK: weights, biases, inputs

  /// ∂L/∂w: only the unit's own net has the weight in it.
  mutating func writeGradientOfWeight() {
    addOfBatch("d(loss)/d(w1[k,j])", "definition")
    if !isOverBatch {
      if isOutput, network.closedForm == nil, isElementwise { writeThroughOutputs() } else { writeThroughNets() }
    }
    add("delta1[k] * d(net1[k])/d(w1[k,j])", "delta is the loss's derivative by net")
    add("delta1[k] * d(\(RowFormulas.net))/d(w1[k,j])", "net written out")
    add("delta1[k] * sum(m, (m == j) * a0[m])", "sum rule: what the weight is a factor of is left")
    addOwnRow("only the term with the same index is left of the sum")
    writeOutDelta { "\($0) * a0[j]" }
  }

  private var isElementwise: Bool { !network.layers[layer - 1].hasFullJacobian }

  /// From the loss to an output's weight, by way of the output, and of its net.
  private mutating func writeThroughOutputs() {
    add("sum(m, d(loss)/d(a1[m]) * d(a1[m])/d(w1[k,j]))", "chain rule: through every output")
    add("d(loss)/d(a1[k]) * d(a1[k])/d(w1[k,j])", "only the output with the same index has the weight in it")
    add("\(RowFormulas.gradient) * d(a1[k])/d(w1[k,j])", "the loss's derivative by the outputs")
    add("\(RowFormulas.gradient) * d(a1[k])/d(net1[k]) * d(net1[k])/d(w1[k,j])", "chain rule: through net")
  }

  /// From the loss to a weight, by way of its unit's net, and of what that goes into.
  private mutating func writeThroughNets() {
    add("sum(m, d(loss)/d(net1[m]) * d(net1[m])/d(w1[k,j]))", "chain rule: through every net of the layer")
    add("d(loss)/d(net1[k]) * d(net1[k])/d(w1[k,j])", "only net with the same index has the weight in it")
    guard isElementwise else { return }
    let rest = "d(a1[k])/d(net1[k]) * d(net1[k])/d(w1[k,j])"
    add("d(loss)/d(a1[k]) * \(rest)", "chain rule: through the activation")
    guard !isOutput else { return }
    add("sum(l, d(loss)/d(net2[l]) * d(net2[l])/d(a1[k]) * \(rest))", "chain rule: through every net above")
  }

  /// What the quantity's own row says.
  mutating func addOwnRow(_ rule: Text) {
    if let equation { add(equation, rule) }
  }

  /// ∂L/∂b: a bias is added as it is.
  mutating func writeGradientOfBias() {
    let isShared = network.layers[layer - 1].bias == .shared
    if isShared {
      addOfBatch("d(loss)/d(b1)", "definition")
      if !isOverBatch {
        add("sum(k, d(loss)/d(net1[k]) * d(net1[k])/d(b1))", "chain rule: through every net of the layer")
      }
      add("sum(k, delta1[k] * d(net1[k])/d(b1))", "delta is the loss's derivative by net")
      return addOwnRow("net's derivative by its bias is 1")
    }
    addOfBatch("d(loss)/d(b1[k])", "definition")
    if !isOverBatch {
      add(
        "d(loss)/d(net1[k]) * d(net1[k])/d(b1[k])", "chain rule: only net with the same index has the bias in it")
    }
    add("delta1[k] * d(net1[k])/d(b1[k])", "delta is the loss's derivative by net")
    addOwnRow("net's derivative by its bias is 1")
    writeOutDelta { $0 }
  }

  /// δ written out where it stands as a factor.
  private mutating func writeOutDelta(_ whole: (String) -> String) {
    // With f' as it is called, and as it is written.
    let isBelowOutputs = layer + 1 == network.layers.count && isElementwise
    let steps = deltaSteps().suffix(network.closedForm == nil || !isOutput ? 2 : 1)
    for last in isBelowOutputs ? steps.prefix(1) : steps {
      let step = last.inside(whole)
      add(step.text, step.parts, "delta written out, by its own derivation")
    }
    guard isBelowOutputs else { return }
    add(whole("(sum(l, \(RowFormulas.deltaAbove) * w2[l,k]) * f1'(net1[k]))"), "delta of the outputs written out")
  }

  /// ∂L/∂x: through every net of the first layer.
  mutating func writeGradientOfInput() {
    addOfBatch("d(loss)/d(x[j])", "definition")
    add("sum(k, d(loss)/d(net1[k]) * d(net1[k])/d(x[j]))", "chain rule: through every net of the first layer")
    add("sum(k, delta1[k] * d(net1[k])/d(x[j]))", "delta is the loss's derivative by net")
    add("sum(k, delta1[k] * d(\(RowFormulas.net))/d(x[j]))", "net written out")
    add("sum(k, delta1[k] * sum(m, w1[k,m] * (m == j)))", "sum rule; a number's derivative by itself is 1")
    addOwnRow("only the term with the same index is left of the sum")
  }
}
