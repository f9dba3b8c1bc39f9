import Glibc

// The functions under the tables, written so that neither end of the range is lost. Everything transcendental that
// the core computes is named here and nowhere else.

/// e to the x.
@inlinable public func exponential(_ x: Double) -> Double { exp(x) }

/// The natural logarithm.
@inlinable public func logarithm(_ x: Double) -> Double { log(x) }

/// The hyperbolic tangent.
@inlinable public func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

/// The error function, erf(x) = 2/√π ∫₀ˣ e^(−t²) dt.
@inlinable public func errorFunction(_ x: Double) -> Double { erf(x) }

/// 1/(1 + e⁻ˣ). Below −700, where e⁻ˣ would overflow, it is eˣ to the last bit.
@inlinable public func logistic(_ x: Double) -> Double { x < -700 ? exp(x) : 1 / (1 + exp(-x)) }

/// log(1 + eˣ), without overflow for large x and without loss of the small end: max(x, 0) + log1p(e^−|x|).
@inlinable public func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// The normal distribution's cumulative Φ(x) = ½·(1 + erf(x/√2)), by way of erfc so that the lower tail is kept.
@inlinable public func normalCumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.7071067811865476) }

/// The normal distribution's density φ(x) = e^(−x²/2)/√(2π).
@inlinable public func normalDensity(_ x: Double) -> Double { 0.3989422804014327 * exp(-0.5 * x * x) }

/// log Σ e^z in two parts, the largest z and the logarithm about it, so that nothing overflows and a sum that is almost its
/// largest term alone keeps the rest: log Σ e^z = largest + log1p(Σ of the others' e^(z − largest)).
public func logSumExponential(_ z: UnsafePointer<Double>, count: Int) -> (largest: Double, rest: Double) {
  var at = 0
  for index in 0..<count where z[index] > z[at] || z[at].isNaN { at = index }
  guard count > 0, z[at].isFinite else { return (count > 0 ? z[at] : -Double.infinity, 0) }
  var others = 0.0
  for index in 0..<count where index != at { others += exp(z[index] - z[at]) }
  return (z[at], log1p(others))
}

/// Writes S_i = e^(z_i) / Σ e^(z_j), taken about the largest z: the ratio is the same and nothing overflows.
public func softmax(_ z: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int) {
  var largest = -Double.infinity
  for index in 0..<count { largest = max(largest, z[index]) }
  var total = 0.0
  for index in 0..<count {
    result[index] = exp(z[index] - largest)
    total += result[index]
  }
  for index in 0..<count { result[index] /= total }
}
