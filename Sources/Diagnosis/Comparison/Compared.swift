import Engine
import Notation

/// What of somebody's was compared at one place: all of it in the order of computation, and what is wrong of it with what that
/// comes of.
package struct Compared: Sendable {
  /// What was given, in the order of computation.
  package private(set) var all: [ForeignNumbers] = []
  /// What is wrong of it, in that order.
  package private(set) var departures: [Departure] = []

  /// Nothing.
  package init() {}

  /// What was given for a quantity.
  package func numbers(of quantity: Quantity) -> ForeignNumbers? { all.first { $0.quantity == quantity } }

  /// What is wrong with a quantity; nil where it is right, or was not given.
  package func departure(of quantity: Quantity) -> Departure? { departures.first { $0.numbers.quantity == quantity } }

  /// Takes more in, each in the place of what was given for the same quantity before. What is no longer about what is on show
  /// at the place of a line is forgotten.
  package mutating func take(_ new: [ForeignNumbers], on line: Timeline) {
    let (state, before) = (line.state, all)
    let isNew = { (numbers: ForeignNumbers) in new.contains { $0.quantity == numbers.quantity } }
    all = (before.filter { $0.isAbout(state) && !isNew($0) } + new).sorted { $0.comes(before: $1, in: state.program) }
    // What comes before all that is wrong and new, or is gone, stands as it is.
    let isGone = { (departure: Departure) in
      !departure.numbers.isAbout(state) || isNew(departure.numbers)
        || new.contains { !$0.isRight && $0.comes(before: departure.numbers, in: state.program) }
    }
    departures = Array(departures.prefix { !isGone($0) })
    let right = Set(all.filter { $0.isRight && $0.convention == nil }.map(\.quantity))
    for numbers in all where !numbers.isRight && departure(of: numbers.quantity) == nil {
      departures.append(Departure(numbers, after: departures, right: right, on: line))
    }
  }

  /// Those that are right.
  package var right: [ForeignNumbers] { all.filter(\.isRight) }
}
