import Diagnosis
import Engine
import Formats
import Notation

extension Session {
  /// `claim [always [seed=N]] EXPR = EXPR [where COND] [with QUANTITY = EXPR]`
  mutating func claim(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let isAlways = arguments.accept("always")
    let seed = isAlways ? try Session.seed(&arguments) : nil
    guard !arguments.isAtEnd else { throw arguments.failure("an equation was expected here") }
    var claim = try arguments.parse { parser throws(SyntaxError) in try parser.claim() }
    let column = arguments.column
    claim.tolerance = try tolerance(&arguments)
    if claim.tolerance == .digits { try Session.requireDigits(claim.left, claim.right, at: column) }
    let (draws, typed) = (isAlways ? seed ?? 1 : nil, claim)
    return .look { session throws(CommandError) in
      let answer = try session.verdict(on: typed, seed: draws)
      session.beginDerivation(with: typed, seed: draws, judged: answer)
      return answer
    }
  }

  /// The verdict on what is claimed always: proved, refuted or tested, with the doubles of the draws of a seed beside it.
  func verdictAlways(on claim: Claim, seed: Int) throws(CommandError) -> Answer {
    var answer: Answer
    let place = standingWhereComputed(claim)
    do throws(CommandError) { answer = try Trial(claim, in: place, seed: seed).answer() } catch {
      try CommandError.heedStopSign()
      throw Trial.repairs(of: claim, in: place, at: place.timeline.state).first.map { error.adding($0.words) } ?? error
    }
    let state = place.timeline.state
    if state.place != timeline.place, let verdict = answer.verdict {
      answer = answer.asserting(verdict.adding("; taken after \(state.stepInWords)"))
    }
    answer.warnings = claim.lints(in: scope).map(\.message)
    return answer
  }

  /// The session where this iteration has computed all that a claim reads, the end of the first phase of which that is so: what
  /// is claimed always is claimed of no place. Here, where that is so already, or nowhere.
  private func standingWhereComputed(_ claim: Claim) -> Session {
    let state = timeline.state
    guard !state.isAtEnd, timeline.experiment.obstacle == nil, !isComputed(claim) else { return self }
    for phase in [Phase.forward, .backward, .update] {
      let end = timeline.endOfNext(phase)
      guard end.iteration == state.place.iteration else { continue }
      var later = self
      later.content.timeline.move(to: end)
      if later.isComputed(claim) { return later }
    }
    return self
  }

  private func isComputed(_ claim: Claim) -> Bool {
    do throws(EvaluationError) {
      _ = try claim.evaluate(in: scope, maximumWork: Trial.mostWork)
      return true
    } catch { return !error.isNotComputed }
  }

  /// The verdict on a claim here.
  func verdict(on claim: Claim) throws(CommandError) -> Answer {
    let tried = claim.substitutions.isEmpty ? self : try standing(on: timeline.atBeginningOfIteration, claim)
    let agreement: Agreement
    do throws(CommandError) { agreement = try tried.agreement(on: claim) } catch {
      // What has no value as it stands may be one edit away from what has.
      throw Trial.repairs(of: claim, in: self, at: tried.timeline.state).first.map { error.adding($0.words) } ?? error
    }
    var answer = self.answer(to: claim, agreement)
    if !agreement.holds { tried.sayWhatTypingExplains(of: claim, in: &answer) }
    answer.fields = agreement.fields
    if !agreement.holds, claim.sign == .near || claim.sign == .equal {
      answer.give(Trial.reasons(for: claim, in: self, at: tried.timeline.state), for: claim, in: self)
    }
    answer.warnings = claim.lints(in: scope).map(\.message)
    return answer
  }

  /// `seed=N` before a claim that holds always.
  private static func seed(_ arguments: inout Arguments) throws(CommandError) -> Int? {
    guard let word = arguments.peek, let setting = SettingWord(word), setting.name == "seed" else { return nil }
    _ = arguments.accept(word.text)
    return try Arguments.integer(setting.value, "a seed", in: 0...Int(Int32.max))
  }

  /// Both sides compared here.
  func agreement(
    on claim: Claim, maximumWork: Int? = nil, leavingOutUndefined: Bool = false, prepared: PreparedClaim? = nil
  ) throws(CommandError) -> Agreement {
    let agreement: Agreement
    do throws(EvaluationError) {
      agreement = try claim.evaluate(
        in: scope, maximumWork: maximumWork, leavingOutUndefined: leavingOutUndefined, prepared: prepared)
    } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? claim.left.range.lowerBound)
    }
    if agreement.count + agreement.undefinedCount == 0, agreement.shapes == nil, claim.condition == nil {
      let why: Text = timeline.experiment.obstacle ?? "its indices run over no element here"
      throw CommandError("this claim has nothing to compare: \(why)", at: claim.left.range.lowerBound)
    }
    return agreement
  }

  /// What a claim reads like, without `with`.
  static func text(of claim: Claim) -> String {
    let sign = claim.isExpected ? claim.sign.rawValue : "="
    return "\(claim.left) \(sign) \(claim.right)" + (claim.condition.map { " where \($0)" } ?? "")
  }

  /// Says at the end of a claim that failed, where that is so, that the digits which were typed are right.
  private func sayWhatTypingExplains(of claim: Claim, in answer: inout Answer) {
    guard claim.tolerance == nil, claim.sign == .near, let half = claim.coarsestHalfUnit,
      let agreement = try? claim.evaluate(in: scope, allowingForDigits: true), agreement.holds,
      let verdict = answer.verdict
    else { return }
    answer = answer.asserting(verdict.adding(Comparison.digitsAreRight(half)))
  }

  /// How a claim's comparison reads.
  func answer(to claim: Claim, _ agreement: Agreement) -> Answer {
    let text = Session.text(of: claim)
    if let shapes = agreement.shapes {
      let hint = transposedHint(claim.left, claim.right, (shapes.left, shapes.right))
      return Answer(
        Verdict(holds: false, "\(text): the left side is \(shapes.left), the right side \(shapes.right)\(hint)"))
    }
    func answer(_ statement: Text) -> Answer {
      Answer(Verdict(holds: agreement.holds, statement, worst: agreement.worst))
    }
    if agreement.count == 0 { return answer("\(text), for no element: the condition is never fulfilled") }
    let elements = counted(agreement.count, "element")
    var error: Text =
      claim.sign == .near || claim.sign == .equal ? "largest error \(writing.error(agreement.worst))" : "each of them"
    if let tolerance = claim.tolerance { error += ", within \(tolerance.words)" }
    guard let wrong = agreement.firstWrong else { return answer("\(text), \(elements), \(error)") }
    return answer("\(text), \(elements), \(error); \(first(wrong, of: agreement))")
  }

  /// `2 wrong, the first at k=1, j=2: 0.5 against 0.25`
  func first(_ wrong: Agreement.Difference, of agreement: Agreement) -> Text {
    let sides = Comparison.against(wrong.left, wrong.right, writing)
    guard agreement.count > 1 else { return sides }
    var place = wrong.indices.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    if let element = wrong.element {
      place += (place.isEmpty ? "" : ", ") + "[\(element.row),\(element.column)]"
    }
    return "\(agreement.wrongCount) wrong, the first at \(place): \(sides)"
  }

  /// The session as it would be at this place if its iteration had begun as on `line`, with what `with` says and a
  /// condition met: the steps are taken again from there.
  func standing(
    on line: Timeline, _ claim: Claim? = nil, meeting condition: Condition? = nil
  ) throws(CommandError) -> Session {
    try CommandError.heedStopSign()
    var tried = self
    tried.content.timeline = line
    for substitution in claim?.substitutions ?? [] { try tried.substitute(substitution) }
    condition?.meet(in: &tried.content.timeline)
    tried.content.timeline.move(to: timeline.place)
    return tried
  }

  /// Sets a quantity at the iteration's beginning; inputs and targets in every sample of the batch, each from its own.
  private mutating func substitute(_ substitution: Claim.Substitution) throws(CommandError) {
    let state = timeline.state
    let base = if case .element(let base, _) = substitution.quantity.kind { base } else { substitution.quantity }
    let isOfSample = base.names.first.flatMap(Quantity.named)?.kind.isOfSample ?? false
    var made: [(sample: Int, assignment: Assignment)] = []
    for slot in isOfSample ? Array(state.batch.indices) : [state.selected] where state.batch.indices.contains(slot) {
      content.timeline.select(slot)
      let assignment = try assignment(
        of: try value(of: substitution.value, givenTo: substitution.quantity), to: substitution.quantity,
        from: substitution.value.range.lowerBound)
      made.append((state.batch[slot], assignment))
    }
    content.timeline.select(state.selected)
    try change(at: substitution.quantity.range.lowerBound) { experiment, parameters throws(CommandError) in
      for (sample, assignment) in made { assignment.make(in: &experiment, &parameters, sample: sample) }
    }
  }
}

extension Agreement {
  /// What was compared, for programs: how many elements, and the first that does not agree.
  fileprivate var fields: [JSONMember] {
    guard shapes == nil else { return [] }
    let fields = [
      JSONMember("elements", .number(Double(count))), JSONMember("wrong", .number(Double(wrongCount))),
    ]
    return fields + (firstWrong?.fields ?? [])
  }
}

extension Agreement.Difference {
  /// Where it is, and both sides, for programs.
  var fields: [JSONMember] {
    var place = indices.map { JSONMember($0.name, .number(Double($0.value))) }
    if let element {
      place += [JSONMember("row", .number(Double(element.row))), JSONMember("column", .number(Double(element.column)))]
    }
    return [
      JSONMember("at", .object(place)), JSONMember("left", .number(left)), JSONMember("right", .number(right)),
    ]
  }
}
