import Engine
import Notation

/// A search for the slips that give what somebody has, from one to two, those that are likelier first.
struct SlipSearch {
  let foreign: ForeignNumbers
  let line: Timeline
  private let right: Set<Quantity>
  let subject: Mistake.Subject
  let ground: FormulaGround
  /// The right formulas, the shortest first.
  let formulas: [ElementFormula]
  /// The samples that are meant.
  private let samples: [Int]
  /// What is right in whatever form is no slip.
  private let known: Set<Expression>
  /// The number that tells formulas apart the soonest: the largest.
  private let telling: Int
  /// Forms in which the numbers may be given besides, where none of their kind is known to be given as it is here.
  private let forms: [(form: Convention, factor: Double)]
  var seen: Set<Tried> = []
  private(set) var work = 0
  private let written = WrittenFormulas()
  /// Those that were tried with one named slip, for a second one.
  private(set) var singles: [Candidate] = []
  var found: [Explanation] = []
  var tried = 0
  var left = 0

  /// How many operations on numbers may be spent on one slip, and on two.
  static let most = (one: 50_000_000, two: 100_000_000)
  /// How many formulas may be tried for two slips.
  static let mostPairs = 4_000

  init(_ foreign: ForeignNumbers, on line: Timeline, right: Set<Quantity>) {
    (self.foreign, self.line, self.right) = (foreign, line, right)
    let state = line.state
    ground = FormulaGround(state)
    subject = Mistake.Subject(quantity: foreign.quantity, state: state, foreign: foreign)
    formulas = ElementFormula.all(of: foreign.quantity, in: state.worked)
    samples = foreign.sample.map { [$0] } ?? Array(state.batch.indices)
    let isPlain = right.contains {
      $0.kind.gradientOf != nil && $0.kind.isOfSample == foreign.quantity.kind.isOfSample
    }
    forms =
      isPlain || foreign.assumed != nil || !foreign.isWhole ? [] : Convention.factors(for: foreign.quantity, in: state)
    known = Set(formulas.map(\.expression))
    let sizes = foreign.given.elements.map { $0.isFinite ? abs($0) : 0 }
    telling = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
  }

  mutating func run() {
    oneInItsFormula()
    // That all of it is so many times what it should be says little where two slips that have names say why.
    if !found.isEmpty, found.allSatisfy(\.isNameless) { twoFactors() }
    if found.isEmpty { oneBefore() }
    if found.isEmpty { oneInTheCode() }
    if found.isEmpty { twoInItsFormula() }
    if found.isEmpty { oneBeforeAndOne() }
    if found.isEmpty { oneInItsFormulaAndOneInItsNumbers() }
  }

  // MARK: one slip

  private mutating func oneInItsFormula() {
    for mistake in Mistake.all {
      guard !mistake.isRemote || found.allSatisfy({ $0.form != nil }) else { continue }
      let before = found.count
      // Of one slip the shortest formula that shows it is enough; another slip has to show in the same.
      for right in found.first.map({ [$0.right] }) ?? formulas where found.count == before {
        for candidate in candidates(
          of: mistake, in: Candidate(mistakes: [], right: right, expression: right.expression))
        {
          if !mistake.isRemote { singles.append(candidate) }
          attempt(candidate, on: ground, within: SlipSearch.most.one)
        }
      }
      tryNumbers(of: mistake)
    }
    // Another form besides is one thing more to be taken for granted.
    let isPlainAndNear = { (found: Explanation) in found.form == nil && !found.mistakes.contains(where: \.isRemote) }
    let others = found.contains(where: isPlainAndNear) ? [] : found.filter { $0.form != nil }
    found = found.filter { $0.form == nil } + others
    // Of what is nothing at all, that there is nothing is the plainest reason.
    if foreign.given.elements.allSatisfy({ $0 == 0 }) {
      let isNothing = { (found: Explanation) in found.wrong?.expression == .number(0) }
      found = found.filter(isNothing) + found.filter { !isNothing($0) }
    }
  }

  /// Tries what a mistake gives that no formula says, as it is here and in the forms in which it may be given.
  private mutating func tryNumbers(of mistake: Mistake) {
    guard !found.contains(where: { $0.mistakes.map(\.name) == [mistake.name] && $0.form == nil }) else { return }
    for form in [nil] + forms.map(\.form).map(Optional.some) {
      guard let foreign = form.map({ foreign.read(in: $0, at: line.state) }) ?? foreign else { continue }
      let subject = Mistake.Subject(quantity: foreign.quantity, state: line.state, foreign: foreign)
      for wrong in mistake.numbers(subject, line) {
        tried += wrong.count
        guard foreign.agrees(with: wrong.elements) else { continue }
        let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
        found.append(
          Explanation(
            mistakes: [mistake], before: [], right: right, wrong: nil, samples: nil, form: form, said: wrong.words))
        return
      }
    }
  }

  /// A formula with one more slip in it, in every way in which it may be made.
  func candidates(of mistake: Mistake, in begun: Candidate) -> [Candidate] {
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
    return begun.expression.rewritten { mistake.edits($0, subject) }.map { with($0) }
      + mistake.wholes(formula, subject).map { with($0) }
      + (begun.samples == nil && !foreign.isOfBatch
        ? mistake.samples(subject).flatMap { fewer(begun.expression, $0) } : [])
  }

  /// Whether a candidate gives the numbers at a state; with `factors`, also one that gives them up to a factor that is a
  /// slip of its own.
  mutating func attempt(
    _ candidate: Candidate, on ground: FormulaGround, before: [(Mistake, Alteration)] = [], factors: [Factor] = [],
    within most: Int
  ) {
    guard candidate.samples != nil || !before.isEmpty || !known.contains(candidate.expression),
      !before.isEmpty || seen.insert(Tried(candidate)).inserted
    else { return }
    guard work < most else { return left += 1 }
    tried += 1
    guard let numbers = numbers(of: candidate, on: ground), let first = value(telling, of: numbers) else { return }
    if foreign.agrees(at: telling, with: first) {
      if agrees(numbers) { note(candidate, candidate.expression, before) }
      return
    }
    let ratio = foreign.given.elements[telling] / first
    if ratio.isFinite, let form = forms.first(where: { abs(ratio / $0.factor - 1) < 1e-3 }) {
      tried += 1
      if agrees(numbers, times: form.factor) { return note(candidate, candidate.expression, before, form.form) }
    }
    guard ratio.isFinite else { return }
    for factor in factors where abs(ratio / factor.value - 1) < 1e-3 {
      tried += 1
      let scaled = Expression(.binary(.times, .number(factor.value), candidate.expression))
      guard
        let scaledNumbers = candidate.right.replaced(by: scaled).numbers(
          on: ground, samples: candidate.samples ?? samples),
        agrees(scaledNumbers)
      else { continue }
      var both = candidate
      both.mistakes.append(factor.mistake)
      note(both, scaled, before)
    }
  }

  /// What a candidate gives; compiled once, and worked out at one state after another.
  func numbers(of candidate: Candidate, on ground: FormulaGround) -> FormulaNumbers? {
    if let known = candidate.worked.numbers { return known?.moved(to: ground) }
    let wrong = candidate.right.replaced(by: candidate.expression)
    let numbers = wrong.numbers(on: ground, samples: candidate.samples ?? samples)
    candidate.worked.numbers = .some(numbers)
    return numbers
  }

  private mutating func agrees(_ numbers: FormulaNumbers, times factor: Double = 1) -> Bool {
    foreign.given.elements.indices.allSatisfy { place in
      value(place, of: numbers).map { foreign.agrees(at: place, with: factor * $0) } ?? false
    }
  }

  /// The number at a place of what was given; of a whole batch, that of the sample that it belongs to.
  mutating func value(_ place: Int, of numbers: FormulaNumbers) -> Double? {
    guard foreign.isOfBatch else { return numbers.value(place, spending: &work) }
    let (sample, unit) = place.quotientAndRemainder(dividingBy: max(foreign.countOfOne, 1))
    return numbers.value(unit, ofSample: sample, spending: &work)
  }

  private mutating func note(
    _ candidate: Candidate, _ expression: Expression, _ before: [(Mistake, Alteration)], _ form: Convention? = nil
  ) {
    let mistakes = before.map(\.0) + candidate.mistakes
    // The same formula without a name, or the same slips at another node, are no other reason.
    let isKnown =
      before.isEmpty && candidate.samples == nil
      && found.contains { $0.before.isEmpty && $0.samples == nil && $0.wrong?.expression == expression }
    guard !isKnown || mistakes.contains(where: { !$0.name.isEmpty }) else { return }
    let isOneOfMany = mistakes.count == 1 && mistakes[0].isRemote
    let names = mistakes.map(\.name).sorted()
    guard isOneOfMany || !found.contains(where: { $0.mistakes.map(\.name).sorted() == names }) else { return }
    found.append(
      Explanation(
        mistakes: mistakes, before: before.map(\.1), right: candidate.right,
        wrong: candidate.right.replaced(by: expression), samples: candidate.samples, form: form))
  }

  // MARK: one in what it is made of

  /// What it is made of on the way back, as far as that was not found right, and the slips that may be in it.
  lazy var formsBefore: [(mistake: Mistake, form: Alteration)] = {
    let (network, program) = (line.experiment.network, line.state.program)
    // A parameter is there all the time; what was given of it is what its update has made.
    guard let producer = program.operations.lastIndex(where: { $0.quantity == foreign.quantity }) else { return [] }
    var wanted: Set<Quantity> = [foreign.quantity]
    var forms: [(Mistake, Alteration)] = []
    for operation in program.operations[...producer].reversed() where wanted.contains(operation.quantity) {
      // What is right is made of nothing wrong.
      if !right.contains(operation.quantity) { wanted.formUnion(operation.reads(in: network)) }
      guard operation.quantity != foreign.quantity, operation.phase == .backward, operation.quantity.kind != .jacobian,
        !right.contains(operation.quantity), network.alteration(of: operation.quantity) == nil
      else {
        continue
      }
      for mistake in Mistake.all where !mistake.isRemote {
        forms += mistake.formsAnywhere(of: operation.quantity, in: network, line, written).map { (mistake, $0) }
      }
    }
    return forms
  }()

  /// The line where it stands, with a formula in the place of another.
  func altered(by form: Alteration) -> Timeline {
    var line = line.atBeginningOfIteration
    line.change { experiment, _ in experiment.network.alterations.append(form) }
    line.move(to: self.line.place)
    return line
  }

  private mutating func oneBefore() {
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = line.experiment.network.parameterCount * max(line.state.batch.count, 1) * 6
    for (mistake, form) in formsBefore {
      guard work < SlipSearch.most.one else {
        left += 1
        continue
      }
      (work, tried) = (work + cost, tried + 1)
      guard
        let value = try? altered(by: form).state.value(
          of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
        foreign.agrees(with: value.elements)
      else { continue }
      found.append(Explanation(mistakes: [mistake], before: [form], right: right, wrong: nil, samples: nil))
    }
  }

  // MARK: one wherever the code can have it

  /// Trains this iteration, and the one before, with each mistake in the code: in every layer at once, or in one.
  private mutating func oneInTheCode() {
    let network = line.experiment.network
    let right = formulas.first ?? ElementFormula(unknown: foreign.quantity)
    let cost = network.parameterCount * max(line.state.batch.count, 1) * 12
    for back in 0...min(line.place.iteration, 1) {
      var begun = line
      if back > 0 { begun.move(to: Place(iteration: line.place.iteration - back, operation: 1)) }
      for mistake in Mistake.all where !mistake.isRemote {
        // One that is in one formula of this iteration was tried already.
        for layer in [nil] + (back > 0 ? (1...network.layers.count).map(Int?.some) : []) where found.isEmpty {
          guard work < SlipSearch.most.two else { return left += 1 }
          (work, tried) = (work + cost, tried + 1)
          guard let faulty = mistake.made(in: begun, layer: layer, of: written) else { continue }
          var other = begun.atBeginningOfIteration
          other.change { experiment, _ in experiment.network = faulty }
          other.move(to: line.place)
          guard
            let value = try? other.state.value(
              of: foreign.quantity, sample: foreign.sample, isOfBatch: foreign.isOfBatch),
            foreign.agrees(with: value.elements),
            self.right.allSatisfy({ isAsBefore($0, at: other.state) })
          else { continue }
          found.append(
            Explanation(
              mistakes: [mistake], before: faulty.alterations, right: right, wrong: nil, samples: nil,
              iteration: back > 0 ? begun.state.iteration : nil))
        }
      }
    }
  }

  /// Whether a quantity that is right is so at another state too.
  private func isAsBefore(_ quantity: Quantity, at state: State) -> Bool {
    guard let before = try? line.state.value(of: quantity), let after = try? state.value(of: quantity) else {
      return true
    }
    return Agreement(before, after).holds
  }
}
