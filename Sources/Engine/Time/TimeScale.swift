/// How far the layer steps and the iterations of a line of time lie along it: what it takes to draw one without going there.
package struct TimeScale: Sendable {
  private let segments: Trail<Segment>

  fileprivate init(_ segments: Trail<Segment>) { self.segments = segments }

  /// The layer steps that are complete at a place.
  package func step(at place: Place) -> Int { segments.step(at: place) }

  /// The iteration, counted from 0, that a layer step belongs to: the one that it completes, or is among. Step 0 is the
  /// beginning of the first.
  package func iteration(ofStep step: Int) -> Int {
    let step = min(max(step, 1), Timeline.most) - 1
    let segment = segments[max(segments.index { $0.steps > step } - 1, 0)]
    let perIteration = segment.program.steps.count
    return perIteration > 0 ? segment.start + (step - segment.steps) / perIteration : segment.start
  }
}

extension Timeline {
  /// The scale along which its steps lie.
  package var scale: TimeScale { TimeScale(segments) }
}

extension Trail<Segment> {
  /// The index of the segment that an iteration belongs to.
  func index(of iteration: Int) -> Int {
    if let last, last.start <= iteration { return count - 1 }
    return Swift.max(firstIndex(from: iteration + 1) - 1, 0)
  }

  /// The layer steps that are complete at a place.
  func step(at place: Place) -> Int {
    let segment = self[index(of: place.iteration)]
    return segment.steps + (place.iteration - segment.start) * segment.program.steps.count
      + segment.program.completedSteps(operations: place.operation)
  }
}
