// What a whole layer makes of the functions in Elementary/, written so that neither end of the range is lost. Everything
// transcendental that the core computes comes from there: nothing here or in a row calls the C library, whose last bits
// depend on the machine.

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

/// Writes S_i = e^(z_i) / Σ e^(z_j), taken about the largest z: the ratio is the same and nothing overflows. What
/// `logSumExponential` is about comes with it: the largest z, and Σ of the others' e^(z − largest). Where both have more places
/// than that, `width` of them may be worked on, so that they go by as whole vectors; those behind mean nothing.
@discardableResult
@inline(__always)
package func softmax(
  _ z: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, count: Int, width: Int? = nil
) -> (largest: Double, others: Double) {
  let width = width ?? count
  var largest = -Double.infinity
  for index in 0..<count { largest = max(largest, z[index]) }
  for index in 0..<width { result[index] = fallingExponential(z[index] - largest) }
  let total = sum(result, count: count)
  var (others, isPassed) = (0.0, false)
  for index in 0..<count {
    // As `logSumExponential` does: the first of the largest is the 1 that log1p adds. Which one that is nobody can foretell, so
    // that there is no branch.
    let isFirst = !isPassed && z[index] == largest
    others += isFirst ? 0 : result[index]
    isPassed = isPassed || isFirst
  }
  for index in 0..<width { result[index] /= total }
  return (largest, others)
}

/// The shares of eight layers side by side, those of each with the bits that it has alone.
func softmaxInLanes(_ z: UnsafePointer<Lanes>, into result: UnsafeMutablePointer<Lanes>, count: Int) {
  var largest = Lanes(repeating: -.infinity)
  for index in 0..<count { largest = largest.replacing(with: z[index], where: z[index] .>= largest) }
  for index in 0..<count { result[index] = z[index] - largest }
  let run = Lanes.run(result)
  for index in 0..<count * Lanes.scalarCount { run[index] = fallingExponential(run[index]) }
  var total = result[0]
  for index in 1..<max(count, 1) { total += result[index] }
  for index in 0..<count { result[index] /= total }
}
