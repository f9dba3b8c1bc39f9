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
    if experiment.samplesPerBatch < experiment.data.count { plain.reduction = .mean }
    return iteration(of: plain, over: experiment.data.evenlySpaced(most: most), through: .update)
  }

  /// The present weights in an iteration whose batch all samples of some data are, in their order, as far as a phase.
  func iteration(of experiment: Experiment, over data: Dataset, through last: Phase) -> State {
    var plain = experiment
    (plain.data, plain.batchSize, plain.order) = (data, nil, .sequential)
    let schedule = Schedule(plain, origin: 0, epochsBefore: 0)
    var state = State(plain, parameters, iteration: 0, stepsBefore: 0, schedule: schedule)
    state.advance(operation: state.program.operations.prefix { $0.phase <= last }.count, unit: 0)
    return state
  }
}

extension Dataset {
  /// Samples of a network that are given flat; without targets these are 0.
  init(of network: Network, inputs: ArraySlice<Double>, targets: ArraySlice<Double>? = nil) {
    self.init(inputCount: network.inputs, targetCount: network.outputs)
    var (input, target) = (inputs.startIndex, targets?.startIndex ?? 0)
    let none = Array(repeating: 0.0, count: network.outputs)[...]
    while input + network.inputs <= inputs.endIndex {
      append(
        input: inputs[input..<input + network.inputs],
        target: targets.map { $0[target..<target + network.outputs] } ?? none)
      (input, target) = (input + network.inputs, target + network.outputs)
    }
  }

  /// All samples, or evenly spaced ones where that would be more than so many.
  fileprivate func evenlySpaced(most: Int) -> Dataset {
    guard count > most else { return self }
    var some = Dataset(inputCount: inputCount, targetCount: targetCount)
    for index in 0..<most {
      let sample = index * count / most
      some.append(input: input(sample), target: target(sample))
    }
    return some
  }
}
