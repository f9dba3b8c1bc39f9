/// A line of a derivation that is gone through, with what tells that derivation from others.
package struct LineOfDerivation: Equatable, Sendable {
  /// What is derived.
  let subject: String
  /// How many lines it has.
  let count: Int
  /// The line, from 1.
  let line: Int
}

extension Scene {
  /// Up to which line, from 1, the derivation is on show; nil where all of it is.
  var lineOfDerivation: Int? {
    guard let place = view.lineOfDerivation, let claimed, claimed.lines.count == place.count,
      claimed.subject.description == place.subject
    else { return nil }
    return place.line
  }

  /// The view with one more line of the derivation on show, or one fewer: it begins with the first, or without the last. As it
  /// is at either end.
  package func followingDerivation(by change: Int) -> View {
    guard let claimed else { return view }
    let count = claimed.lines.count
    let line = (lineOfDerivation ?? (change > 0 ? 0 : count)) + change
    guard (1...count).contains(line) else { return view }
    var next = view
    next.lineOfDerivation = LineOfDerivation(subject: claimed.subject.description, count: count, line: line)
    next.scrolls[Panel.claims.name] = nil
    return next
  }
}
