import Engine

extension Timeline {
  /// The line where the iteration that is on show can be changed as at its beginning: no more than its first operation is
  /// done. A change made there counts from the beginning on, and `move(to:)` then takes the steps to the old place again.
  package var atBeginningOfIteration: Timeline {
    var line = self
    let beginning = Place(iteration: place.iteration, operation: 1)
    if place > beginning { line.move(to: beginning) }
    return line
  }
}
