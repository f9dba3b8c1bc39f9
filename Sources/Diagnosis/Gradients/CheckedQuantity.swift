import Engine
import Notation

/// What a check found of one quantity's gradient.
package struct CheckedQuantity: Sendable {
  /// The quantity that the cost is differentiated by.
  package let quantity: Quantity
  /// How many numbers it has.
  package let count: Int
  /// How many of them were compared.
  package private(set) var checked = 0
  /// How many are wrong.
  package private(set) var differing = 0
  /// How many are such that the differences do not decide.
  package private(set) var undecided = 0
  /// How many are at a bend of the cost that is no rule's kink.
  package private(set) var bending = 0
  /// The first of those.
  package private(set) var firstBend: CheckedNumber?
  /// The one that is furthest off, of those that differences decide.
  package private(set) var worst: CheckedNumber?
  /// The largest absolute difference of those.
  package private(set) var largestError = 0.0
  /// The one that is furthest off, of those that they do not decide.
  package private(set) var worstUndecided: CheckedNumber?
  /// The largest absolute difference of those.
  package private(set) var largestUndecided = 0.0

  init(_ quantity: Quantity, count: Int) { (self.quantity, self.count) = (quantity, count) }

  mutating func add(_ number: CheckedNumber) {
    checked += 1
    let error = number.exact == number.numeric ? 0 : abs(number.exact - number.numeric)
    switch number.finding {
    case .agrees, .differs:
      if number.finding == .differs { differing += 1 }
      largestError = largestError.isNaN || error.isNaN ? .nan : max(largestError, error)
      if worst.map({ number.isWorse(than: $0) }) ?? true { worst = number }
    case .undecided:
      undecided += 1
      if worstUndecided.map({ number.isWorse(than: $0) }) ?? true { worstUndecided = number }
      if error.isFinite { largestUndecided = max(largestUndecided, error) }
    case .bends:
      bending += 1
      if firstBend == nil { firstBend = number }
    case .crossesKink: break
    }
  }
}

extension CheckedNumber {
  /// Whether it is further off than another one; what is wrong before what agrees, and what has no value before all.
  package func isWorse(than other: CheckedNumber) -> Bool {
    if (finding == .differs) != (other.finding == .differs) { return finding == .differs }
    if other.relativeError.isNaN { return false }
    return relativeError.isNaN || relativeError > other.relativeError
  }
}
