// The normal distribution, by way of erfc so that the lower tail is kept: Φ(x) = ½·erfc(−x/√2), with −x/√2 and x²/2 in two
// parts. What is multiplied by a power of two far down is multiplied by it last.

/// x·Φ(x), the normal distribution's share below x times x, within 1.6 units in the last place.
@inline(__always) package func gaussianErrorLinearUnit(_ x: Double) -> Double {
  let complement = complementBelow(bounded(x, -40, 40))
  return bounded(x, -40, .infinity) * (0.5 * complement.value) * complement.first * complement.second
}

/// The slope of gelu, Φ(x) + x·φ(x).
@inline(__always) package func gaussianErrorLinearUnitSlope(_ x: Double, _ value: Double) -> Double {
  let x = bounded(x, -40, 40)
  let complement = complementBelow(x)
  let square = productInParts(x, x)
  let power = exponentialInParts(-0.5 * square.product, plus: -0.5 * square.rest)
  let density = 0x1.9884533d43651p-2 * (power.high + power.low)
  // Far down both have the same power of two for a factor.
  let beside = complement.isBeyond ? density : power.scale.applied(to: density)
  return fused(x, beside, plus: 0.5 * complement.value) * complement.first * complement.second
}

/// 2·Φ(x) = erfc(−x/√2), as a value to be multiplied by two factors.
@inline(__always) private func complementBelow(
  _ x: Double
) -> (value: Double, first: Double, second: Double, isBeyond: Bool) {
  let root = productInParts(x, 0x1.6a09e667f3bcdp-1)
  let rest = fused(x, -0x1.bdd3413b26456p-55, plus: root.rest)
  let square = productInParts(x, x)
  return complementOfErrorFunction(-root.product, -rest, 0.5 * square.product, 0.5 * square.rest)
}
