import Engine
import Notation

/// What foreign numbers for one quantity have to do with those for another, which is computed after it: found by carrying
/// the first on through what follows.
package enum Consequence: Equatable, Sendable {
  /// Computed on from the first as it was given, the second comes out as it was given.
  case follows
  /// It changes with the first, and is wrong besides.
  case departsBesides
  /// The first has no part in it.
  case isApart

  /// How many numbers are moved one by one to see how far their last digit carries.
  private static let mostMoved = 64
  /// The same of a whole batch.
  private static let mostMovedOfBatch = 16

  /// Decides it on a line of time that stands in the iteration of both.
  package init(of later: ForeignNumbers, from earlier: ForeignNumbers, on timeline: Timeline) {
    func carried(_ numbers: [Double]) -> Matrix? {
      timeline.carrying(earlier, numbers, to: later)
    }
    guard earlier.quantity.kind.isInjectable, let value = carried(earlier.given.elements), value != later.truth else {
      self = .isApart
      return
    }
    // To first order: what each number's own slack moves, added up.
    var slack = [Double](repeating: 0, count: value.count)
    let places = earlier.slack.elements.indices.filter { earlier.slack.elements[$0] > 0 }
    let most = earlier.isOfBatch ? Consequence.mostMovedOfBatch : Consequence.mostMoved
    for place in places.prefix(most) {
      var moved = earlier.given.elements
      moved[place] += earlier.slack.elements[place]
      guard let other = carried(moved) else { continue }
      for index in slack.indices { slack[index] += abs(other.elements[index] - value.elements[index]) }
    }
    // Those that were not moved are taken to move as much.
    let share = Double(places.count) / Double(max(min(places.count, most), 1))
    self = later.agrees(with: value, within: slack.map { $0 * share }) ? .follows : .departsBesides
  }
}

extension Timeline {
  /// What a quantity comes to in this iteration if other numbers stand in another one's place; nil where it does not come.
  fileprivate func carrying(_ earlier: ForeignNumbers, _ numbers: [Double], to later: ForeignNumbers) -> Matrix? {
    var line = self
    let here = place
    // Behind the last update, what is put in would count for the next iteration; and of many samples, each would have the
    // steps up to here taken again.
    if here.operation > 1 { line.move(to: Place(iteration: here.iteration, operation: 1)) }
    for sample in earlier.isOfBatch ? Array(state.batch.indices) : [earlier.sample ?? 0] {
      let values = earlier.isOfBatch ? Array(earlier.part(numbers, ofSample: sample)) : numbers
      line.inject(
        Injection(
          earlier.quantity, sample: earlier.isOfBatch ? sample : earlier.sample,
          values: Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.offset, $0.element) })))
    }
    line.move(to: here)
    return try? line.state.value(of: later.quantity, sample: later.sample, isOfBatch: later.isOfBatch)
  }
}
