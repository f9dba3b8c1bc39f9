// While a row of weights is at hand for its update, the sum that the next sample takes over it costs next to nothing: the
// weights then go by once for a sample, not twice.

/// w ← w + δ·a·factor for rows of weights, and what `dot` gives of each with another sample's inputs.
@inline(__always)
func descend(
  _ w: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, times deltas: UnsafePointer<Double>, _ factor: Double,
  rows: Int, _ count: Int, ahead next: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>,
  by kernels: KernelWidth
) {
  guard count < 8 else {
    return kernels.descendAhead(w, a, times: deltas, factor, rows: rows, count, ahead: next, to: sums)
  }
  for k in 0..<rows {
    descend(w + k * count, a, times: deltas[k], factor, count)
    sums[k] = dot(w + k * count, next, count: count)
  }
}
