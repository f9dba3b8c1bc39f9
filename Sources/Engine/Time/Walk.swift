/// A place that a walk comes by. Its numbers are read where they lie, without a copy, and only as long as the visit takes.
package struct Passing {
  /// Where the state under way lies.
  package let state: UnsafePointer<State>

  /// A state at the place that it has come to.
  package init(_ state: UnsafePointer<State>) { self.state = state }

  /// Where it is.
  package var place: Place { state.pointee.place }

  /// The layer steps completed since the network was built.
  package var step: Int { state.pointee.stepsBefore + stepsOfIteration }

  /// How many of this iteration's layer steps are complete.
  package var stepsOfIteration: Int { state.pointee.program.completedSteps(operations: place.operation) }

  /// The samples of the batch.
  package var sampleCount: Int { state.pointee.batch.count }

  /// The loss that was computed last.
  package var latestLoss: Double { state.pointee.workspace.loss }

  /// Whether an iteration ends here, so that all that the walk was asked for is computed.
  package var isAtEnd: Bool { state.pointee.isAtEnd }

  /// Whether a stride ends here, of those that end where a layer step does.
  package func ends(_ stride: Stride) -> Bool {
    switch stride {
    case .phase: state.pointee.program.phaseEnds.contains(place.operation)
    case .epoch: isAtEnd && state.pointee.schedule.start(ofEpochAt: place.iteration, plus: 1) == place.iteration + 1
    case .iteration: isAtEnd
    case .layer, .operation, .unit: true
    }
  }

  /// How the loss, a setting, or what is counted is read at a place, which gives nil while it is not computed; nil of what
  /// is no single number. Asked once, it is read again and again.
  package static func number(_ quantity: Quantity) -> ((Passing) -> Double?)? {
    switch quantity.kind.row.source {
    case .setting(let read), .counted(let read), .measured(let read): return { read($0.state.pointee) }
    case .computed where quantity.kind == .loss:
      return { $0.isComputed(quantity) ? $0.state.pointee.workspace.loss : nil }
    default: return nil
    }
  }

  /// The numbers of a quantity that has a place of its own, row by row, where it belongs to a sample those of one counted
  /// from 0 or of the one on show; nil where it has none, or is not computed yet.
  package func numbers(_ quantity: Quantity, sample: Int? = nil) -> UnsafePointer<Double>? {
    guard isComputed(quantity), let start = state.pointee.workspace.place(of: quantity) else { return nil }
    guard quantity.kind.isOfSample else { return UnsafePointer(start) }
    let shape = shape(of: quantity)
    let sample = min(max(sample ?? state.pointee.selected, 0), max(sampleCount - 1, 0))
    return UnsafePointer(start + sample * shape.rows * shape.columns)
  }

  /// A quantity as a matrix of its own.
  /// - Throws: where it is not computed yet.
  package func value(of quantity: Quantity, sample: Int? = nil) throws(NotComputed) -> Matrix {
    if quantity.kind == .loss, let sample { return Matrix(try state.pointee.loss(ofSample: sample)) }
    return try state.pointee.value(of: quantity, sample: sample)
  }
}

extension Timeline {
  /// How a walk ended.
  package enum Arrival: Sendable {
    /// At its goal, or where the line can be gone no further.
    case arrived
    /// At the end of an iteration on the way, because the time had come.
    case interrupted
    /// Where the visitor said so.
    case stopped
  }

  /// Goes to a place, before or behind; on the way forward a visitor is asked where to stop, at the goal too. With a
  /// deadline it may end at the end of an iteration on the way, and where it stops at what is not finite behind one whose loss
  /// is not. The experiment has to be complete.
  @discardableResult
  package mutating func walk(
    to target: Place, until deadline: ContinuousClock.Instant? = nil, stoppingAtNonFinite stops: Bool = false,
    visiting visitor: Visitor? = nil
  ) -> Arrival {
    guard experiment.obstacle == nil || target < place else { return .arrived }
    let target = canonical(target)
    let chosen = state.chosen
    defer {
      state.chosen = chosen
      furthest = max(furthest, state.place)
    }
    if deadline != nil, isLong(upTo: target) {
      return advanceInPieces(to: target, until: deadline, stoppingAtNonFinite: stops, asking: visitor, chosen)
    }
    leaveUnderway()
    if scores.begins, target > state.place { beginScores() }
    if target < state.place { rewind(to: target) } else if visitor == nil { leap(towards: target) }
    guard let visitor else {
      return advance(to: target, until: deadline, stoppingAtNonFinite: stops) ? .arrived : .interrupted
    }
    return visitor.at == .iterations
      ? advance(to: target, until: deadline, asking: visitor, chosen)
      : advanceByLayers(to: target, until: deadline, asking: visitor, chosen)
  }

  /// Whether no change made by hand lies between the place and another one ahead.
  package func isUnchanged(upTo goal: Place) -> Bool {
    segmentIndex(of: place.iteration) == segmentIndex(of: goal.iteration)
      && !(segments.count > 1 && segment(beginningAt: goal.iteration + 1) != nil)
  }

  /// Whether the visitor stops here.
  mutating func stops(_ visitor: Visitor, _ chosen: Int) -> Bool {
    state.chosen = chosen
    return state.isStopped(by: visitor)
  }

  /// Tells the visitor what is there before the next place at which it is asked.
  mutating func tell(_ visitor: Visitor, _ chosen: Int) {
    guard let before = visitor.before else { return }
    state.chosen = chosen
    state.show(before)
  }

  /// Asks at the end of every iteration.
  private mutating func advance(
    to target: Place, until deadline: ContinuousClock.Instant?, asking visitor: Visitor, _ chosen: Int
  ) -> Arrival {
    var look = LookAtTheClock(deadline, every: iterationsBetweenLooks(beside: visitor.cost))
    // What has to be computed, before the last layer step and in it, and how far that holds.
    var (needed, last, end): ([Operation], [Operation], Int) = ([], [], 0)
    var fused: [Operation.Work]?
    let isServedOnline = visitor.isServedOnline
    if isServedOnline { state.chosen = chosen }
    while state.place < target {
      if state.isAtEnd {
        state.beginNextIteration()
        guard enterSegment() else { return .arrived }
        continue
      }
      let here = state.place
      let isBefore = here.iteration < target.iteration
      if !isBefore, target.operation != state.program.operations.count { break }
      let isLast = look.isDue
      if isServedOnline, isBefore, !isLast, let count = iterationsOnline(upTo: target.iteration, look, isAsked: true) {
        if trainOnline(count, &look, asking: visitor) {
          completePlace()
          return .stopped
        }
        recordScore(after: state.place.iteration)
        guard enterSegment() else { return .arrived }
        continue
      }
      if here.iteration >= end {
        needed = state.program.needed(for: visitor.reads ?? [], in: state.experiment.network)
        let step = visitor.before == nil ? nil : state.program.steps.last
        last = needed.filter { $0.phase == step?.phase && $0.layer == step?.layer }
        needed.removeLast(last.count)
        let (read, network) = (visitor.reads ?? [], state.experiment.network)
        fused = visitor.before == nil ? Program.fused(needed, reading: read, in: network) : nil
        let next = segmentIndex(of: here.iteration) + 1
        end = next < segments.count ? segments[next].start : .max
      }
      // Where a change was made at the end of an iteration, what it left is what is on show there.
      let isPlain = here.iteration + 1 < end && here.operation == 0 && here.unit == 0
      if visitor.reads != nil, isBefore, isPlain, !isLast {
        if visitor.readsForward { state.noteForward() }
        if visitor.before != nil {
          state.work(needed, upTo: state.program.lastStepsBeginning)
          tell(visitor, chosen)
        }
        state.work(visitor.before == nil ? needed : last, fused: fused)
        losses.record(state.workspace.loss, iteration: state.place.iteration)
        recordScore(after: state.place.iteration + 1)
        if stops(visitor, chosen) {
          completePlace()
          return .stopped
        }
        state.passOn()
        guard enterSegment() else { return .arrived }
      } else {
        if visitor.before != nil, here.operation <= state.program.lastStepsBeginning {
          settle(operation: state.program.lastStepsBeginning)
          tell(visitor, chosen)
        }
        settle(operation: state.program.operations.count)
        if stops(visitor, chosen) { return .stopped }
        if isLast { return .interrupted }
      }
    }
    settle(operation: target.operation, unit: target.unit)
    return .arrived
  }

  /// Computes the iteration on show again, with all that a reader may ask for.
  private mutating func completePlace() {
    let here = state.place
    begin(segment(of: here.iteration), checkpoints.last(upTo: here.iteration))
    _ = advance(to: here, until: nil)
  }

  /// Asks after every layer step.
  private mutating func advanceByLayers(
    to target: Place, until deadline: ContinuousClock.Instant?, asking visitor: Visitor, _ chosen: Int
  ) -> Arrival {
    // An iteration whose steps are each settled and looked at takes many times what one takes that is trained through.
    var look = LookAtTheClock(deadline, every: max(iterationsBetweenLooks(beside: 8 * visitor.cost) / 64, 1))
    tell(visitor, chosen)
    while state.place < target {
      if state.isAtEnd {
        state.beginNextIteration()
        guard enterSegment() else { return .arrived }
        continue
      }
      let next = state.program.completedSteps(operations: state.place.operation)
      let end = Place(
        iteration: state.place.iteration, operation: state.program.steps[next].operations.upperBound)
      guard end <= target else { break }
      settle(operation: end.operation)
      if stops(visitor, chosen) { return .stopped }
      tell(visitor, chosen)
      if state.isAtEnd, look.isDue { return .interrupted }
    }
    settle(operation: target.operation, unit: target.unit)
    return .arrived
  }
}

extension State {
  /// Asks a visitor. Not inlined, so that the state stays where it is and is not moved to a place of its own.
  @inline(never)
  mutating func isStopped(by visitor: Visitor) -> Bool {
    withUnsafePointer(to: &self) { visitor.stops(Passing($0)) }
  }

  /// Shows itself where it lies.
  @inline(never)
  fileprivate mutating func show(_ look: (Passing) -> Void) {
    withUnsafePointer(to: &self) { look(Passing($0)) }
  }
}
