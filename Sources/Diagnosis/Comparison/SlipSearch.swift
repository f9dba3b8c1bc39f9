import Engine
import Notation

/// A search for the slips that give what somebody has, from one to two, those that are likelier first.
struct SlipSearch {
  let foreign: ForeignNumbers
  let line: Timeline
  let right: Set<Quantity>
  let subject: Mistake.Subject
  /// What was given and is something: whatever comes of it cannot have been cut off before.
  let flowing: Set<Quantity>
  /// The right formulas, the shortest first.
  let formulas: [ElementFormula]
  /// The samples that are meant.
  let samples: [Int]
  /// What is right in whatever form is no slip.
  let known: Set<Expression>
  /// The number that tells formulas apart the soonest: the largest.
  let telling: Int
  /// Where it is sought first: at the state as it is.
  let here: Ground
  /// Forms in which the numbers may be given besides, where none of their kind is known to be given as it is here.
  let forms: [(form: Convention, factor: Double)]
  var seen: Set<Tried> = []
  var work = 0
  /// What comes of slips in the code, whatever is looked at.
  let altered: AlteredIterations
  /// What was given as it is here, and in the forms in which it may be given, for what is told from numbers alone.
  private lazy var readings: [(form: Convention?, subject: Mistake.Subject)] =
    [(nil, subject)]
    + forms.compactMap { form, _ in
      foreign.read(in: form, at: line.state).map { read in
        let subject = Mistake.Subject(
          quantity: read.quantity, state: line.state, foreign: read, known: self.subject.known)
        return (form, subject)
      }
    }
  /// The slips that may be in what it is made of.
  lazy var formsBefore = allFormsBefore()
  /// Those that were tried with one named slip, for a second one.
  private(set) var singles: [Candidate] = []
  /// Those that were tried with a slip that is one of many of its kind.
  private(set) var remotes: [Candidate] = []
  /// Those that were tried with two slips, and what they come to in each sample at the place that tells them.
  var doubles: [Two] = []
  var found: [Explanation] = []
  var tried = 0
  var left = 0

  /// How many operations on numbers may be spent on one slip, and on two.
  static let most = (one: 50_000_000, two: 85_000_000)
  /// How many formulas may be tried for two slips.
  static let mostPairs = 4_000

  /// - Parameters:
  ///   - known: what slips that were found in others measure.
  ///   - altered: what comes of slips in the code of the iteration in which the line stands.
  ///   - flowing: what was given and is something.
  init(
    _ foreign: ForeignNumbers, on line: Timeline, right: Set<Quantity>, known: [Measured] = [],
    among altered: AlteredIterations? = nil, flowing: Set<Quantity> = []
  ) {
    (self.foreign, self.line, self.right, self.flowing) = (foreign, line, right, flowing)
    self.altered = altered ?? AlteredIterations(line)
    let state = line.state
    subject = Mistake.Subject(quantity: foreign.quantity, state: state, foreign: foreign, known: known)
    formulas = ElementFormula.all(of: foreign.quantity, in: state.worked)
    samples = foreign.sample.map { [$0] } ?? Array(state.batch.indices)
    let isPlain = right.contains {
      $0.kind.gradientOf != nil && $0.kind.isOfSample == foreign.quantity.kind.isOfSample
    }
    forms =
      isPlain || foreign.assumed != nil || foreign.isInOurForm || !foreign.isWhole
      ? [] : Convention.factors(for: foreign.quantity, in: state)
    self.known = Set(formulas.map(\.expression))
    let sizes = foreign.given.elements.map { $0.isFinite ? abs($0) : 0 }
    telling = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
    let (sample, unit) =
      foreign.isOfBatch ? telling.quotientAndRemainder(dividingBy: max(foreign.countOfOne, 1)) : (0, telling)
    let ground = FormulaGround(state)
    here = Ground(
      formulas: ground,
      telling: TellingValues(unit, of: foreign.quantity, samples: foreign.isOfBatch ? [sample] : samples, on: ground))
  }

  /// - Parameter ones: whether one slip alone is looked for.
  mutating func run(ones: Bool = false) {
    oneInItsFormula()
    // Of a whole batch it may be a sample's in another's place.
    if found.allSatisfy({ foreign.isOfBatch && $0.mistakes.allSatisfy(\.rearranges) }) { oneOfOtherSamples() }
    // That all of it is so many times what it should be says little where two slips that have names say why.
    if !found.isEmpty, found.allSatisfy(isNamelessFactor) { twoFactors() }
    // So does one of many of its kind, where two likelier ones give the same.
    if !found.isEmpty, found.allSatisfy({ $0.mistakes.contains(where: \.isRemote) && !$0.isNameless }) { twoLikelier() }
    if found.isEmpty { oneBefore() }
    if found.isEmpty { oneInTheCode() }
    guard !ones else { return }
    if found.isEmpty { twoInItsFormula() }
    if found.isEmpty { oneBeforeAndOne() }
    if found.isEmpty { oneOfOtherSamplesAndOne() }
    if found.isEmpty { oneInItsFormulaAndOthersInItsNumbers() }
    if found.isEmpty { threeInItsFormula() }
  }

  /// Whether an explanation has no name, and does not say what somebody has counted.
  private func isNamelessFactor(_ found: Explanation) -> Bool {
    found.isNameless && found.mistakes.allSatisfy { found.sources(of: $0, at: line.state).isEmpty }
  }

  // MARK: one slip

  private mutating func oneInItsFormula() {
    for mistake in Mistake.all {
      guard !mistake.isRemote || found.allSatisfy({ $0.form != nil || $0.leaves(mistake) }) else { continue }
      let before = found.count
      // Of one slip the shortest formula that shows it is enough; another slip has to show in the same.
      for right in found.first.map({ [$0.right] }) ?? formulas where found.count == before {
        for candidate in candidates(
          of: mistake, in: Candidate(mistakes: [], right: right, expression: right.expression))
        {
          if !mistake.isRemote { singles.append(candidate) }
          if mistake.isRemote, !mistake.name.isEmpty { remotes.append(candidate) }
          attempt(candidate, on: here, within: SlipSearch.most.one)
        }
      }
      tryNumbers(of: mistake)
    }
    // Another form besides is one thing more to be taken for granted.
    // What has one size may be cut off or made smaller as well.
    let hasOneSize = foreign.truth.hasOneSize
    let isPlainAndNear = { (found: Explanation) in
      found.form == nil && !found.mistakes.contains { $0.isRemote || hasOneSize && $0.rearranges }
    }
    let others = found.contains(where: isPlainAndNear) ? [] : found.filter { $0.form != nil }
    let isUnnamed = { (found: Explanation) in found.form == nil && found.isNameless }
    found = found.filter { $0.form == nil && !$0.isNameless } + others + found.filter(isUnnamed)
    // Of what is nothing at all, that there is nothing is the plainest reason.
    if foreign.given.elements.allSatisfy({ $0 == 0 }) {
      let isNothing = { (found: Explanation) in found.wrong?.expression == .number(0) }
      found = found.filter(isNothing) + found.filter { !isNothing($0) }
    }
  }

  /// Tries what a mistake gives that no formula says, as it is here and in the forms in which it may be given.
  private mutating func tryNumbers(of mistake: Mistake) {
    guard !found.contains(where: { $0.mistakes.map(\.name) == [mistake.name] && $0.form == nil }) else { return }
    for (form, subject) in readings {
      for wrong in mistake.numbers(subject, line) {
        tried += wrong.count
        guard subject.foreign?.agrees(with: wrong.elements) == true else { continue }
        let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
        found.append(
          Explanation(
            mistakes: [mistake], before: [], right: right, wrong: nil, samples: nil, form: form, said: wrong.words,
            measuredInNumbers: wrong.measured))
        return
      }
    }
  }

  /// A formula with one more slip in it, in every way in which it may be made.
  /// - Parameter subject: what the slip may look at; nil is what was given, held against what is right.
  func candidates(
    of mistake: Mistake, in begun: Candidate, subject: Mistake.Subject? = nil
  ) -> [Candidate] {
    let subject = subject ?? self.subject
    func with(_ expression: Expression, _ samples: [Int]? = nil) -> Candidate {
      Candidate(
        mistakes: begun.mistakes + [mistake], right: begun.right, expression: expression,
        samples: samples ?? begun.samples)
    }
    /// Fewer samples, whose mean is taken over them, or over all as before.
    func fewer(_ expression: Expression, _ samples: [Int]) -> [Candidate] {
      let (own, all) = (samples.count, self.samples.count)
      let isMean = subject.state.experiment.reduction == .mean && foreign.quantity.kind.isOverSamples
      return [with(expression, samples)]
        + (isMean && own < all ? [with(expression.times(Double(own) / Double(all)), samples)] : [])
    }
    let formula = begun.right.replaced(by: begun.expression)
    let layer = foreign.quantity.layer
    if mistake.name == "detached", [.da, .delta, .dw, .db].contains(where: { flowing.contains(Quantity($0, layer)) }) {
      return []
    }
    return begun.expression.rewritten { mistake.edits($0, subject) }.map { with($0) }
      + mistake.wholes(formula, subject).map { with($0) }
      + (begun.samples == nil && !foreign.isOfBatch
        ? mistake.samples(subject).flatMap { fewer(begun.expression, $0) } : [])
  }
}
