import Notation

/// The factors by which some numbers may be others, as exactly as those were given: every place narrows them down.
struct FittedFactor {
  private let lower: Double
  private let upper: Double

  /// Nil where no factor does it at all places, or no place says anything.
  /// - Parameters:
  ///   - numbers: what the factor makes.
  ///   - parts: what it makes them of.
  ///   - slack: how far each of the numbers may be off.
  init?(making numbers: [Double], of parts: [Double], within slack: [Double]) {
    var (lower, upper) = (-Double.infinity, Double.infinity)
    for (place, part) in parts.enumerated() where part != 0 && part.isFinite {
      let (middle, half) = (numbers[place] / part, abs(slack[place] / part))
      guard middle.isFinite, half.isFinite else { continue }
      (lower, upper) = (max(lower, middle - half), min(upper, middle + half))
    }
    guard lower <= upper, lower.isFinite, upper.isFinite, lower * upper > 0 else { return nil }
    (self.lower, self.upper) = (lower, upper)
  }

  /// The one with the fewest digits, as somebody may have typed it; nil where numbers with so few digits lie too close to tell
  /// one from the next.
  /// - Parameter scale: what is typed for each unit of the factor.
  func typed(digits most: Int, per scale: Double = 1) -> Double? {
    let middle = (lower + upper) / 2 * scale
    let half = (upper - lower) / 2 * abs(scale)
    var step = 0.5
    for digits in 1...most {
      step /= 10
      guard half <= step * abs(middle), let typed = Double(significant(middle, digits: digits)) else { return nil }
      if abs(typed - middle) <= half { return typed }
    }
    return nil
  }
}

extension FittedFactor {
  private init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

  /// The number that somebody may have divided by instead.
  func divisor(digits most: Int) -> Double? {
    FittedFactor(lower: min(1 / lower, 1 / upper), upper: max(1 / lower, 1 / upper)).typed(digits: most)
  }
}

extension ForeignNumbers {
  /// How far each number that was given may be from what it stands for, the rounding of a Double included.
  var slackWithRounding: [Double] {
    zip(slack.elements, zip(given.elements, truth.elements)).map { $0 + 1e-12 + 1e-9 * max(abs($1.0), abs($1.1)) }
  }

  /// The factor by which what was given is so many times what is right.
  var factor: FittedFactor? {
    FittedFactor(making: given.elements, of: truth.elements, within: slackWithRounding)
  }
}
