// The functions of this folder are made of +, −, ·, /, square roots and bit patterns alone, which IEEE 754 rounds one way
// on every machine. The C library's choose between variants by the processor, so that their last bits do not.
// Coefficients were fitted for backstep: interpolation at Chebyshev's nodes, 300 bits, then rounded.

/// x with the lower 27 of its 53 bits cleared, so that a product of two such halves is exact (T. J. Dekker, 1971).
@inline(__always) func upperHalf(_ x: Double) -> Double {
  Double(bitPattern: x.bitPattern & 0xFFFF_FFFF_F800_0000)
}

/// 2 to the k, for −1022 ≤ k ≤ 1023.
@inline(__always) func powerOfTwo(_ k: Int) -> Double {
  Double(bitPattern: UInt64(truncatingIfNeeded: k &+ 1023) &<< 52)
}

/// x · 2^k, for −1080 ≤ k ≤ 1024, rounded once where the result is subnormal.
func scaled(_ x: Double, by k: Int) -> Double {
  if k > 1023 { return x * 2 * powerOfTwo(k - 1) }
  if k < -1022 { return x * powerOfTwo(k + 1022) * powerOfTwo(-1022) }
  return x * powerOfTwo(k)
}

/// a + b·x + c·x² + d·x³, the pairs side by side (Estrin's scheme).
@inline(__always)
func cubic(_ x: Double, _ x2: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  (a + b * x) + x2 * (c + d * x)
}
