// e^x = 2^(n/64) · e^r with n the whole number nearest to 64·x/log 2, so |r| ≤ log 2/128 (Cody and Waite's reduction: log 2
// in two parts, of which the first times n is exact; P. T. P. Tang's table of the powers 2^(i/64), 1989). Adding 1.5·2^52 rounds to a
// whole number, which is then in the lowest bits of the sum.

/// e to the x, within 0.51 of a unit in the last place (0.76 where the result is subnormal).
package func exponential(_ x: Double) -> Double {
  guard x.magnitude < 700 else { return exponentialNearTheEnds(x) }
  let shifted = x * 0x1.71547652b82fep+6 + 0x1.8p52
  let n = shifted - 0x1.8p52
  let r = (x - n * 0x1.62e42fefa0000p-7) - n * 0x1.cf79abc9e3b3ap-46
  let bits = shifted.bitPattern
  let i = Int(truncatingIfNeeded: bits & 63) &* 2
  let scale = Double(bitPattern: powersOfTwo[i].bitPattern &+ (bits &>> 6) &<< 52)
  return scale + scale * ((powersOfTwo[i &+ 1] + r) + exponentialTail(r))
}

/// Where e^x, or the product that makes it, may leave the normal numbers.
private func exponentialNearTheEnds(_ x: Double) -> Double {
  if x.isNaN { return x }
  if x > 709.7827128933841 { return .infinity }
  if x < -745.1332191019412 { return 0 }
  let parts = exponentialParts(x)
  return scaled(parts.high, by: parts.k)
}

/// e^r − 1 − r for |r| ≤ log 2/128, exact to 2^−69 but for rounding.
@inline(__always) private func exponentialTail(_ r: Double) -> Double {
  let r2 = r * r
  return r2
    * ((0.5 + r * 0x1.5555555554dd4p-3)
      + r2 * ((0x1.5555555555194p-5 + r * 0x1.111120b03696dp-7) + r2 * 0x1.6c16d10b3c31dp-10))
}

/// e^(x + low) = (high + low)·2^k with some seven bits more than a Double has, for |x| < 1000 and a low that is not above x's
/// rounding error.
@inline(__always)
func exponentialParts(_ x: Double, plus low: Double = 0) -> (high: Double, low: Double, k: Int) {
  let shifted = x * 0x1.71547652b82fep+6 + 0x1.8p52
  let n = shifted - 0x1.8p52
  let r = (x - n * 0x1.62e42fefa0000p-7) - (n * 0x1.cf79abc9e3b3ap-46 - low)
  let bits = shifted.bitPattern
  let i = Int(truncatingIfNeeded: bits & 63) &* 2
  let power = powersOfTwo[i]
  let small = power * (r + (powersOfTwo[i &+ 1] + exponentialTail(r)))
  let high = power + small
  return (high, small - (high - power), Int(truncatingIfNeeded: bits &<< 13) &>> 19)
}
