import Diagnosis
import Engine
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
    let more = found.explanations.count - ExplanationWords.mostTold
    let odds: Text =
      found.chance > 1e-4
      ? "so few digits may fit one of the \(found.tried) slips that were tried by chance: give more of them" : ""
    return found.explanations.prefix(ExplanationWords.mostTold).map(words(of:)) + numbers
      + (more > 0 ? ["and \(counted(more, "other")) would give the same"] : []) + telling(found)
      + (odds.isEmpty ? [] : [odds])
  }

  /// The number that shows it the most by both formulas of the first, with the numbers in them.
  private var numbers: [Text] {
    guard let sides = departure.sides, let (wrong, right) = sides.derivations(digits: session.digits) else { return [] }
    let element = sides.element
    let slot = element.sample ?? (state.batch.count > 1 && element.quantity.kind.isOfSample ? state.selected : nil)
    let sample: Text = slot.map { " of sample \($0 + 1)" } ?? ""
    func text(_ derivation: Derivation) -> Text {
      let formula = derivation.lines.last?.content.text ?? ""
      let value = significant(derivation.value, digits: session.digits)
      return formula.isEmpty ? Text(verbatim: value) : "\(formula) = \(value)"
    }
    let place = element.quantity.name + element.indices(in: state.worked)
    return ["\(place)\(sample): \(text(wrong)) as given, \(text(right)) right"]
  }

  /// What would tell several explanations apart.
  private func telling(_ found: Explanation.Found) -> [Text] {
    guard found.explanations.count > 1 else { return [] }
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

  /// `missing-derivative: the activation's derivative is left out; dw2[k,j] = … as given, … is right`
  private func words(of explanation: Explanation) -> Text {
    let name: Text = explanation.mistakes.contains { !$0.name.isEmpty } ? "\(explanation.name): " : ""
    let meanings = explanation.distinct.map(\.mistake.meaning).joined(separator: ", and ")
    var formulas: [Text] = explanation.before.compactMap { form -> Text? in
      guard let wrong = form.formula else { return nil }
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
