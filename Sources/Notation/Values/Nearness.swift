import Engine

/// What `within` allows two numbers to differ by.
package enum Tolerance: Equatable, Sendable {
  /// So much.
  case value(Double)
  /// Half a unit of the last digit of each number that is typed.
  case digits

  /// The amount, where one was said.
  package var amount: Double? { if case .value(let amount) = self { amount } else { nil } }
}

/// The rule of `~=`: with a tolerance, |a − b| ≤ tolerance; without, |a − b| ≤ max(1e-12, 1e-9·max(|a|, |b|)). NaN matches
/// nothing, and an infinity itself.
package func approximatelyEqual(_ a: Double, _ b: Double, tolerance: Double? = nil) -> Bool {
  if a == b { return true }
  guard a.isFinite, b.isFinite else { return false }
  return abs(a - b) <= tolerance ?? max(1e-12, 1e-9 * max(abs(a), abs(b)))
}

extension BinaryOperator {
  /// Whether a comparison of two numbers holds; a tolerance counts for `~=` alone. What is no comparison is `==` here.
  package func holds(_ a: Double, _ b: Double, tolerance: Double? = nil) -> Bool {
    switch self {
    case .unequal: a != b
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    case .near: approximatelyEqual(a, b, tolerance: tolerance)
    default: a == b
    }
  }
}

extension Matrix {
  /// Whether all elements are other than 0: an `expect` of it holds.
  package var holdsEverywhere: Bool { elements.allSatisfy { $0 != 0 && !$0.isNaN } }

  /// Whether some element is other than 0: a `break` on it stops.
  package var holdsSomewhere: Bool { elements.contains { $0 != 0 && !$0.isNaN } }
}
