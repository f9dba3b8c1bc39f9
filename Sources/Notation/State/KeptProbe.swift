import Engine
import Synchronization

/// What an expression was compiled to when it was looked at last, kept from look to look. Copies share it.
package final class KeptProbe: @unchecked Sendable {
  private let lock = Mutex(())
  private var probe: Probe?

  /// Nothing compiled yet.
  package init() {}

  /// The value of the expression, always the same one, in a scope.
  /// - Throws: what evaluating it would.
  package func value(
    of expression: Expression, in scope: StateScope, maximumWork: Int? = nil
  ) throws(EvaluationError) -> Matrix {
    try lock.withLock { _ throws(EvaluationError) in
      let known = if let probe, probe.fits(scope) { probe } else { try Probe(expression, in: scope) }
      probe = known
      return try known.value(in: scope, maximumWork: maximumWork)
    }
  }
}
