import Engine
import Notation

/// The values that a sweep gives one hyperparameter.
package struct Axis: Sendable {
  /// What is varied.
  package let hyperparameter: Hyperparameter
  /// The values, in the order in which they are drawn.
  package let values: [Double]

  /// Some values.
  package init(_ hyperparameter: Hyperparameter, _ values: [Double]) {
    (self.hyperparameter, self.values) = (hyperparameter, values)
  }

  /// Values from one to another, so many of them: by equal factors or by equal steps, whole where only whole numbers make
  /// sense. They are rounded to as few digits as tell them apart, three or more, so that each can be typed; the ends are as
  /// they were given.
  package init(_ hyperparameter: Hyperparameter, from low: Double, to high: Double, count: Int) {
    self.init(hyperparameter, Axis.values(hyperparameter, from: low, to: high, count: count))
  }

  private static func values(_ hyperparameter: Hyperparameter, from low: Double, to high: Double, count: Int)
    -> [Double]
  {
    guard count > 1, low < high else { return [low] }
    let isByFactors = hyperparameter.goesByFactors && low > 0
    let exact = (0..<count).map { index -> Double in
      let share = Double(index) / Double(count - 1)
      return isByFactors ? low * power(high / low, share) : low + (high - low) * share
    }
    if hyperparameter.isWhole {
      return ([low] + exact.dropFirst().dropLast().map { $0.rounded() } + [high]).reduce(into: []) {
        if $0.last != $1 { $0.append($1) }
      }
    }
    for digits in 3...16 {
      let between = exact.dropFirst().dropLast().map { Double(significant($0, digits: digits)) ?? $0 }
      let all = [low] + between + [high]
      if zip(all, all.dropFirst()).allSatisfy({ $0 < $1 }) { return all }
    }
    return exact
  }
}
