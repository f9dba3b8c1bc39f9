import Engine

// What is computed on the way to the loss, and what is there from the start.
extension Formula {
  /// net[j] = Σ_i w[j,i]·a[i] + b[j]
  static func net(_ subject: Subject) -> Formula {
    let (layer, row) = (subject.layer, subject.row)
    let i = subject.letter(layer - 1)
    let sum = "sum(\(i), \(subject.read(.w, layer))[\(row),\(i)] * \(subject.input(of: layer))[\(i)])"
    let bias =
      switch subject.network.layers[layer - 1].bias {
      case .own: " + \(subject.read(.b, layer))[\(row)]"
      case .shared: " + \(subject.read(.b, layer))"
      case .none: ""
      }
    var formula = Formula(sum + bias)
    formula.isSummedInLanes = true
    return formula
  }

  /// a = f(net), of softmax written out.
  static func activation(_ subject: Subject) -> Formula {
    let (layer, rule) = (subject.layer, subject.network.layers[subject.layer - 1].activation.rule)
    if rule.isElementwise { return Formula("f\(layer)(net\(layer)[\(subject.row)])") }
    func written(_ text: String) -> Expression {
      Expression.formula(text).indexed(
        ["net": "net\(layer)"], at: .number(Double(subject.row)), letters: subject.freeLetters)
    }
    var formula = Formula(written(rule.computedFormula ?? rule.formula))
    formula.shown = written(rule.formula)
    if rule.computedFormula != nil { formula.remark = "about the largest net, so that nothing overflows" }
    return formula
  }

  /// out = the last layer's activations
  static func out(_ subject: Subject) -> Formula { Formula("a\(subject.last)[\(subject.row)]") }

  /// The batch's loss from its samples', one sample's from its outputs.
  static func loss(_ subject: Subject) -> Formula {
    if subject.element.sample == nil, subject.samples > 1 { return Formula(subject.overBatch("loss[sample]")) }
    return sampleLoss(subject)
  }

  private static func sampleLoss(_ subject: Subject) -> Formula {
    let (network, last) = (subject.network, subject.last)
    let (loss, k) = (network.loss, subject.letter(subject.last))
    let columns = ["y": "y", "a": "a\(last)", "net": "net\(last)"]
    let settings = loss.formulaNumbers.merging(["n": .number(Double(network.outputs))]) { own, _ in own }
    func written(_ text: String, _ index: String?) -> Expression {
      Expression.formula(text).replacing(settings)
        .indexed(columns, at: index.map { .name($0) }, letters: [k] + subject.freeLetters)
    }
    var formula: Formula
    if let closed = network.closedForm {
      formula = Formula(written(closed.computedLossFormula, nil))
      formula.shown = written(closed.lossFormula, nil)
      formula.remark = "from net, so that a probability that rounds to 0 or 1 loses nothing"
    } else {
      let sum = Expression.sum(k, written(loss.rule.termFormula, k))
      let divisor = Expression.formula(loss.rule.divisorFormula)
      formula = Formula(sum.divided(by: divisor.replacing(settings), isFixed: divisor.isNumber))
    }
    formula.zeroWins = true
    return formula
  }

  /// What is there without being computed.
  static func given(_ subject: Subject) -> Formula {
    let kind = subject.quantity.kind
    return kind.isOfSample ? sampleValue(subject) : kind == .rate ? rate(subject) : .given("\(kind.meaning)")
  }

  /// What the data gives.
  private static func sampleValue(_ subject: Subject) -> Formula {
    let (state, isInput) = (subject.state, subject.quantity.kind == .x)
    let data = state.experiment.data
    let slot = subject.figures.sample(subject.element.sample)
    let number = state.batch.indices.contains(slot) ? data.number(of: state.batch[slot]) + 1 : 0
    let names = isInput ? data.inputNames : data.targetNames
    let name = names.indices.contains(subject.element.row) ? ", \(names[subject.element.row])" : ""
    let source = data.name.isEmpty ? "" : " of \(data.name)"
    let scaled = isInput && !data.scales.isEmpty ? ", scaled (\(data.scaling.rawValue))" : ""
    let sample = number > 0 ? "sample \(number)" : "a sample"
    return .given("given: \(isInput ? "an input" : "a target") of \(sample)\(source)\(name)\(scaled)")
  }

  /// The rate.
  private static func rate(_ subject: Subject) -> Formula {
    .given("given: the setting of \(subject.state.experiment.network.optimizer.rule.name)")
  }
}
