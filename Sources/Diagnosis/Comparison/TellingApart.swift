import Engine
import Notation

/// Where explanations that fit equally well would give different numbers.
package struct TellingApart: Sendable, Equatable {
  /// The iteration, from 1.
  package let iteration: Int
  /// The sample's number in the data, from 1; nil where that of the whole batch would tell.
  package let sample: Int?
  /// Whether each of them is told from every other there.
  package let isAll: Bool

  /// What is known of telling some explanations apart.
  package enum Answer: Sendable, Equatable {
    /// Numbers of this place would.
    case there(TellingApart)
    /// Nothing would of all that the data has, or of what comes in so many iterations.
    case nowhere(iterations: Int?)
    /// They are too few, too many, or say nothing of other places.
    case unknown
  }

  /// The most samples of a batch, and the most iterations, that are looked at.
  private static let most = 32
  /// The most samples of each iteration to come, where what was given is of all samples.
  private static let mostOfBatch = 4
  /// The most explanations that are held against each other.
  private static let mostExplanations = 6
  /// How many operations on numbers may be spent on the iterations to come.
  private static let mostWork = 50_000_000

  /// The nearest place that tells two of them apart: another sample of the batch, else an iteration to come. What each gives
  /// there is tried.
  static func find(_ explanations: [Explanation], of numbers: ForeignNumbers, on line: Timeline) -> Answer {
    let some = explanations.prefix(mostExplanations).filter { $0.iteration == nil }
    guard some.count > 1 else { return .unknown }
    let here = line.state
    var isKnown = some.count == explanations.count
    func isTold(_ sample: Int?, on line: Timeline) -> TellingApart? {
      let pairs = told(Array(some), of: numbers, sample: sample, on: line, from: here)
      if pairs.contains(nil) { isKnown = false }
      guard pairs.contains(true) else { return nil }
      let isAll = some.count == explanations.count && pairs.allSatisfy { $0 == true }
      return TellingApart(at: line, sample, isAll: isAll)
    }
    if numbers.sample != nil {
      for sample in line.state.batch.indices.prefix(most) where sample != numbers.sample {
        if let place = isTold(sample, on: line) { return .there(place) }
      }
    }
    var other = line
    let cost = max(line.experiment.network.parameterCount * max(here.batch.count, 1) * 6 * some.count, 1)
    let wanted = max(line.experiment.data.count, 2)
    let iterations = min(wanted, most, max(mostWork / cost, 1))
    for _ in 0..<iterations {
      other.move(to: Place(iteration: other.place.iteration + 1, operation: line.place.operation))
      guard other.place.operation == line.place.operation else { return .unknown }
      let samples: [Int?] =
        numbers.isOfBatch
        ? other.state.batch.indices.prefix(mostOfBatch).map { $0 }
        : [numbers.sample == nil ? nil : other.state.selected]
      for sample in samples {
        if let place = isTold(sample, on: other) { return .there(place) }
      }
    }
    return isKnown ? .nowhere(iterations: iterations < wanted ? iterations : nil) : .unknown
  }

  private init(at line: Timeline, _ sample: Int?, isAll: Bool) {
    let state = line.state
    let slot = sample ?? (state.batch.count == 1 ? 0 : nil)
    self.sample = slot.map { state.experiment.data.number(of: state.batch[$0]) + 1 }
    (iteration, self.isAll) = (state.iteration, isAll)
  }

  /// Of each two explanations whether they give different numbers at a place; nil where that cannot be said.
  private static func told(
    _ explanations: [Explanation], of numbers: ForeignNumbers, sample: Int?, on line: Timeline, from here: State
  ) -> [Bool?] {
    let values = explanations.map { $0.values(of: numbers.quantity, sample: sample, on: line, from: here) }
    // As many digits as were given have to tell it, of numbers of the size that they should have: a sum that comes to nothing
    // but for rounding is nothing.
    let right = (try? line.state.value(of: numbers.quantity, sample: sample, isOfBatch: sample == nil))?.elements ?? []
    let size = (values.compactMap { $0 } + [right]).joined().reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let coarsest = numbers.slack.elements.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    let least = max(4 * coarsest, 1e-6 * size)
    func isTold(_ one: Int, _ other: Int) -> Bool? {
      if let first = values[one], let second = values[other] {
        return first.count != second.count || zip(first, second).contains { abs($0 - $1) > least }
      }
      guard let known = values[one] ?? values[other] else { return nil }
      let open = explanations[values[one] == nil ? one : other]
      guard let held = numbers.with(known, within: least, ofSample: sample, at: line.state) else { return nil }
      return open.mayGive(held, on: line).map { !$0 }
    }
    return explanations.indices.flatMap { one in
      explanations.indices.dropFirst(one + 1).map { isTold(one, $0) }
    }
  }
}

extension Explanation {
  /// What a quantity comes to by it, of a sample of the batch where it belongs to one; nil where it does not come, or no formula
  /// says it.
  fileprivate func values(of quantity: Quantity, sample: Int?, on line: Timeline, from here: State) -> [Double]? {
    let there = before.isEmpty ? line : Carried([], slips: before, on: line).line
    guard let wrong = wrong(at: there.state, from: here) else {
      return said == nil ? try? there.state.value(of: quantity, sample: sample).elements : nil
    }
    let own = sample.map { [$0] } ?? Array(there.state.batch.indices)
    guard (samples ?? own).allSatisfy(there.state.batch.indices.contains) else { return nil }
    let value = wrong.elements(on: FormulaGround(there.state), samples: samples ?? own)
    return value.map { (form?.turned($0, there.state) ?? $0).elements }
  }

  /// The formula that gives what was given, as the code has it at another place: in a batch of another size the number of
  /// samples in it is another.
  private func wrong(at there: State, from here: State) -> ElementFormula? {
    guard let wrong, let mistake = mistakes.first, mistakes.count == 1, here.batch.count != there.batch.count else {
      return wrong
    }
    func wholes(_ state: State) -> [Expression] {
      mistake.wholes(right, Mistake.Subject(quantity: right.quantity, state: state))
    }
    guard let place = wholes(here).firstIndex(of: wrong.expression) else { return wrong }
    let others = wholes(there)
    return right.replaced(by: others.indices.contains(place) ? others[place] : right.expression)
  }

  /// Whether it gives numbers at another place, where it is told from numbers alone; nil where that cannot be said.
  fileprivate func mayGive(_ numbers: ForeignNumbers, on line: Timeline) -> Bool? {
    guard before.isEmpty, form == nil, samples == nil, mistakes.count == 1, let mistake = mistakes.first else {
      return nil
    }
    let subject = Mistake.Subject(quantity: numbers.quantity, state: line.state, foreign: numbers)
    return mistake.numbers(subject, line).contains { numbers.agrees(with: $0.elements) }
  }
}
