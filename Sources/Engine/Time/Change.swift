extension Timeline {
  /// Changes the experiment or its parameters at the place: a new future begins here. Between iterations it takes effect at
  /// once; inside one it counts as made at the iteration's beginning, and the steps up to here are taken again.
  ///
  /// Parameters that no longer have the shape of their layer keep what still fits; the rest is drawn anew. What the closure
  /// throws is passed on, and nothing is changed then. Where nobody looks at what comes of it, and it is gone on from in pieces,
  /// many samples are put in place `later`.
  package mutating func change<Failure: Error>(
    with injection: Injection? = nil, later: Bool = false,
    _ edit: (inout Experiment, inout [LayerParameters]) throws(Failure) -> Void
  ) throws(Failure) {
    let place = state.place
    let isBetween = state.isAtEnd && !state.program.operations.isEmpty || place.operation == 0 && place.unit == 0
    let start = place.iteration + (isBetween && place.operation > 0 ? 1 : 0)
    let old = state.experiment
    var (experiment, parameters) = (old, isBetween ? state.parameters : state.forward)
    try edit(&experiment, &parameters)
    Timeline.settle(&parameters, in: experiment, before: old)
    install(experiment, parameters, old: old, start: start, isBetween: isBetween, injection, later)
  }

  private mutating func install(
    _ experiment: Experiment, _ parameters: [LayerParameters], old: Experiment, start: Int, isBetween: Bool,
    _ injection: Injection?, _ later: Bool
  ) {
    underway = Underway()
    state.begun = nil
    let place = state.place
    let index = segmentIndex(of: start)
    let base = segments[index]
    let isSame = base.start == start
    let progress = base.program.progress(at: place)
    // Most changes are of parameters alone.
    let isOther = experiment != old
    let isFresh = start == 0 || isSame && base.isFresh || isOther && Timeline.startsAfresh(from: old, to: experiment)
    // What was put in by hand stays, as long as it still has the place that it was put in.
    let kept = isSame && experiment.network.layers == old.network.layers ? base.injections : []
    let segment = Segment(
      start: start, steps: isBetween ? state.step : state.stepsBefore, experiment: experiment, parameters: parameters,
      schedule: isOther ? schedule(for: experiment, from: old, start: start) : state.schedule,
      program: isOther && experiment.network != old.network
        ? Program.of(experiment.network, after: old.network, state.$program) : state.$program,
      isFresh: isFresh, arrivedBy: isSame ? base.arrivedBy : isBetween ? state.lastStep : state.arrivedBy,
      injections: injection?.added(to: kept) ?? kept)
    let chosen = state.chosen
    let before = segments.firstIndex(from: start)
    segments.truncate(to: before + 1)
    if segments.count > before { segments.replaceLast(segment) } else { segments.append(segment) }
    checkpoints.forget(after: start - 1)
    losses.forget(from: start)
    scores.forget(from: start, of: furthest.iteration)
    // At the end of the iteration on show, what is changed is on show as well.
    records.forget(from: min(start, state.place.iteration))
    if later, isBetween, segment.isLong {
      state = segment.begin(later: true)
    } else if isBetween, !isFresh {
      state.takeOver(experiment, parameters, schedule: segment.schedule, program: segment.sharedProgram)
      if state.place.iteration == start { state.injections = segment.injections }
    } else {
      state = segment.begin()
      if !isBetween { retake(progress, in: place.iteration) }
    }
    state.chosen = chosen
    furthest = state.place
  }

  /// Takes the steps of this iteration up to where the user stood again: as many steps, whatever they are made of now.
  private mutating func retake(_ progress: Program.Progress, in iteration: Int) {
    guard experiment.obstacle == nil else { return }
    move(to: state.program.place(of: progress, in: iteration))
  }

  /// Whether nothing that was computed before a change can stay on show after it.
  private static func startsAfresh(from old: Experiment, to new: Experiment) -> Bool {
    var (one, other) = (old, new)
    one.network.name = other.network.name
    one.network.optimizer = other.network.optimizer
    one.initialiser = other.initialiser
    one.seed = other.seed
    for index in one.network.layers.indices where index < other.network.layers.count {
      one.network.layers[index].freezesWeights = other.network.layers[index].freezesWeights
      one.network.layers[index].freezesBiases = other.network.layers[index].freezesBiases
    }
    other.data.name = one.data.name
    return one != other
  }

  /// Samples go on coming as they did, unless the data or how it is taken has changed: then an epoch begins here.
  private func schedule(for experiment: Experiment, from old: Experiment, start: Int) -> Schedule {
    let before = state.schedule
    let isSame =
      experiment.data.count == old.data.count && experiment.data.heldOutNumbers == old.data.heldOutNumbers
      && experiment.samplesPerBatch == old.samplesPerBatch
      && experiment.order == old.order
    if isSame || start == 0 {
      return Schedule(experiment, origin: before.origin, epochsBefore: before.epochsBefore)
    }
    let begun = old.obstacle == nil && start > before.origin
    return Schedule(
      experiment, origin: start, epochsBefore: begun ? before.epoch(of: start - 1) + 1 : before.epochsBefore)
  }

  /// Makes the parameters fit the network: what fits is kept, to the bit; a change of optimizer clears its memory.
  private static func settle(_ parameters: inout [LayerParameters], in experiment: Experiment, before old: Experiment) {
    let network = experiment.network
    if parameters.count > network.layers.count { parameters.removeLast(parameters.count - network.layers.count) }
    while parameters.count < network.layers.count {
      parameters.append(experiment.initialParameters(layer: parameters.count + 1))
    }
    for index in network.layers.indices {
      let (units, inputs) = (network.layers[index].units, network.units(index))
      if network.optimizer != old.network.optimizer || network.alterations != old.network.alterations {
        parameters[index].w.remember(as: network, after: old.network)
        parameters[index].b.remember(as: network, after: old.network)
      }
      resize(&parameters[index], units: units, inputs: inputs, experiment, layer: index + 1)
    }
  }

  private static func resize(
    _ parameters: inout LayerParameters, units: Int, inputs: Int, _ experiment: Experiment, layer: Int
  ) {
    let biases = experiment.network.layers[layer - 1].biasCount
    if parameters.b.values.count != biases {
      let kept = parameters.b.values.prefix(biases)
      parameters.b.reshape(Array(kept) + Array(repeating: 0, count: biases - kept.count), columns: 1)
    }
    let before = parameters.w
    let columns = before.columns
    guard before.values.count != units * inputs || columns != inputs else { return }
    var drawn = experiment.initialParameters(layer: layer).w.values
    if columns > 0 {
      for row in 0..<min(units, before.values.count / columns) {
        for column in 0..<min(columns, inputs) {
          drawn[row * inputs + column] = before.values[row * columns + column]
        }
      }
    }
    parameters.w.reshape(drawn, columns: inputs)
  }
}

extension Program {
  /// How far into an iteration a place is, by what a user counts.
  struct Progress {
    /// The layer steps that are complete.
    let steps: Int
    /// The phase of the last of them.
    let phase: Phase
    /// The operations of the next one that are done.
    let operations: Int
    /// The units of the next of those that are done.
    let units: Int
  }

  /// How far into its iteration a place is.
  func progress(at place: Place) -> Progress {
    let completed = completedSteps(operations: place.operation)
    let before = completed < steps.count ? steps[completed].operations.lowerBound : operations.count
    return Progress(
      steps: completed, phase: completed > 0 ? steps[completed - 1].phase : .start,
      operations: place.operation - before, units: place.unit)
  }

  /// The place that is so far into an iteration; where a step has fewer operations, or an operation fewer units, as far as
  /// these go. It lies in no phase that had not begun, so that no update is made which was still to come.
  func place(of progress: Progress, in iteration: Int) -> Place {
    let begun = steps.prefix(progress.steps).lastIndex { $0.phase <= progress.phase }.map { $0 + 1 } ?? 0
    if begun < progress.steps {
      return Place(iteration: iteration, operation: begun > 0 ? steps[begun - 1].operations.upperBound : 0)
    }
    guard progress.steps < steps.count else { return Place(iteration: iteration, operation: operations.count) }
    let step = steps[progress.steps].operations
    let operation = step.lowerBound + min(progress.operations, step.count - 1)
    return Place(
      iteration: iteration, operation: operation, unit: min(progress.units, operations[operation].units - 1))
  }
}
