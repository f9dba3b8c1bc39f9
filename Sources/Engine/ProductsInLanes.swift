// Many sums of products at once. Each is taken in the order that Accumulation.swift gives it, so that it comes to the same
// bits as by itself; what stands side by side are different sums, which share the numbers that they read.

/// to[s·width + k] = Σ_j w[k,j]·a[s,j] in lanes, for some rows k of w and so many samples s. Both matrices have `count`
/// columns.
func productsInLanes(
  _ w: UnsafePointer<Double>, _ rows: Range<Int>, _ a: UnsafePointer<Double>, samples: Int, count: Int,
  to result: UnsafeMutablePointer<Double>, width: Int, by kernels: KernelWidth = .widest
) {
  if samples > 1, count >= 8 {
    return kernels.productsInLanes(
      w + rows.lowerBound * count, rows: rows.count, a, samples: samples, count: count, to: result + rows.lowerBound,
      width: width)
  }
  for sample in 0..<samples {
    productsInLanes(w, rows, a + sample * count, count: count, to: result + sample * width)
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
