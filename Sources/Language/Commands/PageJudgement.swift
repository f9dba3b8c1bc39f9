import Diagnosis
import Engine
import Notation

/// An equality of a page, judged.
struct JudgedEquality {
  /// Where it stands: its right side, the relation before it included.
  var range: Range<Int>
  /// The verdict.
  var verdict: Verdict
  /// The equality in the session's language; nil where it is not understood.
  var claim: Claim?
  /// What else is to be said of it: why it fails, what mends it, what the page leaves unsaid.
  var remarks: [Text] = []
  /// The remark that no slip explains it; nil where none says so.
  var unexplained: Text?
  /// Whether an edit that mends it is among what is said.
  var isMended = false
  /// The number of the side of its chain whose slip it undoes; nil where it follows from the one before.
  var undoes: Int?

  /// The verdicts that an equality of a page can get, the worst last.
  enum Verdict: String, CaseIterable {
    case proved, tested
    case notUnderstood = "not understood"
    case refuted
  }
}

/// Judges what a page states, side by side, each against the one before.
struct PageJudge {
  private var reading: Page.Reading
  /// The session before any weight is updated, and behind the update.
  private let (before, after): (Session, Session)

  /// - Throws: where the session has no network that can take a step.
  init(_ reading: Page.Reading, in session: Session, at column: Int) throws(CommandError) {
    self.reading = reading
    if let obstacle = session.timeline.experiment.obstacle { throw CommandError(obstacle, at: column) }
    var before = session
    before.showsDraws = false
    // The iteration that is on show, at the end of its backward pass.
    before.content.timeline = session.timeline.atBeginningOfIteration
    before.content.timeline.move(to: before.content.timeline.endOfNext(.backward))
    var after = before
    after.content.timeline.move(to: after.content.timeline.endOfNext(.update))
    (self.before, self.after) = (before, after)
  }

  /// Whether more of the equalities under a heading fail than with another judge; the other is not asked where none does.
  func failures(inPart part: Int, moreThan other: PageJudge) -> Bool {
    func failures(_ judge: PageJudge) -> Int {
      var judge = judge
      return (0..<reading.count).filter { reading.part(of: $0) == part }.reduce(0) { total, number in
        total + judge.judge(statement: number).equalities.count { [.refuted, .notUnderstood].contains($0.verdict) }
      }
    }
    let own = failures(self)
    return own > 0 && own > failures(other)
  }

  /// The equalities of a statement, of one about any layer those of all layers together, and how it was read.
  mutating func judge(statement number: Int) -> (equalities: [JudgedEquality], read: ReadStatement?) {
    guard reading.isOfAnyLayer(number) else {
      let read = reading.statement(number, in: before.scope)
      return (read.map { judgeDefinition($0) } ?? [], read)
    }
    var all: [JudgedEquality] = []
    var layers: [Int] = []
    var read: ReadStatement?
    for layer in 1...max(before.timeline.experiment.network.layers.count, 1) {
      guard let statement = reading.statement(number, in: before.scope, running: layer) else { continue }
      layers.append(layer)
      read = read ?? statement
      let judged = judgeDefinition(statement)
      all = all.isEmpty ? judged : zip(all, judged).map { $1.isWorse(than: $0) ? $1.tellingLayer(layer) : $0 }
    }
    guard !all.isEmpty else {
      let why: Text = "this network has too few layers for it"
      return ([JudgedEquality(range: reading.place(of: number), verdict: .notUnderstood, remarks: [why])], nil)
    }
    if layers.count > 1 {
      let list = layers.map(String.init).joined(separator: ", ")
      for index in all.indices where all[index].verdict == .proved { all[index].remarks.append("for l = \(list)") }
    }
    return (all, read)
  }

  /// The equalities of a statement. Where it defines a gradient otherwise than is usual, that letter is not understood from
  /// there on.
  private mutating func judgeDefinition(_ statement: ReadStatement) -> [JudgedEquality] {
    var judged = judge(statement)
    guard let letter = statement.usualGradient, let first = judged.first, first.verdict == .refuted,
      let usual = first.claim?.left
    else { return judged }
    reading.redefine(letter)
    judged[0] = JudgedEquality(
      range: first.range, verdict: .notUnderstood,
      remarks: ["\(letter) is usually what \(usual) is here, and this is something else; let says what it is"])
    return judged
  }

  /// Each side of a statement against the one before that is understood.
  private func judge(_ statement: ReadStatement) -> [JudgedEquality] {
    let session = statement.isOfUpdate ? after : before
    var judged: [JudgedEquality] = []
    var derivation: ClaimedDerivation?
    var last: Expression?
    var complaint: SyntaxError?
    for (index, side) in statement.sides.enumerated() {
      let range = statement.places[index]
      switch side {
      case .failure(let error):
        // One complaint for each side that is not understood.
        if index > 0 || statement.sides.count == 1 { judged.append(.init(notUnderstood: error, range)) }
        complaint = error
      case .success(let expression):
        defer { last = expression }
        guard index > 0 else { continue }
        guard statement.areEqual[index] else {
          judged.append(
            .init(
              notUnderstood: SyntaxError("only equalities are judged", at: range.lowerBound..<range.lowerBound + 1),
              range))
          continue
        }
        guard let before = last else {
          if let complaint, index == 1 { judged.append(.init(notUnderstood: complaint, range)) }
          continue
        }
        var (one, going) = judge(expression, after: before, derivation, statement, session)
        one.range = range
        derivation = going
        judged.append(one)
      }
    }
    return judged
  }

  /// A side against what stands before it, under the conditions that it holds under.
  private func judge(
    _ side: Expression, after before: Expression, _ derivation: ClaimedDerivation?, _ statement: ReadStatement,
    _ session: Session
  ) -> (JudgedEquality, ClaimedDerivation?) {
    var claim = Claim(before, side)
    claim.goesOn = derivation != nil
    if let condition = statement.condition, derivation == nil { claim = claim.restricted(to: condition) }
    var first = trial(of: claim, after: derivation, in: session)
    let narrower = first.verdict == .refuted ? narrower(claim, statement, in: session) : []
    if first.verdict == .refuted {
      for (narrower, words) in narrower {
        // Only what holds in some draws is worth a verdict with its reasons.
        let whole = derivation?.claim(ofNext: narrower, in: session.scope) ?? narrower
        guard let some = try? Trial(whole, in: session, seed: PageJudge.seed), some.holdsInDraws(nil) else { continue }
        let other = trial(of: narrower, after: derivation, in: session)
        guard other.verdict == .proved else { continue }
        first = other
        first.remarks = [words]
        break
      }
    }
    if first.verdict == .refuted, !first.isMended {
      // One edit may mend what holds only under a condition.
      for (narrower, words) in narrower {
        let whole = derivation?.claim(ofNext: narrower, in: session.scope) ?? narrower
        guard let mend = Trial.repairs(of: whole, in: session, at: session.timeline.state).first else { continue }
        // Under the condition a slip does explain it.
        first.remarks.removeAll { $0 == first.unexplained }
        first.remarks.append(mend.words + ", " + words)
        break
      }
    }
    if first.verdict == .refuted, let here = here(claim, in: session) { first = here }
    var going = derivation
    let line = ClaimedDerivation.Line(
      first.claim ?? claim, side: side, holds: first.verdict != .refuted, word: first.verdict.rawValue,
      undoes: first.undoes)
    if going == nil { going = ClaimedDerivation(line, seed: PageJudge.seed) } else { going?.append(line) }
    return (first, going)
  }

  private static let seed = 1

  /// A claim's verdict by itself or behind a derivation.
  private func trial(
    of claim: Claim, after derivation: ClaimedDerivation?, in session: Session
  ) -> JudgedEquality {
    let range = claim.right.range
    do throws(CommandError) {
      let judged: (claim: Claim, answer: Answer, undoes: Int?)
      if let derivation {
        judged = try session.judge(claim, after: derivation)
      } else {
        judged = (claim, try session.verdict(on: claim, seed: PageJudge.seed), nil)
      }
      let verdict: JudgedEquality.Verdict =
        switch judged.answer.verdict?.grade {
        case .proved: .proved
        case .tested: .tested
        case .refuted: .refuted
        // A condition that leaves out all at these sizes refutes nothing.
        case nil: judged.answer.hasFailed && !judged.answer.isUnproved ? .refuted : .tested
        }
      var remarks = judged.answer.lines
      // The first line says the claim again.
      if verdict == .proved { remarks = judged.undoes == nil ? [] : ["from before a slip above, which it undoes"] }
      if verdict == .refuted { remarks.removeFirst() }
      remarks += judged.answer.warnings.map { "warning: \($0)" }
      let isMended = judged.answer.fields.contains { $0.key == "mended" }
      return JudgedEquality(
        range: range, verdict: verdict, claim: judged.claim, remarks: remarks, unexplained: judged.answer.unexplained,
        isMended: isMended, undoes: judged.undoes)
    } catch {
      // What has no value at these sizes is a slip where one edit gives it one; else it may be read in the wrong way.
      let isSlip =
        (try? claim.freeIndices(in: session.scope)) == nil
        || !Trial.repairs(of: claim, in: session, at: session.timeline.state).isEmpty
      return JudgedEquality(
        range: range, verdict: isSlip ? .refuted : .notUnderstood, claim: claim,
        remarks: ["it has no value here: \(error.message)"], isMended: isSlip)
    }
  }

  /// A claim of the numbers here, which it gives to so many digits: it need not hold always.
  private func here(_ claim: Claim, in session: Session) -> JudgedEquality? {
    guard claim.left.holdsDecimals || claim.right.holdsDecimals else { return nil }
    var claim = claim
    claim.tolerance = claim.left.halfUnits != nil || claim.right.halfUnits != nil ? .digits : .value(1e-6)
    guard let answer = try? session.verdict(on: claim), !answer.hasFailed else { return nil }
    return JudgedEquality(
      range: claim.right.range, verdict: .tested, claim: claim, remarks: ["with the numbers of this session"])
  }

  /// A claim under each condition that a page may leave unsaid, and what is to be said where it holds under it.
  private func narrower(_ claim: Claim, _ statement: ReadStatement, in session: Session) -> [(Claim, Text)] {
    var found: [(Claim, Text)] = []
    if claim.condition == nil {
      for condition in statement.proseConditions {
        found.append((claim.restricted(to: condition), "where \(condition), as the text beside it says"))
      }
      if let free = try? claim.freeIndices(in: session.scope), free.count > 1 {
        for (place, one) in free.enumerated() {
          for other in free[(place + 1)...] {
            let condition = Expression(.binary(.unequal, .name(one), .name(other)))
            found.append((claim.restricted(to: condition), "where \(condition), which the page does not say"))
          }
        }
      }
    }
    let experiment = session.timeline.experiment
    let target = Expression.name(Quantity.Kind.y.name)
    if experiment.network.loss.rule.targets == .distribution {
      let sum = Expression(.call(Fold.sum.rawValue, isDerivative: false, [target]))
      found.append(
        (
          claim.setting(target, to: Expression(.binary(.over, target, sum))),
          "where the targets sum to 1, which it needs"
        ))
    }
    if experiment.network.optimizer.rate != 1 {
      found.append((claim.setting(.name(Quantity.Kind.rate.name), to: .number(1)), "at rate 1, which it needs"))
    }
    return found
  }
}

extension Expression {
  /// Whether a number with decimals stands in it, as nothing but a value at some place has.
  fileprivate var holdsDecimals: Bool {
    if case .number(let literal) = kind { return literal.decimals > 1 }
    return children.contains(where: \.holdsDecimals)
  }
}

extension Answer {
  /// Whether it says why something is not proved, and nothing against it.
  fileprivate var isUnproved: Bool { fields.contains { $0.key == "unproved" } }
}

extension JudgedEquality {
  /// An equality with a side that is not understood.
  fileprivate init(notUnderstood error: SyntaxError, _ range: Range<Int>) {
    self.init(range: error.range.isEmpty ? range : error.range, verdict: .notUnderstood, remarks: [error.message])
  }

  fileprivate func isWorse(than other: JudgedEquality) -> Bool {
    let order = Verdict.allCases
    return (order.firstIndex(of: verdict) ?? 0) > (order.firstIndex(of: other.verdict) ?? 0)
  }

  fileprivate func tellingLayer(_ layer: Int) -> JudgedEquality {
    var told = self
    told.remarks.append("for l = \(layer)")
    return told
  }
}
