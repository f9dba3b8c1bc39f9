import Engine

/// The chain rule at one number, with its very numbers put in: the formula, each part of it, and the value that it ends
/// in, held against the number that the core computed.
package struct Derivation: Sendable {
  /// How the value that the formula ends in compares with the one that the core has.
  package enum Check: Equatable, Sendable {
    /// Both have the same bits.
    case same
    /// Both are the same but for so many units in the last place: the core's less the formula's.
    case lastPlace(Int)
    /// Another number: the formula as it stands overflows or loses digits, and the core computes it in another form.
    case other
    /// There is no formula: the number is given.
    case given
  }

  /// What is derived.
  package let element: Element
  /// The name on the screen: `δ1[1]`, `∂L/∂w1[1,2]`, `w1⟨1⟩[1,2]`.
  package let name: String
  /// The words of a page: `∂L/∂net_j, j=1`.
  package let page: String
  /// The formula: `(Σk δ2[k] · w2⟨0⟩[k,1]) · f1′(net1[1])`; of what is given, where it comes from.
  package let formula: Text
  /// The formula as it can be typed behind `claim delta1[1] =`; nil for what is given.
  package let claim: String?
  /// The rows under it, the last of which is the result.
  package let lines: [Line]
  /// The number as the core has it.
  package let value: Double
  /// The number as the formula gives it; nil where it is given.
  package let derived: Double?
  /// How the two compare.
  package let check: Check
  /// How many ways lead to the number; 1 where there is nothing to say about it.
  package let ways: Int
  /// What is to be said about the numbers.
  package let notes: [Text]
  /// The computed quantities that the shown numbers are, for unfolding further.
  package let factors: [Element]
  /// The significant digits that numbers are shown with.
  package let digits: Int

  let state: State
  /// The number's name and the formula as expressions, for other ways of writing them; nil where there is no formula.
  let written: (name: Expression, formula: Expression?)

  /// The heading.
  package var title: String { "Derivation of \(name)" }

  /// Derives a number of a state. `letters` are the names that a page has for quantities.
  /// - Throws: where it is not computed yet, or the network has no such quantity.
  package init(of element: Element, in state: State, digits: Int = 9, letters: [Quantity: String] = [:])
    throws(NotComputed)
  {
    try self.init(of: element, in: state, digits: digits, letters: letters, saysMistakes: true)
  }

  /// The same; what was computed wrongly before it is said, or left to whoever looks for that.
  init(of element: Element, in state: State, digits: Int, letters: [Quantity: String], saysMistakes: Bool)
    throws(NotComputed)
  {
    let numbers = StateNumbers(state)
    let subject = Subject(element: element, numbers: numbers)
    value = try numbers.number(element)
    let formula = Formula.of(subject)
    var expansion = Expansion(
      formula, FormulaValues(numbers, sample: subject.sampleRead, summed: formula.order, names: formula.names),
      digits: digits)
    let derived = try expansion.run()
    self.element = element
    self.state = state
    self.digits = digits
    self.derived = derived
    name = subject.expression.onPage.pretty
    page = subject.page(letters)
    ways = formula.ways.count + 1
    let shown = formula.ways.isEmpty ? expansion.written : nil
    self.formula = Derivation.formulaText(formula, subject, as: shown)
    written = (subject.expression.onPage, shown.map { subject.typed($0).onPage })
    // Beside what a rule makes, its own names stand for themselves; one line alone is plainer with its numbers.
    let known = formula.steps.isEmpty ? formula.names.mapValues(Expression.number) : [:]
    claim = formula.expression.map { subject.typed($0.replacing(known)).description }
    check = derived.map { [value] derived in Derivation.check(derived, value) } ?? .given
    lines = expansion.lines
    notes =
      formula.notes + expansion.notes + Derivation.notesOnInjected(expansion.factors, in: state)
      + (saysMistakes ? Derivation.notesOnMistakes(before: expansion.factors, in: state) : [])
    factors = expansion.factors
  }

  /// The name and the formula of a number that need not be computed yet.
  package static func announced(_ element: Element, in state: State) -> (name: String, formula: Text) {
    let subject = Subject(element: element, numbers: StateNumbers(state))
    let formula = Formula.of(subject)
    return (subject.expression.onPage.pretty, formulaText(formula, subject, as: formula.shown ?? formula.expression))
  }

  /// The formula of a quantity of a layer, over the letters of its indices, with a page's names: of ∂L/∂a of the output
  /// `-y[i] / S[i]`, of J where i = k `S[k] · (1 - S[k])`. Nil of what no operation computes.
  package static func formula(
    of quantity: Quantity, in network: Network, letters: [String], names: [Quantity: String]
  ) -> String? {
    guard let equation = Operation.equation(of: quantity, in: network) else { return nil }
    let indices = letters.map { Expression.name($0) }
    let place = EquationPlace(of: quantity, in: network, at: indices) { .name(names[$0] ?? $0.name) }
    let written = place.expression(equation)
    guard indices.count == 2 else { return written.pretty }
    // Letters stand for any two indices, which are the same only where the letters are.
    let comparison = Expression(.binary(.equal, indices[0], indices[1]))
    return written.replacing(comparison, by: .number(indices[0] == indices[1] ? 1 : 0)).settled.pretty
  }

  private static func formulaText(_ formula: Formula, _ subject: Subject, as expression: Expression?) -> Text {
    if let first = formula.ways.first {
      let count: Text = formula.ways.count == 1 ? "two" : "three"
      // What δ is stands before the ways to it; a loss is what the page says.
      let place =
        subject.quantity.kind == .delta
        ? "∂L/∂net\(subject.layer)[\(subject.row)]" : subject.typed(first.expression).onPage.pretty
      return "\(place)  (\(count) ways to one number)"
    }
    guard let expression else { return formula.remark }
    return Text(verbatim: subject.typed(expression).onPage.pretty)
  }

  /// Which of the numbers that it reads were put in by hand.
  private static func notesOnInjected(_ factors: [Element], in state: State) -> [Text] {
    guard !state.injected.isEmpty else { return [] }
    let given = factors.filter { state.isInjected($0.quantity, row: $0.row, column: $0.column, sample: $0.sample) }
    let names = given.prefix(4).map { Subject(element: $0, numbers: StateNumbers(state)).expression.onPage.pretty }
    let more = given.count > 4 ? ", …" : ""
    return names.isEmpty ? [] : ["given by hand in this iteration: \(names.joined(separator: ", "))\(more)"]
  }

  private static func check(_ derived: Double, _ value: Double) -> Check {
    if derived == value || derived.isNaN && value.isNaN { return .same }
    guard derived.isFinite, value.isFinite, derived.sign == value.sign else { return .other }
    let (a, b) = (Int64(bitPattern: value.bitPattern), Int64(bitPattern: derived.bitPattern))
    let distance = value.sign == .minus ? b - a : a - b
    return abs(distance) <= 64 ? .lastPlace(Int(distance)) : .other
  }

  /// The derivations that this one unfolds to, so many levels down, each with its level: this first, then those of its
  /// factors. Each number is derived once, and at most `limit` in all.
  package func unfolded(levels: Int, limit: Int = 400) -> [(level: Int, derivation: Derivation)] {
    var seen: Set = [element]
    var result: [(level: Int, derivation: Derivation)] = []
    func visit(_ derivation: Derivation, _ level: Int) {
      result.append((level, derivation))
      guard level < levels else { return }
      for factor in derivation.factors where result.count < limit && seen.insert(factor).inserted {
        guard let next = try? Derivation(of: factor, in: state, digits: digits) else { continue }
        visit(next, level + 1)
      }
    }
    visit(self, 0)
    return result
  }
}
