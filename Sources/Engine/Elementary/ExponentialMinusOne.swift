/// e^x − 1, without loss where x is small, within 0.85 of a unit in the last place.
@inline(__always) package func exponentialMinusOne(_ x: Double) -> Double {
  // Half of it, so that nothing overflows before the result does, as it does just above 709.78.
  let half = exponentialMinusOneInParts(bounded(x, -60, 709.9), unit: 0.5)
  return x.magnitude < 0x1p-54 ? x : 2 * half.main
}

/// (e^x − 1)·unit as a number and what it lacks, for x from −60 on; a unit is a power of two.
@inline(__always) func exponentialMinusOneInParts(_ x: Double, unit: Double) -> (main: Double, rest: Double) {
  let power = exponentialInParts(x)
  let scale = power.scale.first * (power.scale.second * unit)
  let high = power.high * scale
  let (difference, lost) = anySumInParts(high, -unit)
  let (main, rest) = sumInParts(difference, fused(power.low, scale, plus: lost))
  return (main, rest)
}

/// e^x − 1 likewise for x from 0 to 1000: no sum is of a number and a larger one, and 2^k is one factor.
@inline(__always) func exponentialMinusOneInParts(notBelowZero x: Double) -> (main: Double, rest: Double) {
  let power = exponentialInParts(x)
  let scale = power.scale.times(0)
  let (difference, lost) = sumInParts(power.high * scale, -1)
  let (main, rest) = sumInParts(difference, fused(power.low, scale, plus: lost))
  return (main, rest)
}
