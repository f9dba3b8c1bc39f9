// What the tables make of the functions in Elementary/, written so that neither end of the range is lost. Everything
// transcendental that the core computes comes from there: nothing here or in a table calls the C library, whose last bits
// depend on the machine.

/// 1/(1 + e⁻ˣ), below 0 as eˣ/(1 + eˣ), so that neither end overflows and the small one keeps its digits.
package func logistic(_ x: Double) -> Double {
  let small = exponential(-abs(x))
  return (x < 0 ? small : 1) / (1 + small)
}

/// log(1 + eˣ), without overflow for large x and without loss of the small end: max(x, 0) + log1p(e^−|x|).
package func softplus(_ x: Double) -> Double { max(x, 0) + logarithmOfOnePlus(exponential(-abs(x))) }

/// x·σ(x), σ the logistic curve. Below 0 it is x·eˣ/(1 + eˣ), with eˣ in two parts and its power of 2 apart: only the
/// product is rounded, and where it is subnormal only once.
package func siluValue(_ x: Double) -> Double {
  guard x < 0, x > -800 else { return x == -.infinity ? 0 : x * logistic(x) }
  let parts = exponentialParts(x)
  let product = scaled((x * parts.low).addingProduct(x, parts.high), by: parts.k)
  return x < -40 ? product : product / (1 + scaled(parts.high, by: parts.k))
}

/// x·Φ(x), Φ the normal distribution's cumulative.
package func geluValue(_ x: Double) -> Double {
  guard x < 0 else { return x * normalCumulative(x) }
  guard x > -39 else { return 0 }
  let (value, lack, k) = cumulativeParts(x)
  return scaled((-(x * value) * lack).addingProduct(x, value), by: k)
}

/// The normal distribution's cumulative Φ(x) = ½·(1 + erf(x/√2)), by way of erfc so that the lower tail is kept.
package func normalCumulative(_ x: Double) -> Double {
  guard x > -39 else { return x.isNaN ? x : 0 }
  let (value, lack, k) = cumulativeParts(x)
  return scaled(value - value * lack, by: k)
}

/// Φ(x) = value · (1 − lack) · 2^k above −39.
///
/// Below 0 erfc falls so steeply that the rounding of x/√2 alone would cost hundreds of units in the last place: what it
/// lacks is made up for by the slope, −erfc′(t)/erfc(t) = t + √(t² + 4/π) within a few percent (Birnbaum's and Sampford's
/// bounds of Mills's ratio).
private func cumulativeParts(_ x: Double) -> (value: Double, lack: Double, k: Int) {
  let t = -x * inverseRootOfTwo
  let (whole, k) = t >= 1.25 ? complementParts(t) : (complementaryErrorFunction(t), 0)
  let half = 0.5 * whole
  guard t > 0 else { return (half, 0, k) }
  let rest = (-t).addingProduct(-x, inverseRootOfTwo) - x * inverseRootOfTwoRest
  return (half, rest * (t + (t * t + 4 / Double.pi).squareRoot()), k)
}

/// 1/√2 as the nearest double, and what that lacks.
private let inverseRootOfTwo = 0x1.6a09e667f3bcdp-1
private let inverseRootOfTwoRest = -0x1.bdd3413b26456p-55

/// The derivative of x·σ(x): σ(x)·(1 + x·σ(−x)), and what it comes to at the ends.
package func siluSlope(_ x: Double) -> Double {
  if abs(x) > 800 { return x > 0 ? 1 : 0 }
  return logistic(x) * (1 + x * logistic(-x))
}

/// The derivative of x·Φ(x): Φ(x) + x·φ(x), and what it comes to at the ends.
package func geluSlope(_ x: Double) -> Double {
  if abs(x) > 800 { return x > 0 ? 1 : 0 }
  return normalCumulative(x) + x * normalDensity(x)
}

/// The normal distribution's density φ(x) = e^(−x²/2)/√(2π).
package func normalDensity(_ x: Double) -> Double { 0.3989422804014327 * exponential(-0.5 * x * x) }

/// log Σ e^z in two parts, the largest z and the logarithm about it, so that nothing overflows and a sum that is almost its
/// largest term alone keeps the rest: log Σ e^z = largest + log1p(Σ of the others' e^(z − largest)).
package func logSumExponential(_ z: UnsafePointer<Double>, count: Int) -> (largest: Double, rest: Double) {
  var at = 0
  for index in 0..<count where z[index] > z[at] || z[at].isNaN { at = index }
  guard count > 0, z[at].isFinite else { return (count > 0 ? z[at] : -Double.infinity, 0) }
  // The largest itself is the 1 that log1p adds; the others' sum begins at 0.
  var others = 0.0
  for index in 0..<count where index != at { others += exponential(z[index] - z[at]) }
  return (z[at], logarithmOfOnePlus(others))
}

/// Writes S_i = e^(z_i) / Σ e^(z_j), taken about the largest z: the ratio is the same and nothing overflows.
package func softmax(_ z: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
  var largest = -Double.infinity
  for index in 0..<count { largest = max(largest, z[index]) }
  for index in 0..<count { result[index] = exponential(z[index] - largest) }
  let total = sum(result, count: count)
  for index in 0..<count { result[index] /= total }
}
