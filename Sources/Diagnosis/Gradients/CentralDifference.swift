/// The slope of a cost by one number, from its values at both sides: (C(v + h) - C(v - h)) / 2h.
package struct CentralDifference: Equatable, Sendable {
  /// The number's value at either side, as it is rounded: what divides is the distance of these two.
  let low, high: Double
  /// The cost there.
  let costs: (low: Double, high: Double)

  /// A difference of costs; `low` and `high` are where they were taken.
  package init(low: Double, high: Double, costs: (low: Double, high: Double)) {
    (self.low, self.high, self.costs) = (low, high, costs)
  }

  /// A difference of a function at a number.
  package init(of cost: (Double) -> Double, at value: Double, _ step: StepSize) {
    let width = step.width(at: value)
    let (low, high) = (value - width, value + width)
    self.init(low: low, high: high, costs: (cost(low), cost(high)))
  }

  /// The slope; NaN where h is lost beside the number.
  package var slope: Double { (costs.high - costs.low) / (high - low) }

  /// How far off the slope may be because costs are rounded: a few units of their last digit, by the distance.
  package var rounding: Double { 4 * max(abs(costs.low), abs(costs.high)).ulp / (high - low) }

  /// Two are the same where they were taken at the same numbers and gave the same.
  package static func == (one: CentralDifference, other: CentralDifference) -> Bool {
    (one.low, one.high) == (other.low, other.high) && one.costs == other.costs
  }

  /// How far two slopes are apart, by the larger of them: |a - b| / max(|a|, |b|); 0 where they are equal, NaN where one is
  /// no number.
  package static func relativeError(_ exact: Double, _ numeric: Double) -> Double {
    exact == numeric ? 0 : abs(exact - numeric) / max(abs(exact), abs(numeric))
  }
}
