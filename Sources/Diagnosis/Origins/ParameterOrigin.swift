import Engine
import Notation

/// Where the number of one weight or bias comes from: its start, what was set by hand, and every update since, grouped by
/// the sample that made it. In the order in which they stand here they add up to the number, to the bit.
package struct ParameterOrigin: Sendable {
  /// What one sample's gradients have moved it by.
  package struct Share: Sendable {
    /// The sample, counted from 0 in the data; nil for all updates together.
    package let sample: Int?
    /// The sum of what it was moved by.
    package internal(set) var sum = 0.0
    /// In how many updates.
    package internal(set) var updates = 0
    /// The layer step with which the update is complete that moved it furthest; nil where none has moved it.
    package private(set) var largest: Place?
    private var furthest = 0.0

    init(sample: Int?) { self.sample = sample }

    /// Counts what one update moved it by.
    mutating func count(_ change: Double, at place: Place) {
      sum += change
      updates += 1
      guard abs(change) > furthest else { return }
      (furthest, largest) = (abs(change), place)
    }
  }

  /// One update.
  package struct Update: Sendable {
    /// The iteration that it ends, counted from 1.
    package let iteration: Int
    /// The layer step with which it is complete.
    package let place: Place
    /// The sample that made it, counted from 0 in the data; nil of a batch of several.
    package let sample: Int?
    /// What it moved the number by.
    package let change: Double
  }

  /// What was done to it by hand, or by drawing it anew.
  package struct ByHand: Sendable {
    /// The layer steps before that.
    package let step: Int
    /// What it was moved by.
    package let change: Double
    /// Whether it was drawn anew, by a line that draws weights.
    package let isDrawn: Bool
  }

  /// How the updates are grouped by samples.
  package enum Grouping: Sendable {
    /// Each sample has its share of each update: the rule is plain gradient descent.
    case bySample
    /// Each sample has what its gradients have moved by way of the momentum, which adds up: with one rate and one momentum
    /// all along.
    case throughMomentum
    /// None has a share of its own, so that the updates stand together.
    case together(Reason)

    /// Whether none has a share of its own.
    package var isTogether: Bool { if case .together = self { true } else { false } }
  }

  /// Why no sample has a share of its own.
  package enum Reason: Sendable {
    /// There are too many of them.
    case manySamples
    /// A mistake is on, and with it a batch's gradient is not what its samples' would be.
    case mistake
    /// What the optimizer remembers of one gradient scales what comes of others.
    case optimizer
    /// The optimizer's settings were changed, and what it remembers from before counts by the new ones.
    case optimizerChanged
    /// What the momentum keeps is of whole batches.
    case batches
    /// Something was changed by hand, and the momentum goes on from before.
    case changed
  }

  /// The number that it is.
  package let value: Double
  /// The number that it started as.
  package let start: Double
  /// The layer steps before that.
  package let startStep: Int
  /// What was done to it by hand, in the order of time.
  package let byHand: [ByHand]
  /// The shares of the updates, the largest first.
  package let shares: [Share]
  /// The largest updates, the largest first.
  package let largest: [Update]
  /// How many updates there were.
  package let updates: Int
  /// How the updates are grouped, from one change made by hand to the next.
  package let stretches: [Stretch]
  /// What rounding has left: the number less the sum of all the others.
  package let rest: Double

  /// How many of the largest updates are kept where no number is said, and how many may be.
  package static let mostUpdates = (usual: 5, asked: 10_000)
  /// The most samples that have shares of their own.
  package static let mostSamples = 10_000

  /// Goes through all updates of a weight or bias up to the place where a line of time stands, and keeps so many of the largest;
  /// nil where it is stopped on the way, by what is told of each iteration that has gone by.
  package init?(
    of element: Element, on timeline: Timeline, keeping most: Int = mostUpdates.usual,
    stops: @escaping (_ iteration: Int) -> Bool = { _ in false }
  ) {
    let state = timeline.state
    guard element.quantity.kind == .w || element.quantity.kind == .b,
      let shape = state.shape(of: element.quantity)
    else { return nil }
    let index = element.row * shape.columns + element.column
    let beginnings = timeline.beginnings(of: element.quantity, at: index)
    guard let first = beginnings.first else { return nil }
    var line = timeline
    // Inside an iteration its update counts once it is made.
    var updated = state.place.iteration + 1
    if !state.isAtEnd {
      line.move(to: Place(iteration: state.place.iteration))
      let numbers = [line.state, state].map { (try? $0.partialValue(of: element.quantity))?.elements[index].bitPattern }
      if numbers[0] == numbers[1] { updated -= 1 }
    }
    let ledger = Ledger(
      element, index, beginnings, upTo: updated, on: timeline,
      keeping: min(max(most, 1), ParameterOrigin.mostUpdates.asked))
    line.move(to: Place(iteration: first.iteration))
    let end = state.isAtEnd ? state.place : Place(iteration: state.place.iteration)
    let arrival = line.walk(
      to: end,
      visiting: Visitor(at: .iterations, reads: ledger.reads) { place in
        ledger.note(place, isInside: false)
        return stops(place.place.iteration)
      })
    guard arrival != .stopped else { return nil }
    if !state.isAtEnd { withUnsafePointer(to: state) { ledger.note(Passing($0), isInside: true) } }
    value = ledger.current
    (start, startStep) = (first.value, first.step)
    (byHand, largest, updates, stretches) = (ledger.byHand, ledger.largest, ledger.updates, ledger.stretches)
    let known = ledger.shares.filter { $0.updates > 0 }
    shares = known.sorted { abs($0.sum) > abs($1.sum) }
    let total = shares.reduce(byHand.reduce(start) { $0 + $1.change }) { $0 + $1.sum }
    var rest = value - total
    // Where the sum is much larger than the number, the difference is rounded itself.
    for _ in 0..<4 where total + rest != value { rest += value - (total + rest) }
    self.rest = rest
  }
}
