import Engine

/// The most that one core does: fused products and sums of vectors that wait for nothing but each other.
enum PeakRate {
  /// How many products it adds up in a second.
  static func measured() -> Double {
    // Ten sums side by side: a product takes four or five cycles, and two or more begin in each.
    var sums = (
      lane(1), lane(2), lane(3), lane(4), lane(5), lane(6), lane(7), lane(8), lane(9), lane(10)
    )
    let (factor, term) = (lane(1), lane(2))
    var count = 0
    let start = ContinuousClock.now
    repeat {
      for _ in 0..<10_000 {
        sums.0.addProduct(factor, term)
        sums.1.addProduct(factor, term)
        sums.2.addProduct(factor, term)
        sums.3.addProduct(factor, term)
        sums.4.addProduct(factor, term)
        sums.5.addProduct(factor, term)
        sums.6.addProduct(factor, term)
        sums.7.addProduct(factor, term)
        sums.8.addProduct(factor, term)
        sums.9.addProduct(factor, term)
      }
      count += 10_000
    } while ContinuousClock.now - start < .milliseconds(60)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let total = sums.0 + sums.1 + sums.2 + sums.3 + sums.4 + sums.5 + sums.6 + sums.7 + sums.8 + sums.9
    return total.sum().isNaN ? 0 : Double(count * 10 * 4) / seconds
  }

  private static func lane(_ number: Int) -> SIMD4<Double> { SIMD4(repeating: Double(number) / 16) }
}
