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

  /// Whether going on from here would leave something behind that was reached: then a change begins another future.
  package var hasFuture: Bool { furthest > place }
}

extension Segment {
  fileprivate func isSame(as other: Segment) -> Bool {
    start == other.start && experiment == other.experiment && parameters == other.parameters
      && injections == other.injections
  }
}
