/// Where the line of time can be taken up again, for whoever looks along it backwards or past changes made by hand.
extension Timeline {
  /// The last beginning of an iteration before a place that is known without computing it: a checkpoint, or where a stretch
  /// between two changes begins.
  package func knownBeginning(before place: Place) -> Place {
    let isInside = place.operation > 0 || place.unit > 0
    let iteration = max(place.iteration - (isInside ? 0 : 1), 0)
    let start = segment(of: iteration).start
    return Place(iteration: max(start, checkpoints.last(upTo: iteration)?.iteration ?? 0))
  }

  /// The iteration, counted from 0, with which the next change made by hand takes effect; nil where none lies ahead.
  package var nextChange: Int? {
    let next = segmentIndex(of: place.iteration) + 1
    return next < segments.count ? segments[next].start : nil
  }

  /// Where an iteration, counted from 0, ends.
  package func end(ofIteration iteration: Int) -> Place {
    Place(iteration: iteration, operation: segment(of: iteration).operations)
  }

  /// Where the last layer step ended at a place or before it; the beginning where there was none. Where a change has made
  /// another network of it, that is the end that was there before the change.
  package func lastLayerStep(upTo other: Place) -> Place {
    let ends = segment(of: other.iteration).program.steps.map(\.operations.upperBound)
    if let end = ends.last(where: { $0 <= other.operation }) {
      return Place(iteration: other.iteration, operation: end)
    }
    return other.iteration > 0 ? end(ofIteration: other.iteration - 1) : Place()
  }

  /// The same strictly before a place.
  package func lastLayerStep(before other: Place) -> Place {
    let last = lastLayerStep(upTo: other)
    guard last == other, last > Place() else { return last }
    return lastLayerStep(upTo: Place(iteration: last.iteration, operation: last.operation - 1))
  }

  /// Where the next layer step ends.
  package var nextLayerStep: Place {
    let isOver = state.isAtEnd && !state.program.operations.isEmpty
    let (iteration, operation) = isOver ? (self.place.iteration + 1, 0) : (self.place.iteration, self.place.operation)
    let next = segment(of: iteration).program.steps.first { $0.operations.upperBound > operation }
    return next.map { Place(iteration: iteration, operation: $0.operations.upperBound) } ?? place(1, on: .layer)
  }

  /// The layer steps that are complete at a place.
  package func step(at place: Place) -> Int { segments.step(at: place) }

  /// The next place, at least one step on, at which a layer's step of a phase has just ended; nil where there is none.
  package func endOfNext(_ phase: Phase, layer: Int) -> Place? {
    var (iteration, operation) = (place.iteration, place.operation)
    for _ in 0..<2 {
      let steps = segment(of: iteration).program.steps
      let end = steps.first { $0.phase == phase && $0.layer == layer && $0.operations.upperBound > operation }
      if let end { return canonical(Place(iteration: iteration, operation: end.operations.upperBound)) }
      (iteration, operation) = (iteration + 1, 0)
    }
    return nil
  }

  /// A change made by hand, as it counts for one number of a parameter.
  package struct Beginning: Sendable {
    /// The iteration, counted from 0, that begins with it.
    package let iteration: Int
    /// The layer steps before it.
    package let step: Int
    /// The number with which that iteration begins.
    package let value: Double
    /// The optimizer from there on.
    package let optimizer: OptimizerChoice
    /// The layer's parameters there, and the experiment that they may have been drawn by.
    fileprivate let layer: (number: Int, parameters: LayerParameters)
    fileprivate let experiment: Experiment

    /// Whether no update moves the parameter from there on.
    package func freezes(_ parameter: Quantity) -> Bool {
      let layer = experiment.network.layers[layer.number - 1]
      return parameter.kind == .b ? layer.freezesBiases : layer.freezesWeights
    }

    /// Whether the optimizer has nothing left of earlier gradients of this number.
    package func remembersNothing(of parameter: Quantity, at index: Int) -> Bool {
      layer.parameters[parameter.kind].memory.allSatisfy { !$0.indices.contains(index) || $0[index] == 0 }
    }

    /// Whether the number is what the initialiser draws for it, and was not chosen by hand.
    package func isDrawn(_ parameter: Quantity, at index: Int) -> Bool {
      let drawn = experiment.initialParameters(layer: layer.number)
      // A bias begins at 0 wherever weights are drawn.
      return parameter.kind == .w
        ? drawn.w.values.indices.contains(index) && drawn.w.values[index].bitPattern == value.bitPattern
        : drawn.b.values == layer.parameters.b.values && drawn.w.values == layer.parameters.w.values
    }
  }

  /// What begins with a change made by hand, up to here, as far back as the network had the layers that it has here: the
  /// first of them is where the number of this parameter starts.
  package func beginnings(of parameter: Quantity, at index: Int) -> [Beginning] {
    let shown = state.isChangedAtEnd ? 1 : 0
    let last = segmentIndex(of: place.iteration) + shown
    var found: [Beginning] = []
    for segment in segments[...last].reversed() {
      let network = segment.experiment.network
      guard network.layers.map(\.units) == experiment.network.layers.map(\.units),
        network.inputs == experiment.network.inputs
      else { break }
      let values = segment.parameters[parameter.layer - 1][parameter.kind].values
      guard values.indices.contains(index) else { break }
      found.append(
        Beginning(
          iteration: segment.start, step: segment.steps, value: values[index], optimizer: network.optimizer,
          layer: (parameter.layer, segment.parameters[parameter.layer - 1]), experiment: segment.experiment))
    }
    return found.reversed()
  }
}
