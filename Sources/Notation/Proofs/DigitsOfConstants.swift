import Glibc

/// How many binary digits the constants in a number of the field have at most, which were typed or counted: above the line of
/// its fraction, and below it. What has fewer digits than the field's size is no multiple of it but by 0; of longer ones the
/// field cannot tell. Constants grow by products; in sums of what was drawn they stand side by side.
struct DigitsOfConstants: Equatable {
  var above: Int16 = 0
  var below: Int16 = 0

  /// As many as a number of the field has for sure; and as many below the line, where powers of ten stand, which are no
  /// multiples of its size.
  private static let most = (above: 60, below: 120)

  /// Whether a multiple of the field's size may be among them.
  var isLong: Bool { above > DigitsOfConstants.most.above || below > DigitsOfConstants.most.below }

  /// Those of a whole number.
  init(of whole: Double) { above = DigitsOfConstants.count(whole) }

  /// Those of a number as it was typed: a whole number over a power of ten where it has decimals.
  init(of literal: Literal) {
    let decimals = Double(max(literal.decimals, 0))
    above = DigitsOfConstants.count(literal.value * pow(10, decimals))
    below = DigitsOfConstants.count(pow(10, decimals))
  }

  init(above: Int16 = 0, below: Int16 = 0) { (self.above, self.below) = (above, below) }

  var inverted: DigitsOfConstants { DigitsOfConstants(above: below, below: above) }

  static func * (a: DigitsOfConstants, b: DigitsOfConstants) -> DigitsOfConstants {
    DigitsOfConstants(above: capped(a.above, b.above), below: capped(a.below, b.below))
  }

  func raised(to power: Int) -> DigitsOfConstants {
    func times(_ digits: Int16) -> Int16 { Int16(min(Int(digits) * min(power, 1000), 1000)) }
    return DigitsOfConstants(above: times(above), below: times(below))
  }

  /// Those of a sum; of two constants that is `sum`, else NaN.
  static func sum(_ a: DigitsOfConstants, _ b: DigitsOfConstants, sum: Double) -> DigitsOfConstants {
    if sum.isNaN { return DigitsOfConstants(above: max(a.above, b.above), below: max(a.below, b.below)) }
    if a.below == 0, b.below == 0, sum == sum.rounded() { return DigitsOfConstants(of: sum) }
    let below = a.below == b.below || b.below == 0 ? a.below : a.below == 0 ? b.below : capped(a.below, b.below)
    return DigitsOfConstants(
      above: capped(max(capped(a.above, below - a.below), capped(b.above, below - b.below)), 1), below: below)
  }

  private static func count(_ number: Double) -> Int16 {
    // What is no number any more is longer than all that is counted.
    number.magnitude <= 1 ? 0 : number.isFinite ? Int16(min(log2(number.magnitude).rounded(.up), 1000)) : 1000
  }

  private static func capped(_ a: Int16, _ b: Int16) -> Int16 { min(a + b, 1000) }
}
