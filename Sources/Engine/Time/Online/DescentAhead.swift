// While a row of weights is at hand for its update, the sum that the next sample takes over it costs next to nothing: the
// weights then go by once for a sample, not twice.

/// w ← w + δ·a·factor for rows of weights, and what `dot` gives of each with another sample's inputs.
@inline(__always)
func descend(
  _ w: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, times deltas: UnsafePointer<Double>, _ factor: Double,
  rows: Int, _ count: Int, ahead next: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
) {
  var k = 0
  while k + 2 <= rows {
    descendTwo(w + k * count, a, deltas + k, factor, count, next, sums + k)
    k += 2
  }
  guard k < rows else { return }
  descend(w + k * count, a, times: deltas[k], factor, count)
  sums[k] = dot(w + k * count, next, count: count)
}

/// Two rows side by side.
@inline(__always)
private func descendTwo(
  _ first: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ deltas: UnsafePointer<Double>,
  _ factor: Double, _ count: Int, _ next: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
) {
  let (second, one, other) = (first + count, deltas[0], deltas[1])
  guard count >= 8 else {
    for row in 0..<2 {
      descend(first + row * count, a, times: deltas[row], factor, count)
      sums[row] = dot(first + row * count, next, count: count)
    }
    return
  }
  let (x, ahead) = (SIMD8.load(a), SIMD8.load(next))
  let p = SIMD8.load(first) + x * one * factor
  let q = SIMD8.load(second) + x * other * factor
  p.store(to: first)
  q.store(to: second)
  var (pSum, qSum) = (p * ahead, q * ahead)
  var index = 8
  while index &+ 8 <= count {
    let (x, ahead) = (SIMD8.load(a + index), SIMD8.load(next + index))
    let p = SIMD8.load(first + index) + x * one * factor
    let q = SIMD8.load(second + index) + x * other * factor
    p.store(to: first + index)
    q.store(to: second + index)
    pSum.addProduct(p, ahead)
    qSum.addProduct(q, ahead)
    index = index &+ 8
  }
  for rest in index..<max(count, index) {
    first[rest] += a[rest] * one * factor
    second[rest] += a[rest] * other * factor
  }
  sums[0] = folded(pSum, first, next, from: index, count)
  sums[1] = folded(qSum, second, next, from: index, count)
}
