// Payne and Hanek's reduction: x·2/π is worked out in whole numbers, with as many of 2/π's bits as matter, so that the sine of
// 1e300 is as exact as that of 1. What stands for whole turns is never computed.

/// An angle as a number of quarter turns and what is left of it, from −π/4 to π/4, in two parts.
struct QuarterTurns {
  /// How many quarter turns are taken off, of which only the last two bits count.
  let count: Int
  /// What is left.
  let rest: Double
  /// What `rest` lacks.
  let low: Double

  /// The quarter turns of an angle in radians; of what is not finite, the rest is not a number.
  init(_ angle: Double) {
    guard angle.isFinite else { (count, rest, low) = (0, .nan, 0); return }
    guard angle.magnitude > 0x1.921fb54442d18p-1 else { (count, rest, low) = (0, angle, 0); return }
    // |angle| = whole·2^exponent
    let whole = angle.magnitude.significandBitPattern | 1 << 52
    let exponent = Int(angle.magnitude.exponent) - 52
    var bits = QuarterTurns.product(whole, from: max(exponent - 2, 0))
    bits.shiftLeft(by: 62 + min(exponent, 2))
    let quarters = Int(bits.words.0 >> 62)
    bits.shiftLeft(by: 2)
    // To the nearest: from half a quarter on, the next one is less far.
    let isBeyond = bits.words.0 >> 63 == 1
    if isBeyond { bits.negate() }
    let (quarter, quarterRest) = bits.fraction
    let product = productInParts(quarter, 0x1.921fb54442d18p+0)
    let small = fused(
      quarter, 0x1.1a62633145c07p-54, plus: fused(quarterRest, 0x1.921fb54442d18p+0, plus: product.rest))
    let (rest, low) = sumInParts(product.product, small)
    let sign: Double = isBeyond == (angle > 0) ? -1 : 1
    count = (angle > 0 ? 1 : -1) * (quarters + (isBeyond ? 1 : 0))
    (self.rest, self.low) = (sign * rest, sign * low)
  }

  /// A whole number times the 192 bits of 2/π behind the first so many, as 256 bits.
  private static func product(_ whole: UInt64, from start: Int) -> FourWords {
    let (word, shift) = start.quotientAndRemainder(dividingBy: 64)
    func bits(_ place: Int) -> UInt64 {
      let (first, next) = (twoOverPi[word + place], twoOverPi[word + place + 1])
      return shift == 0 ? first : first << UInt64(shift) | next >> UInt64(64 - shift)
    }
    let low = whole.multipliedFullWidth(by: bits(2))
    let middle = whole.multipliedFullWidth(by: bits(1))
    let high = whole.multipliedFullWidth(by: bits(0))
    let (third, carry) = middle.low.addingReportingOverflow(low.high)
    let (second, carryToo) = high.low.addingReportingOverflow(middle.high)
    let (secondInAll, carryThree) = second.addingReportingOverflow(carry ? 1 : 0)
    return FourWords(words: (high.high &+ (carryToo ? 1 : 0) &+ (carryThree ? 1 : 0), secondInAll, third, low.low))
  }

  /// The first 1280 bits of 2/π: as many as the largest angle asks for.
  private static let twoOverPi: [UInt64] = [
    0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab, 0xf0cf_bc20_9af4_361d,
  ]
}

/// 256 bits, the highest first.
private struct FourWords {
  var words: (UInt64, UInt64, UInt64, UInt64)

  /// Moves the bits up; those that leave at the top are lost.
  mutating func shiftLeft(by count: Int) {
    if count >= 64 {
      words = (words.1, words.2, words.3, 0)
      return shiftLeft(by: count - 64)
    }
    guard count > 0 else { return }
    let (up, down) = (UInt64(count), UInt64(64 - count))
    words = (
      words.0 << up | words.1 >> down, words.1 << up | words.2 >> down, words.2 << up | words.3 >> down, words.3 << up
    )
  }

  /// What it lacks to 2^256.
  mutating func negate() {
    var carry = true
    func complement(_ word: UInt64) -> UInt64 {
      let (sum, overflow) = (~word).addingReportingOverflow(carry ? 1 : 0)
      carry = overflow
      return sum
    }
    let fourth = complement(words.3)
    let third = complement(words.2)
    let second = complement(words.1)
    words = (complement(words.0), second, third, fourth)
  }

  /// The bits as a share of 2^256, in two parts.
  var fraction: (main: Double, rest: Double) {
    var bits = self
    var scale = 0
    if bits.words.0 == 0 {
      bits.shiftLeft(by: 64)
      scale = 64
    }
    let zeros = bits.words.0.leadingZeroBitCount
    bits.shiftLeft(by: zeros)
    scale += zeros
    let main = Double(bits.words.0 >> 11)
    let rest = Double((bits.words.0 & 0x7ff) << 53 | bits.words.1 >> 11)
    return (
      Double(sign: .plus, exponent: -53 - scale, significand: main),
      Double(sign: .plus, exponent: -117 - scale, significand: rest)
    )
  }
}
