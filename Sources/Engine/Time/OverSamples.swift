extension Timeline {
  /// The scores that are known from the last change by hand before the place up to it.
  package var scoresSinceChange: [ScoreCurve.Point] {
    let start = segment(of: state.place.iteration).start
    return scores.points.filter { $0.iterations >= start && $0.iterations <= state.completedIterations }
  }

  /// The iterations that are complete since the last change by hand before the place.
  package var iterationsSinceChange: Int {
    state.completedIterations - segment(of: state.place.iteration).start
  }
}

extension State {
  /// An iteration, complete, with the present weights over samples to train on: all of them, or evenly spaced ones where that
  /// would be more than so many. Nil where there are none, or they do not fit.
  package func overSamples(most: Int) -> State? {
    guard experiment.obstacle == nil, most > 0 else { return nil }
    var plain = experiment
    let data = experiment.data
    plain.batchSize = nil
    plain.order = .sequential
    if experiment.samplesPerBatch < data.count { plain.reduction = .mean }
    if data.count > most {
      plain.data = Dataset(inputCount: data.inputCount, targetCount: data.targetCount)
      for index in 0..<most {
        let sample = index * data.count / most
        plain.data.append(input: data.input(sample), target: data.target(sample))
      }
    }
    let schedule = Schedule(plain, origin: 0, epochsBefore: 0)
    var state = State(plain, parameters, iteration: 0, stepsBefore: 0, schedule: schedule)
    state.advance(operation: state.program.operations.count, unit: 0)
    return state
  }
}
