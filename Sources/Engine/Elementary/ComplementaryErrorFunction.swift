// From 1¼ on, erfc(x) = e^(−x² + h(1/x))/x, where h goes gently from −0.78 to −½ log π (the form is that of fdlibm's erfc,
// Sun 1993): h is one of five polynomials, and −x² + h and 1/x are kept in two parts. Below, it is 1 − erf(x) in parts.

/// 1 − erf(x), without loss where x is large, within 0.75 of a unit in the last place.
package func complementaryErrorFunction(_ x: Double) -> Double {
  let size = x.magnitude
  guard size < 28 else { return x.isNaN ? x : x < 0 ? 2 : 0 }
  if size >= 1.25 { return x < 0 ? 2 - complementOfErrorFunction(size) : complementOfErrorFunction(size) }
  let (main, rest) = size < 0.5 ? errorFunctionNearZero(size) : errorFunctionParts(size)
  let sign = x < 0 ? -1.0 : 1.0
  let high = 1 - sign * main
  return high + (((1 - high) - sign * main) - sign * rest)
}

/// erfc(x) for 1¼ ≤ x < 28; from 27.3 on it is 0.
func complementOfErrorFunction(_ x: Double) -> Double {
  let (value, k) = complementParts(x)
  return scaled(value, by: k)
}

/// erfc(x) = value · 2^k for 1¼ ≤ x < 28, with a value that is far from underflow.
func complementParts(_ x: Double) -> (value: Double, k: Int) {
  // 1/x = upper + lower, and x² = square + squareRest.
  let inverse = 1 / x
  let upper = upperHalf(inverse)
  let xUpper = upperHalf(x)
  let lower = ((1 - upper * xUpper) - upper * (x - xUpper)) * inverse
  let square = xUpper * xUpper
  let squareRest = (x - xUpper) * (x + xUpper)
  let (constant, constantRest, varying) = complementExponent(x, upper, lower)
  let sum = constant - square
  let rest = (constant - (sum + square)) + ((constantRest - squareRest) + varying)
  let exponent = sum + rest
  let parts = exponentialParts(exponent, plus: rest - (exponent - sum))
  let high = upperHalf(parts.high)
  let result = high * upper + ((parts.high - high) * upper + (parts.low * inverse + parts.high * lower))
  return (result, parts.k)
}

/// h(u) at u = 1/x = upper + lower, as its value at the middle of the piece, in two parts, and the difference from it.
@inline(__always) private func complementExponent(
  _ x: Double, _ upper: Double, _ lower: Double
) -> (constant: Double, rest: Double, varying: Double) {
  if x < 1.75 {
    let t = (upper - 0.6875) + lower
    return (
      -0x1.790f96df94000p-1, -0x1.67fa229af1376p-42,
      t
        * polynomial(
          t, -0x1.6da6d077ae9dbp-2, -0x1.5662f688e2435p-5, 0x1.b3ea581f6ae9fp-4, -0x1.7d3e8db491dddp-4,
          0x1.d3920f4fd6832p-5, -0x1.37d5192d89ef7p-6, -0x1.7d24184a962f9p-7, 0x1.f939299f3970ep-6,
          -0x1.3582840d2bb2bp-5, 0x1.15dc6a17ab33bp-5, -0x1.6ac6caa2ad369p-6, 0x1.4a20048c19acep-8, 0x1.91c1ffc26960ep-7
        )
    )
  }
  if x < 2.75 {
    let t = (upper - 0.46875) + lower
    return (
      -0x1.52c9639868000p-1, 0x1.21f70d90e9544p-44,
      t
        * polynomial(
          t, -0x1.4694fe1f2ad8ap-2, -0x1.2867ae9e94189p-3, 0x1.bc3732bfb7452p-3, -0x1.40c44396d8d52p-3,
          0x1.27354423bbb9dp-5, 0x1.82335c308da55p-4, -0x1.7ebcc45554a94p-3, 0x1.9be10a0a69220p-3,
          -0x1.d3a257ba0bbaap-4, -0x1.0e2d1bacfee0ep-4, 0x1.2a90d48103cc0p-2, -0x1.ed8dfe373f7f3p-2,
          0x1.f6aaa4060568fp-2)
    )
  }
  if x < 4.5 {
    let t = (upper - 0.2890625) + lower
    return (
      -0x1.389120b23a000p-1, 0x1.6a3f8719320c1p-44,
      t
        * polynomial(
          t, -0x1.f01d9ed708152p-3, -0x1.2aab642c5fdb0p-2, 0x1.48c00f71c53e9p-2, -0x1.6e27ef96da71bp-4,
          -0x1.0c4feeccaa12ap-2, 0x1.03a528e464c17p-1, -0x1.74b16a3739bb8p-2, -0x1.5e82bece74b69p-2,
          0x1.67c3d6f2a98e9p+0, -0x1.fc5d7f6225f1ap+0, 0x1.575a3168856ffp-1, 0x1.eb8359be400b1p+1, -0x1.2d5be3c2d1873p+3
        )
    )
  }
  if x < 8 {
    let t = (upper - 0.171875) + lower
    return (
      -0x1.2c5a407f8a000p-1, 0x1.ec677c4242b97p-47,
      t
        * polynomial(
          t, -0x1.48808b2872dd7p-3, -0x1.9fdf69bc8f96ap-2, 0x1.3c752d51290c8p-2, 0x1.6fdcab9999638p-3,
          -0x1.4c39e81047942p-1, 0x1.a7a1ec80470eep-2, 0x1.ea5b0671e55acp-1, -0x1.43c8df8f67aabp+1,
          0x1.3b3e70a234f8ap+0, 0x1.8b3fe9df1e508p+2, -0x1.fd094e7b607f7p+3, 0x1.bb1cef8b29da0p+2, 0x1.6eecf48f001b4p+5)
    )
  }
  let t = (upper - 0.080078125) + lower
  return (
    -0x1.26adf389fe000p-1, -0x1.ddab596832baap-42,
    t
      * polynomial(
        t, -0x1.42dce1f99604fp-4, -0x1.e84f550c9f75ap-2, 0x1.7b886bf159ad7p-3, 0x1.f7138c8546ea1p-2,
        -0x1.33c4951b6e5ecp-1, -0x1.7b4fbcec3a08fp-1, 0x1.237fa7e2c3500p+1, 0x1.d6bbf21197506p-2,
        -0x1.21b05c4e55d4fp+3, 0x1.f140f53bb573cp+2, 0x1.07e3e6d8b3c88p+5, -0x1.355b8ae087680p+6, -0x1.1de6a2eb12a9ap+6)
  )
}

/// The polynomial of degree 12 with these coefficients, the constant first.
@inline(__always) private func polynomial(
  _ t: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double, _ g: Double, _ h: Double,
  _ i: Double, _ j: Double, _ k: Double, _ l: Double, _ m: Double
) -> Double {
  let t2 = t * t
  let t4 = t2 * t2
  return cubic(t, t2, a, b, c, d) + t4 * (cubic(t, t2, e, f, g, h) + t4 * (cubic(t, t2, i, j, k, l) + t4 * m))
}
