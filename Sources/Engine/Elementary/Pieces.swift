// The functions of this folder are made of +, −, ·, /, fused multiply-adds and bit patterns alone, which IEEE 754 rounds one
// way on every machine. The C library's choose between variants by the processor, so that their last bits do not. There are
// no tables, and no branches: every form is worked out and one is selected, so that a loop over a layer's units goes four or eight
// at a time, and each has the bits that the number by itself has.
// Coefficients were fitted for backstep: interpolation at Chebyshev's nodes, 300 bits, then rounded. What is said of units in
// the last place is the worst of 60,000 arguments against mpmath with 300 bits.

/// x·y + z, rounded once.
@inline(__always) func fused(_ x: Double, _ y: Double, plus z: Double) -> Double { z.addingProduct(x, y) }

/// a + b as what a sum gives and what it loses, exactly, where b is not the larger or a is 0 (T. J. Dekker, 1971).
@inline(__always) func sumInParts(_ a: Double, _ b: Double) -> (sum: Double, rest: Double) {
  let sum = a + b
  return (sum, b - (sum - a))
}

/// a + b likewise, whichever is the larger (D. E. Knuth's sum).
@inline(__always) func anySumInParts(_ a: Double, _ b: Double) -> (sum: Double, rest: Double) {
  let sum = a + b
  let taken = sum - a
  return (sum, (a - (sum - taken)) + (b - taken))
}

/// x·y as what a product gives and what it loses, exactly but among the subnormal numbers.
@inline(__always) func productInParts(_ x: Double, _ y: Double) -> (product: Double, rest: Double) {
  let product = x * y
  return (product, fused(x, y, plus: -product))
}

/// (a + aRest)/(b + bRest) in two parts; the parts beside a and b are small.
@inline(__always) func quotientInParts(
  _ a: Double, _ aRest: Double, by b: Double, _ bRest: Double
) -> (main: Double, rest: Double) {
  let inverse = 1 / b
  let main = a * inverse
  return (main, (fused(-main, b, plus: a) + fused(-main, bRest, plus: aRest)) * inverse)
}

/// x, or the nearer of two bounds; what is not a number stays so.
@inline(__always) func bounded(_ x: Double, _ low: Double, _ high: Double) -> Double {
  x < low ? low : x > high ? high : x
}

/// The size of one number with the sign of another.
@inline(__always) func withSign(of sign: Double, _ size: Double) -> Double {
  Double(bitPattern: size.bitPattern & 0x7FFF_FFFF_FFFF_FFFF | sign.bitPattern & 0x8000_0000_0000_0000)
}

/// a + b·x + c·x² + d·x³, the pairs side by side (Estrin's scheme).
@inline(__always)
func cubic(_ x: Double, _ x2: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  fused(x2, fused(d, x, plus: c), plus: fused(b, x, plus: a))
}

/// a + b·x + … + h·x⁷ likewise.
@inline(__always)
func septic(
  _ x: Double, _ x2: Double, _ x4: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double,
  _ g: Double, _ h: Double
) -> Double {
  fused(x4, cubic(x, x2, e, f, g, h), plus: cubic(x, x2, a, b, c, d))
}
