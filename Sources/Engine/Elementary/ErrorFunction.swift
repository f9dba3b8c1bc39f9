// About 0, erf(x) = 1⅛·x + x·Q(x²), of which the first is had in two parts. From 0.66 on, 1 − erf(x) = e^(−x²)·P(q)/(x + ½) with
// q = (x − 3)/(x + 3): P goes gently from 0.64 to 1/√π (the form is that of M. M. Shepherd and J. G. Laframboise, 1981), and
// what it is multiplied and divided by is kept in two parts.

/// The error function, erf(x) = 2/√π ∫₀ˣ e^(−t²) dt, within 0.8 of a unit in the last place (1 near the subnormal numbers).
@inline(__always) package func errorFunction(_ x: Double) -> Double {
  let size = x.magnitude
  let far = bounded(size, 0.66, 7)
  let square = productInParts(far, far)
  let beyond = complementOfErrorFunctionBeyond(far, 0, square.product, square.rest)
  let complement = beyond.scale.applied(to: beyond.value)
  let (most, lost) = sumInParts(x, 0.125 * x)
  let near = most + fused(x, errorFunctionNearZero(x * x), plus: lost)
  return size < 0.66 ? near : withSign(of: x, 1 - complement)
}

/// 1 − erf(x), without loss where x is large, within 0.9 of a unit in the last place.
@inline(__always) package func complementaryErrorFunction(_ x: Double) -> Double {
  let x = bounded(x, -28, 28)
  let square = productInParts(x, x)
  let result = complementOfErrorFunction(x, 0, square.product, square.rest)
  return result.value * result.first * result.second
}

/// 1 − erf(x + rest) as a value to be multiplied by two factors, for |x| < 40; the square is that of x + rest, in two parts.
@inline(__always) func complementOfErrorFunction(
  _ x: Double, _ rest: Double, _ square: Double, _ squareRest: Double
) -> (value: Double, first: Double, second: Double, isBeyond: Bool) {
  let (difference, lost) = anySumInParts(1, -x)
  let near = difference + (lost - (rest + fused(x, errorFunctionNearZero(square), plus: 0.125 * x)))
  let size = x.magnitude
  let beyond = complementOfErrorFunctionBeyond(
    bounded(size, 0.66, 40), withSign(of: x * rest, rest), square, squareRest)
  let isNear = size < 0.66
  let isBeyond = x >= 0.66
  let below = 2 - beyond.scale.applied(to: beyond.value)
  return (
    isNear ? near : isBeyond ? beyond.value : below, isBeyond ? beyond.scale.first : 1,
    isBeyond ? beyond.scale.second : 1, isBeyond
  )
}

/// erf(x)/x − 1⅛ from z = x², for |x| < 0.66.
@inline(__always) private func errorFunctionNearZero(_ z: Double) -> Double {
  let z2 = z * z
  let z4 = z2 * z2
  return fused(
    z4 * z4, cubic(z, z2, 0x1.b9e24d09660dbp-20, -0x1.5f1d1b5f3ad19p-23, 0x1.f457226bfcb2bp-27, -0x1.14bf278be535cp-30),
    plus: septic(
      z, z2, z4, 0x1.baea08536da23p-9, -0x1.812746b0379e7p-2, 0x1.ce2f21a042bdfp-4, -0x1.b82ce312889cbp-6,
      0x1.565bcd0e61e2bp-8, -0x1.c02db3fcccae2p-11, 0x1.f9a3261449f7fp-14, -0x1.f4d234feff982p-17))
}

/// 1 − erf(x + rest) as a value and the power of two that it is to be multiplied by, for x from 0.66 to 40.
@inline(__always) private func complementOfErrorFunctionBeyond(
  _ x: Double, _ rest: Double, _ square: Double, _ squareRest: Double
) -> (value: Double, scale: PowerOfTwo) {
  let (divisor, lost) = sumInParts(x, 0.5)
  let inverse = 1 / ((x + 3) * divisor)
  let q = (x - 3) * (divisor * inverse)
  let varying = complementBesideConstant(q)
  let power = exponentialInParts(-square, plus: -squareRest)
  let main = productInParts(power.high, 0x1.40c522p-1)
  let mainRest = fused(power.high, varying, plus: fused(power.low, 0x1.40c522p-1 + varying, plus: main.rest))
  let total = sumInParts(main.product, mainRest)
  let quotient = quotientInParts(total.sum, total.rest, by: divisor, lost + rest)
  return (quotient.main + quotient.rest, power.scale)
}

/// P(q) less 0x1.40c522p-1.
@inline(__always) private func complementBesideConstant(_ q: Double) -> Double {
  let q2 = q * q
  let q4 = q2 * q2
  let q8 = q4 * q4
  let low = septic(
    q, q2, q4, 0x1.afc930e688d40p-26, -0x1.15c084bb9e8f3p-4, -0x1.85a15c58aa619p-6, 0x1.098366a5b46bap-4,
    -0x1.e88b803a487e8p-5, 0x1.17ca2877f12f4p-5, -0x1.8574c40c21c29p-7, 0x1.4b884e43f5c8ep-10)
  let middle = septic(
    q, q2, q4, 0x1.ef1bdd96813e6p-11, -0x1.98db511e5fe96p-12, -0x1.b912a0348b0e5p-15, 0x1.065a3b6927a37p-14,
    0x1.4c3407c58907ap-19, -0x1.513c84347e96dp-17, -0x1.8a0d6fde3f8d4p-22, 0x1.d23812997dad1p-20)
  let high = septic(
    q, q2, q4, 0x1.8505bf1f0b477p-23, -0x1.4ce5534b77f3bp-22, -0x1.4046d5c63b72cp-24, 0x1.d070098465c32p-25,
    0x1.968568ab4fa5dp-26, -0x1.5504bb1d01b27p-27, -0x1.42bff68e01823p-28, 0x1.0d261e1e4745ap-29)
  return fused(q8, fused(q8, high, plus: middle), plus: low)
}
