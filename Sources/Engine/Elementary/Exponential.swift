// e^x = 2^k·e^r with k the whole number nearest to x/log 2, so |r| ≤ ½ log 2 (Cody and Waite's reduction: log 2 in two parts). Adding 1.5·2^52 rounds to a whole number, which is then in the lowest bits of the sum.

/// e to the x, within 0.6 of a unit in the last place (0.75 where the result is subnormal).
@inline(__always) package func exponential(_ x: Double) -> Double {
  let power = exponentialInParts(bounded(x, -760, 760))
  return power.scale.applied(to: power.high + power.low)
}

/// e to the x likewise, the same bits, of an x that is not above 0: its power of two takes less.
@inline(__always) func fallingExponential(_ x: Double) -> Double {
  let power = exponentialInParts(x < -760 ? -760 : x)
  // 2^k = 2^(k+200)·2^−200, of which a product leaves the normal numbers in the second alone.
  return (power.high + power.low) * power.scale.times(200) * 0x1p-200
}

/// e^r = 1 + r + r²/2 + c3·r³ + … + c12·r¹², for |r| ≤ ½ log 2.
enum ExponentialSeries {
  static let c3 = 0x1.5555555555556p-3
  static let c4 = 0x1.5555555555555p-5
  static let c5 = 0x1.11111111109b3p-7
  static let c6 = 0x1.6c16c16c167e1p-10
  static let c7 = 0x1.a01a01a7c41d5p-13
  static let c8 = 0x1.a01a01a47b054p-16
  static let c9 = 0x1.71de0dae63bb3p-19
  static let c10 = 0x1.27e4e1f48534fp-22
  static let c11 = 0x1.af38a9b0ec855p-26
  static let c12 = 0x1.1f66df7fca49fp-29
}

/// log 2 in two parts, and 1/log 2.
enum LogarithmOfTwo {
  static let most = 0x1.62e42fefa39efp-1
  static let rest = 0x1.abc9e3b39803fp-56
  static let inverse = 0x1.71547652b82fep+0
}

/// 2^k as two factors of about the same size, so that what leaves the normal numbers is rounded once.
struct PowerOfTwo {
  /// 1.5·2^52 + k.
  private let shifted: Double
  /// The factors, the first at most the second.
  let first, second: Double

  /// From 1.5·2^52 + k, for |k| < 2040.
  @inline(__always) init(shifted: Double) {
    self.shifted = shifted
    let above = (shifted.bitPattern &+ 2048) & 4095
    let half = above &>> 1
    first = Double(bitPattern: (half &- 1) &<< 52)
    second = Double(bitPattern: (above &- half &- 1) &<< 52)
  }

  /// 2^(k+more) in one factor, where that is a normal number.
  @inline(__always) func times(_ more: UInt64) -> Double {
    Double(bitPattern: (shifted.bitPattern &+ (1023 &+ more)) &<< 52)
  }

  /// x·2^k, for an x from ½ to 2 or thereabouts.
  @inline(__always) func applied(to x: Double) -> Double { x * first * second }
}

/// e^(x + low) = (high + low)·2^k with some three bits more than a Double has, for |x| < 1200 and a low that is not above
/// x's rounding error.
@inline(__always)
func exponentialInParts(_ x: Double, plus low: Double = 0) -> (high: Double, low: Double, scale: PowerOfTwo) {
  let shifted = fused(x, LogarithmOfTwo.inverse, plus: 0x1.8p52)
  let k = shifted - 0x1.8p52
  let most = fused(-k, LogarithmOfTwo.most, plus: x)
  let rest = fused(-k, LogarithmOfTwo.rest, plus: low)
  let (r, lost) = sumInParts(most, rest)
  let r2 = r * r
  let r4 = r2 * r2
  let tail = septic(
    r, r2, r4, ExponentialSeries.c3, ExponentialSeries.c4, ExponentialSeries.c5, ExponentialSeries.c6,
    ExponentialSeries.c7, ExponentialSeries.c8, ExponentialSeries.c9, ExponentialSeries.c10)
  let whole = fused(r4 * r4, fused(ExponentialSeries.c12, r, plus: ExponentialSeries.c11), plus: tail)
  // 1 + r + r²/2 + r³·P(r): the first two sums in parts.
  let (one, below) = sumInParts(1, r)
  let (half, halfRest) = productInParts(0.5 * r, r)
  let (sum, belowToo) = sumInParts(one, half)
  let little = (below + belowToo) + (lost + halfRest)
  return (sum, fused(r * r2, whole, plus: little), PowerOfTwo(shifted: shifted))
}
