/// The documented source of every random number: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The state goes up by
/// 0x9E3779B97F4A7C15 at each draw and is mixed by two multiplications, so a seed means the same on every machine.
package struct Generator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator for one purpose; the same seed and stream give the same numbers. A layer's number is its stream, so
  /// that each layer's weights depend on the seed and on nothing that stands beside them.
  package init(seed: Int, stream: Int = 0) {
    state = UInt64(bitPattern: Int64(seed))
    guard stream != 0 else { return }
    state = next() ^ (UInt64(bitPattern: Int64(stream)) &* 0xD1B5_4A32_D192_ED03)
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to, never at, 1: the upper 53 bits.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from `low` up to `high`.
  package mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// A number from the standard normal distribution, by Marsaglia's polar method; the second of each pair is let go, so
  /// that a draw depends on the state alone.
  package mutating func normal() -> Double {
    while true {
      let (u, v) = (uniform(-1, 1), uniform(-1, 1))
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * logarithm(s) / s).squareRoot() }
    }
  }

  /// The numbers 0 ..< count in a random order, by Fisher and Yates from the back.
  package mutating func permutation(of count: Int) -> [Int] {
    var order: [Int] = []
    permute(&order, count)
    return order
  }

  /// Puts them into an array, in the room that it has.
  mutating func permute(_ order: inout [Int], _ count: Int) {
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: 0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
