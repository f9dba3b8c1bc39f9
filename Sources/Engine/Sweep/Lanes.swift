// Eight futures of one network in the lanes of one vector: each number of the network is a vector with a lane for each
// future. What is done is what the operations' rows do, sum for sum in the same order, so that each lane has the bits of its
// future alone. Functions are taken over the lanes of all units as one long run.

/// A number of each of eight futures.
typealias Lanes = SIMD8<Double>

extension Lanes {
  /// Its numbers one behind the other, for what takes a run of them.
  @inline(__always)
  static func run(_ vectors: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Double.self)
  }

  /// Σ w[i]·a[i] in the order of `dot`.
  @inline(__always)
  static func dot(_ w: UnsafePointer<Lanes>, _ a: UnsafePointer<Lanes>, count: Int) -> Lanes {
    guard count > 0 else { return .zero }
    var total = w[0] * a[0]
    var index = 1
    if count >= 8 {
      total = Lanes(lowHalf: partialSums(w, a, half: 0, count), highHalf: partialSums(w, a, half: 1, count))
      index = count & ~7
    }
    while index < count {
      total.addProduct(w[index], a[index])
      index = index &+ 1
    }
    return total
  }

  /// The eight partial sums of `dot`, folded, of four of the futures: as many sums as there are places for them in a processor.
  @inline(__always)
  private static func partialSums(
    _ w: UnsafePointer<Lanes>, _ a: UnsafePointer<Lanes>, half: Int, _ count: Int
  ) -> SIMD4<Double> {
    let (w, a) = (UnsafeRawPointer(w) + 32 * half, UnsafeRawPointer(a) + 32 * half)
    @inline(__always) func factors(_ index: Int) -> (SIMD4<Double>, SIMD4<Double>) {
      (w.load(fromByteOffset: 64 &* index, as: SIMD4.self), a.load(fromByteOffset: 64 &* index, as: SIMD4.self))
    }
    @inline(__always) func product(_ index: Int) -> SIMD4<Double> {
      let (w, a) = factors(index)
      return w * a
    }
    @inline(__always) func add(_ index: Int, to sum: inout SIMD4<Double>) {
      let (w, a) = factors(index)
      sum.addProduct(w, a)
    }
    var (zero, one, two, three) = (product(0), product(1), product(2), product(3))
    var (four, five, six, seven) = (product(4), product(5), product(6), product(7))
    var index = 8
    while index &+ 8 <= count {
      add(index, to: &zero)
      add(index &+ 1, to: &one)
      add(index &+ 2, to: &two)
      add(index &+ 3, to: &three)
      add(index &+ 4, to: &four)
      add(index &+ 5, to: &five)
      add(index &+ 6, to: &six)
      add(index &+ 7, to: &seven)
      index = index &+ 8
    }
    return ((zero + four) + (two + six)) + ((one + five) + (three + seven))
  }
}
