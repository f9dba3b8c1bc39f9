import Diagnosis
import Engine
import Formats
import Notation

/// What can be said of a claim that is to hold always, beyond what came of the draws.
enum Judgement {
  /// Both sides are the same.
  case proved(Proof)
  /// They differ in a draw, as the doubles show.
  case refuted
  /// They differ in a draw by less than doubles can tell.
  case toldApart(Separation.Apart, draw: Int, Session)
  /// Nothing was found against it; why it is not proved.
  case tested(Text)
  /// A side has no value in any draw.
  case undefined
  /// Nothing was claimed: the condition leaves out all.
  case empty
  /// It fails in a draw, where rounding may be why.
  case unclear
}

extension Trial {
  /// What exact evaluation says of the claim, where the formulas are what is computed in a draw.
  func finding(at scope: StateScope) -> Finding {
    do throws(EvaluationError) {
      let finding = try FieldJudge(claim, in: scope, seed: draws.seed).finding()
      guard case .equal = finding else { return finding }
      let check = try? claim.separation(in: scope, elements: Trial.mostChecked)
      // Constants that are the same in the field need not be so: 2^61 is 1 there.
      if check?.apart != nil { return .different(functions: [], hasGates: false) }
      // A proof is of the formulas: they have to be what is computed here.
      return check?.agreesWithDoubles == false ? .unlike : finding
    } catch {
      return .undecided(error.message)
    }
  }

  /// Judges a claim, with what came of the draws.
  func judgement(_ tally: Tally, _ finding: Finding?) -> Judgement {
    guard let finding, tally.elements > 0 else { return tally.undefined > 0 ? .undefined : .empty }
    if case .equal(let proof) = finding {
      // Draws that speak against a proof are stronger than what it leaves out.
      let told = tally.failing.flatMap { try? claim.separation(in: $0.session.scope) }
      if told?.apart != nil { return .refuted }
      return .proved(proof)
    }
    let why = Trial.why(finding)
    if claim.tolerance != nil {
      return tally.failing == nil ? .tested("the sides are the same within a tolerance") : .refuted
    }
    if let failing = tally.failing {
      // What is lost by rounding on the way to a side refutes nothing.
      if finding == .unlike { return .unclear }
      let told = try? claim.separation(in: failing.session.scope)
      guard let told, told.agreesWithDoubles == true, told.isComplete else { return .refuted }
      return told.apart == nil ? .unclear : .refuted
    }
    return witness() ?? .tested(why)
  }

  /// Of how many elements the formulas are compared with what is computed here.
  private static let mostChecked = 64
  /// How many parameters, samples by samples, a witness is looked for among in all draws; where there are more, in the first ones.
  private static let mostLookedAt = 200_000

  /// The first draw in which more digits tell the sides apart, where a condition is met if one is given.
  private func witness(meeting condition: Condition? = nil, draws most: Int = Draws.count) -> Judgement? {
    let network = session.timeline.experiment.network
    let size = max(network.parameterCount * max(session.timeline.state.batch.count, 1), 1)
    for number in 1...min(most, max(Trial.mostLookedAt / size, 1)) {
      guard let drawn = try? session.standing(on: draws.beginning(ofDraw: number), claim, meeting: condition),
        let told = try? claim.separation(in: drawn.scope)
      else { return nil }
      if let apart = told.apart { return .toldApart(apart, draw: number, drawn) }
    }
    return nil
  }

  // MARK: what is said to hold

  /// Whether exact numbers tell the sides apart where a condition is met, though doubles do not: what is said to hold is
  /// judged as strictly as what is claimed.
  func isToldApart(_ condition: Condition? = nil) -> Bool {
    guard claim.tolerance == nil, let read = condition.map({ reading(by: $0) }) ?? claim else { return false }
    let stated = condition?.stated(in: read) ?? read
    guard let strict = try? Trial(stated, in: session, seed: draws.seed),
      let drawn = try? session.standing(on: draws.beginning(ofDraw: 1), stated, meeting: condition)
    else { return false }
    switch strict.finding(at: drawn.scope) {
    case .equal: return false
    case .different(functions: [], hasGates: false): return true
    default: return strict.witness(meeting: condition, draws: Trial.drawsOfAReason) != nil
    }
  }

  /// Whether a claim that this one may have been meant as holds by more than the rate at which the session stands: at 1 its
  /// logarithm is 0, and a factor of it nothing.
  func holdsAtOtherRates(_ other: Claim) -> Bool {
    let rate = Quantity.Kind.rate.name
    let isRead = [claim, other].contains { $0.left.mentions(rate) || $0.right.mentions(rate) }
    guard isRead, !other.substitutions.contains(where: { $0.quantity == .name(rate) }) else { return true }
    let elsewhere = session.timeline.experiment.network.optimizer.rate == 0.3 ? 0.7 : 0.3
    return (try? Trial(other.setting(.name(rate), to: .number(elsewhere)), in: session, seed: 1))?.holdsInDraws(nil)
      ?? false
  }

  /// Why a finding is no proof.
  private static func why(_ finding: Finding) -> Text {
    switch finding {
    case .equal: ""
    case .different(let functions, let hasGates):
      switch (functions.isEmpty, hasGates) {
      case (true, false): "the sides differ by less than can be told here"
      case (true, true): "some outcomes of its comparisons may exclude one another"
      case (false, _): "a proof knows few laws of \(functions.joined(separator: ", ")) (help claim)"
      }
    case .undefined: "its sides have no exact value"
    case .undecided(let why): why
    case .unlike: "what is computed here is not what the formulas give, or rounding takes too much of it"
    }
  }
}
