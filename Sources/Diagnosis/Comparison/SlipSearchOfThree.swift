import Engine
import Notation

extension SlipSearch {
  /// How many that give the one number are tried on the others.
  private static let mostFitting = 16

  /// Three slips in the quantity's own formula, one of them in a factor by itself: what it makes of the others is then what it
  /// makes of the right formula, so that all are looked through by that alone.
  mutating func threeInItsFormula() {
    for right in formulas.reversed() where found.isEmpty {
      guard let whole = here.telling.values(of: right, spending: &work), whole.allSatisfy({ $0 != 0 && $0.isFinite })
      else { continue }
      let shares = shares(singles + remotes, of: right, whole)
      let pairs = doubles.filter { $0.candidate.right.expression == right.expression }
      let count = shares.count * pairs.count
      // So many that one may fit by chance tell nothing.
      guard Double(tried + count) * foreign.chance() < 1e-6 else { return }
      guard work < SlipSearch.most.two else { return left += 1 }
      (work, tried) = (work + count, tried + count)
      for (pair, third) in fitting(pairs, shares) where found.isEmpty {
        for two in pair.besides.map({ candidates(of: $0, in: pair.candidate) }) ?? [pair.candidate] {
          for candidate in candidates(of: third, in: two) {
            attempt(candidate, on: here, within: SlipSearch.most.two)
          }
        }
      }
    }
  }

  /// The twos that give, with a third slip, the number that tells it the soonest.
  private func fitting(_ pairs: [Two], _ shares: [Share]) -> [(pair: Two, third: Mistake)] {
    let (divisor, given, allowed) = (here.telling.divisor, foreign.given.elements[telling], allowed)
    var fitting: [(Two, Mistake)] = []
    for pair in pairs {
      for share in shares {
        var sum = 0.0
        for place in pair.values.indices { sum += pair.values[place] * share.ratios[place] }
        guard abs(sum / divisor - given) <= allowed else { continue }
        fitting += share.candidates.map { (pair, $0.mistakes[0]) }
        if fitting.count >= SlipSearch.mostFitting { return fitting }
      }
    }
    return fitting
  }
}
