import Engine
import Synchronization

/// How far a look through the past has come, for whoever waits for it. Written by the one who looks, read by the one who
/// waits.
final class ShareDone: Sendable {
  private let first = Atomic<Int>(0)
  private let last = Atomic<Int>(0)
  private let here = Atomic<Int>(0)

  /// The one that is told of what is looked at here; nil where nobody waits.
  @TaskLocal static var current: ShareDone?

  /// Begins a way from one place to another.
  func begin(from start: Place, to end: Place) {
    first.store(start.iteration, ordering: .relaxed)
    here.store(start.iteration, ordering: .relaxed)
    last.store(end.iteration, ordering: .relaxed)
  }

  /// Begins something of so many parts.
  func begin(of parts: Int) { begin(from: Place(), to: Place(iteration: parts)) }

  /// Notes that the way has come to an iteration, or how many parts are done. Cheap enough to be said at every step.
  @inline(__always)
  func note(_ iteration: Int) { here.store(iteration, ordering: .relaxed) }

  /// The share from 0 to 1; nil where no way has begun that is long enough to have one.
  var share: Double? {
    let (start, end) = (first.load(ordering: .relaxed), last.load(ordering: .relaxed))
    guard end > start else { return nil }
    return Double(here.load(ordering: .relaxed) - start) / Double(end - start)
  }
}
