import Engine
import Notation

/// Somebody's numbers that are wrong, with what they come of.
package struct Departure: Sendable {
  /// What was given.
  package private(set) var numbers: ForeignNumbers
  /// What it has to do with those that are wrong before it.
  package let cause: Cause
  /// The slips that give it, where it is a fault of its own; nil where it follows from another.
  package let found: Explanation.Found?
  /// Where the first of those slips is in the code, and where it is not; nil where no formula of the iteration says it.
  package private(set) var sides: Sides?
  /// The formulas of another's slips that give this too.
  private var sharedSlips: [Alteration] = []

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

  /// Whether it is a fault of its own, and follows from none.
  package var isFault: Bool { found != nil }

  /// Whether nothing plainer can be said of it: it follows from another, or comes of one slip.
  var isPlain: Bool { found.map { $0.slipCount == 1 && form == nil } ?? true }

  /// The form in which its numbers are given, as its explanation has it.
  var form: Convention? { found?.explanations.first?.form }

  /// Whether it takes fewer slips.
  func isPlainer(than other: Departure) -> Bool {
    guard let own = found, let others = other.found else { return found == nil && other.found != nil }
    let (count, otherCount) = (own.slipCount ?? .max, others.slipCount ?? .max)
    return count < otherCount || count == otherCount && count < .max && form == nil && other.form != nil
  }

  /// Whether fewer of its numbers are wrong, where neither is explained.
  func isNearer(than other: Departure) -> Bool {
    guard found?.explanations.isEmpty == true, other.found?.explanations.isEmpty == true else { return false }
    return numbers.agreement.wrongCount < other.numbers.agreement.wrongCount
      || numbers.agreement.wrongCount == other.numbers.agreement.wrongCount
        && numbers.agreement.worst < other.numbers.agreement.worst
  }

  /// Its numbers as they would be given here, where its explanation says that they are in another form.
  private mutating func readInItsForm(at state: State) {
    if let form, let read = numbers.read(in: form, at: state) { numbers = read }
  }

  /// - Parameters:
  ///   - numbers: what was given, and is wrong.
  ///   - earlier: those that are wrong and come before it in the order of computation.
  ///   - rounded: those before it that are right, as they were typed with few digits.
  ///   - right: quantities that are right as they are, which have no slip in them.
  ///   - line: where they all stand.
  init(
    _ numbers: ForeignNumbers, after earlier: [Departure], rounded: [ForeignNumbers] = [], right: Set<Quantity>,
    on line: Timeline
  ) {
    self.numbers = numbers
    guard let first = earlier.first else {
      var (found, ground) = (Explanation.Found.find(numbers, on: line, right: right), line)
      if found.slipCount != 1, !rounded.isEmpty, let (here, there) = numbers.carried(on: Carried(rounded, on: line)) {
        let other = Explanation.Found.find(here, on: there, right: right)
        if other.slipCount ?? .max < found.slipCount ?? .max { (found, ground) = (other, there) }
      }
      (cause, self.found) = (.first, found)
      readInItsForm(at: line.state)
      sides = Sides(found, numbers, on: ground)
      return
    }
    let faults = earlier.filter { $0.isFault && $0.numbers.quantity.kind.isInjectable }.map(\.numbers)
    for fault in faults where Consequence(of: numbers, from: fault, on: line) == .follows {
      (cause, found) = (.follows(from: [fault.quantity]), nil)
      return
    }
    let known = Departure.slips(in: earlier, on: line)
    for fault in earlier where fault.isFault {
      guard let slips = fault.slips(giving: numbers, beside: known, on: line) else { continue }
      (cause, found, sharedSlips) = (.sameSlip(as: fault.numbers.quantity), nil, slips)
      return
    }
    // A second fault may stand by itself, or in what is computed from the first as it was given, with the slips that were
    // found in the code or without.
    var (fewest, ground) = (Explanation.Found.find(numbers, on: line, right: right), line)
    let slips = fewest.slipCount == 1 ? [] : known
    let grounds = [(faults + rounded, slips), (rounded, slips), (faults + rounded, [])]
    for (given, slips) in grounds where !(given.isEmpty && slips.isEmpty) && fewest.slipCount != 1 {
      guard let (here, there) = numbers.carried(on: Carried(given, slips: slips, on: line)) else { continue }
      // It may be computed by another formula than ours that is as right.
      if here.isRight || !given.isEmpty && here.comesOfAnotherWay(at: there.state) {
        (cause, found) = (.follows(from: earlier.filter(\.isFault).map(\.numbers.quantity)), nil)
        return
      }
      let other = Explanation.Found.find(here, on: there, right: right)
      if other.slipCount ?? .max < fewest.slipCount ?? .max { ground = there }
      fewest = Explanation.Found.fewer(fewest, other)
    }
    let isApart = Consequence(of: numbers, from: first.numbers, on: line) == .isApart
    (cause, found) = (isApart ? .apart : .besides, fewest)
    readInItsForm(at: line.state)
    sides = Sides(fewest, numbers, on: ground)
  }

  /// The formulas of the likeliest explanations as they may stand in the code: in its layer, in every layer, or in this
  /// quantity alone.
  private func slips(on line: Timeline) -> [[Alteration]] {
    (found?.explanations ?? []).prefix(Departure.mostTried).flatMap { explanation -> [[Alteration]] in
      let only = explanation.mistakes.count == 1 ? explanation.mistakes.first : nil
      let made = [numbers.quantity.layer, nil].compactMap { layer in
        layer == 0 ? nil : only?.made(in: line, layer: layer)?.alterations
      }
      // Or in what it is made of in its layer.
      let parts = only.map { only in
        [Quantity.Kind.delta, .da].flatMap { kind in
          only.formsAnywhere(of: Quantity(kind, numbers.quantity.layer), in: line.experiment.network, line).map { [$0] }
        }
      }
      return (made + (numbers.quantity.kind.gradientOf?.isParameter == true ? parts ?? [] : []) + [explanation.slips])
        .filter {
          slips in
          guard !slips.isEmpty, let value = Carried([], slips: slips, on: line).value(of: numbers) else { return false }
          return numbers.agrees(with: value, within: value.elements.map { _ in 0 })
        }
    }
  }

  /// The most explanations of one that are tried on another.
  private static let mostTried = 5

  /// The formulas of one of its explanations that give other numbers as well, by themselves or beside those that are known;
  /// nil where none does.
  private func slips(
    giving later: ForeignNumbers, beside known: [Alteration], on line: Timeline
  ) -> [Alteration]? {
    let own = slips(on: line)
    return (own + own.map { known.replaced(by: $0) }).first { slips in
      guard let value = Carried([], slips: slips, on: line).value(of: later), value != later.truth else { return false }
      return later.agrees(with: value, within: value.elements.map { _ in 0 })
    }
  }

  /// The formulas that stand in the code by what was found so far; what was found last counts.
  private static func slips(in earlier: [Departure], on line: Timeline) -> [Alteration] {
    earlier.reduce([]) { all, departure in
      all.replaced(by: departure.isFault ? departure.slips(on: line).first ?? [] : departure.sharedSlips)
    }
  }
}

extension [Alteration] {
  /// These, with others in the places of those of the same quantities.
  fileprivate func replaced(by others: [Alteration]) -> [Alteration] {
    filter { old in !others.contains { $0.quantity == old.quantity } } + others
  }
}

extension Explanation.Found {
  /// How many slips the explanations have; nil where there is none.
  fileprivate var slipCount: Int? { explanations.first?.mistakes.count }

  /// Of two the one of fewer slips, with all that was tried for both.
  fileprivate static func fewer(_ one: Self, _ other: Self) -> Self {
    let isOther = other.slipCount.map { $0 < one.slipCount ?? .max } ?? false
    return Self(
      explanations: isOther ? other.explanations : one.explanations, tried: one.tried + other.tried,
      left: one.left + other.left, chance: min(one.chance + other.chance, 1),
      telling: isOther ? other.telling : one.telling)
  }
}

extension Explanation {
  /// Its formulas in the places of the right ones; none where it is in another iteration, or of samples that no code takes.
  var slips: [Alteration] {
    guard iteration == nil, samples == nil else { return [] }
    let name = mistakes.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    return before + (wrong.map { [$0.alteration(called: name, because: "mistake")] } ?? [])
  }
}

extension ForeignNumbers {
  /// The numbers held against what somebody's code comes to, and the line that stands there; nil where it is not computed.
  fileprivate func carried(on carried: Carried) -> (here: ForeignNumbers, there: Timeline)? {
    let there = carried.line
    guard let value = carried.value(of: self),
      let here = held(against: there.state, within: carried.slack(of: self, around: value))
    else { return nil }
    return (here, there)
  }

  /// Whether one of the right formulas gives them where the quantity is computed by another: the loss by what a page says,
  /// from outputs that are not ours.
  fileprivate func comesOfAnotherWay(at state: State) -> Bool {
    guard !isOfBatch else { return false }
    let ground = FormulaGround(state)
    let samples = sample.map { [$0] } ?? Array(state.batch.indices)
    return ElementFormula.all(of: quantity, in: state.worked).contains { formula in
      guard let numbers = formula.numbers(on: ground, samples: samples) else { return false }
      var work = 0
      return given.elements.indices.allSatisfy { place in
        numbers.value(place, spending: &work).map { agrees(at: place, with: $0) } ?? false
      }
    }
  }
}
