import Engine
import Glibc

/// Judges a claim by polynomial identity testing: both sides are worked out exactly at random points of a prime field, every
/// quantity unfolded by its operation's formula. See `FieldPoint` for what is known of functions, `Proof` for the bound.
package struct FieldJudge {
  let claim: Claim
  /// The claim with its sides the other way round, in which functions are met in another order.
  private let turned: CompiledClaim<FieldNumber>?
  let scope: StateScope
  private let seed: Int
  private let compiled: CompiledClaim<FieldNumber>
  let equations: UnfoldedEquations<FieldNumber>

  /// The most outcomes of comparisons that are gone through.
  private static let mostPatterns = 4096
  /// About how many operations on numbers all may take together.
  private static let mostWork = 40_000_000
  /// How often a point is drawn anew where a side has no value.
  private static let redraws = 2

  /// A claim where a state stands; the state gives the network, the place and the names, and none of its numbers.
  /// - Throws: where the claim means nothing there.
  package init(_ claim: Claim, in scope: StateScope, seed: Int) throws(EvaluationError) {
    (self.claim, self.scope, self.seed) = (claim, scope, seed)
    equations = UnfoldedEquations(scope)
    let assumptions = FieldPoint.Assumptions(activationsAreFree: false, gatesAreFree: false, memoryIsFree: false)
    let point = FieldPoint(assumptions, seed: seed, number: 0)
    let names = UnfoldedScope(Unfolding(scope, equations, DrawnNumbers(scope, at: point), mostWork: 0))
    compiled = try claim.compiled(in: names)
    turned = try? claim.with(left: claim.right, right: claim.left).compiled(in: names)
  }

  /// Judges it: for as much as it can be shown for, and where it cannot be shown for the network as it is.
  package func finding() -> Finding {
    if let quantity = scope.state.injected.first {
      return .undecided("\(quantity.name) was put in by hand")
    }
    return FormulaCache.$current.withValue(FormulaCache()) { found().finding }
  }

  /// What comes of it for as much as it can be shown for.
  func found() -> Trial {
    var last = Trial(finding: .undefined)
    for memoryIsFree in [true, false] {
      var readsMemory = false
      for activationsAreFree in claim.differentiatesSlopes(in: scope) ? [false] : [true, false] {
        let trial = trial(activationsAreFree, memoryIsFree)
        last = trial
        if case .equal = trial.finding { return trial }
        readsMemory = readsMemory || trial.tally.readsMemory
        // Without any that is free, the same would come of it.
        if activationsAreFree, trial.tally.activations.isEmpty { break }
      }
      if !readsMemory { break }
    }
    return last
  }

  /// What comes of it where comparisons are free, or else in all their patterns.
  private func trial(_ activationsAreFree: Bool, _ memoryIsFree: Bool) -> Trial {
    var assumptions = FieldPoint.Assumptions(
      activationsAreFree: activationsAreFree, gatesAreFree: true, memoryIsFree: memoryIsFree)
    let free = trial(under: assumptions)
    if case .equal = free.finding { return free }
    guard free.tally.hasGates else { return free }
    assumptions.gatesAreFree = false
    return trial(under: assumptions)
  }

  /// What comes of it; e^u is known from e^2u only where it is met first.
  private func trial(under assumptions: FieldPoint.Assumptions) -> Trial {
    let first = trial(of: compiled, under: assumptions)
    guard case .different = first.finding, first.tally.functions.contains("exp"), let turned else { return first }
    let second = trial(of: turned, under: assumptions)
    if case .equal = second.finding { return second }
    return first
  }

  /// What was found, what was met on the way, and what it was found of.
  struct Trial {
    let finding: Finding
    var tally = FieldPoint.Tally()
    var assumptions: FieldPoint.Assumptions?
    var compiled: CompiledClaim<FieldNumber>?
  }

  private func trial(
    of compiled: CompiledClaim<FieldNumber>, under assumptions: FieldPoint.Assumptions
  ) -> Trial {
    var (points, exponent, degree, patterns) = (0, 0.0, 0, 0)
    var leavesOutUndefined = false
    var tally = FieldPoint.Tally()
    while points < Proof.mostPoints, points < 2 || exponent >= Double(Proof.enough) {
      points += 1
      let looked = look(at: compiled, atPoint: points, under: assumptions)
      tally = looked.point.tally
      if let finding = looked.finding { return Trial(finding: finding, tally: tally) }
      if let lack = tally.lack { return Trial(finding: .undecided(lack), tally: tally) }
      let chance = Proof.chance(degree: looked.degree, tally)
      exponent += log2(chance)
      (degree, patterns) = (max(degree, looked.degree), max(patterns, looked.patterns))
      leavesOutUndefined = leavesOutUndefined || looked.undefined > 0
    }
    guard exponent < Double(Proof.enough), degree < FieldNumber.highest, tally.degree < FieldNumber.highest else {
      return Trial(finding: .undecided("its fractions have too high a degree"), tally: tally)
    }
    let proof = Proof(
      points: points, patterns: patterns, degree: degree, exponent: Int(exponent.rounded(.up)),
      freeActivations: tally.activations.sorted(), leavesOutKinks: tally.hasGates,
      holdsForAnyMemory: tally.readsMemory ? assumptions.memoryIsFree : nil, leavesOutUndefined: leavesOutUndefined)
    return Trial(finding: .equal(proof), tally: tally, assumptions: assumptions, compiled: compiled)
  }

  // MARK: at one point

  /// What was seen at a point.
  struct Look {
    let point: FieldPoint
    /// Why it is no proof; nil where all that is defined is equal.
    var finding: Finding?
    var degree = 0
    var patterns = 0
    /// Of which of the seed's streams the point is.
    var stream = 0
    /// What was compared in each pattern, where that is put down.
    var written: [WrittenProof.Pattern] = []
    var compared = 0
    /// How many elements, in all patterns, have a value on both sides, and how many have not.
    var defined = 0
    var undefined = 0
  }

  /// The layers' activations but the one whose place nothing else can take: δ and the loss are made of it in one piece.
  private var freeActivations: Set<String> {
    let network = scope.state.worked
    return Set(network.layers.map(\.activation.rule.name)).subtracting([network.closedForm?.activation ?? ""])
  }

  /// Looks at a point; where a side is undefined there it is drawn anew, and what is undefined everywhere left out.
  func look(
    at compiled: CompiledClaim<FieldNumber>, atPoint number: Int, under assumptions: FieldPoint.Assumptions,
    stepsWritten: Int? = nil
  ) -> Look {
    for attempt in 0... {
      let stream = number + attempt * Proof.mostPoints
      let point = FieldPoint(
        assumptions, freeing: freeActivations, seed: seed, number: stream, tape: stepsWritten.map { Tape(most: $0) })
      var look = Look(point: point, stream: stream)
      FieldPoint.$current.withValue(point) {
        do throws(EvaluationError) { try self.look(at: compiled, into: &look) } catch {
          look.finding = FieldJudge.finding(for: error)
        }
      }
      if look.finding == nil, look.undefined > 0, attempt < FieldJudge.redraws { continue }
      if look.finding == nil, look.defined == 0, look.undefined > 0 { look.finding = .undefined }
      return look
    }
    return Look(point: FieldPoint(assumptions, seed: seed, number: number), finding: .undefined)
  }

  private static func finding(for error: EvaluationError) -> Finding {
    switch error.lack {
    case .undefined: .undefined
    case .choice: .different(functions: [], hasGates: true)
    case .undecided, nil: .undecided(error.message)
    }
  }

  private func unfolding(of numbers: DrawnNumbers) -> Unfolding<FieldNumber> {
    Unfolding(scope, equations, numbers, mostWork: FieldJudge.mostWork)
  }

  private func look(at compiled: CompiledClaim<FieldNumber>, into look: inout Look) throws(EvaluationError) {
    let point = look.point
    let numbers = DrawnNumbers(scope, at: point)
    for substitution in claim.substitutions { try numbers.set(substitution, equations) }
    var work = 0
    var unfolding = unfolding(of: numbers)
    repeat {
      point.gates.beginPattern()
      // Where it is written down, each pattern is worked out by itself.
      if point.tape == nil {
        unfolding.forget(from: point.gates.turned)
      } else {
        unfolding = self.unfolding(of: numbers)
      }
      look.patterns += 1
      guard look.patterns <= FieldJudge.mostPatterns, work <= FieldJudge.mostWork else {
        throw EvaluationError("its comparisons may turn out in too many ways", lack: .undecided)
      }
      let workBefore = unfolding.work
      let evaluation = try compiled.evaluation(in: UnfoldedScope(unfolding))
      if point.tape != nil { look.written.append(WrittenProof.Pattern()) }
      for place in 0..<compiled.count {
        let sides: (left: Value<FieldNumber>, right: Value<FieldNumber>)?
        do throws(EvaluationError) { sides = try compiled.sides(at: place, evaluation) } catch {
          guard error.lack == .undefined else { throw error }
          look.undefined += 1
          continue
        }
        guard let (left, right) = sides else { continue }
        guard left.shape == right.shape else { throw EvaluationError("its sides have two shapes", lack: .undecided) }
        look.defined += 1
        for element in 0..<left.count {
          let (a, b) = (left[element], right[element])
          guard a.residue == b.residue else {
            look.finding = .different(functions: point.tally.functions.sorted(), hasGates: point.tally.hasGates)
            return
          }
          look.degree = max(look.degree, FieldNumber.degree(ofDifferenceOf: a, b))
          if let tape = point.tape { try look.write(a, b, tape) }
        }
      }
      if let tape = point.tape { look.write(point.gates.outcomes, tape) }
      work += unfolding.work - workBefore + evaluation.work + compiled.count * compiled.compiler.tally.nodes
    } while point.gates.nextPattern()
  }
}

extension Claim {
  /// Whether f′ stands in a d(…), so that it is asked how that moves.
  fileprivate func differentiatesSlopes(in scope: StateScope) -> Bool {
    var found = false
    func look(_ expression: Expression, inside: Bool, _ names: Names) throws(EvaluationError) {
      try names.walk(expression) { (node, names) throws(EvaluationError) in
        if case .call(_, isDerivative: true, _) = node.kind, inside { found = true }
        guard !inside, case .derivative(let body, _) = node.kind else { return !found }
        try look(body, inside: true, names)
        return false
      }
    }
    do throws(EvaluationError) {
      for side in [left, right] { try look(side, inside: false, Names(scope)) }
    } catch {
      return true
    }
    return found
  }
}
