import Diagnosis
import Engine
import Formats
import Notation

/// How the reasons read that were found for wrong numbers.
struct ExplanationWords {
  private let departure: Departure
  private let session: Session
  private var state: State { session.timeline.state }

  /// The most explanations that are told.
  private static let mostTold = 5

  init(_ departure: Departure, _ session: Session) { (self.departure, self.session) = (departure, session) }

  /// The slips that give what was given, or that none of those tried does; nothing of what follows from another.
  var lines: [Text] {
    guard let found = departure.found else { return [] }
    guard !found.explanations.isEmpty else {
      let rest: Text = found.left == 0 ? "" : "; more would have taken too long"
      return found.tried == 0
        ? [] : ["no slip, and no two, of the \(found.tried) that were tried gives these numbers\(rest)"]
    }
    let kinds = kinds(of: found.explanations)
    let more = kinds.dropFirst(ExplanationWords.mostTold).reduce(0) { $0 + $1.count }
    return kinds.prefix(ExplanationWords.mostTold).map(words(of:)) + numbers
      + (more > 0 ? ["and \(counted(more, "other")) would give the same"] : []) + telling(found)
      + [odds(of: found)]
  }

  /// How well chance would do: as many formulas as were tried, each of which may come to so many digits.
  private func odds(of found: Explanation.Found) -> Text {
    guard found.chance <= 1e-4 else {
      return "so few digits may fit one of the \(found.tried) slips that were tried by chance: give more of them"
    }
    // What is smaller than any double is said to be as small as the smallest.
    let exponent = Int(Double(-max(found.chance, .leastNormalMagnitude).exponent) * 0.30103)
    return "by chance one of the formulas that were tried fits so well 1 time in 10^\(exponent)"
  }

  /// The explanations, those together that take one rule or another for the right one: the first is told, and of the others
  /// whose rule it is.
  private func kinds(of all: [Explanation]) -> [[Explanation]] {
    all.reduce(into: []) { kinds, explanation in
      let own = sources(of: explanation)
      let place = kinds.firstIndex { !own.isEmpty && $0[0].name == explanation.name && !sources(of: $0[0]).isEmpty }
      if let place { kinds[place].append(explanation) } else { kinds.append([explanation]) }
    }
  }

  /// Whose rules its slips take for the right ones'.
  private func sources(of explanation: Explanation) -> [String] {
    explanation.distinct.flatMap { explanation.sources(of: $0.mistake, at: state) }
  }

  /// One explanation, with the rules by which others come to the same.
  private func words(of kind: [Explanation]) -> Text {
    let first = sources(of: kind[0])
    let others = kind.dropFirst().flatMap(sources).reduce(into: [String]()) { all, name in
      if !all.contains(name), !first.contains(name) { all.append(name) }
    }
    let words = words(of: kind[0])
    return others.isEmpty ? words : "\(words); that of \(others.joined(separator: ", ")) gives the same here"
  }

  /// The same for programs: what the slips are called, each once, the formulas of the likeliest, and the odds.
  var fields: [JSONMember] {
    guard let found = departure.found else { return [] }
    var fields = [JSONMember("diagnosis", .array(found.names.map(JSONValue.string)))]
    if let first = found.explanations.first, let formulas = first.formulas(in: state.worked) {
      let both = [JSONMember("given", .string(formulas.wrong)), JSONMember("right", .string(formulas.right))]
      fields.append(JSONMember("formulas", .object(both)))
    }
    return fields + [JSONMember("tried", .number(Double(found.tried)))]
      + (found.explanations.isEmpty ? [] : [JSONMember("chance", .number(found.chance))])
  }

  /// The number that shows it the most by both formulas of the first, with the numbers in them.
  private var numbers: [Text] {
    guard let sides = departure.sides, let (wrong, right) = sides.derivations(digits: session.digits) else { return [] }
    let element = sides.element
    let slot = element.sample ?? (state.batch.count > 1 && element.quantity.kind.isOfSample ? state.selected : nil)
    let sample: Text = slot.map { " of sample \($0 + 1)" } ?? ""
    func text(_ derivation: Derivation) -> Text {
      // What another formula than the page's gives is not said by that.
      let formula = derivation.check == .other ? "" : derivation.lines.last?.content.text ?? ""
      let value = significant(derivation.value, digits: session.digits)
      return formula.isEmpty ? Text(verbatim: value) : "\(formula) = \(value)"
    }
    let place = element.quantity.name + element.indices(in: state.worked)
    let beside: Text =
      switch departure.company {
      case nil: ""
      case .numbers(let wrong): " with \(names(wrong)) as \(wrong.count == 1 ? "it was" : "they were" as Text) given"
      case .slips(let wrong):
        " with \(names(wrong)) as \(wrong.count == 1 ? "it is" : "they are" as Text) computed there"
      }
    return ["\(place)\(sample): \(text(wrong)) as given, \(text(right)) right\(beside)"]
  }

  private func names(_ quantities: [Quantity]) -> String { quantities.map(\.name).joined(separator: ", ") }

  /// What would tell several explanations apart.
  private func telling(_ found: Explanation.Found) -> [Text] {
    guard kinds(of: found.explanations).count > 1 else { return [] }
    switch found.telling {
    case .unknown: return []
    case .nowhere(nil): return ["nothing that the data has tells these apart"]
    case .nowhere(let iterations?):
      return ["nothing in the next \(counted(iterations, "iteration")) tells these apart"]
    case .there(let place):
      let sample: Text = place.sample.map { "sample \($0)" } ?? "the batch"
      let these: Text = place.isAll ? "these" : "some of these"
      let when: Text = place.iteration == state.iteration ? "" : ", in iteration \(place.iteration)"
      return ["\(sample) would tell \(these) apart\(when)"]
    }
  }

  /// What a slip is, and of whose rule where it is one of several.
  private func meaning(of mistake: Mistake, in explanation: Explanation) -> Text {
    let sources = explanation.sources(of: mistake, at: state)
    return sources.isEmpty ? mistake.meaning : "\(mistake.meaning) (\(sources.joined(separator: ", ")))"
  }

  /// `missing-derivative: the activation's derivative is left out; dw2[k,j] = … as given, … is right`
  private func words(of explanation: Explanation) -> Text {
    let name: Text = explanation.mistakes.contains { !$0.name.isEmpty } ? "\(explanation.name): " : ""
    let meanings = explanation.distinct.map { meaning(of: $0.mistake, in: explanation) }.joined(separator: ", and ")
    var formulas: [Text] = explanation.before.compactMap { form -> Text? in
      guard let wrong = form.words else { return nil }
      return "given is \(wrong), right is \(form.rightFormula(in: state.worked).map { "\($0)" } ?? "")"
    }
    if let wrong = explanation.wrong, wrong.expression != explanation.right.expression {
      formulas.append("given is \(wrong.subject) = \(wrong.expression), right is \(explanation.right.expression)")
    }
    if let said = explanation.said {
      formulas.append("given is \(said), right is \(explanation.right.subject) = \(explanation.right.expression)")
    }
    if let form = explanation.form { formulas.append("\(form.words(state))") }
    let whose: Text =
      explanation.samples.map { ": sample \($0.map { String($0 + 1) }.joined(separator: ", ")) of the batch" } ?? ""
    let when: Text = explanation.iteration.map { ", in iteration \($0)" } ?? ""
    return formulas.reduce("\(name)\(meanings)\(when)\(whose)") { "\($0); \($1)" }
  }
}
