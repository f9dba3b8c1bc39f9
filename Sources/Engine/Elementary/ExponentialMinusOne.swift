/// e^x − 1, without loss where x is small. About 0 it is x + x²/2 + x³·Q(x), of which x²/2 is taken by halves, and the
/// rounding error of the first sum kept; elsewhere 2^k·e^r − 1 likewise. Within 0.6 of a unit in the last place.
package func exponentialMinusOne(_ x: Double) -> Double {
  guard x.magnitude < 40 else { return x < 0 ? -1 : exponential(x) }
  guard x.magnitude > 0x1p-54 else { return x }
  if x.magnitude < 0.34657 { return exponentialMinusOneNearZero(x) }
  let parts = exponentialParts(x)
  let scale = powerOfTwo(parts.k)
  let high = parts.high * scale
  let difference = high - 1
  let lost = high > 1 ? (high - difference) - 1 : high - (difference + 1)
  return difference + (lost + parts.low * scale)
}

@inline(__always) private func exponentialMinusOneNearZero(_ x: Double) -> Double {
  let x2 = x * x
  let x4 = x2 * x2
  let upper = upperHalf(x)
  let square = 0.5 * upper * upper
  let q =
    cubic(x, x2, 0x1.5555555555556p-3, 0x1.5555555555555p-5, 0x1.11111111109afp-7, 0x1.6c16c16c167dfp-10)
    + x4
    * (cubic(x, x2, 0x1.a01a01a7c73c0p-13, 0x1.a01a01a47ccd9p-16, 0x1.71de0da24602dp-19, 0x1.27e4e1ed9933ep-22)
      + x4 * (0x1.af38c67fbb53ep-26 + 0x1.1f66eff4fc984p-29 * x))
  let sum = x + square
  return sum + ((square - (sum - x)) + (0.5 * (x - upper) * (x + upper) + x * x2 * q))
}
