import Diagnosis
import Engine
import Formats
import Notation

// Why an assertion fails, a line for each reason.
extension Answer {
  /// Says why a claim or an expectation fails: the conditions under which it holds, or else the nearest one that holds always,
  /// or else the slips that give the numbers that were typed.
  mutating func give(_ reasons: [Reason], for claim: Claim, in session: Session) {
    guard reasons.isEmpty else {
      give(reasons)
      // That it holds for one sample is half of the reason: how it would hold for more is the other.
      let samples = Trial.search(repairsOf: claim, in: session, at: session.timeline.state) { $0.new.isOverBatch }
      if !samples.found.isEmpty { giveMends(samples.found) }
      return
    }
    let (repairs, tried) = Trial.search(repairsOf: claim, in: session, at: session.timeline.state)
    guard !repairs.isEmpty else {
      if let (edited, condition) = Trial.turned(claim, in: session, at: session.timeline.state) {
        let behind = condition.words(behind: session.timeline.state)
        lines.append(
          "\(edited.mistake.name): it holds with the opposite sign, \(edited.new) in place of \(edited.old), \(behind)")
        fields.append(JSONMember("diagnosis", .array([.string(edited.mistake.title)])))
        return
      }
      let said = lines.count
      explain(session.compared(in: claim), in: session)
      // Of numbers that somebody has there are too many ways to come by to say that.
      let isOfFormulas = !claim.isExpected && claim.left.halfUnits == nil && claim.right.halfUnits == nil
      let mistakes = session.timeline.experiment.network.mistakes()
      if isOfFormulas, lines.count == said, !mistakes.isEmpty {
        lines.append("a mistake is on, by which other numbers are computed: \(mistakes.joined(separator: ", "))")
      } else if isOfFormulas, lines.count == said, tried > 0 {
        let words: Text = "no slip explains it, of \(tried) that were tried"
        lines.append(words)
        unexplained = words
      }
      return
    }
    giveMends(repairs)
  }

  private mutating func giveMends(_ repairs: [Repair.Edited]) {
    lines += repairs.map(\.words)
    fields.append(JSONMember("diagnosis", .array(repairs.map { .string($0.mistake.title) })))
    fields.append(JSONMember("mended", .array(repairs.map { .string("\($0.claim.left) = \($0.claim.right)") })))
  }

  /// Says under which conditions it holds.
  mutating func give(_ reasons: [Reason]) {
    guard !reasons.isEmpty else { return }
    lines += reasons.map(\.words)
    fields.append(JSONMember("reasons", .array(reasons.map { .string($0.words.description) })))
  }

  /// Says of each quantity that mistakes in the code make wrong, and that follows from none, what gives its numbers, the first
  /// before the others.
  mutating func explainEach(of compared: Compared?, in session: Session) {
    guard let compared else { return }
    giveForms(of: compared, in: session)
    let network = session.timeline.experiment.network
    let faults = compared.departures.filter { if case .follows = $0.cause { false } else { true } }
    var names: [String] = []
    for (place, fault) in faults.enumerated() {
      let cause = CompareWords(fault.numbers, among: compared, in: session).words(of: fault)
      if place > 0 { lines.append(cause) }
      if let found = fault.found, !found.explanations.isEmpty, found.chance < 1e-3 {
        lines += ExplanationWords(fault, session).lines
        names += found.names
      } else if fault.isFault, let own = network.alteration(of: fault.numbers.quantity), let formula = own.words {
        // Its formula is known, whether or not it is one of those that people have by a slip.
        let right = own.rightFormula(in: network).map { "\($0)" } ?? ""
        lines.append("\(own.name.isEmpty ? "a mistake of your own" : own.name): given is \(formula), right is \(right)")
      }
      if place == 0, faults.count > 1 { lines.append(cause) }
    }
    if !names.isEmpty { fields.append(JSONMember("diagnosis", .array(names.map(JSONValue.string)))) }
  }

  /// Says what is right in another form than here.
  private mutating func giveForms(of compared: Compared, in session: Session) {
    for numbers in compared.right {
      guard let form = numbers.form(at: session.timeline.state) else { continue }
      lines.append("\(numbers.quantity.name) is \(form)")
    }
  }

  /// Says which slips give wrong numbers, those that depart first before others.
  mutating func explain(_ compared: Compared?, in session: Session) {
    if let compared { giveForms(of: compared, in: session) }
    // So few digits that one of the slips may fit them by chance tell nothing.
    let faults =
      compared?.departures.filter { $0.found.map { !$0.explanations.isEmpty && $0.chance < 1e-3 } ?? false } ?? []
    for fault in faults { lines += ExplanationWords(fault, session).lines }
    if let first = faults.first { fields += ExplanationWords(first, session).fields }
  }
}

extension Expression {
  /// Whether it is a sum, or a mean, over the samples of the batch.
  fileprivate var isOverBatch: Bool { if case .fold(_, Fold.overBatch, _, _) = kind { true } else { false } }
}

extension Repair.Edited {
  /// `untransposed-weight: it holds here and in 12 draws with w2[k,j] in place of w2[j,k]`
  var words: Text {
    let name: Text = mistake.name.isEmpty ? "" : "\(mistake.name): "
    return "\(name)it holds here and in \(Trial.drawsOfAReason) draws with \(new) in place of \(old)"
  }
}

extension Session {
  /// The numbers that were typed for a quantity, or for one element of it, held against it; nil of a claim that is none of
  /// these.
  fileprivate func compared(in claim: Claim) -> Compared? {
    guard claim.condition == nil, claim.substitutions.isEmpty else { return nil }
    for (side, typed) in [(claim.left, claim.right), (claim.right, claim.left)] where typed.halfUnits != nil {
      let (base, indices) = if case .element(let base, let indices) = side.kind { (base, indices) } else { (side, []) }
      guard case .name(let name, version: nil) = base.kind, let quantity = Quantity.named(name),
        let kept = Optional(quantity.kept(in: timeline.experiment.network)), let shape = timeline.state.shape(of: kept),
        let value = try? value(of: typed)
      else { continue }
      let numbers =
        indices.isEmpty
        ? value.hasShape(of: Matrix(rows: shape.rows, columns: shape.columns))
          || value.transposed.hasShape(of: Matrix(rows: shape.rows, columns: shape.columns))
          ? (try? foreign(typed, for: kept, givenTo: side))?.numbers.first : nil
        : foreign(value, typed.slack(of: value), for: kept, at: indices)
      guard let numbers else { continue }
      var compared = Compared()
      compared.take([numbers], on: timeline)
      return compared
    }
    return nil
  }
}
