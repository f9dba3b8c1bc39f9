import Engine

/// A line of a derivation that is written for somebody: what the quantity equals by it, and the rule that gives it from the
/// line before.
package struct WrittenLine: Equatable, Sendable {
  /// What stands behind the equals sign.
  package let expression: Expression
  /// The rule: `chain rule: the loss depends on a1 through every net2`.
  package let rule: Text
  /// Under what it holds, from here on: `with y = y / sum(y)`; empty where nothing is taken for granted.
  package var clause = ""
}

/// The derivation of a quantity, from its definition as a derivative of the loss to its closed form: every line in the
/// session's own language, with the rule that gives it. Where it ends, and what it writes out on the way, are the formulas of
/// the operations' rows, and of those of the rules.
package struct WrittenDerivation {
  /// What is derived: `delta1[j]`.
  package private(set) var subject: Expression
  /// The lines, from the definition on.
  package private(set) var lines: [WrittenLine] = []

  let quantity: Quantity
  let network: Network
  let place: EquationPlace
  /// What the names in the optimizer's rule mean before its first line.
  let ruleNames: [String: Expression]
  /// How the samples of a batch come together; nil where it stands for one of them.
  private let overBatch: Fold?
  /// The one sample that a mistake reads in the place of all, or of the one on show, from 0; nil where it reads no other.
  let sampleRead: Int?
  /// Whether there are several, whatever it is of.
  let hasSeveralSamples: Bool
  /// Whether both indices that were asked for are the same.
  let isDiagonal: Bool
  /// What stands in the place of names that no quantity has, in the lines.
  let meaning: [String: Expression]

  /// The derivation of a quantity that is computed; nil of what no operation and no update computes.
  /// - Parameters:
  ///   - indices: those of the element, as many as it has; none are the page's letters.
  ///   - overBatch: how the samples of a batch come together in what belongs to none of them; nil for a batch of one.
  ///   - sampleRead: which sample is read in the place of those that should be.
  ///   - updated: whether a weight matrix or bias vector is no longer what the forward pass read; then its name stands in
  ///     `old(…)` where it is read.
  ///   - ruleNames: what the names in the optimizer's rule mean at these indices.
  ///   - name: how a quantity is written.
  package init?(
    of quantity: Quantity, at indices: [Expression] = [], in network: Network, overBatch: Fold? = nil,
    sampleRead: (Alteration.Samples) -> Int? = { _ in nil }, updated: (Quantity) -> Bool = { _ in false },
    ruleNames: (_ change: Quantity, _ indices: [Expression]) -> [String: Expression] = { _, _ in [:] },
    name: @escaping (Quantity) -> Expression = { .name($0.name) }
  ) {
    let isChange = [.uw, .ub].contains(quantity.kind) || quantity.kind.memory != nil
    guard isChange || Operation.equation(of: quantity, in: network) != nil else { return nil }
    let letters = quantity.pageLetters(in: network)
    // It is written with the page's letters, none of which is that of a sum.
    let own = letters.enumerated().map { place, letter -> Expression in
      guard indices.indices.contains(place), case .number = indices[place].kind else { return .name(letter) }
      return indices[place]
    }
    (self.quantity, self.network) = (quantity, network)
    self.overBatch = quantity.kind.isOverSamples ? overBatch : nil
    hasSeveralSamples = overBatch != nil
    self.sampleRead = network.alteration(of: quantity).flatMap { sampleRead($0.samples) }
    isDiagonal = indices.count == 2 && indices[0] == indices[1]
    place = EquationPlace(of: quantity, in: network, at: own, name: name)
    meaning = RowFormulas(place).named
    self.ruleNames = ruleNames(
      quantity.kind.isParameter ? Quantity(quantity.kind == .b ? .ub : .uw, quantity.layer) : quantity, own)
    subject = own.isEmpty ? name(quantity) : Expression(.element(name(quantity), own))
    write()
    if !isChange, !quantity.kind.isParameter {
      let kinds = Quantity.Kind.all.filter(\.isReadAsBefore)
      let moved = network.layers.indices.flatMap { index in kinds.map { Quantity($0, index + 1) } }.filter(updated)
      let names = Set(moved.flatMap { [name($0), .name($0.name)] })
      if !names.isEmpty { rewrite { $0.reading(old: names) } }
    }
    exchange(letters, for: indices)
    if isDiagonal {
      let isSame = Expression(.binary(.equal, indices[0], indices[1]))
      rewrite { $0.replacing(isSame, by: .number(1)).settled }
    }
  }

  /// Puts something in the place of what every line says.
  private mutating func rewrite(_ change: (Expression) -> Expression) {
    lines = lines.map { WrittenLine(expression: change($0.expression), rule: $0.rule, clause: $0.clause) }
  }

  /// Puts the letters that were asked for in the place of the page's, and these where a sum has those.
  private mutating func exchange(_ letters: [String], for indices: [Expression]) {
    var names: [String: String] = [:]
    for (letter, index) in zip(letters, indices) {
      if case .name(let wanted, version: nil) = index.kind { names[letter] = wanted }
    }
    let left = names.keys.filter { !names.values.contains($0) }.sorted()
    let taken = names.values.filter { names[$0] == nil }.sorted()
    names.merge(zip(taken, left)) { given, _ in given }
    guard names.contains(where: { $0.key != $0.value }) else { return }
    subject = subject.exchanging(names)
    rewrite { $0.exchanging(names) }
  }

  /// The layer that the equations' layer 1 is.
  var layer: Int { place.layer }
  /// Whether that is the last one.
  var isOutput: Bool { layer == network.layers.count }
  /// What the quantity's own row says of it.
  var equation: Equation? { Operation.equation(of: quantity, in: network) }
  /// Whether its samples are told apart, so that no line before that holds of one of them.
  var isOverBatch: Bool { overBatch != nil }

  /// Puts a line of one sample behind the others, over all samples where it has to be.
  mutating func add(_ text: String, _ parts: [String: Equation.Part], _ rule: Text) { add(Equation(text, parts), rule) }

  /// The same without formulas of rules.
  mutating func add(_ text: String, _ rule: Text) { add(Equation(text), rule) }

  /// Puts an equation of a row behind the others, over all samples where it has to be.
  mutating func add(_ equation: Equation, _ rule: Text) { add(expression(equation), rule) }

  /// Puts what holds of one sample behind the other lines, over all samples where it has to be.
  mutating func add(_ expression: Expression, _ rule: Text) {
    append(
      overBatch.map { Expression(.fold($0, index: Fold.overBatch, bounds: nil, expression)) } ?? expression, rule)
  }

  /// Puts a line that stands for the batch as it is, before the samples are told apart.
  mutating func addOfBatch(_ text: String, _ rule: Text) { append(expression(Equation(text)), rule) }

  /// Puts a line behind the others, unless it says the same as the last one.
  mutating func append(_ expression: Expression, _ rule: Text, under clause: String = "") {
    guard expression != lines.last?.expression, expression != subject else { return }
    lines.append(WrittenLine(expression: expression, rule: rule, clause: clause))
  }

  /// An equation here, with what the names in it stand for.
  func expression(_ equation: Equation) -> Expression { place.expression(equation).replacing(meaning) }

  private mutating func write() {
    if let mistake = network.alteration(of: quantity) { return writeMistake(mistake) }
    switch quantity.kind {
    case .da: writeGradientOfActivation()
    case .delta: writeDelta()
    case .dw: writeGradientOfWeight()
    case .db: writeGradientOfBias()
    case .dx: writeGradientOfInput()
    case .jacobian: writeJacobian()
    case .w, .b: writeUpdate()
    case .uw, .ub: writeChange()
    case let kind where kind.memory != nil: writeChange()
    default: writeFormula()
    }
  }
}

/// The formulas of rows that lines of a derivation write out, by the names that they have there.
struct RowFormulas {
  /// The pre-activation of the layer, and of the one above. Its sum runs over `m`, so that the page's letter is left for what
  /// it is differentiated by.
  static let (net, netAbove) = ("net_row", "net_row_above")
  /// ∂L/∂a of the unit, and of another one at `m`.
  static let (gradient, gradientAtM) = ("da_row", "da_row_at_m")
  /// δ of the unit, and of one above with ∂L/∂a written out in it.
  static let (delta, deltaAbove) = ("delta_row", "delta_row_above")

  let named: [String: Expression]

  init(_ place: EquationPlace) {
    let (network, layer) = (place.network, place.layer)
    func row(_ quantity: Quantity, at unit: Expression) -> Expression? {
      guard network.layers.indices.contains(quantity.layer - 1) else { return nil }
      return Operation.equation(of: quantity, in: network).map {
        EquationPlace(of: quantity, in: network, at: [unit], name: place.name).expression($0)
      }
    }
    let unit = place.letters["k"] ?? .name(place.pageLetter("k"))
    let above = Expression.name(place.pageLetter("l"))
    let gradientAbove = Expression(.element(place.name(Quantity(.da, layer + 1)), [above]))
    let deltaAbove = row(Quantity(.delta, layer + 1), at: above).map { delta in
      row(Quantity(.da, layer + 1), at: above).map { delta.replacing(gradientAbove, by: $0) } ?? delta
    }
    named = [
      RowFormulas.net: row(Quantity(.net, layer), at: unit)?.summing(over: "m"),
      RowFormulas.netAbove: row(Quantity(.net, layer + 1), at: above)?.summing(over: "m"),
      RowFormulas.gradient: row(Quantity(.da, layer), at: unit),
      RowFormulas.delta: row(Quantity(.delta, layer), at: unit),
      RowFormulas.deltaAbove: deltaAbove,
      RowFormulas.gradientAtM: row(Quantity(.da, layer), at: .name("m")),
    ].compactMapValues { $0 }
  }
}

extension Expression {
  /// The same with some weights and biases as the forward pass read them; inside of d(…) they are read so as it is.
  fileprivate func reading(old names: Set<Expression>) -> Expression {
    switch kind {
    case .name where names.contains(self): Expression(.old(self))
    case .element(let base, _) where names.contains(base): Expression(.old(self))
    case .derivative, .old: self
    default: mapChildren { $0.reading(old: names) }
    }
  }

  /// Letters in the place of others, those that sums run through too.
  fileprivate func exchanging(_ names: [String: String]) -> Expression {
    switch kind {
    case .name(let name, version: nil): names[name].map { .name($0) } ?? self
    case .fold(let fold, let index, let bounds, let body):
      Expression(
        .fold(
          fold, index: names[index] ?? index,
          bounds: bounds.map { Bounds($0.first.exchanging(names), $0.last.exchanging(names)) },
          body.exchanging(names)))
    default: mapChildren { $0.exchanging(names) }
    }
  }

  /// A sum with another letter in the place of its own; those inside of it keep theirs.
  fileprivate func summing(over letter: String) -> Expression {
    guard case .fold(let fold, let index, nil, let body) = kind else { return mapChildren { $0.summing(over: letter) } }
    return Expression(.fold(fold, index: letter, bounds: nil, body.replacing([index: .name(letter)])))
  }
}
