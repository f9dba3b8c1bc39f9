/// The hyperbolic tangent, (e^2x − 1)/(e^2x + 1), with numerator, denominator and quotient in two parts so that it is rounded
/// once: it never falls where x rises. From 22 on it is 1 to the last bit. Within 0.75 of a unit in the last place.
@inline(__always) package func hyperbolicTangent(_ x: Double) -> Double {
  let size = x.magnitude
  let (main, rest) = exponentialMinusOneInParts(notBelowZero: 2 * (size > 22 ? 22 : size))
  let (sum, lost) = anySumInParts(main, 2)
  let quotient = quotientInParts(main, rest, by: sum, lost + rest)
  return size < 0x1p-28 ? x : withSign(of: x, quotient.main + quotient.rest)
}
