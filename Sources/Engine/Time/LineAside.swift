import Synchronization

/// A line of time that stands aside, kept at the place where it was looked at last: whoever steps along another line and
/// looks at this one each time pays for a step of it, and for nothing where neither has moved.
package final class LineAside: @unchecked Sendable {
  private let lock = Mutex(())
  private var kept: (source: Shared<Timeline>, line: LineBeside)?

  /// Looked at nowhere yet.
  package init() {}

  /// The state of a line of time where another one stands; nil where it has not gone so far. One that is only to be looked at
  /// goes nowhere: the answer is nil too where it is at another place.
  package func state(of line: Shared<Timeline>, where other: Timeline, goingThere goes: Bool = true) -> State? {
    lock.withLock { _ in
      let target = line.wrappedValue.place(whereStands: other)
      guard target <= line.wrappedValue.furthest else { return nil }
      let follower: LineBeside
      if let kept, kept.source.isOne(with: line) {
        follower = kept.line
      } else {
        guard goes else { return nil }
        follower = LineBeside(line.wrappedValue, memory: line.wrappedValue.memory)
        kept = (line, follower)
      }
      if follower.place != target {
        guard goes else { return nil }
        follower.move(to: target)
      }
      return follower.place == target ? follower.state(selecting: other.state.chosen) : nil
    }
  }
}
