extension Timeline {
  /// Where two lines of time with a common beginning part: the iteration, counted from 0, with which the first change begins
  /// that only one of them has, and the layer steps before it. Nil where neither has one.
  package func parting(from other: Timeline) -> (iteration: Int, step: Int)? {
    for index in 0..<max(segments.count, other.segments.count) {
      let mine = index < segments.count ? segments[index] : nil
      let its = index < other.segments.count ? other.segments[index] : nil
      if let mine, let its, mine.isSame(as: its) { continue }
      return [mine, its].compactMap { $0.map { (iteration: $0.start, step: $0.steps) } }.min { $0.0 < $1.0 }
    }
    return nil
  }

  /// The place on this line at which another one stands: the same unit of the same operation, where both go through the
  /// same operations there, else where as many layer steps are complete.
  package func place(whereStands other: Timeline) -> Place {
    let there = other.place
    let segment = segment(of: there.iteration)
    let isAlike =
      step(at: Place(iteration: there.iteration)) == other.state.stepsBefore
      && segment.program.operations == other.state.program.operations
      && segment.experiment.network.sizes == other.experiment.network.sizes
    return isAlike ? canonical(there) : place(ofStep: other.state.step)
  }

  /// Whether going on from here would leave something behind that was reached: then a change begins another future.
  package var hasFuture: Bool { furthest > place }
}

extension Segment {
  fileprivate func isSame(as other: Segment) -> Bool {
    // Two lines share what they had in common when they parted.
    self === other
      || start == other.start && experiment == other.experiment && parameters == other.parameters
        && injections == other.injections
  }
}
