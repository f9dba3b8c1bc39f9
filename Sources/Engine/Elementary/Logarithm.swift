// x = 2^k·(1 + f) with 1 + f between √½ and √2; with s = f/(2 + f), log(1 + f) = 2·artanh s = f − (f²/2 − s·(f²/2 + R(s²))), of
// which f is exact (the form is that of fdlibm's log, Sun 1993).

/// The natural logarithm, within 0.6 of a unit in the last place; of 0 −∞, of what is below NaN.
@inline(__always) package func logarithm(_ x: Double) -> Double {
  let (k, f) = exponentAndFraction(x)
  return logarithmAtItsEnds(x, logarithm(k, f, plus: 0))
}

/// Of a number above 0: k and f.
@inline(__always) func exponentAndFraction(_ x: Double) -> (k: Double, f: Double) {
  let isSubnormal = x < 0x1p-1022
  let bits = (isSubnormal ? x * 0x1p54 : x).bitPattern
  // The exponent as a number with 1023 above it, one higher where the fraction is from √2 on.
  let above = (bits &+ (0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)) &>> 52
  let k = Double(bitPattern: above | 0x4330_0000_0000_0000) - (isSubnormal ? 0x1p52 + 1077 : 0x1p52 + 1023)
  return (k, Double(bitPattern: bits &- ((above &- 1023) &<< 52)) - 1)
}

/// k·log 2 + log(1 + f) + a little.
@inline(__always) func logarithm(_ k: Double, _ f: Double, plus little: Double) -> Double {
  let (most, mostRest) = productInParts(k, LogarithmOfTwo.most)
  let (sum, lost) = sumInParts(most, f)
  let s = f / (2 + f)
  let z = s * s
  let z2 = z * z
  let r =
    z
    * septic(
      z, z2, z2 * z2, 0x1.5555555555555p-1, 0x1.9999999999a38p-2, 0x1.2492492476c87p-2, 0x1.c71c720160b47p-3,
      0x1.745cf901605f7p-3, 0x1.3b1c360763b8ap-3, 0x1.0fbe83c2cbcf3p-3, 0x1.0c04595972ab8p-3)
  let (half, halfRest) = productInParts(0.5 * f, f)
  let (less, lostToo) = sumInParts(sum, -half)
  let beside = fused(k, LogarithmOfTwo.rest, plus: mostRest) + little
  return less + (((lost + lostToo) + beside) + fused(s, half + r, plus: -halfRest))
}

/// The logarithm of x where that is found by the way above, else what it is of 0, below, of infinity, and of no number.
@inline(__always) func logarithmAtItsEnds(_ x: Double, _ result: Double) -> Double {
  let ofPositive = x < .infinity ? result : .infinity
  let ofOthers = x == 0 ? -Double.infinity : .nan
  return x > 0 ? ofPositive : ofOthers
}
