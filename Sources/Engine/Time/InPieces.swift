/// What is under way on the line of time where layer steps take long. Nothing of it shows: the place stays at the end of the
/// last layer step that is complete, with all that is on show there.
struct Underway: Sendable {
  /// The place that it goes on from.
  var place = Place()
  /// The iteration that is gone over to, in a block of numbers of its own, until its first layer step is complete.
  var ahead: State?
  /// A block of numbers that is on show no more.
  var spare: Workspace?
  /// The score that is being taken at the place.
  var scoring: Scoring?
  /// Whether the visitor is still to be asked at the place.
  var owesVisit = false
}

extension Experiment {
  /// Whether an iteration takes so long, some ten milliseconds, that whoever waits must be able to leave it in its middle.
  package var isLong: Bool { work(samples: samplesPerBatch) > 4 * Workspace.productsOfPiece }

  /// Whether one pass over all samples takes so long that who goes over them again and again must be able to be stopped.
  package var isLarge: Bool { work(samples: max(data.count, data.heldOut.count)) > Workspace.productsOfPiece }

  /// About how many products it takes to go over some samples once.
  private func work(samples: Int) -> Int {
    let units = network.layers.reduce(network.inputs) { $0 + $1.units }
    let (work, isTooMuch) = max(samples, 1).multipliedReportingOverflow(
      by: network.parameterCount + Workspace.productsOfUnit * units)
    return isTooMuch ? .max : work
  }
}

extension Timeline {
  /// Whether an iteration takes long somewhere between the place and another one.
  func isLong(upTo target: Place) -> Bool {
    guard segments.count > 1 else { return segments.first?.isLong == true }
    let (one, other) = (segmentIndex(of: place.iteration), segmentIndex(of: target.iteration))
    return segments[min(one, other)...max(one, other)].contains(where: \.isLong)
  }

  /// Lets go of what is under way: the place is where it shows.
  package mutating func leaveUnderway() {
    // Giving a large block back takes time, which a stop has not.
    if let ahead = underway.ahead {
      underway.spare = ahead.workspace
      underway.ahead = nil
    }
    if underway.scoring != nil { underway.scoring = nil }
    underway.owesVisit = false
    state.begun = nil
  }

  /// Goes to a place in pieces of a fraction of a millisecond, at least one of them. Where the time comes before it is there,
  /// the place is the end of the last layer step that is complete, and the next walk goes on from what is done of the next.
  mutating func advanceInPieces(
    to target: Place, until deadline: ContinuousClock.Instant?, stoppingAtNonFinite stops: Bool,
    asking visitor: Visitor?, _ chosen: Int
  ) -> Arrival {
    var look = LookAtTheClock(deadline, every: 1)
    takeUp(to: target, isAsked: visitor != nil)
    defer { underway.place = state.place }
    if let visitor, visitor.at == .layerSteps, !underway.owesVisit { tell(visitor, chosen) }
    while underway.owesVisit || underway.ahead != nil || state.place < target {
      if underway.owesVisit {
        if let visitor, let arrival = ask(visitor, chosen, &look) { return arrival }
        continue
      }
      if underway.ahead == nil {
        let isBetween = state.isAtEnd || state.place.operation == 0 && state.place.unit == 0
        if isBetween, !takeScoreInPieces(&look) { return .interrupted }
        if state.isAtEnd {
          guard beginNext() else { return arrive() }
        } else if let visitor, visitor.at == .iterations, state.program.lastStepsBeginning == state.place.operation {
          tell(visitor, chosen)
        }
      }
      guard goOn(towards: target, &look) else { return .interrupted }
      if stops, state.isAtEnd, !latestLoss.isFinite, state.place < target { return .interrupted }
      underway.owesVisit = visitor.map { $0.at == .iterations ? state.isAtEnd : state.isBetweenLayerSteps } ?? false
    }
    if state.isAtEnd, !takeScoreInPieces(&look) { return .interrupted }
    return arrive()
  }

  /// Takes up what is under way, where it leads to a place; else begins there from what is known.
  private mutating func takeUp(to target: Place, isAsked: Bool) {
    if underway.place != state.place { leaveUnderway() }
    if !isAsked { underway.owesVisit = false }
    let (here, ahead) = (state.place, underway.ahead.map(\.place))
    if let ahead, ahead > target || (ahead > here) != (target > here) { underway.ahead = nil }
    guard underway.ahead == nil, !underway.owesVisit else { return }
    if target < state.place {
      let segment = segment(of: target.iteration)
      if isAsked { return rewind(to: target) }
      underway.ahead =
        target.iteration == state.place.iteration
        ? beginning(segment, state.forward, target.iteration, stepsBefore: state.stepsBefore)
        : beginning(segment, checkpoints.last(upTo: target.iteration))
    } else if !isAsked, let (segment, checkpoint) = shortcut(to: target) {
      underway.ahead = beginning(segment, checkpoint)
    }
  }

  /// Begins the next iteration, apart from what is on show; false where its data does not fit its network.
  private mutating func beginNext() -> Bool {
    let iteration = state.place.iteration + 1
    var next: State
    if segments.count > 1, let segment = segment(beginningAt: iteration) {
      next = segment.begin(later: true)
      if segment.experiment.obstacle != nil {
        state = next
        return false
      }
    } else {
      next = state
      next.beginNextIteration(apartFrom: &underway.spare)
    }
    if checkpoints.wants(iteration, stretch: next.stretch) { checkpoints.record(next) }
    underway.ahead = next
    return true
  }

  /// Goes on to the end of the layer step, or to a place inside it; then it shows. False where the time comes before.
  private mutating func goOn(towards target: Place, _ look: inout LookAtTheClock) -> Bool {
    let isThere = underway.ahead?.goOn(towards: target, &look) ?? state.goOn(towards: target, &look)
    guard isThere else { return false }
    if var next = underway.ahead {
      underway.ahead = nil
      if next.place.operation == 0 { next.loadAwaited(0..<Int.max) }
      underway.spare = state.workspace
      state = next
    }
    recordLoss()
    showChange()
    return true
  }

  /// Asks a visitor at the place, with the score at hand where it reads that; nil where it does not stop there.
  private mutating func ask(_ visitor: Visitor, _ chosen: Int, _ look: inout LookAtTheClock) -> Arrival? {
    let isMeasured = visitor.reads?.contains { $0.kind.isMeasured } ?? true
    if isMeasured, state.experiment.isLarge {
      guard let known = knownScore(&look) else { return .interrupted }
      state.known = known
    }
    defer { state.known = nil }
    underway.owesVisit = false
    if stops(visitor, chosen) { return .stopped }
    if visitor.at == .layerSteps { tell(visitor, chosen) }
    return nil
  }

  private mutating func arrive() -> Arrival {
    leaveUnderway()
    return .arrived
  }
}

extension State {
  /// Whether a layer step has just ended here.
  fileprivate var isBetweenLayerSteps: Bool {
    place.unit == 0 && place.operation > 0 && program.steps.contains { $0.operations.upperBound == place.operation }
  }

  /// Goes on in pieces to the end of the layer step, at most to a place of this iteration.
  fileprivate mutating func goOn(towards target: Place, _ look: inout LookAtTheClock) -> Bool {
    let steps = program.steps
    guard !steps.isEmpty else { return true }
    let next = steps[min(program.completedSteps(operations: place.operation), steps.count - 1)]
    let end = Place(iteration: place.iteration, operation: next.operations.upperBound)
    let goal = min(end, target)
    return goOn(to: goal.operation, unit: goal.unit, &look)
  }
}
