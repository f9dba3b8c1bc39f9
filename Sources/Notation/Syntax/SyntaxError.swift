import Engine

/// A text that is not an expression: what was expected, and where.
package struct SyntaxError: Error, Equatable, Sendable {
  /// What was expected, as a user reads it; begins in lower case and has no full stop.
  package let message: Text
  /// The characters that are at fault, counted from 0 in the text that was parsed. A column is `range.lowerBound + 1`.
  package let range: Range<Int>

  /// An error at a place.
  package init(_ message: Text, at range: Range<Int>) {
    self.message = message
    self.range = range
  }
}
