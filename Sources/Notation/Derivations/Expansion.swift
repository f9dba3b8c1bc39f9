import Engine

/// Takes a formula apart into rows with numbers: a sum into its terms, a derivative into its own formula, an optimizer
/// into the lines of its rule. What it knows is expressions, not quantities.
struct Expansion {
  let formula: Formula
  var values: FormulaValues
  let digits: Int
  private(set) var lines: [Derivation.Line] = []
  var notes: [Text] = []
  private(set) var factors: [Element] = []
  /// The formula in the form that the lines have.
  private(set) var written: Expression?
  private var roundsVisibly = false
  /// Where the whole formula is one sum: its sign, and what it runs over.
  var wholeSum: String?
  var wholeRange: Text = ""
  /// How many of the ways lead elsewhere, for want of digits or of finite numbers.
  private var disagreements = 0

  /// Sums with more terms than this are shown in part.
  static let mostTerms = 8

  init(_ formula: Formula, _ values: FormulaValues, digits: Int) {
    self.formula = formula
    self.values = values
    self.digits = digits
  }

  /// Makes the rows; the answer is what the formula gives, or nil where the number is given.
  mutating func run() throws(NotComputed) -> Double? {
    guard let expression = formula.expression else { return nil }
    for step in formula.steps { try take(step) }
    for way in formula.ways { try take(way, of: expression) }
    let value = try values.value(expression)
    // The page's form, unless its numbers are others: then the formula and the lines have the core's.
    if let page = formula.shown, let other = try? values.value(page), approximatelyEqual(other, value) {
      written = page
    } else {
      written = expression
    }
    let written = written ?? expression
    if formula.ways.isEmpty {
      try expandParts(of: written)
      append(.result, wholeSum ?? "=", try numbered(written), value, remark: wholeRange)
    } else {
      try take(Formula.Way(name: formula.ownWay, expression: written), of: expression, isOwn: true)
    }
    if !formula.remark.isEmpty { notes.insert(formula.remark, at: 0) }
    if roundsVisibly { notes.append("each shown factor is rounded for display, the result is exact") }
    return value
  }

  // MARK: - Rows

  /// A row; `shown` is left out where it is only the value again.
  mutating func append(
    _ kind: Derivation.Line.Kind, _ label: String, _ shown: Expression, _ value: Double, remark: Text = "",
    level: Int = 0
  ) {
    if !shown.isNumber,
      let again = try? values.value(shown),
      significant(again, digits: digits) != significant(value, digits: digits), again.isFinite
    {
      roundsVisibly = true
    }
    append(kind, label, shown.isNumber ? .none : .expression(shown), value, remark: remark, level: level)
  }

  mutating func append(
    _ kind: Derivation.Line.Kind, _ label: String, _ content: Derivation.Content, _ value: Double?, remark: Text = "",
    isAgreement: Bool = false, level: Int = 0
  ) {
    lines.append(
      Derivation.Line(
        kind: kind, label: label, content: content, value: value, remark: remark, isAgreement: isAgreement,
        level: level))
  }

  /// A line of an optimizer's rule; those below may use its name.
  private mutating func take(_ step: Formula.Step) throws(NotComputed) {
    let shown = try numbered(step.expression)
    let value = try values.value(step.expression)
    append(.part, step.name, shown, value, remark: Text(verbatim: step.expression.onPage.pretty))
    values.give(step.name, value)
  }

  /// One of several ways: its formula and its value in one row, the terms of its sums under it.
  private mutating func take(_ way: Formula.Way, of own: Expression, isOwn: Bool = false) throws(NotComputed) {
    let expected = try values.value(own)
    let value = isOwn ? expected : try values.value(way.expression)
    let shown = try numbered(way.expression)
    let agrees = approximatelyEqual(value, expected)
    if !agrees { disagreements += 1 }
    let agreement: Text = disagreements == 0 ? "✓ agree" : "✓ exact"
    let remark: Text = isOwn ? agreement : agrees ? "" : value.isFinite ? "loses digits here" : "not finite here"
    let (symbols, numbers) = (way.expression.onPage.pretty, shown.isNumber ? "" : shown.pretty)
    let isShort = numbers.isEmpty || symbols.count + numbers.count < Derivation.widestColumn
    let content: Derivation.Content =
      isShort && !shown.isNumber ? .equation(way.expression, numbers: shown) : .expression(way.expression)
    append(.way, way.name, content, isShort ? value : nil, remark: isShort ? remark : "", isAgreement: isOwn)
    defer {
      if !isShort {
        append(
          isOwn ? .result : .part, "=", .expression(shown), value, remark: remark, isAgreement: isOwn, level: 1)
      }
    }
    for part in parts(of: way.expression) {
      guard case .fold(_, let index, _, let body) = part.kind else {
        try expand(part, level: 1)
        continue
      }
      if try !isRead(body, index) { try terms(index, body, level: 1) }
    }
  }

  // MARK: - Parts

  /// The sums and activations in an expression that stand in no other, each once.
  private func parts(of expression: Expression) -> [Expression] {
    if isPart(expression) { return [expression] }
    var result: [Expression] = []
    for child in expression.children {
      for part in parts(of: child) where !result.contains(part) { result.append(part) }
    }
    return result
  }

  private func isPart(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .fold: true
    case .call(let name, _, _): layer(ofActivation: name) != nil
    default: false
    }
  }

  private mutating func expandParts(of expression: Expression) throws(NotComputed) {
    for part in parts(of: expression) { try expand(part, isWhole: part == expression) }
  }

  private mutating func expand(_ part: Expression, isWhole: Bool = false, level: Int = 0) throws(NotComputed) {
    switch part.kind {
    case .fold(_, let index, _, let body): try expandSum(part, index, body, isWhole: isWhole)
    case .call(let name, let isDerivative, let arguments):
      try expandActivation(part, name, isDerivative, arguments, level: level)
    default: break
    }
  }

  private mutating func expandActivation(
    _ call: Expression, _ name: String, _ isDerivative: Bool, _ arguments: [Expression], level: Int
  ) throws(NotComputed) {
    guard let layer = layer(ofActivation: name), let choice = values.numbers.activation(layer),
      let net = arguments.first
    else { return }
    let text = isDerivative ? choice.rule.derivativeFormula : choice.rule.formula
    // Beside another argument than the layer's own net there stands no activation: it is f of that.
    let a =
      if case .element(_, let indices) = net.kind, values.activationBeside(net, layer) != nil {
        Expression(.element(.name("a\(layer)"), indices))
      } else {
        Expression(.call(name, isDerivative: false, arguments))
      }
    let written = choice.formula(isDerivative: isDerivative, net: net, a: a)
    let (shown, value) = (try numbered(written), try values.value(call))
    // At kinks and far out the formula as it stands is another computation; the core's value is the one that counts.
    let asItStands = try values.value(written)
    if value.isFinite, significant(asItStands, digits: digits) != significant(value, digits: digits) {
      notes.append(
        """
        \(name + (isDerivative ? "′" : "")) is computed by another form of this formula, which keeps its digits where \
        numbers nearly cancel; as it stands here it gives \(significant(asItStands, digits: 17))
        """
      )
    }
    append(
      .part, name + (isDerivative ? "′" : ""), shown, value,
      remark: Text(verbatim: "\(choice.rule.name): \(Expression.formula(text).pretty)"), level: level)
  }

  // MARK: - Numbers put in

  mutating func numbered(_ expression: Expression) throws(NotComputed) -> Expression {
    try numbered(expression, values)
  }

  /// The expression with every quantity, sum and activation replaced by its number.
  mutating func numbered(_ expression: Expression, _ values: FormulaValues) throws(NotComputed) -> Expression {
    switch expression.kind {
    case .number: return expression
    case .fold: return .number(try values.value(expression), digits: digits)
    case .call(let name, _, let arguments) where layer(ofActivation: name) != nil:
      if let layer = layer(ofActivation: name), let net = arguments.first,
        let read = values.activationBeside(net, layer) ?? values.element(net)
      {
        note(read)
      }
      return .number(try values.value(expression), digits: digits)
    case .call("max", _, let arguments) where arguments.count == 1:
      return .number(try values.value(expression), digits: digits)
    case .name, .element, .derivative:
      if let read = values.element(expression) { note(read) }
      return .number(try values.value(expression), digits: digits)
    case .unary(let sign, let operand):
      let inner = try numbered(operand, values)
      // Zero has no sign.
      return inner == .number(0) && sign == .minus ? inner : Expression(.unary(sign, inner))
    case .binary(let sign, let left, let right):
      return Expression(.binary(sign, try numbered(left, values), try numbered(right, values)))
    case .call(let name, let isDerivative, let arguments):
      var shown: [Expression] = []
      for argument in arguments { shown.append(try numbered(argument, values)) }
      return Expression(.call(name, isDerivative: isDerivative, shown))
    default: return .number(try values.value(expression), digits: digits)
    }
  }

  mutating func note(_ read: FormulaValues.Read) {
    if read.version == nil { note(read.element) }
  }

  mutating func note(_ element: Element) {
    var element = element
    if element.quantity.kind != .loss, element.sample == values.numbers.state.selected { element.sample = nil }
    guard !element.quantity.kind.isGiven, !factors.contains(element) else { return }
    factors.append(element)
  }
}
