import Engine
import Notation

/// Somebody's numbers that are wrong, with what they come of.
package struct Departure: Sendable {
  /// What was given.
  package private(set) var numbers: ForeignNumbers
  /// The same as they were given, where their explanation says that they are in another form.
  private let asGiven: ForeignNumbers
  /// What it has to do with those that are wrong before it.
  package let cause: Cause
  /// The slips that give it, where it is a fault of its own; nil where it follows from another.
  package let found: Explanation.Found?
  /// Where the first of those slips is in the code, and where it is not; nil where no formula of the iteration says it.
  package private(set) var sides: Sides?
  /// What those sides are computed beside: what is right there is right beside it. Nil where it is the truth.
  package private(set) var company: Company?
  /// Whether it follows, or is explained, in the form that it has here.
  private(set) var isAsHere = false
  /// The formulas of another's slips that give this too.
  private(set) var sharedSlips: [Alteration] = []

  /// What wrong numbers have to do with those before them.
  package enum Cause: Equatable, Sendable {
    /// They depart first.
    case first
    /// Computed on from what was given for these, they come out as they were given.
    case follows(from: [Quantity])
    /// The slips that were found in this give them too.
    case sameSlip(as: Quantity)
    /// They change with what was given for the first, and are wrong besides.
    case besides
    /// The first has no part in them.
    case apart
  }

  /// Wrong numbers of others, or wrong formulas of others, beside which numbers are computed.
  package enum Company: Equatable, Sendable {
    /// The numbers of these, as they were given.
    case numbers(of: [Quantity])
    /// The formulas of these, as they were found to be.
    case slips(in: [Quantity])

    /// Nil where all of it is right.
    init?(_ given: [ForeignNumbers], _ slips: [Alteration]) {
      let wrong = given.filter { !$0.isRight }.map(\.quantity)
      guard !wrong.isEmpty || !slips.isEmpty else { return nil }
      self = wrong.isEmpty ? .slips(in: slips.map(\.quantity)) : .numbers(of: wrong)
    }
  }

  /// Whether it is a fault of its own, and follows from none.
  package var isFault: Bool { found != nil }

  /// Whether nothing plainer can be said of it: it follows from another, or comes of one slip.
  var isPlain: Bool { found.map { $0.slipCount == 1 && form == nil } ?? true }

  /// Whether by the likeliest explanation it is transposed, and wrong besides.
  var isTurnedBesides: Bool {
    let mistakes = found?.explanations.first?.mistakes ?? []
    return mistakes.count > 1 && mistakes.contains { $0.name == Doubt.transposed.slip?.name }
  }

  /// The form in which its numbers are given, as its explanation has it.
  package var form: Convention? { found?.explanations.first?.form }

  /// Whether another's likeliest explanation is a named slip that its own has too, with the same number in it.
  private func measures(as other: Explanation.Found) -> Bool {
    guard let own = found?.explanations.first, let other = other.explanations.first, !own.measured.isEmpty else {
      return false
    }
    return other.mistakes.count == 1 && own.mistakes.map(\.name).contains(other.mistakes[0].name)
      && own.measured == other.measured && own.form == nil && other.form == nil
  }

  /// Whether it takes fewer slips.
  func isPlainer(than other: Departure) -> Bool {
    guard let own = found, let others = other.found else { return found == nil && other.found != nil }
    let (count, otherCount) = (own.slipCount ?? .max, others.slipCount ?? .max)
    return count < otherCount || count == otherCount && count < .max && form == nil && other.form != nil
  }

  /// Whether numbers that are read as others are given say more than the same as they are here: they take no more slips, or are
  /// wrong in fewer places.
  func isLikelier(than other: Departure) -> Bool {
    if isPlainer(than: other) || isNearer(than: other) { return true }
    // Where nothing explains them, others say how they are given.
    if isUnexplained, other.isUnexplained { return numbers.assumed?.changesNumbers == true }
    guard let own = found, let others = other.found, let count = own.slipCount else { return false }
    return count == others.slipCount && form == nil && own.weight <= others.weight
  }

  /// Whether fewer of its numbers are wrong, where neither is explained.
  private func isNearer(than other: Departure) -> Bool {
    guard found?.explanations.isEmpty == true, other.found?.explanations.isEmpty == true else { return false }
    return numbers.agreement.wrongCount < other.numbers.agreement.wrongCount
      || numbers.agreement.wrongCount == other.numbers.agreement.wrongCount
        && numbers.agreement.worst < other.numbers.agreement.worst
  }

  /// What the slips measure by which it is explained.
  var measured: [Measured] { found?.explanations.first?.measured ?? [] }

  /// Whether nothing was found that explains it.
  var isUnexplained: Bool { found?.explanations.isEmpty == true }

  /// Its numbers as they would be given here, where its explanation says that they are in another form.
  private mutating func readInItsForm(at state: State) {
    guard let form, let read = numbers.read(in: form, at: state) else { return }
    // In one form more it would be right, which it is not.
    numbers = read.isRight ? read.asItIs : read
  }

  /// - Parameters:
  ///   - numbers: what was given, and is wrong.
  ///   - earlier: those that are wrong and come before it in the order of computation.
  ///   - rounded: those before it that are right, as they were typed with few digits.
  ///   - right: quantities that are right as they are, which have no slip in them.
  ///   - others: all that was given, which says what forms there may be.
  ///   - line: where they all stand.
  ///   - altered: what comes of slips in the code there, which is the same for all of them.
  ///   - later: what slips measure that were found in those behind it.
  ///   - ones: whether one slip alone is looked for.
  init(
    _ numbers: ForeignNumbers, after earlier: [Departure], rounded: [ForeignNumbers] = [], right: Set<Quantity>,
    among others: [ForeignNumbers] = [], on line: Timeline, _ altered: AlteredIterations? = nil,
    measuredLater later: [Measured] = [], ones: Bool = false
  ) {
    let faults = earlier.filter { $0.isFault && $0.numbers.quantity.kind.isInjectable }.map(\.numbers)
    var numbers = numbers
    numbers.isInOurForm = numbers.isInOurForm || Departure.isInOurForm(numbers, earlier, others)
    if let (fault, isAsHere) = Departure.followed(by: &numbers, of: faults, others, on: line) {
      (self.numbers, asGiven, cause, found) = (numbers, numbers, .follows(from: [fault]), nil)
      self.isAsHere = isAsHere
      return
    }
    (self.numbers, asGiven) = (numbers, numbers)
    let known = Departure.slips(in: earlier, on: line)
    for fault in earlier where fault.isFault {
      guard let slips = fault.slips(giving: numbers, beside: known, among: others, on: line) else { continue }
      (cause, found, sharedSlips) = (.sameSlip(as: fault.numbers.quantity), nil, slips)
      isAsHere = true
      return
    }
    // What an update made of a parameter is made of its gradient, in whatever form that was given.
    let gradient = Departure.gradient(of: numbers, in: earlier)
    if let (fault, isAsHere) = Departure.followed(by: &numbers, of: gradient, others, on: line) {
      (cause, found, self.isAsHere) = (.follows(from: [fault]), nil, isAsHere)
      return
    }
    // It may stand by itself, or in what is computed from those before it as they were given, with the slips that were found
    // in the code or without.
    let measured = earlier.flatMap(\.measured) + later
    let flowing = Set(others.filter { $0.given.elements.contains { $0 != 0 } }.map(\.quantity))
    func find(
      _ numbers: ForeignNumbers, on line: Timeline, among altered: AlteredIterations? = nil
    ) -> Explanation.Found {
      .find(numbers, on: line, right: right, known: measured, among: altered, flowing: flowing, ones: ones)
    }
    var (fewest, ground) = (find(numbers, on: line, among: altered), line)
    let wrong = earlier.filter { $0.isOfOwn && $0.numbers.quantity.kind.isInjectable }.map(\.numbers)
    let grounds =
      [(faults + rounded, known), (rounded, known)] + (known.isEmpty ? [] : [(faults + rounded, [])])
      + (wrong.count == faults.count ? [] : [(wrong + rounded, [])])
      + [gradient + Departure.gradientInOtherForm(of: numbers, in: others)].filter { !$0.isEmpty }.map { ($0, []) }
    for (given, slips) in grounds where !(given.isEmpty && slips.isEmpty) && !fewest.isOneNamedSlip {
      let carried = Carried(given, slips: slips, on: line)
      guard let here = carried.held(numbers) else { continue }
      let there = carried.line
      // It may be computed by another formula than ours that is as right.
      if !earlier.isEmpty, here.isRight || !faults.isEmpty && here.comesOfAnotherWay(at: there.state) {
        (cause, found) = (.follows(from: earlier.filter(\.isFault).map(\.numbers.quantity)), nil)
        isAsHere = here.isRight && here.convention?.changesNumbers != true
        return
      }
      let other = find(here, on: there)
      if other.weight < fewest.weight { (ground, company) = (there, Company(given, slips)) }
      fewest = Explanation.Found.fewer(fewest, other)
    }
    // A slip that measures the same in both is one.
    if let same = earlier.first(where: { $0.measures(as: fewest) }) {
      (cause, found, sharedSlips) = (
        .sameSlip(as: same.numbers.quantity), nil, fewest.explanations.first?.slips ?? []
      )
      return
    }
    found = fewest
    cause =
      earlier.first.map { Consequence(of: numbers, from: $0.numbers, on: line) == .isApart ? .apart : .besides }
      ?? .first
    isAsHere = fewest.explanations.first.map { $0.form == nil && !$0.isNameless } ?? false && numbers.assumed == nil
    readInItsForm(at: line.state)
    sides = Sides(fewest, numbers, on: ground)
  }

  /// The first of some faults from which numbers follow, and whether as they are here; nil where they follow from none. What they
  /// would follow from in a form in which others are not is said of them.
  private static func followed(
    by numbers: inout ForeignNumbers, of faults: [ForeignNumbers], _ others: [ForeignNumbers], on line: Timeline
  ) -> (fault: Quantity, isAsHere: Bool)? {
    for fault in faults where fault.quantity.kind.isInjectable {
      let carried = Carried([fault], on: line)
      guard let held = carried.held(numbers), held.truth != numbers.truth, held.isRight else { continue }
      let isAsHere = held.convention?.changesNumbers != true
      if isAsHere || isFormOfOthers(numbers, carried, others) { return (fault.quantity, isAsHere) }
      numbers.isInOurForm = true
    }
    return nil
  }

  /// Of what an update has made of a parameter, its gradient as it was given, in whatever form: that is what went into it.
  private static func gradient(of numbers: ForeignNumbers, in earlier: [Departure]) -> [ForeignNumbers] {
    guard numbers.quantity.kind.isParameter, let kind = numbers.quantity.kind.gradient else { return [] }
    return earlier.filter { $0.numbers.quantity == Quantity(kind, numbers.quantity.layer) }.map(\.asGiven)
  }

  /// The gradient of a parameter that is right in a form with other numbers than here.
  private static func gradientInOtherForm(
    of numbers: ForeignNumbers, in others: [ForeignNumbers]
  ) -> [ForeignNumbers] {
    guard numbers.quantity.kind.isParameter, let kind = numbers.quantity.kind.gradient else { return [] }
    return others.filter {
      $0.quantity == Quantity(kind, numbers.quantity.layer) && $0.isRight && $0.convention?.changesNumbers == true
    }
  }

  /// Whether it has a slip of its own, or one that another has too.
  private var isOfOwn: Bool { if case .sameSlip = cause { true } else { isFault } }

  /// Whether others of its kind say that numbers are in no other form than here: they are right so, or wrong for a reason that
  /// is.
  private static func isInOurForm(
    _ numbers: ForeignNumbers, _ earlier: [Departure], _ others: [ForeignNumbers]
  ) -> Bool {
    guard numbers.quantity.kind.gradientOf != nil, numbers.assumed == nil else { return false }
    func isAlike(_ other: ForeignNumbers) -> Bool {
      other.quantity != numbers.quantity && other.quantity.kind.gradientOf != nil
        && other.quantity.kind.isOfSample == numbers.quantity.kind.isOfSample
    }
    return earlier.contains { $0.isAsHere && isAlike($0.numbers) }
      || others.contains { other in
        isAlike(other) && other.isRight && other.convention?.changesNumbers != true
          && other.truth.elements.contains { $0 != 0 }
      }
  }

  /// Whether none of the other gradients of parameters that follow from the same is given as it is here, so that all may be in
  /// the form in which these are.
  private static func isFormOfOthers(_ numbers: ForeignNumbers, _ carried: Carried, _ others: [ForeignNumbers]) -> Bool
  {
    func isGradient(_ numbers: ForeignNumbers) -> Bool { numbers.quantity.kind.gradientOf?.isParameter == true }
    guard isGradient(numbers) else { return true }
    return !others.contains { other in
      guard other.quantity != numbers.quantity, isGradient(other), let held = carried.held(other) else { return false }
      return held.isRight && held.convention?.changesNumbers != true && held.truth != other.truth
    }
  }
}

extension Explanation.Found {
  /// How many slips the explanations have; nil where there is none.
  fileprivate var slipCount: Int? { explanations.first?.mistakes.count }

  /// Whether the first is one slip that has a name.
  fileprivate var isOneNamedSlip: Bool { slipCount == 1 && explanations.first?.isNameless == false }

  /// How much has to be taken for granted: two for each slip, one more where none has a name, and most where there are none.
  fileprivate var weight: Int {
    explanations.first.map { 2 * $0.mistakes.count + ($0.isNameless ? 1 : 0) } ?? .max
  }

  /// Of two the one that takes less for granted, with all that was tried for both.
  fileprivate static func fewer(_ one: Self, _ other: Self) -> Self {
    let isOther = other.weight < one.weight
    return Self(
      explanations: isOther ? other.explanations : one.explanations, tried: one.tried + other.tried,
      left: one.left + other.left, chance: min(one.chance + other.chance, 1),
      telling: isOther ? other.telling : one.telling)
  }
}

extension ForeignNumbers {
  /// Whether one of the right formulas gives them where the quantity is computed by another: the loss by what a page says,
  /// from outputs that are not ours.
  fileprivate func comesOfAnotherWay(at state: State) -> Bool {
    guard !isOfBatch else { return false }
    let ground = FormulaGround(state)
    let samples = sample.map { [$0] } ?? Array(state.batch.indices)
    return ElementFormula.all(of: quantity, in: state.worked).contains { formula in
      formula.elements(on: ground, samples: samples).map(agrees(with:)) ?? false
    }
  }
}
