/// Where a state stands in its iteration and in time.
extension State {
  /// The layer steps completed since the network was built.
  package var step: Int { stepsBefore + program.completedSteps(operations: place.operation) }
  /// The iteration, counted from 1.
  package var iteration: Int { place.iteration + 1 }
  /// The epoch, counted from 1.
  package var epoch: Int { schedule.epoch(of: place.iteration) + 1 }

  /// The last completed layer step of this iteration, or nil at its beginning.
  package var lastStep: LayerStep? {
    let count = program.completedSteps(operations: place.operation)
    return count == 0 ? arrivedBy : program.steps[count - 1]
  }

  /// The layer step that is being taken, where the place is inside one.
  package var stepInProgress: LayerStep? {
    let count = program.completedSteps(operations: place.operation)
    guard count < program.steps.count else { return nil }
    let step = program.steps[count]
    return place.operation > step.operations.lowerBound || place.unit > 0 ? step : nil
  }

  /// The phase of the step on show: the one that the place is inside, else the one just completed.
  package var phase: Phase { (stepInProgress ?? lastStep)?.phase ?? .start }
  /// The layer of that step; 0 where it has none.
  package var layer: Int { (stepInProgress ?? lastStep)?.layer ?? 0 }
}
