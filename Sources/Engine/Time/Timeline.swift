/// The line of time: every change made by hand, where on the line it was made, and the place at which the user stands. The
/// state at a place depends on these alone, so going away and coming back gives the same bits.
package struct Timeline: Sendable {
  var segments: Trail<Segment>
  var checkpoints: Checkpoints
  /// The state at the place.
  package internal(set) var state: State
  /// The furthest place that has been reached in this future.
  package internal(set) var furthest: Place
  /// Every iteration's loss as far as the line has been gone.
  package internal(set) var losses = Curve()
  /// The score of all samples at the ends of epochs, as far as the line has been gone.
  package internal(set) var scores = ScoreCurve()
  /// What is done of the next layer step, where those take long.
  var underway = Underway()
  /// What was found of the expression that is plotted.
  package var records = Records()

  /// The beginning of an experiment, with the parameters that it draws. `memory` is how many bytes the iterations may take
  /// that are kept so that going back is short; the numbers do not depend on it.
  package init(_ experiment: Experiment = Experiment(), memory: Int = 48 << 20) {
    checkpoints = Checkpoints(budget: memory)
    let first = Segment(
      start: 0, steps: 0, experiment: experiment, parameters: experiment.initialParameters,
      schedule: Schedule(experiment, origin: 0, epochsBefore: 0),
      program: Shared(wrappedValue: Program(experiment.network)), isFresh: true,
      arrivedBy: nil)
    segments = Trail([first])
    state = first.begin()
    furthest = state.place
  }

  /// How many bytes the iterations may take that are kept so that going back is short.
  package var memory: Int {
    get { checkpoints.budget }
    set { checkpoints.budget = newValue }
  }

  /// About how many bytes those and the records take.
  package var bytes: Int {
    checkpoints.bytes + 8 * losses.kept + 32 * records.values.count + 64 * scores.points.count
  }

  /// The experiment as it stands at the place.
  package var experiment: Experiment { state.experiment }
  /// Where the user stands.
  package var place: Place { state.place }

  // MARK: segments

  /// The index of the segment that an iteration belongs to.
  func segmentIndex(of iteration: Int) -> Int { segments.index(of: iteration) }

  /// The segment that begins with an iteration, if one does.
  func segment(beginningAt iteration: Int) -> Segment? {
    guard segments.count > 1 else { return segments.first.flatMap { $0.start == iteration ? $0 : nil } }
    let segment = segment(of: iteration)
    return segment.start == iteration ? segment : nil
  }

  /// The segment that an iteration belongs to.
  func segment(of iteration: Int) -> Segment { segments[segmentIndex(of: iteration)] }

  /// The one name that a place goes by: the beginning of an iteration is the end of the one before, where that is still on
  /// show.
  func canonical(_ place: Place) -> Place {
    guard place.operation == 0, place.unit == 0, place.iteration > 0 else { return place }
    let next = segment(of: place.iteration)
    if next.start == place.iteration, next.isFresh { return place }
    let before = segment(of: place.iteration - 1)
    return Place(iteration: place.iteration - 1, operation: before.operations)
  }

  /// The place that a number of completed layer steps stands for.
  package func place(ofStep step: Int) -> Place {
    let step = min(max(step, 0), Timeline.most)
    let segment = segments[max(segments.index { $0.steps > step } - 1, 0)]
    let perIteration = segment.program.steps.count
    guard perIteration > 0 else { return canonical(Place(iteration: segment.start)) }
    let (iterations, rest) = (step - segment.steps).quotientAndRemainder(dividingBy: perIteration)
    let operation = rest == 0 ? 0 : segment.program.steps[rest - 1].operations.upperBound
    return canonical(Place(iteration: segment.start + iterations, operation: operation))
  }

  // MARK: moving

  /// Moves to a place, before or behind. With a deadline it may stop at the end of an iteration on the way; the answer says
  /// whether it arrived. The experiment has to be complete.
  @discardableResult
  package mutating func move(to target: Place, until deadline: ContinuousClock.Instant? = nil) -> Bool {
    walk(to: target, until: deadline) == .arrived
  }

  /// A checkpoint of a segment, or its own beginning where that is later, in numbers of its own.
  func beginning(_ segment: Segment, _ checkpoint: Checkpoint?) -> State {
    let found = segment.beginning(checkpoint)
    return beginning(segment, found.parameters, found.iteration, stepsBefore: found.steps)
  }

  /// The beginning of an iteration of a segment, in numbers of its own.
  func beginning(
    _ segment: Segment, _ parameters: [LayerParameters], _ iteration: Int, stepsBefore: Int
  ) -> State {
    var state = State(
      segment.experiment, parameters, iteration: iteration, stepsBefore: stepsBefore, schedule: segment.schedule,
      program: segment.sharedProgram, later: true)
    state.arrivedBy = iteration > segment.start ? segment.program.steps.last : segment.arrivedBy
    if iteration == segment.start { state.injections = segment.injections }
    return state
  }

  /// Takes the state to the nearest known beginning at or before a place.
  mutating func rewind(to target: Place) {
    let segment = segment(of: target.iteration)
    if target.iteration == state.place.iteration {
      return begin(segment, state.forward, target.iteration, stepsBefore: state.stepsBefore)
    }
    begin(segment, checkpoints.last(upTo: target.iteration))
  }

  /// Goes on to the nearest known beginning before a place, as far as the line has been gone, where that saves iterations.
  mutating func leap(towards target: Place) {
    guard let (segment, checkpoint) = shortcut(to: target) else { return }
    begin(segment, checkpoint)
  }

  /// The nearest known beginning before a place ahead, as far as the line has been gone, where that saves iterations.
  func shortcut(to target: Place) -> (Segment, Checkpoint?)? {
    // What is behind the furthest place is not on the curve of the losses.
    let known = min(target.iteration, furthest.iteration)
    guard known > place.iteration + 1 else { return nil }
    let segment = segment(of: known)
    let checkpoint = checkpoints.last(upTo: known)
    let nearest = max(segment.start, checkpoint?.iteration ?? 0)
    guard nearest > place.iteration + 1, segment.experiment.obstacle == nil else { return nil }
    return (segment, checkpoint)
  }

  /// Takes the state to a checkpoint, or to the segment's own beginning where that is later.
  mutating func begin(_ segment: Segment, _ checkpoint: Checkpoint?) {
    let found = segment.beginning(checkpoint)
    begin(segment, found.parameters, found.iteration, stepsBefore: found.steps)
  }

  private mutating func begin(
    _ segment: Segment, _ parameters: [LayerParameters], _ iteration: Int, stepsBefore: Int
  ) {
    let arrivedBy = iteration > segment.start ? segment.program.steps.last : segment.arrivedBy
    if !state.isChangedAtEnd, self.segment(of: state.place.iteration).start == segment.start {
      state.begin(parameters, iteration: iteration, stepsBefore: stepsBefore, arrivedBy: arrivedBy)
      if iteration == segment.start { state.injections = segment.injections }
      return
    }
    state = State(
      segment.experiment, parameters, iteration: iteration, stepsBefore: stepsBefore, schedule: segment.schedule,
      program: segment.sharedProgram)
    state.arrivedBy = arrivedBy
    if iteration == segment.start { state.injections = segment.injections }
  }

  mutating func advance(
    to target: Place, until deadline: ContinuousClock.Instant?, stoppingAtNonFinite stops: Bool = false
  ) -> Bool {
    if state.place.iteration < target.iteration, state.place.operation > 0 || state.place.unit > 0 {
      state.advance(operation: state.program.operations.count, unit: 0)
      recordLoss()
      state.beginNextIteration()
      recordScore(after: state.place.iteration)
      guard enterSegment() else { return true }
    }
    var look = LookAtTheClock(deadline, every: iterationsBetweenLooks())
    while state.place.iteration < target.iteration {
      if look.isDue { return finishIteration() }
      if let count = iterationsOnline(upTo: target.iteration, look) {
        _ = trainOnline(count, &look)
      } else {
        state.train()
        losses.record(state.workspace.loss, iteration: state.place.iteration - 1)
      }
      recordScore(after: state.place.iteration)
      guard enterSegment() else { return true }
      if stops, !latestLoss.isFinite { return false }
    }
    settle(operation: target.operation, unit: target.unit)
    return true
  }

  /// Goes to a place in this iteration, where everything is kept for the reader.
  mutating func settle(operation: Int, unit: Int = 0) {
    if !state.isPrepared { state.noteForward() }
    state.advance(operation: operation, unit: unit)
    recordLoss()
    if state.isAtEnd { recordScore(after: state.completedIterations) }
    showChange()
  }

  /// How many iterations may pass between two looks at the clock: less than half a millisecond's worth.
  func iterationsBetweenLooks(beside cost: Int = 0) -> Int {
    let work = experiment.network.parameterCount * max(state.batch.count, 1) + cost
    return max(1, min(1024, 1_000_000 / max(work, 1)))
  }

  /// Ends a slice of a run with an iteration that keeps everything for the reader.
  private mutating func finishIteration() -> Bool {
    settle(operation: state.program.operations.count)
    return false
  }

  /// At an iteration's beginning: goes over to the segment that begins here, and keeps a checkpoint where one is due.
  /// The answer is false where that segment's data does not fit its network, so that the line ends here.
  mutating func enterSegment() -> Bool {
    let iteration = state.place.iteration
    if segments.count > 1, let segment = segment(beginningAt: iteration) {
      state = segment.begin()
      if segment.experiment.obstacle != nil { return false }
    }
    if checkpoints.wants(iteration, stretch: state.stretch) { checkpoints.record(state) }
    return true
  }

  /// The loss that was computed last, in this iteration or the one before.
  package var latestLoss: Double { state.workspace.loss }

  mutating func recordLoss() {
    guard state.place.operation > state.program.lossAt else { return }
    losses.record(state.workspace.loss, iteration: state.place.iteration)
  }

  /// At an iteration's end: applies the change that was made there.
  mutating func showChange() {
    guard state.isAtEnd, segments.count > 1,
      let segment = segment(beginningAt: state.place.iteration + 1), !segment.isFresh
    else { return }
    state.takeOver(
      segment.experiment, segment.parameters, schedule: segment.schedule, program: segment.sharedProgram)
  }

  /// The state at another step that has been reached, or nil beyond it.
  package func state(atStep step: Int) -> State? {
    let target = place(ofStep: step)
    guard step >= 0, target <= furthest else { return nil }
    var other = self
    other.move(to: target)
    return other.state
  }

  /// Which sample of the batch is on show, from 0; kept within the batch.
  package mutating func select(_ sample: Int) { state.chosen = min(max(sample, 0), max(state.batch.count - 1, 0)) }

  /// Takes moves back, as if they had never been made: to an earlier standing, with what had been reached then.
  package mutating func takeBack(to place: Place, furthest: Place) {
    let reached = self.furthest
    move(to: place)
    self.furthest = max(furthest, state.place)
    // The iteration under way has a loss where that was reached.
    let lossAt = segment(of: self.furthest.iteration).program.lossAt
    losses.forget(from: self.furthest.iteration + (self.furthest.operation > lossAt ? 1 : 0))
    recordLoss()
    records.forget(from: self.furthest.iteration)
    let isAtEnd = segment(of: self.furthest.iteration).operations == self.furthest.operation
    scores.forget(after: self.furthest.iteration + (isAtEnd ? 1 : 0), of: reached.iteration)
  }
}
