/// What a future of a sweep was trained to.
package struct SweptFuture: Sendable {
  /// The iterations that were taken since the place that it parts from.
  package let iterations: Int
  /// The scores of all samples on the way, the first from where it begins and the last from where it ends.
  package let course: [ScoreCurve.Point]
  /// The state at its end.
  package let state: State

  /// The score at its end.
  package var score: ScoreCurve.Point? { course.last }
}

/// Futures of one place on a line of time, each with other hyperparameters, all trained for the same stretch. Each has the
/// bits of a session that gives them those values there and then runs.
package struct FutureTraining: Sendable {
  /// A hyperparameter with a value.
  package typealias Setting = (hyperparameter: Hyperparameter, value: Double)

  /// The line of time, at the place that they part from.
  package let origin: Timeline
  /// How many strides each is trained.
  package let count: Int
  /// The strides: iterations or epochs.
  package let stride: Stride

  /// Futures that part from where a line of time stands; from inside an iteration, from its beginning, where what is changed
  /// in it counts.
  package init(from timeline: Timeline, _ count: Int, _ stride: Stride) {
    var line = timeline
    line.move(to: line.beginningOfIteration)
    // What each keeps of its past is little: nobody goes back in it.
    line.memory = 1 << 16
    (origin, self.count, self.stride) = (line, count, stride)
  }

  /// The line of a future at its beginning.
  package func beginning(_ settings: [Setting]) -> Timeline {
    var line = origin
    line.part(with: settings, later: true)
    return line
  }

  /// How many samples it takes to train one, and how many iterations; `Int.max` where there are too many to count.
  package func length(_ settings: [Setting]) -> (iterations: Int, samples: Int) {
    let line = beginning(settings)
    let iterations = line.place(count, on: stride).iteration + 1 - line.state.completedIterations
    let (samples, overflows) = iterations.multipliedReportingOverflow(by: line.experiment.samplesPerBatch)
    return (iterations, overflows ? .max : samples)
  }

  /// Trains one by itself; nil where it is stopped. It is told the share of it that is done.
  package func train(
    _ settings: [Setting], isStopped: () -> Bool = { false }, passing: (_ share: Double) -> Void = { _ in }
  ) -> SweptFuture? {
    var line = beginning(settings)
    // The scores are taken where a sweep wants them, and nowhere else.
    line.scores.stop()
    let start = line.state.completedIterations
    let end = line.place(count, on: stride).iteration + 1
    var course = line.state.score.map { [ScoreCurve.Point(iterations: start, trained: $0, holdoutLoss: nil)] } ?? []
    for goal in FutureTraining.looks(from: start, to: end, line.state.schedule) {
      let place = line.canonical(Place(iteration: goal))
      while true {
        let arrival = line.walk(to: place, until: .now + FutureTraining.slice, stoppingAtNonFinite: true)
        if isStopped() { return nil }
        passing(Double(line.state.completedIterations - start) / Double(max(end - start, 1)))
        if arrival != .interrupted || !line.latestLoss.isFinite { break }
      }
      guard let score = line.state.score else { break }
      course.append(
        ScoreCurve.Point(iterations: line.state.completedIterations, trained: score, holdoutLoss: nil))
      if !line.latestLoss.isFinite { break }
    }
    return SweptFuture(iterations: line.state.completedIterations - start, course: course, state: line.state)
  }

  /// How long one is trained before it is asked whether it is to be stopped.
  private static let slice = Duration.milliseconds(10)

  /// After how many iterations its score is taken: at the ends of epochs, each eighth of the way and the last nine of them,
  /// so that one sees where it went and whether it still goes up and down; and at its end.
  static func looks(from start: Int, to end: Int, _ schedule: Schedule) -> [Int] {
    guard end > start else { return [] }
    func epochsEnd(atOrAfter iterations: Int) -> Int {
      schedule.start(ofEpochAt: max(iterations - 1, 0), plus: 1)
    }
    var looks: Set<Int> = [end]
    for eighth in 1...8 {
      looks.insert(epochsEnd(atOrAfter: start + max((end - start) / 8 * eighth, 1)))
    }
    let last = schedule.start(ofEpochAt: end, plus: 0)
    for epoch in 0..<9 { looks.insert(last - epoch * schedule.batches) }
    return looks.filter { $0 > start && $0 <= end }.sorted()
  }
}

extension Timeline {
  /// Where the line stands, or where the iteration begins that it stands inside of.
  package var beginningOfIteration: Place {
    let isInside = !state.isAtEnd && (place.operation > 0 || place.unit > 0)
    return isInside ? canonical(Place(iteration: place.iteration)) : place
  }

  /// The step at that place.
  package var stepBeforeIteration: Int { step(at: beginningOfIteration) }

  /// Gives hyperparameters values here, whatever lies ahead: another future begins. See `change` for one whose samples are put
  /// in place `later`.
  package mutating func part(with settings: [FutureTraining.Setting], later: Bool = false) {
    change(later: later) { experiment, parameters in
      for (hyperparameter, value) in settings { hyperparameter.set(value, in: &experiment, &parameters) }
    }
  }
}

extension FutureTraining {
  /// What a future trains, and on what.
  package func experiment(_ settings: [Setting]) -> Experiment {
    var (experiment, parameters) = (origin.experiment, [LayerParameters]())
    for (hyperparameter, value) in settings where !hyperparameter.isSeed {
      hyperparameter.set(value, in: &experiment, &parameters)
    }
    return experiment
  }
}
