import Synchronization

/// Asks work that takes long to end: what is evaluated under it fails the next time it counts its operations, and what goes
/// over many samples is left in its middle. Nobody reads what comes of it then.
package final class StopSign: Sendable {
  private let flag = Atomic<Bool>(false)

  /// The one that what is evaluated here goes by; nil where nobody may ask it to end.
  @TaskLocal package static var current: StopSign?

  /// A sign that asks nothing yet.
  package init() {}

  /// Whether it asks.
  package var isUp: Bool { flag.load(ordering: .relaxed) }

  /// Asks for the end.
  package func raise() { flag.store(true, ordering: .relaxed) }
}
