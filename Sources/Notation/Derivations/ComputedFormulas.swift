import Engine

// What the operations compute: their equations, with the subject's own indices put in.
extension Formula {
  /// The formula of an element, by where its quantity's numbers come from.
  static func of(_ subject: Subject) -> Formula {
    let kind = subject.quantity.kind
    let element = subject.element
    if subject.state.isInjected(subject.quantity, row: element.row, column: element.column, sample: element.sample) {
      return .given("given by hand in this iteration")
    }
    if kind.isParameter { return parameter(subject) }
    if kind.isGiven { return given(subject) }
    if let same = kind.lastLayersKind { return Formula(subject.read(Quantity(same, subject.last))) }
    guard let equation = Operation.equation(of: subject.quantity, in: subject.network) else {
      if let gradient = kind.gradientBefore { return before(subject, gradient) }
      return kind.isReadOff ? .given("\(kind.meaning)") : change(subject)
    }
    return computed(subject, equation)
  }

  private static func computed(_ subject: Subject, _ equation: Equation) -> Formula {
    if subject.quantity.kind == .loss, subject.element.sample == nil, subject.samples > 1 {
      return Formula(subject.overBatch(.formula("loss[sample]")))
    }
    let place = subject.place(readingPresent: equation.readsPresent)
    var (own, parts) = subject.unfolding(place.expression(equation))
    let isOfOtherSample = subject.sampleRead != subject.element.sample
    if !isOfOtherSample, subject.quantity.kind.isOverSamples, subject.quantity.kind != .loss {
      own = subject.overBatch(own)
    }
    var formula = Formula(own)
    formula.parts = parts
    formula.shown = place.page(equation)
    formula.order = equation.order
    formula.remark = equation.remark ?? remark(subject, equation, own)
    formula.ownWay = equation.name
    formula.ways = equation.ways.map {
      Way(name: $0.name, expression: subject.unfolding(place.expression($0)).expression.settled)
    }
    if let shared = place.shared(equation), let note = aboutTargets(subject, shared) { formula.notes.append(note) }
    return formula
  }

  /// What J's indices do to its formula.
  private static func remark(_ subject: Subject, _ equation: Equation, _ own: Expression) -> Text {
    guard subject.quantity.kind.extent == .square else { return "" }
    if own == .number(0) { return "each activation depends on its own net only" }
    return equation.parts.isEmpty ? "" : subject.row == subject.column ? "i = k" : "i ≠ k"
  }

  /// What Σy does to the form that δ has where it is 1, such as a − y.
  private static func aboutTargets(_ subject: Subject, _ shared: Expression) -> Text? {
    guard let targets = try? subject.state.value(of: Quantity(.y), sample: subject.element.sample).elements else {
      return nil
    }
    let total = targets.reduce(0, +)
    guard abs(total - 1) < 1e-12 else {
      return "\(shared) is another number here, because Σy = \(significant(total, digits: 9)), not 1"
    }
    guard targets.count > 1, targets.count <= 6 else { return "\(shared) is the same ONLY because Σy = 1 here" }
    var other = targets
    other[other.count - 1] += 0.5
    let line = "set y = [\(other.map { significant($0, digits: 9) }.joined(separator: "; "))]"
    return "\(shared) is the same ONLY because Σy = 1 here (try: \(line))"
  }
}

extension Subject {
  /// Where its equation is written out: at its own indices, with the weights that the forward pass read, or those of now.
  func place(readingPresent: Bool = false) -> EquationPlace {
    place(
      Dictionary(zip(quantity.kind.extent.letters, indices), uniquingKeysWith: { first, _ in first }),
      readingPresent: readingPresent)
  }

  private func place(_ letters: [String: Expression], readingPresent: Bool) -> EquationPlace {
    EquationPlace(network: network, layer: Equation.layer(of: quantity, in: network), letters: letters) {
      [numbers] quantity in
      guard quantity.kind.isReadAsBefore else { return .name(quantity.name) }
      let version =
        readingPresent ? numbers.state.version(of: quantity) : numbers.forwardParameter(quantity)?.version ?? 0
      return .name(quantity.name, version: version)
    }
  }

  /// The formula with ∂L/∂a of the layer itself written out where δ reads it, as long as no sum comes to stand in another
  /// and it was not put in by hand; and which parts have a name of their own.
  func unfolding(_ expression: Expression) -> (expression: Expression, parts: [Formula.Part]) {
    let inner = Quantity(.da, layer)
    // What is computed wrongly is looked at by itself.
    guard quantity.kind == .delta, !state.injected.contains(inner), network.alteration(of: inner) == nil,
      let equation = Operation.equation(of: inner, in: network)
    else {
      return (expression, [])
    }
    var parts: [Formula.Part] = []
    func unfold(_ node: Expression, inSum: Bool) -> Expression {
      switch node.kind {
      case .element(let base, let indices) where base == .name(inner.name):
        let written = place(["k": indices[0]], readingPresent: equation.readsPresent).expression(equation)
        let isSum = written.isSum
        if isSum && inSum { return node }
        if isSum {
          parts.append(.init(expression: written, element: Element(inner, row: element.row, sample: element.sample)))
        }
        return written
      case .fold(let fold, let index, let bounds, let body):
        return Expression(.fold(fold, index: index, bounds: bounds, unfold(body, inSum: true)))
      default: return node.mapChildren { unfold($0, inSum: inSum) }
      }
    }
    return (unfold(expression, inSum: false), parts)
  }

  /// A gradient as the batch's: the sum over the samples, divided by their number where they are averaged.
  func overBatch(_ own: Expression) -> Expression {
    guard samples > 1 else { return own }
    let sum = Expression.sum(Fold.overBatch, own)
    return state.experiment.reduction == .mean ? sum / .number(Double(samples)) : sum
  }
}

extension Expression {
  /// Whether it is a sum over an index.
  var isSum: Bool { if case .fold = kind { true } else { false } }
}
