import Engine
import Notation

/// Where explanations that fit equally well would give different numbers.
package struct TellingApart: Sendable, Equatable {
  /// The iteration, from 1.
  package let iteration: Int
  /// The sample's number in the data, from 1; nil where that of the whole batch would tell.
  package let sample: Int?

  /// The most samples of a batch, and the most iterations, that are looked at.
  private static let most = 32
  /// The most explanations that are held against each other.
  private static let mostExplanations = 6

  /// The nearest place that tells two of them apart: another sample of the batch, else an iteration to come. Nil where none
  /// that was looked at does.
  static func find(
    _ explanations: [Explanation], of numbers: ForeignNumbers, on line: Timeline
  ) -> TellingApart? {
    let some = explanations.prefix(mostExplanations).filter { $0.iteration == nil }
    guard some.count > 1, !numbers.isOfBatch else { return nil }
    if numbers.sample != nil {
      for sample in line.state.batch.indices.prefix(most) where sample != numbers.sample {
        if isTold(some, of: numbers, sample: sample, on: line) { return TellingApart(at: line, sample) }
      }
    }
    var other = line
    for _ in 0..<min(max(line.experiment.data.count, 2), most) {
      other.move(to: Place(iteration: other.place.iteration + 1, operation: line.place.operation))
      guard other.place.operation == line.place.operation else { return nil }
      let sample = numbers.sample == nil ? nil : other.state.selected
      if isTold(some, of: numbers, sample: sample, on: other) { return TellingApart(at: other, sample) }
    }
    return nil
  }

  private init(at line: Timeline, _ sample: Int?) {
    let state = line.state
    let slot = sample ?? (state.batch.count == 1 ? 0 : nil)
    self.sample = slot.map { state.experiment.data.number(of: state.batch[$0]) + 1 }
    iteration = state.iteration
  }

  private static func isTold(
    _ explanations: [Explanation], of numbers: ForeignNumbers, sample: Int?, on line: Timeline
  ) -> Bool {
    let values = explanations.compactMap { $0.values(of: numbers.quantity, sample: sample, on: line) }
    guard let first = values.first else { return false }
    // As many digits as were given have to tell it.
    let size = first.reduce(0) { max($0, abs($1)) }
    let coarsest = numbers.slack.elements.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    let least = max(4 * coarsest, 1e-6 * size)
    return values.dropFirst().contains { other in
      zip(first, other).contains { abs($0 - $1) > least }
    }
  }
}

extension Explanation {
  /// What a quantity comes to by it, of a sample of the batch where it belongs to one; nil where it does not come.
  fileprivate func values(of quantity: Quantity, sample: Int?, on line: Timeline) -> [Double]? {
    let there = before.isEmpty ? line : Carried([], slips: before, on: line).line
    guard let wrong else { return try? there.state.value(of: quantity, sample: sample).elements }
    let own = sample.map { [$0] } ?? Array(there.state.batch.indices)
    let value = wrong.elements(on: FormulaGround(there.state), samples: samples ?? own)
    return value.map { (form?.turned($0, there.state) ?? $0).elements }
  }
}
