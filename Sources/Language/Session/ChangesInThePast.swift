import Engine

// What a change in the past, or in the middle of an iteration, does besides what it is to do.
extension Session {
  /// What is to be said of it, given what there was before the line: that another future begins, and how one comes back to
  /// the one that was there; and that it counts from the iteration's beginning, which is said once an iteration, or where
  /// one stands now, each time that the order of the steps became another.
  func remarks(since before: Content) -> [Text] {
    var remarks: [Text] = []
    if content.futures.isNew, let left = content.futures.leftBehind, left.number == before.futures.current {
      remarks.append("this begins future \(content.futures.current); switch \(left.label) goes back to the other")
    }
    if let retaken = content.retaken, retaken != before.retaken {
      let hasMoved = retaken.moves > (before.retaken?.moves ?? 0)
      remarks.append(
        hasMoved
          ? "now at \(whereItStands(nil)); the steps of this iteration are taken again"
          : "it counts from the beginning of iteration \(retaken.iteration): the steps up to here are taken again")
    }
    return remarks
  }
}

extension Session.Content {
  /// An iteration whose steps were taken again, since something was changed inside it.
  struct Retaken: Equatable, Sendable {
    let iteration: Int
    /// The number of the future.
    let future: Int
    /// How many times so far that led to another step, since the order of the steps is another.
    let moves: Int
  }

  /// Changes the line of time, and notes where that took steps again.
  mutating func change<Failure: Error>(
    _ edit: (inout Experiment, inout [LayerParameters]) throws(Failure) -> Void
  ) throws(Failure) {
    guard timeline.state.isInsideIteration else { return try timeline.change(edit) }
    let (experiment, numbers) = (timeline.state.experiment.withNothingHidden, timeline.state.numbersRead)
    let (step, phase, layer) = (timeline.state.step, timeline.state.phase, timeline.state.layer)
    try timeline.change(edit)
    // What is given the value that it has, or shown to whoever looked for it, makes no step another.
    guard timeline.state.isInsideIteration,
      timeline.state.experiment.withNothingHidden != experiment || timeline.state.numbersRead != numbers
    else { return }
    let hasMoved = timeline.state.step != step || timeline.state.phase != phase || timeline.state.layer != layer
    retaken = Retaken(
      iteration: timeline.state.iteration, future: futures.current, moves: (retaken?.moves ?? 0) + (hasMoved ? 1 : 0))
  }
}

extension State {
  /// Whether some of this iteration was computed, and not all of it.
  fileprivate var isInsideIteration: Bool { !isAtEnd && (place.operation > 0 || place.unit > 0) }

  /// The weights and biases with which this iteration began.
  fileprivate var numbersRead: [[Double]] { forward.flatMap { [$0.w.values, $0.b.values] } }
}

extension Experiment {
  /// The same with no mistake in it that is kept from those who look.
  fileprivate var withNothingHidden: Experiment {
    var experiment = self
    for index in network.alterations.indices { experiment.network.alterations[index].isSecret = false }
    return experiment
  }
}
