/// A place on the line of time that has a name.
package struct TimeMark: Equatable, Sendable {
  /// What makes it one.
  package enum Kind: Sendable {
    /// `mark` has named it.
    case place
    /// A search has stopped there.
    case stop
    /// A breakpoint would stop there.
    case breakpoint
  }

  /// The name.
  package let name: String
  /// The layer steps that are complete there.
  package let step: Int
  /// What makes it one.
  package let kind: Kind

  /// One.
  package init(name: String, step: Int, kind: Kind) { (self.name, self.step, self.kind) = (name, step, kind) }
}
