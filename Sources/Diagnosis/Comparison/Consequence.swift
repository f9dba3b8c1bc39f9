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

  /// Decides it on a line of time that stands in the iteration of both.
  package init(of later: ForeignNumbers, from earlier: ForeignNumbers, on timeline: Timeline) {
    func carried(_ numbers: [Double]) -> Matrix? {
      timeline.carrying(earlier.quantity, numbers, sample: earlier.sample, to: later.quantity, sample: later.sample)
    }
    guard earlier.quantity.kind.isInjectable, let value = carried(earlier.given.elements), value != later.truth else {
      self = .isApart
      return
    }
    // To first order: what each number's own slack moves, added up.
    var slack = [Double](repeating: 0, count: value.count)
    let places = earlier.slack.elements.indices.filter { earlier.slack.elements[$0] > 0 }
    for place in places.prefix(Consequence.mostMoved) {
      var moved = earlier.given.elements
      moved[place] += earlier.slack.elements[place]
      guard let other = carried(moved) else { continue }
      for index in slack.indices { slack[index] += abs(other.elements[index] - value.elements[index]) }
    }
    // Those that were not moved are taken to move as much.
    let share = Double(places.count) / Double(max(min(places.count, Consequence.mostMoved), 1))
    self = later.agrees(with: value, within: slack.map { $0 * share }) ? .follows : .departsBesides
  }
}

extension Timeline {
  /// What a quantity comes to in this iteration if other numbers stand in another one's place; nil where it does not come.
  fileprivate func carrying(
    _ quantity: Quantity, _ numbers: [Double], sample: Int?, to other: Quantity, sample otherSample: Int?
  ) -> Matrix? {
    var line = self
    let here = place
    // Behind the last update, what is put in would count for the next iteration.
    if isBetweenIterations, here.operation > 0 { line.move(to: Place(iteration: here.iteration, operation: 1)) }
    line.inject(
      Injection(
        quantity, sample: sample,
        values: Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($0.offset, $0.element) })))
    line.move(to: here)
    return try? line.state.value(of: other, sample: otherSample)
  }
}
