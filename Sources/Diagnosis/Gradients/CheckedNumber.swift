import Engine
import Notation

/// One number of a gradient beside the central difference, and what that says of it.
package struct CheckedNumber: Equatable, Sendable {
  /// What the cost is differentiated by.
  package let element: Element
  /// The derivative as it was computed.
  package let exact: Double
  /// The central difference.
  package let numeric: Double
  /// How far they are apart, by the larger of them.
  package var relativeError: Double { CentralDifference.relativeError(exact, numeric) }
  /// The kinks that the difference goes across.
  package let kinks: [Kink]
  /// What the comparison says.
  package let finding: Finding

  /// What a comparison says.
  package enum Finding: Equatable, Sendable {
    /// They agree within the tolerance.
    case agrees
    /// They don't, and a unit is on one side of a kink at v + h and on the other at v - h: no failure.
    case crossesKink
    /// They don't, and the cost bends between v - h and v + h, however near those are: the derivative lies between the
    /// slopes at either side.
    case bends
    /// They don't by no more than rounding makes of the cost, or than differences at other steps are apart.
    case undecided
    /// They don't: the gradient is wrong.
    case differs
  }

  /// Compares the derivative that was computed with the central difference at a step, and where they don't agree with
  /// others, to tell what the reason is.
  package init(
    _ element: Element, exact: Double, _ moving: inout some MovedCost, _ step: StepSize, tolerance: Double
  ) throws(EvaluationError) {
    let (difference, kinks) = try moving.difference(step)
    (self.element, self.exact, numeric, self.kinks) = (element, exact, difference.slope, kinks)
    if CheckedNumber.agree(exact, difference, tolerance) {
      finding = .agrees
    } else if !kinks.isEmpty {
      finding = try CheckedNumber.explained(beside: kinks, exact, &moving, step, tolerance)
    } else {
      finding = try CheckedNumber.explained(difference, exact, &moving, step, tolerance)
    }
  }

  /// A derivative beside a difference, with nothing said of what that means.
  init(_ element: Element, exact: Double, _ difference: CentralDifference) {
    (self.element, self.exact, numeric, kinks) = (element, exact, difference.slope, [])
    finding = .agrees
  }

  private static func agree(_ exact: Double, _ difference: CentralDifference, _ tolerance: Double) -> Bool {
    CentralDifference.relativeError(exact, difference.slope) <= tolerance
  }

  /// Whether they are apart by no more than rounding explains: that of the cost, or where a unit is saturated that of the
  /// derivative itself, which is a small difference of numbers near 1, as in a − y.
  private static func isRounding(_ exact: Double, _ difference: CentralDifference) -> Bool {
    abs(exact - difference.slope) <= max(difference.rounding, CheckedNumber.ownRounding)
  }

  /// What a few roundings of numbers near 1 come to.
  package static let ownRounding = 64 * Double.ulpOfOne

  /// What a difference across a kink says: a nearer one that goes across none is held against the derivative.
  private static func explained(
    beside kinks: [Kink], _ exact: Double, _ moving: inout some MovedCost, _ step: StepSize, _ tolerance: Double
  ) throws(EvaluationError) -> Finding {
    for share in [1.0 / 16, 1.0 / 256] {
      let nearer = step.times(share)
      let (difference, kinks) = try moving.difference(nearer)
      guard kinks.isEmpty else { continue }
      if agree(exact, difference, tolerance) { return .crossesKink }
      let finding = try explained(difference, exact, &moving, nearer, tolerance)
      return finding == .differs ? .differs : .crossesKink
    }
    return .crossesKink
  }

  /// What a difference that goes across no kink says.
  private static func explained(
    _ difference: CentralDifference, _ exact: Double, _ moving: inout some MovedCost, _ step: StepSize,
    _ tolerance: Double
  ) throws(EvaluationError) -> Finding {
    if isRounding(exact, difference) { return .undecided }
    guard exact.isFinite, moving.cost.isFinite else { return .differs }
    // The cost may have no value at one side, as where a logarithm ends.
    guard difference.slope.isFinite else { return .undecided }
    var slopes = [difference.slope]
    for factor in [0.25, 0.5, 2] {
      let (other, kinks) = try moving.difference(step.times(factor))
      if kinks.isEmpty, other.slope.isFinite { slopes.append(other.slope) }
    }
    let spread = (slopes.max() ?? 0) - (slopes.min() ?? 0)
    if abs(exact - difference.slope) <= 2 * spread { return .undecided }
    return try bends(difference, exact, &moving, step, tolerance) ? .bends : .differs
  }

  /// Whether the slopes at either side stay apart however near one looks, and the derivative is one of them or between.
  private static func bends(
    _ difference: CentralDifference, _ exact: Double, _ moving: inout some MovedCost, _ step: StepSize,
    _ tolerance: Double
  ) throws(EvaluationError) -> Bool {
    func sides(_ step: StepSize, _ moving: inout some MovedCost) throws(EvaluationError) -> (Double, Double) {
      let width = step.width(at: moving.value)
      let (low, high) = (moving.value - width, moving.value + width)
      return (
        (moving.cost - (try moving.cost(at: low))) / (moving.value - low),
        ((try moving.cost(at: high)) - moving.cost) / (high - moving.value)
      )
    }
    let (far, near) = (try sides(step, &moving), try sides(step.times(0.25), &moving))
    let jump = abs(near.0 - near.1)
    let slack = tolerance * max(abs(near.0), abs(near.1)) + 8 * difference.rounding
    guard jump > slack, jump > 0.5 * abs(far.0 - far.1) else { return false }
    return exact >= min(near.0, near.1) - slack && exact <= max(near.0, near.1) + slack
  }
}
