/// A value, and on how many comparisons it depends at most, in the order in which they were met: as long as those turn out as
/// they did, it is what it was.
struct Kept<Held> {
  let value: Held
  let reach: Int
}

/// What keeps values that depend on comparisons.
protocol Forgetful: AnyObject {
  /// Forgets all that depends on a comparison, counted from 0 in the order in which they were met, or on one behind it.
  func forget(from comparison: Int)
}

extension Unfolding: Forgetful {
  func forget(from comparison: Int) {
    drop { $0 > comparison }
    movements = movements.filter { $0.value.reach <= comparison }
    for other in moving.values { other.forget(from: comparison) }
  }
}
