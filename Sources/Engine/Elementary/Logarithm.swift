// x = 2^k·m with m between 0.7057 and 1.4115; by a table (P. T. P. Tang, 1990) c, of 20 bits, is nearly 1/m and −log c known, so
// log x = k·log 2 − log c + log(1 + r) with r = m·c − 1, |r| < 0.0053. m is taken by halves, so that m·c is exact.

/// The natural logarithm, within 0.51 of a unit in the last place; of 0 −∞, of what is below NaN.
package func logarithm(_ x: Double) -> Double {
  guard x.bitPattern &- 0x0010_0000_0000_0000 < 0x7FE0_0000_0000_0000 else { return logarithmNearTheEnds(x) }
  let (main, mainRest, r, rest) = reduceFactor(x.bitPattern)
  let sum = main + r
  let r2 = r * r
  return sum + (((r - (sum - main)) + (mainRest + rest)) + r2 * (r * logarithmTail(r, r2) - 0.5))
}

/// The logarithm of what is subnormal, infinite, no number, or not above 0.
private func logarithmNearTheEnds(_ x: Double) -> Double {
  if x == 0 { return -.infinity }
  guard x > 0 else { return .nan }
  guard x < .infinity else { return x }
  let parts = logarithmParts(x)
  return parts.high + parts.low
}

/// k·log 2 − log c in two parts, the first exact, and r in two parts, of a number with these bits and of 2^−shift times it.
@inline(__always) func reduceFactor(
  _ bits: UInt64, shift: Int64 = 0
) -> (main: Double, mainRest: Double, r: Double, rest: Double) {
  let above = bits &- 0x3FE6_9555_0000_0000
  let i = Int(truncatingIfNeeded: (above &>> 45) & 127) &* 3
  let k = Double((Int64(bitPattern: above) &>> 52) &- shift)
  let m = Double(bitPattern: bits &- (above & 0xFFF0_0000_0000_0000))
  let c = reciprocals[i]
  let upper = upperHalf(m)
  let high = upper * c - 1
  let low = (m - upper) * c
  let r = high + low
  return (
    k * 0x1.62e42fefa3800p-1 + reciprocals[i &+ 1], k * 0x1.ef35793c76730p-45 + reciprocals[i &+ 2], r, low - (r - high)
  )
}

/// P(r) of log(1 + r) = r − r²/2 + r³·P(r), with which that is exact to 2^−68 but for rounding.
@inline(__always) func logarithmTail(_ r: Double, _ r2: Double) -> Double {
  cubic(r, r2, 0x1.5555555555557p-2, -0x1.0000000000001p-2, 0x1.99999997c61fap-3, -0x1.55555553b09abp-3)
    + r2 * r2 * (0x1.2494d57561ce3p-3 + -0x1.00024b159ab12p-3 * r)
}

/// log x = high + low to some 68 bits, of which high has 26, for a finite x above 0.
@inline(__always) func logarithmParts(_ x: Double) -> (high: Double, low: Double) {
  let isSubnormal = x < 0x1p-1022
  let (main, mainRest, r, rest) = reduceFactor(
    isSubnormal ? (x * 0x1p54).bitPattern : x.bitPattern, shift: isSubnormal ? 54 : 0)
  let r2 = r * r
  let upper = upperHalf(r)
  let square = -0.5 * upper * upper
  let squareRest = -0.5 * (r - upper) * (r + upper) - r * rest
  let first = main + r
  let second = first + square
  let lost = (r - (first - main)) + (square - (second - first))
  let small = lost + ((mainRest + rest) + (squareRest + r * r2 * logarithmTail(r, r2)))
  let high = upperHalf(second + small)
  return (high, (second - high) + small)
}
