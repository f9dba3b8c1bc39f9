import Engine

// The chain rule, quantity by quantity.
extension Formula {
  /// ∂L/∂a of the output, from the loss's row.
  private static func outputGradient(_ subject: Subject, _ unit: String) -> Expression {
    outputGradient(subject.network, y: "y", a: "a\(subject.last)", unit)
  }

  /// The same from the names of a page.
  static func outputGradient(_ network: Network, y: String, a: String, _ unit: String) -> Expression {
    let loss = network.loss.rule
    let settings = network.loss.formulaNumbers.merging(["n": .number(Double(network.outputs))]) { own, _ in own }
    let divisor = Expression.formula(loss.divisorFormula)
    return Expression.formula(loss.derivativeFormula).replacing(settings)
      .indexed(["y": y, "a": a], at: .formula(unit), letters: [])
      .divided(by: divisor.replacing(settings), isFixed: divisor.isNumber)
  }

  /// Σ_k δ[k]·w[k,j] over the units of the layer after.
  private static func pulledBack(_ subject: Subject, from layer: Int, to unit: Int) -> Expression {
    let k = subject.letter(layer)
    return .formula("sum(\(k), delta\(layer)[\(k)] * \(subject.read(.w, layer))[\(k),\(unit)])")
  }

  /// ∂L/∂a: from the loss at the output, else through the weights of the layer after.
  static func activationGradient(_ subject: Subject) -> Formula {
    if subject.layer < subject.last {
      return Formula(pulledBack(subject, from: subject.layer + 1, to: subject.row))
    }
    var formula = Formula(outputGradient(subject, String(subject.row)))
    formula.zeroWins = true
    return formula
  }

  /// ∂L/∂x
  static func inputGradient(_ subject: Subject) -> Formula { Formula(pulledBack(subject, from: 1, to: subject.row)) }

  /// J[i,k] = ∂a[i]/∂net[k], from the activation's row.
  static func jacobian(_ subject: Subject) -> Formula {
    let (layer, rule) = (subject.layer, subject.network.layers[subject.layer - 1].activation.rule)
    if rule.isElementwise {
      if subject.row == subject.column { return Formula("f\(layer)'(net\(layer)[\(subject.row)])") }
      var formula = Formula(Expression.number(0))
      formula.remark = "each activation depends on its own net only"
      return formula
    }
    let names = [
      "i": Expression.number(Double(subject.row)), "k": .number(Double(subject.column)), "a": .name("a\(layer)"),
    ]
    var formula = Formula(Expression.formula(rule.derivativeFormula).replacing(names))
    formula.remark = subject.row == subject.column ? "i = k" : "i ≠ k"
    return formula
  }

  /// δ = ∂L/∂net: the closed form where there is one, else through f′ or J.
  static func delta(_ subject: Subject) -> Formula {
    if subject.layer == subject.last, let closed = subject.network.closedForm { return closedDelta(subject, closed) }
    return longDelta(subject)
  }

  /// δ by way of ∂L/∂a.
  private static func longDelta(_ subject: Subject) -> Formula {
    let (layer, unit) = (subject.layer, subject.row)
    guard subject.network.layers[layer - 1].activation.rule.isElementwise else {
      let i = subject.freeLetters[0]
      if layer == subject.last {
        var formula = Formula(.sum(i, outputGradient(subject, i) * .formula("J\(layer)[\(i),\(unit)]")))
        formula.zeroWins = true
        return formula
      }
      return Formula("sum(\(i), da\(layer)[\(i)] * J\(layer)[\(i),\(unit)])")
    }
    let slope = Expression.formula("f\(layer)'(net\(layer)[\(unit)])")
    if layer == subject.last {
      var formula = Formula(outputGradient(subject, String(unit)) * slope)
      formula.zeroWins = true
      return formula
    }
    let sum = pulledBack(subject, from: layer + 1, to: unit)
    var formula = Formula(sum * slope)
    formula.parts = [
      Part(
        expression: sum,
        element: Element(Quantity(.da, layer), row: subject.element.row, sample: subject.element.sample))
    ]
    return formula
  }

  /// δ in one piece, with the ways that lead to the same.
  private static func closedDelta(_ subject: Subject, _ closed: ClosedForm) -> Formula {
    let (last, unit) = (subject.last, subject.row)
    let n = Expression.number(Double(subject.network.outputs))
    let inner = Expression.formula(closed.deltaFormula).replacing(["Y": .name("y"), "n": n])
    // What is summed takes the sum's index, what stands alone the unit's.
    var formula = Formula(
      inner.indexed(["y": "y", "a": "a\(last)"], at: .number(Double(unit)), letters: subject.freeLetters))
    formula.ownWay = "short"
    if let long = longDelta(subject).expression { formula.ways.append(Way(name: "long", expression: long)) }
    if !subject.network.layers[last - 1].activation.rule.isElementwise {
      formula.ways.append(
        Way(
          name: "split",
          expression: .formula(
            "-y[\(unit)] * (1 - a\(last)[\(unit)]) + sum(i, (i != \(unit)) * y[i] * a\(last)[\(unit)])")))
      if let note = aboutTargets(subject) { formula.notes.append(note) }
    }
    return formula
  }

  /// What Σy does to a − y.
  private static func aboutTargets(_ subject: Subject) -> String? {
    guard let targets = try? subject.state.value(of: Quantity(.y), sample: subject.element.sample).elements else {
      return nil
    }
    let difference = "a\(subject.last)[\(subject.row)] - y[\(subject.row)]"
    let total = targets.reduce(0, +)
    guard abs(total - 1) < 1e-12 else {
      return "\(difference) is another number here, because Σy = \(significant(total, digits: 9)), not 1"
    }
    guard targets.count > 1, targets.count <= 6 else { return "\(difference) is the same ONLY because Σy = 1 here" }
    var other = targets
    other[other.count - 1] += 0.5
    let example = other.map { significant($0, digits: 9) }.joined(separator: "; ")
    return "\(difference) is the same ONLY because Σy = 1 here (try: set y = [\(example)])"
  }

  /// ∂L/∂w[k,j] = δ[k]·a[j], over the batch.
  static func weightGradient(_ subject: Subject) -> Formula {
    let (layer, input) = (subject.layer, subject.input(of: subject.layer))
    return Formula(subject.overBatch("delta\(layer)[\(subject.row)] * \(input)[\(subject.column)]"))
  }

  /// ∂L/∂b[k] = δ[k], over the batch; of a shared bias the sum of the layer's δ.
  static func biasGradient(_ subject: Subject) -> Formula {
    let (layer, k) = (subject.layer, subject.letter(subject.layer))
    let own = subject.isSharedBias ? "sum(\(k), delta\(layer)[\(k)])" : "delta\(layer)[\(subject.row)]"
    return Formula(subject.overBatch(own))
  }
}
