import Diagnosis
import Engine
import Formats
import Notation

/// `claim always`: a claim tried in a hundred draws of this iteration.
struct Trial {
  let claim: Claim
  let session: Session
  let draws: Draws
  /// In how many draws doubles are held beside a proof, at most.
  let mostBesideAProof: Int
  /// What one draw leaves to the next.
  private let prepared = PreparedClaim()

  /// How many operations on numbers a claim may take in one draw.
  static let mostWork = 3_000_000

  /// - Throws: where nothing can be drawn, or it would be too much work.
  init(
    _ claim: Claim, in session: Session, seed: Int, besideAProof most: Int = Draws.count
  ) throws(CommandError) {
    mostBesideAProof = most
    let column = claim.left.range.lowerBound
    if let obstacle = session.timeline.experiment.obstacle { throw CommandError(obstacle, at: column) }
    draws = Draws(around: session.timeline, seed: seed)
    guard draws.work <= Draws.mostWork else {
      throw CommandError(
        """
        \(Draws.count) draws of this network take about \(draws.work) operations on numbers, more than \
        \(Draws.mostWork); claim it of a smaller network, batch or data set
        """, at: column)
    }
    self.claim = claim
    self.session = session
  }

  /// What came of all draws.
  struct Tally {
    var draws = 0
    var elements = 0
    var undefined = 0
    var wrongElements = 0
    var worst = 0.0
    /// The first draw in which the claim fails.
    var failing: (number: Int, agreement: Agreement, session: Session)?
    /// How many draws fail.
    var failures = 0

    mutating func count(_ agreement: Agreement, _ number: Int, _ session: Session) {
      draws += 1
      elements += agreement.count
      undefined += agreement.undefinedCount
      wrongElements += agreement.wrongCount
      worst = worst.isNaN || agreement.worst.isNaN ? .nan : max(worst, agreement.worst)
      guard !agreement.holds else { return }
      failures += 1
      if failing == nil { failing = (number, agreement, session) }
    }
  }

  /// The claim's verdict.
  func answer() throws(CommandError) -> Answer {
    var tally = Tally()
    var finding: Finding?
    var wanted = Draws.count
    for number in 1...Draws.count where number <= wanted {
      let (agreement, drawn) = try agreement(inDraw: number)
      tally.count(agreement, number, drawn)
      if agreement.shapes != nil { return session.answer(to: claim, agreement) }
      guard finding == nil, agreement.count > 0 else { continue }
      let found = self.finding(at: drawn.scope)
      if case .equal = found { wanted = min(drawsBesideAProof(agreement), mostBesideAProof) }
      finding = found
    }
    let judgement = judgement(tally, finding)
    var answer = answer(tally, judgement)
    answer.fields = fields(tally) + judgement.fields
    if answer.hasFailed, let failing = tally.failing {
      let reasons = Reason.reasons(at: failing.session.timeline.state) { condition in
        holds(inDraw: failing.number, condition) && (1...Draws.count).allSatisfy { holds(inDraw: $0, condition) }
          && !isToldApart(condition)
      }
      answer.give(reasons, for: claim, in: failing.session)
    }
    return answer
  }

  /// How many draws show how far apart doubles are where a claim is proved: all, as long as that takes no time.
  private func drawsBesideAProof(_ agreement: Agreement) -> Int {
    let samples = max(session.timeline.state.batch.count, 1)
    let pass = session.timeline.experiment.network.parameterCount * samples
    // A derivative goes through the network for every element, which is not charged for.
    let derivatives = claim.derivatives * agreement.count * (pass + Trial.workOfADerivative)
    let affordable = Trial.workBesideAProof / max(agreement.work + pass + derivatives, 1)
    return [Draws.count, 30, 10, 3].first { $0 <= affordable } ?? 1
  }

  /// The operations on numbers that these draws may take, and those that it takes to begin a derivative.
  private static let (workBesideAProof, workOfADerivative) = (500_000, 4_000)

  /// The claim in a draw, with what has no value left out.
  func agreement(inDraw number: Int) throws(CommandError) -> (Agreement, Session) {
    let drawn = try session.standing(on: draws.beginning(ofDraw: number), claim)
    do throws(CommandError) {
      let agreement = try drawn.agreement(
        on: claim, maximumWork: Trial.mostWork, leavingOutUndefined: true, prepared: prepared)
      return (agreement, drawn)
    } catch {
      // What is wrong with the claim itself shows in the first draw.
      throw number == 1 ? error : CommandError("in draw \(number): \(error.message)", at: error.column - 1)
    }
  }

  private func holds(inDraw number: Int, _ condition: Condition?) -> Bool {
    guard let read = condition.map({ reading(by: $0) }) ?? claim,
      let drawn = try? session.standing(on: draws.beginning(ofDraw: number), read, meeting: condition),
      let agreement = try? read.evaluate(
        in: drawn.scope, maximumWork: Trial.mostWork, stoppingAtFirstWrong: true,
        prepared: condition == nil ? prepared : nil)
    else { return false }
    return agreement.holds && agreement.count > 0
  }

  // MARK: why a claim fails

  /// In how many draws a reason has to hold that explains a failure here. Numbers drawn from whole intervals agree by
  /// chance in none.
  static let drawsOfAReason = 12

  /// Why a claim that fails here does so: the conditions under which it holds here and always, while as it was typed it
  /// does not hold always.
  static func reasons(for claim: Claim, in session: Session, at state: State) -> [Reason] {
    // The draws know nothing of what was put in by hand here.
    guard state.injected.isEmpty, let trial = try? Trial(claim, in: session, seed: 1) else { return [] }
    return Reason.reasons(at: state) {
      trial.holdsHere($0) && trial.holdsInDraws($0) && !trial.holdsInDraws(nil) && !trial.isToldApart($0)
    }
  }

  /// The nearest claims to one that fails which hold here and always, where the one that was typed does not.
  static func repairs(of claim: Claim, in session: Session, at state: State) -> [Repair.Edited] {
    search(repairsOf: claim, in: session, at: state).found
  }

  /// The same, with how many were tried, among those that are meant.
  static func search(
    repairsOf claim: Claim, in session: Session, at state: State,
    where isMeant: (Repair.Edited) -> Bool = { _ in true }
  ) -> (found: [Repair.Edited], tried: Int) {
    guard state.injected.isEmpty, let trial = try? Trial(claim, in: session, seed: 1) else { return ([], 0) }
    var (found, tried): ([Repair.Edited], Int) = ([], 0)
    for edited in Repair.all(of: claim, at: state).prefix(mostRepairs) where found.count < 2 && isMeant(edited) {
      // The same slip at another place is no other reason.
      guard !found.contains(where: { $0.mistake.title == edited.mistake.title }) else { continue }
      tried += 1
      guard
        let agreement = try? edited.claim.evaluate(
          in: session.scope, maximumWork: mostWork, stoppingAtFirstWrong: true), agreement.holds, agreement.count > 0,
        let other = try? Trial(edited.claim, in: session, seed: 1), other.holdsInDraws(nil),
        trial.holdsAtOtherRates(edited.claim), !other.isToldApart()
      else { continue }
      // What was typed may be right by itself, and fail here by what was put in by hand.
      guard !trial.holdsInDraws(nil) else { return ([], 0) }
      found.append(edited)
    }
    return (found, tried)
  }

  /// A claim that fails with a sign turned, and the condition under which it holds here and always then; nil where there is
  /// none, or it holds so without one.
  static func turned(
    _ claim: Claim, in session: Session, at state: State
  ) -> (edited: Repair.Edited, condition: Condition)? {
    guard state.injected.isEmpty else { return nil }
    for edited in Repair.all(of: claim, at: state) where edited.mistake.name == "sign" {
      guard let trial = try? Trial(edited.claim, in: session, seed: 1) else { continue }
      let found = Condition.all.first { condition in
        (condition.isMet(at: state) ? trial.holdsHere : trial.holdsHere(condition)) && trial.holdsInDraws(condition)
          && !trial.holdsInDraws(nil) && !trial.isToldApart(condition)
      }
      if let found { return (edited, found) }
    }
    return nil
  }

  /// Whether it holds as it stands.
  private var holdsHere: Bool {
    let agreement = try? claim.evaluate(in: session.scope, maximumWork: Trial.mostWork, stoppingAtFirstWrong: true)
    return agreement.map { $0.holds && $0.count > 0 } ?? false
  }

  /// The most edits of a claim that are tried.
  private static let mostRepairs = 2000

  private func holdsHere(_ condition: Condition) -> Bool {
    guard let read = reading(by: condition),
      let met = try? session.standing(on: session.timeline.atBeginningOfIteration, read, meeting: condition),
      let agreement = try? met.agreement(on: read, maximumWork: Trial.mostWork)
    else { return false }
    return agreement.holds && agreement.count > 0
  }

  /// The claim as it has to be read for a condition to be met.
  func reading(by condition: Condition) -> Claim? {
    let scope = session.scope
    return claim.reading { condition.read($0, in: scope) }
  }

  /// Whether it holds in the first draws.
  func holdsInDraws(_ condition: Condition?) -> Bool {
    (1...Trial.drawsOfAReason).allSatisfy { holds(inDraw: $0, condition) }
  }
}
