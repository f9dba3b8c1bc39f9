import Engine

/// The most that one core does: fused products and sums of vectors that wait for nothing but each other.
enum PeakRate {
  /// How many products it adds up in a second.
  static func measured() -> Double {
    // Ten sums side by side: a product takes four or five cycles, and two or more begin in each.
    var sums = (
      lane(1), lane(2), lane(3), lane(4), lane(5), lane(6), lane(7), lane(8), lane(9), lane(10)
    )
    let (factor, term) = (lane(0) * 1e-3 + 0.999, lane(0) * 1e-9)
    var count = 0
    let start = ContinuousClock.now
    repeat {
      for _ in 0..<10_000 {
        sums.0 = term.addingProduct(sums.0, factor)
        sums.1 = term.addingProduct(sums.1, factor)
        sums.2 = term.addingProduct(sums.2, factor)
        sums.3 = term.addingProduct(sums.3, factor)
        sums.4 = term.addingProduct(sums.4, factor)
        sums.5 = term.addingProduct(sums.5, factor)
        sums.6 = term.addingProduct(sums.6, factor)
        sums.7 = term.addingProduct(sums.7, factor)
        sums.8 = term.addingProduct(sums.8, factor)
        sums.9 = term.addingProduct(sums.9, factor)
      }
      count += 10_000
    } while ContinuousClock.now - start < .milliseconds(60)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let total = sums.0 + sums.1 + sums.2 + sums.3 + sums.4 + sums.5 + sums.6 + sums.7 + sums.8 + sums.9
    return total.sum().isNaN ? 0 : Double(count * 10 * 4) / seconds
  }

  private static func lane(_ number: Int) -> SIMD4<Double> { SIMD4(repeating: Double(number) / 16) }
}
