// Between −π/4 and π/4, sin x = x + x³·P(x²) and cos x = 1 − ½x² + x⁴·Q(x²); what is beyond comes there by quarter turns. An
// angle's own rounding error goes along in `low`.

/// The sine of an angle in radians, within 0.8 of a unit in the last place.
package func sine(_ angle: Double) -> Double {
  let turned = QuarterTurns(angle)
  switch turned.count & 3 {
  case 0: return sineNearZero(turned.rest, turned.low)
  case 1: return cosineNearZero(turned.rest, turned.low)
  case 2: return -sineNearZero(turned.rest, turned.low)
  default: return -cosineNearZero(turned.rest, turned.low)
  }
}

/// The cosine of an angle in radians, within 0.8 of a unit in the last place.
package func cosine(_ angle: Double) -> Double {
  let turned = QuarterTurns(angle)
  switch turned.count & 3 {
  case 0: return cosineNearZero(turned.rest, turned.low)
  case 1: return -sineNearZero(turned.rest, turned.low)
  case 2: return -cosineNearZero(turned.rest, turned.low)
  default: return sineNearZero(turned.rest, turned.low)
  }
}

/// The tangent of an angle in radians, within 2 units in the last place.
package func tangent(_ angle: Double) -> Double {
  let turned = QuarterTurns(angle)
  let (sine, cosine) = (sineNearZero(turned.rest, turned.low), cosineNearZero(turned.rest, turned.low))
  return turned.count & 1 == 0 ? sine / cosine : -cosine / sine
}

/// sin(x + low) for |x| ≤ π/4.
private func sineNearZero(_ x: Double, _ low: Double) -> Double {
  let z = x * x
  let tail = fused(
    z,
    fused(
      z,
      fused(
        z, fused(z, fused(-0x1.ab179b6cecc84p-41, z, plus: 0x1.61217eab7b761p-33), plus: -0x1.ae6454124c34fp-26),
        plus: 0x1.71de3a54604fep-19), plus: -0x1.a01a01a019936p-13), plus: 0x1.1111111111110p-7)
  let cube = z * x
  return x - ((z * (0.5 * low - cube * tail) - low) + cube * 0x1.5555555555555p-3)
}

/// cos(x + low) for |x| ≤ π/4.
private func cosineNearZero(_ x: Double, _ low: Double) -> Double {
  let z = x * x
  let tail = fused(
    z,
    fused(
      z,
      fused(
        z, fused(z, fused(0x1.ab7828a8a66aap-45, z, plus: -0x1.9394b9b76cd60p-37), plus: 0x1.1eed8deb61c47p-29),
        plus: -0x1.27e4fb7712b74p-22), plus: 0x1.a01a01a019d09p-16), plus: -0x1.6c16c16c16c16p-10)
  let fourth = z * z * fused(tail, z, plus: 0x1.5555555555555p-5)
  let half = 0.5 * z
  let most = 1 - half
  return most + (((1 - most) - half) + (fourth - x * low))
}

/// The angle in radians, from −π/2 to π/2, whose tangent it is, within 0.9 of a unit in the last place: about 0, x + x³·P(x²);
/// further out the angle beside ½, 1, 1½ or infinity.
package func arcTangent(_ x: Double) -> Double {
  let size = x.magnitude
  guard size >= 0.4375 else { return withSign(of: x, x + arcTangentTail(x)) }
  let beside: Double
  let (high, low): (Double, Double)
  if size < 0.6875 {
    beside = (2 * size - 1) / (2 + size)
    (high, low) = (0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56)
  } else if size < 1.1875 {
    beside = (size - 1) / (size + 1)
    (high, low) = (0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55)
  } else if size < 2.4375 {
    beside = (size - 1.5) / (1 + 1.5 * size)
    (high, low) = (0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56)
  } else {
    beside = -1 / size
    (high, low) = (0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54)
  }
  // What is not a number comes through the last of them.
  return withSign(of: x, high + (beside + (arcTangentTail(beside) + low)))
}

/// atan(x) − x for |x| < 0.4376.
private func arcTangentTail(_ x: Double) -> Double {
  let z = x * x
  let (z2, z4) = (z * z, z * z * (z * z))
  let far = cubic(
    z, z2, -0x1.ab5849ab57353p-5, 0x1.6ffbb8354db1ap-5, -0x1.0f55666ec5c9ep-5, 0x1.e3e17f483240ap-7)
  let near = septic(
    z, z2, z4, -0x1.5555555555555p-2, 0x1.99999999998c4p-3, -0x1.2492492485427p-3, 0x1.c71c71bd22246p-4,
    -0x1.745d154ae1c94p-4, 0x1.3b1375a3f24c4p-4, -0x1.110c9a3d3c1bep-4, 0x1.e170491df79b9p-5)
  return x * z * fused(z4 * z4, far, plus: near)
}
