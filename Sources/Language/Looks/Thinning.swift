/// Which of many rows are shown: one in so many, by a number with which not the same come by again and again. With four
/// samples one row in 32 would always be of the same one.
struct Thinning: Sendable {
  /// How many rows are shown at most.
  let most: Int
  /// In so many rows the samples of an epoch come round.
  private let period: Int
  /// By what the spacing grows: the smallest prime that does not divide the period.
  private let factor: Int
  /// Of the rows one in so many is kept on the way.
  private(set) var spacing = 1

  init(most: Int, period: Int) {
    (self.most, self.period) = (max(most, 1), max(period, 1))
    let period = self.period
    factor = [2, 3, 5, 7, 11, 13, 17, 19, 23].first { period % $0 > 0 } ?? 2
  }

  /// How many rows are kept on the way at most, so that enough are left once fewer are.
  var room: Int { most * factor }

  /// Keeps fewer rows from here on.
  mutating func widen() { spacing *= factor }

  /// Of so many rows, one in how many is shown; of no fewer than others have as their spacing.
  func shown(of count: Int, beside other: Int = 1) -> Int {
    let least = max(spacing, other)
    var spacing = least * max((count + most * least - 1) / (most * least), 1)
    while spacing > 1, spacing < count {
      // All rows differ in where they stand in the period, or all of the period is shown.
      let different = period / Thinning.greatestCommonDivisor(spacing, period)
      if different >= min(period, (count + spacing - 1) / spacing) { break }
      spacing += least
    }
    return spacing
  }

  private static func greatestCommonDivisor(_ one: Int, _ other: Int) -> Int {
    var (a, b) = (one, other)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
