import Testing

@testable import Engine

/// The scores at the ends of epochs are those of the weights there, bounded, and not many beside a long run.
struct ScoreCurveTests {
  private func line(seed: Int, batch: Int? = 1) -> Timeline {
    var experiment = Experiment.random(seed: seed)
    experiment.batchSize = batch
    return Timeline(experiment)
  }

  @Test func itBeginsBeforeTrainingAndGoesOnByEpochs() throws {
    var line = line(seed: 3)
    line.train(4 * line.experiment.batchesPerEpoch)
    let batches = line.experiment.batchesPerEpoch
    #expect(line.scores.points.map(\.iterations) == (0...4).map { $0 * batches })
    for point in line.scores.points {
      var other = line
      other.move(to: line.place(ofStep: point.iterations * line.state.program.steps.count))
      #expect(other.state.score == point.trained)
    }
  }

  @Test func howALineIsGoneMakesNoDifference() {
    for seed in 0..<6 {
      var (long, short) = (line(seed: seed), line(seed: seed))
      long.train(40)
      for _ in 0..<40 { short.move(to: short.place(1, on: .iteration)) }
      #expect(long.scores == short.scores, "seed \(seed)")
      short.move(to: Place())
      short.train(40)
      #expect(long.scores == short.scores, "seed \(seed)")
    }
  }

  @Test func longRunsHaveFewPointsAndKeepTheFirst() {
    var line = line(seed: 2, batch: nil)
    line.train(60_000)
    let points = line.scores.points
    #expect(points.count < ScoreCurve.capacity && points.count > 16)
    #expect(points.first?.iterations == 0)
    #expect(points.last.map { $0.iterations > 50_000 } == true)
  }

  @Test func aChangeBeginsAnotherLine() throws {
    var line = line(seed: 4)
    let batches = line.experiment.batchesPerEpoch
    line.train(3 * batches)
    line.move(to: line.place(ofStep: 2 * batches * line.state.program.steps.count))
    line.change { _, parameters in parameters[0].w.values[0] += 1 }
    #expect(line.scores.points.map(\.iterations) == [0, batches])
    let here = line.state.score
    line.train(3 * batches)
    #expect(line.scores.points.map(\.iterations) == [0, batches, 2 * batches, 3 * batches])
    #expect(line.scores.points[2].trained == here)
  }

  @Test func movesTakenBackLeaveNothing() {
    var line = line(seed: 5)
    let batches = line.experiment.batchesPerEpoch
    line.train(batches)
    let (place, furthest, before) = (line.place, line.furthest, line.scores.points)
    line.train(5 * batches)
    line.takeBack(to: place, furthest: furthest)
    #expect(line.scores.points == before)
    line.train(2 * batches)
    #expect(line.scores.points.map(\.iterations) == [0, batches, 2 * batches])
  }

  /// What a long run has paid for is not asked of what comes after a change early in it.
  @Test func aChangeEarlyInALongPastHasPointsAsAShortRunDoes() throws {
    let line = line(seed: 2)
    let (score, cost) = (try #require(line.state.score), ScoreCurve.Cost(line.experiment))
    func train(_ scores: inout ScoreCurve, from first: Int, to end: Int) {
      var iterations = first
      while iterations <= end {
        scores.record(ScoreCurve.Point(iterations: iterations, trained: score, holdoutLoss: nil), cost)
        iterations = max(scores.next, iterations + 1)
      }
    }
    var scores = ScoreCurve()
    train(&scores, from: 0, to: 1_000_000_000)
    scores.forget(from: 300, of: 1_000_000_000)
    #expect(scores.affords(cost, after: 300))
    train(&scores, from: 300, to: 2300)
    let points = scores.points.map(\.iterations)
    #expect(points.count { $0 < 300 } > 5 && points.count { $0 >= 300 } > 5, "\(points)")
  }

  @Test func aChangeEarlyInALongPastLeavesEveryLossBeforeIt() {
    var line = line(seed: 2)
    line.train(40_000)
    #expect(line.losses.spacing == 2)
    line.move(to: line.place(ofStep: 300 * line.state.program.steps.count))
    line.change { _, parameters in parameters[0].w.values[0] += 1e-3 }
    line.train(400)
    #expect(
      line.losses.spacing == 1 && line.losses.count == line.state.completedIterations,
      "\(line.losses.count) of \(line.state.completedIterations), \(line.place), \(line.losses.latest as Any)")
  }
}
