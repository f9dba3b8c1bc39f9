// What is made of 1/(1 + e^−x).

/// 1/(1 + e⁻ˣ), below 0 as eˣ/(1 + eˣ), so that neither end overflows and the small one keeps its digits. Within 1.2 units in
/// the last place.
@inline(__always) package func logistic(_ x: Double) -> Double {
  let small = fallingExponential(-x.magnitude)
  let (sum, lost) = sumInParts(1, small)
  let share = quotientInParts(x < 0 ? small : 1, 0, by: sum, lost)
  return share.main + share.rest
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
