import Engine
import Notation

extension SlipSearch {
  /// A slip as what it makes of the right number, so many times it in each sample.
  private struct Share {
    let mistake: Mistake
    let ratios: [Double]
  }

  /// How many single slips are put to those of two.
  private static let mostOfOne = 100
  /// How many that give the one number are tried on the others.
  private static let mostFitting = 16

  /// Three slips in the quantity's own formula, one of them in a factor by itself: what it makes of the others is then what it
  /// makes of the right formula, so that all are looked through by that alone.
  mutating func threeInItsFormula() {
    for right in formulas.reversed() where found.isEmpty {
      guard let whole = here.telling.values(of: right, spending: &work), whole.allSatisfy({ $0 != 0 && $0.isFinite })
      else { continue }
      let shares = shares(of: right, whole)
      let pairs = doubles.filter { $0.candidate.right.expression == right.expression }
      let count = shares.count * pairs.count
      // So many that one may fit by chance tell nothing.
      guard work < SlipSearch.most.two, Double(tried + count) * foreign.chance < 1e-6 else { return left += 1 }
      (work, tried) = (work + count, tried + count)
      for (pair, third) in fitting(pairs, shares) where found.isEmpty {
        for candidate in candidates(of: third, in: pair) {
          attempt(candidate, on: here, within: SlipSearch.most.two)
        }
      }
    }
  }

  /// What each slip makes of the formula; of those that make the same of it the likeliest.
  private mutating func shares(of right: ElementFormula, _ whole: [Double]) -> [Share] {
    var seen: Set<[Double]> = []
    var shares: [Share] = []
    for candidate in singles + remotes
    where candidate.samples == nil && candidate.right.expression == right.expression
      && shares.count < SlipSearch.mostOfOne
    {
      guard let mistake = candidate.mistakes.first,
        let values = here.telling.values(of: right.replaced(by: candidate.expression), spending: &work)
      else { continue }
      let ratios = zip(values, whole).map { $0 / $1 }
      guard ratios.allSatisfy({ $0.isFinite && $0 != 0 }), ratios.contains(where: { abs($0 - 1) > 1e-9 }),
        seen.insert(ratios.map { ($0 * 1e9).rounded() }).inserted
      else { continue }
      shares.append(Share(mistake: mistake, ratios: ratios))
    }
    return shares
  }

  /// The twos that give, with a third slip, the number that tells it the soonest.
  private func fitting(
    _ pairs: [(candidate: Candidate, values: [Double])], _ shares: [Share]
  ) -> [(pair: Candidate, third: Mistake)] {
    let (divisor, given) = (here.telling.divisor, foreign.given.elements[telling])
    let allowed = foreign.slack.elements[telling] + max(1e-12, 1e-8 * abs(given))
    var fitting: [(Candidate, Mistake)] = []
    for pair in pairs {
      for share in shares {
        var sum = 0.0
        for place in pair.values.indices { sum += pair.values[place] * share.ratios[place] }
        guard abs(sum / divisor - given) <= allowed else { continue }
        fitting.append((pair.candidate, share.mistake))
        if fitting.count >= SlipSearch.mostFitting { return fitting }
      }
    }
    return fitting
  }
}
