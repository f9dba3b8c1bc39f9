/// log(1 + x), without loss where x is small: the logarithm of u = 1 + x, with what the sum lost put back as its share of u.
/// Within 0.65 of a unit in the last place.
@inline(__always) package func logarithmOfOnePlus(_ x: Double) -> Double {
  let u = 1 + x
  let lost = x < 1 ? x - (u - 1) : 1 - (u - x)
  let (k, f) = exponentAndFraction(u)
  let result = logarithmAtItsEnds(u, logarithm(k, f, plus: lost / u))
  return x.magnitude < 0x1p-54 ? x : result
}
