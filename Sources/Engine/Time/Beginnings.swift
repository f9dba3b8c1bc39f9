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

  /// The place where the last layer step ended that is complete before a place; the beginning where there is none.
  package func lastLayerStep(before place: Place) -> Place {
    guard place.operation > 0 || place.unit > 0 else {
      guard place.iteration > 0 else { return Place() }
      return end(ofIteration: place.iteration - 1)
    }
    let program = segment(of: place.iteration).program
    let ends = program.steps.map(\.operations.upperBound)
    guard let end = ends.last(where: { $0 < place.operation || $0 == place.operation && place.unit > 0 }) else {
      return lastLayerStep(before: Place(iteration: place.iteration))
    }
    return Place(iteration: place.iteration, operation: end)
  }

  /// The layer steps that are complete at a place.
  package func step(at place: Place) -> Int {
    let segment = segment(of: place.iteration)
    return segment.steps + (place.iteration - segment.start) * segment.program.steps.count
      + segment.program.completedSteps(operations: place.operation)
  }

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
}
