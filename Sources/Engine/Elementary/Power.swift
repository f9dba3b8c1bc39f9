// x^y = e^(y·log x), with the logarithm to some 65 bits and the product in two parts.

/// x to the y, within 0.8 of a unit in the last place, with IEEE 754's special cases: x^0 = 1^y = 1; below 0 only whole
/// numbers y give one. A square is the product.
@inline(__always) package func power(_ x: Double, _ y: Double) -> Double {
  let size = powerOfPositive(x.magnitude, y)
  let isOdd = isWhole(y) && !isWhole(0.5 * y)
  let signed = isOdd ? withSign(of: x, size) : size
  let isDefined = x >= 0 || isWhole(y) || x == -.infinity
  let general = x.isNaN || y.isNaN ? x + y : isDefined ? signed : .nan
  let isOne = y == 0 || x == 1
  return y == 2 ? x * x : y == 1 ? x : isOne ? 1 : general
}

/// Whether a number is whole; infinities are.
@inline(__always) private func isWhole(_ y: Double) -> Bool {
  let size = y.magnitude
  return size >= 0x1p52 || (size + 0x1p52) - 0x1p52 == size
}

/// x^y of an x from 0 on.
@inline(__always) private func powerOfPositive(_ x: Double, _ y: Double) -> Double {
  let logarithm = logarithmInParts(x)
  // With more, even the number next to 1 overflows or vanishes.
  let y = bounded(y, -0x1p65, 0x1p65)
  let (product, lost) = productInParts(y, logarithm.high)
  let small = fused(y, logarithm.low, plus: lost)
  let exponent = bounded(product + small, -760, 760)
  let power = exponentialInParts(exponent, plus: exponent.magnitude < 760 ? small - (exponent - product) : 0)
  let result = power.scale.applied(to: power.high + power.low)
  let atTheEnds = (x > 1) == (y > 0) ? Double.infinity : 0
  return x == 0 || x == .infinity ? atTheEnds : result
}

/// log x = high + low to some 65 bits, for a finite x above 0. Here log(1 + f) = 2s + ⅔·s³ + s·R(s²), with s, s² and ⅔ in two
/// parts.
@inline(__always) private func logarithmInParts(_ x: Double) -> (high: Double, low: Double) {
  let (k, f) = exponentAndFraction(x)
  let divisor = 2 + f
  let s = quotientInParts(f, 0, by: divisor, f - (divisor - 2))
  let square = productInParts(s.main, s.main)
  let squareRest = fused(s.rest, 2 * s.main, plus: square.rest)
  let z = square.product
  let z2 = z * z
  let tail = septic(
    z, z2, z2 * z2, 0x1.999999999999ap-2, 0x1.2492492492521p-2, 0x1.c71c71c6eaa10p-3, 0x1.745d177a96056p-3,
    0x1.3b1395d2190c1p-3, 0x1.1118c7e4b0917p-3, 0x1.df7cc8e5fa539p-4, 0x1.e02e6fff27908p-4)
  let third = productInParts(z, 0x1.5555555555555p-1)
  let thirdRest = fused(
    z2, tail, plus: fused(z, 0x1.5555555555555p-55, plus: fused(squareRest, 0x1.5555555555555p-1, plus: third.rest)))
  let most = productInParts(k, LogarithmOfTwo.most)
  let cube = productInParts(s.main, third.product)
  let (first, lost) = sumInParts(most.product, 2 * s.main)
  let (second, lostToo) = sumInParts(first, cube.product)
  let ofThird = fused(s.main, thirdRest, plus: fused(s.rest, third.product, plus: cube.rest))
  let ofLogarithmOfTwo = fused(k, LogarithmOfTwo.rest, plus: most.rest)
  let (high, low) = sumInParts(second, (lost + lostToo) + (fused(2, s.rest, plus: ofThird) + ofLogarithmOfTwo))
  return (high, low)
}
