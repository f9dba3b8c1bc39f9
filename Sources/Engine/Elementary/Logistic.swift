// What is made of 1/(1 + e^−x).

/// 1/(1 + e⁻ˣ), below 0 as eˣ/(1 + eˣ), so that neither end overflows and the small one keeps its digits. Within 2 units in
/// the last place. A small network waits for this at every layer of every sample, so that little waits for one another here:
/// with e^−|x| = s + s·p, s a power of two, the sum 1 + s + s·p is rounded once, and what that loses is put right beside the
/// division.
@inline(__always) package func logistic(_ x: Double) -> Double {
  let size = x.magnitude > 760 ? 760 : x.magnitude
  let shifted = fused(size, -LogarithmOfTwo.inverse, plus: 0x1.8p52)
  let k = shifted - 0x1.8p52
  let r = fused(-k, LogarithmOfTwo.most, plus: -size)
  let rest = k * -LogarithmOfTwo.rest
  let r2 = r * r
  let r4 = r2 * r2
  let r6 = r2 * r4
  let low = cubic(r, r2, 0.5, ExponentialSeries.c3, ExponentialSeries.c4, ExponentialSeries.c5)
  let high = cubic(
    r, r2, ExponentialSeries.c6, ExponentialSeries.c7, ExponentialSeries.c8, ExponentialSeries.c9)
  let highest = fused(
    r2, ExponentialSeries.c12, plus: fused(ExponentialSeries.c11, r, plus: ExponentialSeries.c10))
  let first = r + fused(rest, r, plus: rest)
  let p = fused(r6, fused(r4, highest, plus: high), plus: fused(r2, low, plus: first))
  let power = PowerOfTwo(shifted: shifted)
  let s = power.times(0)
  let above = 1 + s
  let sum = fused(s, p, plus: above)
  let lost = fused(s, p, plus: above - sum)
  // 1/sum to within a sixteenth.
  let inverse = fused(-0.5, sum, plus: 1.5)
  let share = (x < 0 ? fused(s, p, plus: s) : 1) / sum
  let whole = fused(-share, lost * inverse, plus: share)
  let small = (1 + fused(rest, p - r, plus: p)) * power.times(200) * 0x1p-200
  // Beyond 40 there is nothing but 1 in the sum, and s may be no normal number.
  return x < -40 ? small : x > 40 ? 1 : whole
}

/// x/(1 + e⁻ˣ), within 1.4 units in the last place.
@inline(__always) package func sigmoidLinearUnit(_ x: Double) -> Double {
  let share = logisticInParts(x)
  let factor = x < -760 ? -760 : x
  return factor * (share.main + share.rest) * share.unit
}

/// The slope of silu, σ(x)·(1 + x·σ(−x)).
@inline(__always) package func sigmoidLinearUnitSlope(_ x: Double, _ value: Double) -> Double {
  let x = bounded(x, -760, 760)
  let share = logisticInParts(x)
  let whole = share.main + share.rest
  return whole * fused(x, share.power * whole, plus: 1) * share.unit
}

/// log(1 + eˣ), without overflow for large x and without loss of the small end: max(x, 0) + log1p(e^−|x|). Within 1.2 units in
/// the last place.
@inline(__always) package func softplus(_ x: Double) -> Double {
  let above = x > 0 ? x : 0
  return above + logarithmOfOnePlus(fallingExponential(-x.magnitude))
}

/// The slope of softplus, the logistic curve.
@inline(__always) func softplusSlope(_ x: Double, _ value: Double) -> Double { logistic(x) }

/// 1/(1 + e⁻ˣ) in two parts, to be multiplied by a unit; and e⁻ˣ times that unit. Below −700, where e⁻ˣ would overflow, the unit
/// is 2^−100, so that what falls among the subnormal numbers is rounded there once.
@inline(__always) private func logisticInParts(
  _ x: Double
) -> (main: Double, rest: Double, unit: Double, power: Double) {
  let unit = x < -700 ? 0x1p-100 : 1
  let exponential = exponentialInParts(bounded(-x, -760, 760))
  let (first, second) = (exponential.scale.first, exponential.scale.second * unit)
  let (high, low) = sumInParts(exponential.high, exponential.low)
  let power = high * first * second
  let (sum, lost) = anySumInParts(power, unit)
  let share = quotientInParts(1, 0, by: sum, fused(low * first, second, plus: lost))
  return (share.main, share.rest, unit, power)
}
