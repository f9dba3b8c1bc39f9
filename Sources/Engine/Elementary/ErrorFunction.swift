// About 0, erf(x) = x·(2/√π + x²·P(x²)). From ½ to 1¼ it is one of three polynomials about c = ⅝, ⅞, 1⅛: erf(c) +
// erf′(c)·t + t²·G(t), t = x − c. Beyond, 1 − erfc(x). The leading products are taken by halves, so that they are exact.

/// The error function, erf(x) = 2/√π ∫₀ˣ e^(−t²) dt, within 0.72 of a unit in the last place (0.76 where it is subnormal).
package func errorFunction(_ x: Double) -> Double {
  let size = x.magnitude
  // Products of halves would fall among the subnormals.
  if size < 0x1p-300 { return (x * 0x1p200) * 0x1.20dd750429b6dp+0 * 0x1p-200 }
  if size < 0.5 {
    let (main, rest) = errorFunctionNearZero(x)
    return main + rest
  }
  guard size < 6 else { return x.isNaN ? x : x < 0 ? -1 : 1 }
  let result: Double
  if size < 1.25 {
    let (main, rest) = errorFunctionParts(size)
    result = main + rest
  } else {
    result = 1 - complementOfErrorFunction(size)
  }
  return x < 0 ? -result : result
}

/// erf(x) in two parts, the first of them exact, for |x| < ½.
@inline(__always) func errorFunctionNearZero(_ x: Double) -> (main: Double, rest: Double) {
  let z = x * x
  let z2 = z * z
  let z4 = z2 * z2
  let p =
    cubic(z, z2, -0x1.812746b0379e7p-2, 0x1.ce2f21a042be2p-4, -0x1.b82ce31288b13p-6, 0x1.565bcd0e6738ep-8) + z4
    * (cubic(z, z2, -0x1.c02db3fdba119p-11, 0x1.f9a325cb67f8fp-14, -0x1.f4d2061b0dba6p-17, 0x1.b9d791f41c40fp-20) + z4
      * (-0x1.5dd2aa62eb035p-23 + 0x1.cac3adf530e21p-27 * z))
  let upper = upperHalf(x)
  return (upper * 0x1.20dd750000000p+0, (x - upper) * 0x1.20dd750000000p+0 + x * (0x1.0a6db446b8ea4p-30 + z * p))
}

/// erf(x) in two parts, from ½ to 1¼.
@inline(__always) func errorFunctionParts(_ x: Double) -> (main: Double, rest: Double) {
  if x < 0.75 {
    let (t, t2, t4) = powers(x - 0.625)
    let g =
      cubic(t, t2, -0x1.e8a3c39181e85p-2, -0x1.c810502168372p-5, 0x1.6963c8a39d694p-3, -0x1.c1242dffa306dp-6) + t4
      * (cubic(t, t2, -0x1.52b2668e87b81p-5, 0x1.c7cd9b22a1430p-7, 0x1.b62f4a8609bc4p-8, -0x1.dc390b52407fcp-9) + t4
        * ((-0x1.8114ddb8d123ap-11 + 0x1.613d3d62769bdp-11 * t) + t2 * 0x1.56540317364c0p-15))
    return aboutCentre(
      t, t2 * g, value: (0x1.3f196dcd10000p-1, -0x1.d967c97d3dbf8p-42),
      slope: (0x1.86e9698000000p-1, -0x1.f65a31277b426p-28))
  }
  if x < 1 {
    let (t, t2, t4) = powers(x - 0.875)
    let g =
      cubic(t, t2, -0x1.d62beb64e8441p-2, 0x1.7c9d756a115a6p-4, 0x1.cc60567d78c40p-4, -0x1.1350f4b21c21ap-4) + t4
      * (cubic(t, t2, -0x1.53bb4a5b29289p-7, 0x1.30ac216eddefep-6, -0x1.e3f4cf3234348p-10, -0x1.aae186a604147p-9) + t4
        * ((0x1.d6e1b2332066fp-11 + 0x1.97b12fc5c66edp-12 * t) + t2 * -0x1.921192e41b5f8p-13))
    return aboutCentre(
      t, t2 * g, value: (0x1.91724951b8000p-1, 0x1.f8b6c37691657p-42),
      slope: (0x1.0cab620000000p-1, -0x1.ef68d9bd9d6bcp-30))
  }
  let (t, t2, t4) = powers(x - 1.125)
  let g =
    cubic(t, t2, -0x1.6ea6cf452e838p-2, 0x1.4cb3cf0aa0badp-3, 0x1.ca5083167a265p-6, -0x1.f65d15f1e5b3fp-5) + t4
    * (cubic(t, t2, 0x1.fd1c6c11da55dp-7, 0x1.3acc78be1e58cp-7, -0x1.8b43c4090b476p-8, -0x1.79b92ab0c4a86p-12) + t4
      * ((0x1.2e51faaee4495p-10 + -0x1.6ea9d86c592c2p-13 * t) + t2 * -0x1.27e7620c7ae8fp-13))
  return aboutCentre(
    t, t2 * g, value: (0x1.c6dad2829e000p-1, 0x1.8c3ca9125668cp-42),
    slope: (0x1.45e99c0000000p-2, -0x1.a2437550865fep-29))
}

@inline(__always) private func powers(_ t: Double) -> (Double, Double, Double) { (t, t * t, (t * t) * (t * t)) }

/// value + slope·t + curve in two parts; the slope's first part has 26 bits.
@inline(__always) private func aboutCentre(
  _ t: Double, _ curve: Double, value: (high: Double, low: Double), slope: (high: Double, low: Double)
) -> (main: Double, rest: Double) {
  let upper = upperHalf(t)
  let linear = upper * slope.high
  let main = value.high + linear
  let lost = linear - (main - value.high)
  return (main, lost + (value.low + ((t - upper) * slope.high + (t * slope.low + curve))))
}
