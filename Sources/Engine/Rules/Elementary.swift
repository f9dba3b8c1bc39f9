// What the tables make of the functions in Elementary/, written so that neither end of the range is lost. Everything
// transcendental that the core computes comes from there: nothing here or in a table calls the C library, whose last bits
// depend on the machine.

/// 1/(1 + e⁻ˣ). Below −700, where e⁻ˣ would overflow, it is eˣ to the last bit.
public func logistic(_ x: Double) -> Double { x < -700 ? exponential(x) : 1 / (1 + exponential(-x)) }

/// log(1 + eˣ), without overflow for large x and without loss of the small end: max(x, 0) + log1p(e^−|x|).
public func softplus(_ x: Double) -> Double { max(x, 0) + logarithmOfOnePlus(exponential(-abs(x))) }

/// The normal distribution's cumulative Φ(x) = ½·(1 + erf(x/√2)), by way of erfc so that the lower tail is kept.
public func normalCumulative(_ x: Double) -> Double { 0.5 * complementaryErrorFunction(-x * 0.7071067811865476) }

/// The normal distribution's density φ(x) = e^(−x²/2)/√(2π).
public func normalDensity(_ x: Double) -> Double { 0.3989422804014327 * exponential(-0.5 * x * x) }

/// log Σ e^z in two parts, the largest z and the logarithm about it, so that nothing overflows and a sum that is almost its
/// largest term alone keeps the rest: log Σ e^z = largest + log1p(Σ of the others' e^(z − largest)).
public func logSumExponential(_ z: UnsafePointer<Double>, count: Int) -> (largest: Double, rest: Double) {
  var at = 0
  for index in 0..<count where z[index] > z[at] || z[at].isNaN { at = index }
  guard count > 0, z[at].isFinite else { return (count > 0 ? z[at] : -Double.infinity, 0) }
  var others = 0.0
  for index in 0..<count where index != at { others += exponential(z[index] - z[at]) }
  return (z[at], logarithmOfOnePlus(others))
}

/// Writes S_i = e^(z_i) / Σ e^(z_j), taken about the largest z: the ratio is the same and nothing overflows.
public func softmax(_ z: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
  var largest = -Double.infinity
  for index in 0..<count { largest = max(largest, z[index]) }
  var total = 0.0
  for index in 0..<count {
    result[index] = exponential(z[index] - largest)
    total += result[index]
  }
  for index in 0..<count { result[index] /= total }
}
