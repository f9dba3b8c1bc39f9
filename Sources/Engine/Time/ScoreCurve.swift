/// The score of the present weights at the ends of epochs, for a curve. It is bounded as the losses' curve is: when it is
/// full, one of every two points is dropped and they come half as often. Where samples are many it has fewer, so that a run
/// is hardly longer for it. Which epochs it has depends on the session alone, not on a clock.
package struct ScoreCurve: Equatable, Sendable {
  /// What there is at the end of an epoch.
  package struct Point: Equatable, Sendable {
    /// The iterations that were complete.
    package let iterations: Int
    /// The score of the samples to train on.
    package let trained: Score
    /// The loss over the held-out samples; nil where none are held out.
    package let holdoutLoss: Double?
  }

  /// The points, from the first.
  package private(set) var points: [Point] = []
  /// The number of iterations from which on a point is wanted.
  private(set) var next = 0
  /// Whether it is wanted at once, not only at an epoch's end: where a line of points begins.
  private(set) var begins = true
  /// At least so many iterations lie between two points.
  private var spacing = 1
  /// How many were asked for.
  private var taken = 0
  /// How many iterations were trained and are forgotten: they have paid for the points that are forgotten with them.
  private var forgotten = 0

  static let capacity = 256

  /// No point yet.
  package init() {}

  /// Takes a point, where one costs so much beside an iteration.
  mutating func record(_ point: Point, _ cost: Cost) {
    points.append(point)
    taken += 1
    begins = false
    if points.count >= ScoreCurve.capacity {
      points = stride(from: 0, to: points.count, by: 2).map { points[$0] }
      // As far apart as they are now on the average.
      spacing = max(2 * spacing, (point.iterations - (points.first?.iterations ?? 0)) / points.count)
    }
    next = wanted(after: point.iterations, cost)
  }

  /// When the next point is wanted: the later it is the further apart they may be, one in four at first, then one in twenty
  /// of what is behind, as they are paid for by the run.
  private func wanted(after iterations: Int, _ cost: Cost) -> Int {
    let paid = cost.iterations(before: taken + 1) - forgotten
    let free = max(
      cost.iterations(before: taken + 1, free: Cost.free) - forgotten, iterations + max(spacing, iterations / 4))
    return max(iterations + max(spacing, iterations / 20), min(paid, free))
  }

  /// Does without points that would take too long, until something changes.
  mutating func stop() { (next, begins) = (.max, false) }

  /// Does without the point with which a line would begin, where too many have begun.
  mutating func skip(_ iterations: Int, _ cost: Cost) {
    (next, begins) = (wanted(after: iterations, cost), false)
  }

  /// Whether a point that begins a line may be had after so many iterations.
  func affords(_ cost: Cost, after iterations: Int) -> Bool {
    taken == 0 || cost.iterations(before: taken + 1, free: Cost.free) - forgotten <= iterations
  }

  /// Forgets the points after so many iterations, of all that there were; another line of them begins there.
  mutating func forget(from iterations: Int, of all: Int) {
    while let last = points.last, last.iterations >= iterations { points.removeLast() }
    (next, begins) = (iterations, true)
    settle(iterations, of: all)
  }

  /// What is left of a long line may have points as close together as a short line's.
  private mutating func settle(_ iterations: Int, of all: Int) {
    forgotten += max(all - iterations, 0)
    spacing = min(spacing, max(iterations / max(points.count, 1), 1))
  }

  /// Forgets the points after so many iterations, of all that there were, when moves are taken back.
  mutating func forget(after iterations: Int, of all: Int) {
    while let last = points.last, last.iterations > iterations { points.removeLast() }
    settle(iterations, of: all)
    if next > iterations { next = iterations + 1 }
    if points.isEmpty { (next, begins) = (0, true) }
  }

  /// What a point costs, and what an iteration does: about so many nanoseconds, as they were measured.
  /// A point among iterations takes twice what it does among its kind.
  struct Cost {
    let point: Int
    let iteration: Int

    /// What may be spent on points in any case: about a millisecond and a half.
    static let free = 1_700_000
    /// What it may cost to be had for every frame.
    static let quick = 8_000_000
    /// What one point may cost at most: what is still not felt when a run waits for it.
    static let most = 200_000_000
    /// Beyond what is free, the share of a run's time that points may take: one in so many.
    static let share = 30

    init(_ experiment: Experiment) {
      let (network, data) = (experiment.network, experiment.data)
      let units = network.layers.reduce(network.inputs) { $0 + $1.units }
      let parameters = network.parameterCount
      let sample = parameters + 8 * units
      point = 10_000 + 2 * (parameters + (data.count + data.heldOut.count) * sample)
      iteration = 150 + 2 * parameters + max(experiment.samplesPerBatch, 1) * sample
    }

    /// After how many iterations so many points have been paid for, beyond what is free.
    func iterations(before points: Int, free: Int = 0) -> Int {
      let (cost, isTooMuch) = point.multipliedReportingOverflow(by: points)
      let (owed, overflows) = max(cost - free, 0).multipliedReportingOverflow(by: Cost.share)
      return isTooMuch || overflows ? .max : owed / iteration
    }
  }
}

extension Timeline {
  /// Takes the present weights' score where one is wanted, so many iterations being complete.
  @inline(__always)
  mutating func recordScore(after iterations: Int) {
    if iterations >= scores.next { takeScore(after: iterations) }
  }

  /// The score of the present weights; where that takes long, or a run is under way, the last that is known up to here.
  package func latestScore(isRunning: Bool = false) -> ScoreCurve.Point? {
    let iterations = state.completedIterations
    if !isRunning, ScoreCurve.Cost(experiment).point <= ScoreCurve.Cost.quick {
      return state.score.map {
        ScoreCurve.Point(iterations: iterations, trained: $0, holdoutLoss: state.holdoutScore?.loss)
      }
    }
    return experiment.obstacle == nil ? scores.points.last { $0.iterations <= iterations } : nil
  }

  /// Takes the score with which a line of them begins, where the weights are those between two iterations.
  mutating func beginScores() {
    if state.isAtEnd || state.place.operation == 0 && state.place.unit == 0 {
      recordScore(after: state.completedIterations)
    }
  }

  @inline(never)
  private mutating func takeScore(after iterations: Int) {
    guard let cost = costOfPoint(after: iterations) else { return }
    record(state.score, holdout: state.holdoutScore, after: iterations, cost)
  }

  /// The same in pieces, where the place is between two iterations; false where the time comes before it is done.
  mutating func takeScoreInPieces(_ look: inout LookAtTheClock) -> Bool {
    let iterations = state.completedIterations
    guard iterations >= scores.next, let cost = costOfPoint(after: iterations) else { return true }
    guard let known = knownScore(&look) else { return false }
    record(known.trained, holdout: known.heldOut, after: iterations, cost)
    return true
  }

  /// The present weights' score, in pieces; nil where the time comes before it is known.
  mutating func knownScore(_ look: inout LookAtTheClock) -> KnownScore? {
    var scoring = underway.scoring ?? Scoring(at: state)
    if scoring.place != state.place { scoring = Scoring(at: state) }
    let isDone = scoring.goOn(in: state, &look)
    underway.scoring = scoring
    return isDone ? scoring.known(in: state) : nil
  }

  /// What a point costs that is wanted after so many iterations; nil where none is, or it would cost too much.
  private mutating func costOfPoint(after iterations: Int) -> ScoreCurve.Cost? {
    let begins = scores.begins
    guard begins || iterations > 0 && state.schedule.endsEpoch(iterations - 1) else { return nil }
    let cost = ScoreCurve.Cost(experiment)
    guard experiment.obstacle == nil, cost.point <= ScoreCurve.Cost.most else {
      scores.stop()
      return nil
    }
    guard !begins || scores.affords(cost, after: iterations) else {
      scores.skip(iterations, cost)
      return nil
    }
    return cost
  }

  private mutating func record(_ trained: Score?, holdout: Score?, after iterations: Int, _ cost: ScoreCurve.Cost) {
    guard let trained else { return scores.skip(iterations, cost) }
    scores.record(ScoreCurve.Point(iterations: iterations, trained: trained, holdoutLoss: holdout?.loss), cost)
  }
}
