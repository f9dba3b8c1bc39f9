// x^y = e^(y·log x), with the logarithm to some 68 bits and the product in two parts.

/// x to the y, within 0.55 of a unit in the last place, with IEEE 754's special cases: x^0 = 1^y = 1; below 0 only whole
/// numbers y give one. A square is the product.
package func power(_ x: Double, _ y: Double) -> Double {
  if y == 2 { return x * x }
  if y == 1 { return x }
  if y == 0 || x == 1 { return 1 }
  if x.isNaN || y.isNaN { return x + y }
  let isWhole = y.magnitude >= 0x1p52 || y == (y.magnitude + 0x1p52 - 0x1p52) * (y < 0 ? -1 : 1)
  let isOdd = isWhole && y.magnitude < 0x1p53 && Int(y) & 1 == 1
  let isNegative = isOdd && x.sign == .minus
  if x == 0 || x.isInfinite || y.isInfinite {
    let size = powerNearTheEnds(x.magnitude, y)
    return isNegative ? -size : size
  }
  if x < 0, !isWhole { return .nan }
  let size = powerOfPositive(x.magnitude, y)
  return isNegative ? -size : size
}

/// x^y where x is 0 or infinite, or y is infinite.
private func powerNearTheEnds(_ x: Double, _ y: Double) -> Double {
  if x == 1 { return 1 }
  return (x > 1) == (y > 0) ? .infinity : 0
}

/// x^y of finite numbers, x above 0.
private func powerOfPositive(_ x: Double, _ y: Double) -> Double {
  if x == 1 { return 1 }
  // So large that even the number next to 1 overflows or vanishes, or so small that the result is 1.
  if y.magnitude > 0x1p65 { return powerNearTheEnds(x, y) }
  if y.magnitude < 0x1p-65 { return 1 }
  let logarithm = logarithmParts(x)
  let upper = upperHalf(y)
  let product = upper * logarithm.high
  let small = (y - upper) * logarithm.high + y * logarithm.low
  let exponent = product + small
  if exponent > 709.79 { return .infinity }
  if exponent < -745.14 { return 0 }
  let parts = exponentialParts(exponent, plus: small - (exponent - product))
  return scaled(parts.high, by: parts.k)
}
