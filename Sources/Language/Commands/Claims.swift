import Engine
import Notation

extension Session {
  /// `claim EXPR = EXPR [where COND] [with QUANTITY = EXPR]`
  func claim(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    guard !arguments.isAtEnd else { throw arguments.failure("an equation was expected here") }
    let claim = try arguments.parse { parser throws(SyntaxError) in try parser.claim() }
    let tried = try with(claim.substitutions)
    let scope = tried.scope
    do throws(EvaluationError) {
      var answer = answer(to: claim, try claim.evaluate(in: scope))
      answer.warnings = claim.lints(in: scope).map(\.message)
      return answer
    } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? claim.left.range.lowerBound)
    }
  }

  /// How a claim's comparison reads.
  func answer(to claim: Claim, _ agreement: Agreement) -> Answer {
    let text = "\(claim.left) = \(claim.right)" + (claim.condition.map { " where \($0)" } ?? "")
    let verdict = Verdict(holds: agreement.holds, worst: agreement.shapes == nil ? agreement.worst : nil)
    if let shapes = agreement.shapes {
      return Answer(
        ["fails: \(text): the left side is \(shapes.left), the right side \(shapes.right)"], verdict: verdict)
    }
    if agreement.count == 0 {
      return Answer(["holds: \(text), for no element: the condition is never fulfilled"], verdict: verdict)
    }
    let elements = Session.count(agreement.count, "element")
    let error = "largest error \(writing.error(agreement.worst))"
    guard let wrong = agreement.firstWrong else {
      return Answer(["holds: \(text), \(elements), \(error)"], verdict: verdict)
    }
    let sides = Comparison.apart(wrong.left, wrong.right, writing).joined(separator: " against ")
    var place = wrong.indices.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    if let element = wrong.element {
      place += (place.isEmpty ? "" : ", ") + "[\(element.row),\(element.column)]"
    }
    let first = agreement.count == 1 ? sides : "\(agreement.wrongCount) wrong, the first at \(place): \(sides)"
    return Answer(["fails: \(text), \(elements), \(error); \(first)"], verdict: verdict)
  }

  /// The session as it would be with some quantities set: the steps of this iteration are taken again.
  private func with(_ substitutions: [Claim.Substitution]) throws(CommandError) -> Session {
    guard !substitutions.isEmpty else { return self }
    var tried = self
    let place = timeline.place
    for substitution in substitutions {
      let value = try tried.value(of: substitution.value)
      var line = tried.timeline
      // Set at the iteration's beginning, so that what was computed since is computed with it.
      let beginning = Place(iteration: place.iteration, operation: 1)
      if place > beginning { line.move(to: beginning) }
      tried.content.timeline = line
      try tried.put(value, into: substitution.quantity, from: substitution.value.range.lowerBound)
      tried.content.timeline.move(to: place)
    }
    return tried
  }
}
