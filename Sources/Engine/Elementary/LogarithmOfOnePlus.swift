/// log(1 + x), without loss where x is small: the logarithm of u = 1 + x, with what the sum lost put back as its share of u.
/// Within 0.67 of a unit in the last place.
package func logarithmOfOnePlus(_ x: Double) -> Double {
  guard x > -1, x < 0x1p1000 else { return x == -1 ? -.infinity : x < -1 ? .nan : logarithm(x) }
  guard x.magnitude > 0x1p-54 else { return x }
  let u = 1 + x
  let share = (x < 1 ? x - (u - 1) : 1 - (u - x)) / u
  let (main, mainRest, r, rest) = reduceFactor(u.bitPattern)
  let sum = main + r
  let r2 = r * r
  return sum + (((r - (sum - main)) + (mainRest + (rest + share))) + r2 * (r * logarithmTail(r, r2) - 0.5))
}
