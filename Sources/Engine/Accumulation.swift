// The arithmetic contract. Every number that the core computes is the same on every machine, to the last bit:
//
// - Products are accumulated by the functions below; many sums at once, as they take them, by ProductsInLanes.swift and
//   ProductsInSequence.swift, by way of ../CKernels for the vectors that the processor has, and those of eight futures by
//   Sweep/LaneLayer.swift; and by nothing else, in the core, in `Matrix` and in expressions. A product that goes into a
//   sum goes in fused: x·y + sum is rounded once.
// - The first term of a sum is taken as it is, not added to 0; a loss alone begins at 0, so that none is −0. Sums run from
//   the first term to the last, samples last of all: each sample's gradient is complete before it is added to the batch's.
//   An average is the sum divided once.
// - `net` alone is summed in lanes, `w · a` by rows; every other sum in sequence. The row of an operation says which.
// - What is no sum is rounded at each operation as its formula is written. Functions come from Elementary/, never from
//   the C library, whose last bits depend on the machine: exp, log, tanh and their kin within one unit in the last place,
//   sigmoid, softplus, silu and gelu within two, without tables and branches, so that one number and a run of them
//   come to the same bits.

/// In which order a sum is taken.
package enum SummationOrder: Sendable {
  /// From the first term to the last, each rounded by itself before it is added.
  case plain
  /// From the first term to the last, products fused into the sum.
  case inSequence
  /// Sums of products in eight lanes; see `dot`.
  case inLanes
}

/// Σ a[i]·b[i] in lanes. The order depends on `count` alone: eight partial sums, each over every eighth product, are folded
/// by halves, and what is left over goes in one by one. Under eight products it is the sum from the left.
@inlinable
package func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
  guard count > 0 else { return 0 }
  guard count >= 8 else { return added(to: a[0] * b[0], a, b, from: 1, count) }
  var lanes = SIMD8<Double>.load(a) * SIMD8<Double>.load(b)
  var index = 8
  while index + 8 <= count {
    lanes.addProduct(SIMD8<Double>.load(a + index), SIMD8<Double>.load(b + index))
    index += 8
  }
  return folded(lanes, a, b, from: index, count)
}

/// The sum that eight lanes come to, with what is left over from an index on.
@inlinable @inline(__always)
func folded(
  _ lanes: SIMD8<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, from index: Int, _ count: Int
) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return added(to: two[0] + two[1], a, b, from: index, count)
}

/// A sum with the products from an index on.
@inlinable @inline(__always)
func added(
  to sum: Double, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, from start: Int, _ count: Int
) -> Double {
  var (total, index) = (sum, start)
  while index < count {
    total.addProduct(a[index], b[index])
    index += 1
  }
  return total
}

/// sums[i] = row[i]·factor, where a sum in sequence begins.
@inlinable
package func beginSums(
  _ sums: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Double>, times factor: Double, _ range: Range<Int>
) {
  for index in range { sums[index] = row[index] * factor }
}

/// sums[i] += row[i]·factor, a term of each of many sums in sequence.
@inlinable
package func addToSums(
  _ sums: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Double>, times factor: Double, _ range: Range<Int>
) {
  for index in range { sums[index].addProduct(row[index], factor) }
}

/// The sum of products in sequence, of factors that are worked out as it goes on.
@inlinable
package func sumOfProducts(_ count: Int, _ factors: (Int) throws -> (Double, Double)) rethrows -> Double {
  guard count > 0 else { return 0 }
  let first = try factors(0)
  var total = first.0 * first.1
  for index in 1..<Swift.max(count, 1) {
    let (left, right) = try factors(index)
    total.addProduct(left, right)
  }
  return total
}

/// The sum in sequence of so many numbers.
@inlinable
package func sum(_ numbers: UnsafePointer<Double>, count: Int) -> Double {
  guard count > 0 else { return 0 }
  var total = numbers[0]
  for index in 1..<Swift.max(count, 1) { total += numbers[index] }
  return total
}

extension SIMD where Scalar == Double {
  /// So many numbers as the vector has, from wherever they lie.
  @inlinable
  package static func load(_ pointer: UnsafePointer<Double>) -> Self {
    UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// Puts the numbers wherever they are to lie.
  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}

/// What many numbers are divided by. To divide by a power of two is to multiply by its inverse, bit for bit.
struct Divisor {
  let value: Double
  /// Its inverse, where to multiply by that is as good.
  let exactInverse: Double?

  init(_ value: Double) {
    self.value = value
    exactInverse = value.significand == 1 ? 1 / value : nil
  }

  /// numbers[i] /= value
  @inline(__always)
  func divide(_ numbers: UnsafeMutablePointer<Double>, _ count: Int) {
    if let exactInverse {
      for index in 0..<count { numbers[index] *= exactInverse }
    } else {
      for index in 0..<count { numbers[index] /= value }
    }
  }
}
