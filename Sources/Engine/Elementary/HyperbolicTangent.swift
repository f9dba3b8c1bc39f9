/// The hyperbolic tangent. About 0 it is x + x³·P(x²); elsewhere 1 − 2/(e^2x + 1), with the quotient in two parts so that
/// the difference is rounded once: it never falls where x rises. From 22 on it is 1 to the last bit. Within 0.57 of a unit in the last place.
package func hyperbolicTangent(_ x: Double) -> Double {
  let size = x.magnitude
  if size < 0.25 { return size < 0x1p-28 ? x : tangentNearZero(x) }
  guard size < 22 else { return x.isNaN ? x : x < 0 ? -1 : 1 }
  let parts = exponentialParts(2 * size)
  let scale = powerOfTwo(parts.k)
  let high = parts.high * scale
  let sum = high + 1
  let lost = ((high - sum) + 1) + parts.low * scale
  // 2/(sum + lost) = upper + lower: upper has 26 bits, so its product with each half of the sum is exact.
  let quotient = 2 / sum
  let upper = upperHalf(quotient)
  let sumUpper = upperHalf(sum)
  let lower = 0.5 * quotient * (((2 - upper * sumUpper) - upper * (sum - sumUpper)) - upper * lost)
  // Where upper's last bit would lie below that of 1, the quotient needs no second part.
  let result = quotient < 0x1p-27 ? 1 - quotient : (1 - upper) - lower
  return x < 0 ? -result : result
}

@inline(__always) private func tangentNearZero(_ x: Double) -> Double {
  let z = x * x
  let z2 = z * z
  let p =
    cubic(z, z2, -0x1.5555555555555p-2, 0x1.111111111109ep-3, -0x1.ba1ba1b9f6064p-5, 0x1.664f485d22182p-6)
    + z2 * z2
    * cubic(z, z2, -0x1.226e22dcef9fdp-7, 0x1.d6c9e87e87975p-9, -0x1.7c29b0e14ce18p-10, 0x1.17c1f674eeb67p-11)
  return x + x * z * p
}
