import Engine
import Language

/// A line tried on a copy of the session while its value is still being edited: what the panels show meanwhile.
struct TriedLine: Sendable {
  /// The session as the line made it; of a line that fails, as the last one that did not made it.
  private(set) var session: Session
  /// Why the line cannot be taken; nil where it can.
  private(set) var complaint: Text?

  /// Nothing is tried yet.
  init(on session: Session) { self.session = session }

  /// Tries a line on a copy of the session; nil leaves the session as it is.
  mutating func retry(_ line: String?, on original: Session) {
    complaint = nil
    guard let line else { return session = original }
    var copy = original
    do throws(CommandError) {
      try copy.execute(Line(line))
      session = copy
    } catch {
      complaint = error.shown
    }
  }
}
