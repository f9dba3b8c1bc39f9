import Engine

/// Why an expression has no value here.
package struct EvaluationError: Error, Equatable, Sendable {
  /// What is wrong, as a user reads it; begins in lower case and has no full stop.
  package let message: Text
  /// The characters of the expression's text that are at fault; nil where the scope that threw it does not know them.
  package internal(set) var range: Range<Int>?
  /// Whether a quantity will have a value, but not at this place yet: panels show `·` for it.
  package let isNotComputed: Bool

  /// An error, whose place may be filled in later.
  package init(_ message: Text, at range: Range<Int>? = nil, isNotComputed: Bool = false) {
    self.message = message
    self.range = range
    self.isNotComputed = isNotComputed
  }

  /// The error with a place, where it has none yet.
  func located(_ range: Range<Int>) -> EvaluationError {
    var placed = self
    placed.range = self.range ?? range
    return placed
  }
}

/// Runs a part of an evaluation, and gives an error of it a place where it has none yet.
@inline(__always)
func located<Result>(
  _ range: Range<Int>, _ part: () throws(EvaluationError) -> Result
) throws(EvaluationError) -> Result {
  do { return try part() } catch { throw error.located(range) }
}
