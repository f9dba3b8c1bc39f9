/// Which samples are kept from training, so that they tell how well the network does on what it has not seen.
package struct Holdout: Equatable, Sendable {
  /// The share of the samples that is held out, from 0 up to, never at, 1.
  package let fraction: Double
  /// The seed with which they are drawn.
  package let seed: Int

  /// None held out.
  package static let none = Holdout(fraction: 0, seed: 1)

  /// A share and a seed; a share that is not from 0 up to 1 holds out none.
  package init(fraction: Double, seed: Int = 1) {
    self.fraction = fraction > 0 && fraction < 1 ? fraction : 0
    self.seed = seed
  }

  /// The numbers, from 0 and in order, of the samples that are held out of so many: the nearest whole number to
  /// fraction · count, but at least one of them is held out and at least one is left. They are the first ones of a
  /// permutation that the seed draws (`Generator`, stream −1), so they depend on nothing but the seed and the count.
  package func samples(of count: Int) -> [Int] {
    guard fraction > 0, count > 1 else { return [] }
    let share = min(max(Int((fraction * Double(count)).rounded()), 1), count - 1)
    var generator = Generator(seed: seed, stream: -1)
    return generator.permutation(of: count).prefix(share).sorted()
  }
}
