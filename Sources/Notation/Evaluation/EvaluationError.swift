import Engine

/// Why an expression has no value here.
package struct EvaluationError: Error, Equatable, Sendable {
  /// What is wrong, as a user reads it; begins in lower case and has no full stop.
  package let message: Text
  /// The characters of the expression's text that are at fault; nil where the scope that threw it does not know them.
  package internal(set) var range: Range<Int>?
  /// Whether a quantity will have a value, but not at this place yet: panels show `·` for it.
  package let isNotComputed: Bool
  /// What is lacking for a value in numbers other than the core's; nil of all other errors.
  let lack: Lack?

  /// What is thrown where a stop sign asks for the end.
  package static let stopped = EvaluationError("stopped")

  /// What may be lacking for a value.
  enum Lack: Equatable, Sendable {
    /// There is none: a division by 0.
    case undefined
    /// These numbers don't have what is asked of them.
    case undecided
    /// It depends on how a comparison turns out.
    case choice
  }

  /// An error, whose place may be filled in later.
  package init(_ message: Text, at range: Range<Int>? = nil, isNotComputed: Bool = false) {
    self.message = message
    self.range = range
    self.isNotComputed = isNotComputed
    lack = nil
  }

  /// An error of numbers that have no such value.
  init(_ message: Text, lack: Lack) {
    self.message = message
    self.lack = lack
    isNotComputed = false
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
