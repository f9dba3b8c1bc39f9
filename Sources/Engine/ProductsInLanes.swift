// Many sums of products at once. Each is taken in the order that Accumulation.swift gives it, so that it comes to the same
// bits as by itself; what stands side by side are different sums, which share the numbers that they read.

/// to[s·width + k] = Σ_j w[k,j]·a[s,j] in lanes, for some rows k of w and so many samples s. Both matrices have `count`
/// columns.
package func productsInLanes(
  _ w: UnsafePointer<Double>, _ rows: Range<Int>, _ a: UnsafePointer<Double>, samples: Int, count: Int,
  to result: UnsafeMutablePointer<Double>, width: Int
) {
  // A few samples stay near the processor while all rows go by.
  for first in stride(from: 0, to: samples, by: 8) {
    let end = min(first + 8, samples)
    let paired = count >= 8 && rows.count >= 2 ? first + (end - first) & ~1 : first
    if paired > first {
      for row in rows.pairs {
        for sample in stride(from: first, to: paired, by: 2) {
          twoByTwo(w + row * count, a + sample * count, count, to: result + sample * width + row, width)
        }
      }
    }
    for sample in paired..<end {
      productsInLanes(w, rows, a + sample * count, count: count, to: result + sample * width)
    }
  }
}

/// Those of one sample.
@inline(__always)
private func productsInLanes(
  _ w: UnsafePointer<Double>, _ rows: Range<Int>, _ a: UnsafePointer<Double>, count: Int,
  to result: UnsafeMutablePointer<Double>
) {
  var row = rows.lowerBound
  if count >= 8 {
    while row + 4 <= rows.upperBound {
      fourRows(w + row * count, a, count, to: result + row)
      row += 4
    }
  }
  while row < rows.upperBound {
    result[row] = dot(w + row * count, a, count: count)
    row += 1
  }
}

extension Range<Int> {
  /// Where pairs of them begin, of two at least; the last overlaps the one before where their number is odd: to take a sum
  /// twice costs less than to take one alone.
  fileprivate var pairs: some Sequence<Int> {
    let last = upperBound - 2
    return stride(from: lowerBound, to: upperBound, by: 2).lazy.map { Swift.min($0, last) }
  }
}

/// Two rows by two samples.
@inline(__always)
private func twoByTwo(
  _ first: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ count: Int, to result: UnsafeMutablePointer<Double>,
  _ width: Int
) {
  let (second, other) = (first + count, a + count)
  var (x, y) = (SIMD8<Double>.load(a), SIMD8<Double>.load(other))
  var (p, q) = (SIMD8<Double>.load(first), SIMD8<Double>.load(second))
  var (px, qx, py, qy) = (p * x, q * x, p * y, q * y)
  var index = 8
  while index + 8 <= count {
    (x, y) = (SIMD8<Double>.load(a + index), SIMD8<Double>.load(other + index))
    (p, q) = (SIMD8<Double>.load(first + index), SIMD8<Double>.load(second + index))
    px.addProduct(p, x)
    qx.addProduct(q, x)
    py.addProduct(p, y)
    qy.addProduct(q, y)
    index += 8
  }
  result[0] = folded(px, first, a, from: index, count)
  result[1] = folded(qx, second, a, from: index, count)
  result[width] = folded(py, first, other, from: index, count)
  result[width + 1] = folded(qy, second, other, from: index, count)
}

/// Four rows by one sample.
@inline(__always)
private func fourRows(
  _ first: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ count: Int, to result: UnsafeMutablePointer<Double>
) {
  let (second, third, fourth) = (first + count, first + 2 * count, first + 3 * count)
  var x = SIMD8<Double>.load(a)
  var p = SIMD8<Double>.load(first) * x
  var q = SIMD8<Double>.load(second) * x
  var r = SIMD8<Double>.load(third) * x
  var s = SIMD8<Double>.load(fourth) * x
  var index = 8
  while index + 8 <= count {
    x = SIMD8<Double>.load(a + index)
    p.addProduct(SIMD8<Double>.load(first + index), x)
    q.addProduct(SIMD8<Double>.load(second + index), x)
    r.addProduct(SIMD8<Double>.load(third + index), x)
    s.addProduct(SIMD8<Double>.load(fourth + index), x)
    index += 8
  }
  result[0] = folded(p, first, a, from: index, count)
  result[1] = folded(q, second, a, from: index, count)
  result[2] = folded(r, third, a, from: index, count)
  result[3] = folded(s, fourth, a, from: index, count)
}
