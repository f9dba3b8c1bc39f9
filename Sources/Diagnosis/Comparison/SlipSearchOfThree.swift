import Engine
import Notation

extension SlipSearch {
  /// A slip as the share of the right number that it makes, in each sample.
  private struct Share {
    let mistake: Mistake
    let candidate: Candidate
    let ratios: [Double]
  }

  /// How many slips of one formula are put together in threes.
  private static let mostOfThree = 120
  /// How many threes that give the one number are tried on the others.
  private static let mostFitting = 24

  /// Three slips in the quantity's own formula, each in a factor of its own: what they make of it together is then the product of
  /// what each makes of it, so that all threes are looked through by that alone.
  mutating func threeInItsFormula() {
    for right in formulas.reversed() where found.isEmpty {
      guard let whole = here.telling.values(of: right, spending: &work), whole.allSatisfy({ $0 != 0 && $0.isFinite })
      else { continue }
      let shares = shares(of: right, whole)
      let count = shares.count * (shares.count - 1) * (shares.count - 2) / 6
      // So many that one may fit by chance tell nothing.
      guard work < SlipSearch.most.two, Double(tried + count) * foreign.chance < 1e-6 else { return left += 1 }
      (work, tried) = (work + count, tried + count)
      for three in fitting(shares, whole) where found.isEmpty { attempt(three) }
    }
  }

  /// What each slip makes of the formula; of those that make the same of it the likeliest.
  private mutating func shares(of right: ElementFormula, _ whole: [Double]) -> [Share] {
    var seen: Set<[Double]> = []
    var shares: [Share] = []
    for candidate in singles + remotes
    where candidate.samples == nil && candidate.right.expression == right.expression
      && shares.count < SlipSearch.mostOfThree
    {
      guard let mistake = candidate.mistakes.first,
        let values = here.telling.values(of: right.replaced(by: candidate.expression), spending: &work)
      else { continue }
      let ratios = zip(values, whole).map { $0 / $1 }
      guard ratios.allSatisfy({ $0.isFinite && $0 != 0 }), ratios.contains(where: { abs($0 - 1) > 1e-9 }),
        seen.insert(ratios.map { ($0 * 1e9).rounded() }).inserted
      else { continue }
      shares.append(Share(mistake: mistake, candidate: candidate, ratios: ratios))
    }
    return shares
  }

  /// The threes that give the number that tells it the soonest.
  private func fitting(_ shares: [Share], _ whole: [Double]) -> [[Share]] {
    let given = foreign.given.elements[telling]
    let allowed = foreign.slack.elements[telling] + max(1e-12, 1e-8 * abs(given))
    let divisor = here.telling.divisor
    var fitting: [[Share]] = []
    var (one, two) = (whole, whole)
    for first in shares.indices {
      for place in whole.indices { one[place] = whole[place] * shares[first].ratios[place] }
      for second in shares.indices[(first + 1)...] {
        for place in whole.indices { two[place] = one[place] * shares[second].ratios[place] }
        for third in shares.indices[(second + 1)...] {
          var sum = 0.0
          for (number, ratio) in zip(two, shares[third].ratios) { sum += number * ratio }
          guard abs(sum / divisor - given) <= allowed else { continue }
          fitting.append([shares[first], shares[second], shares[third]])
          if fitting.count >= SlipSearch.mostFitting { return fitting }
        }
      }
    }
    return fitting
  }

  /// Tries all ways in which three slips can be made one after another.
  private mutating func attempt(_ three: [Share]) {
    let (first, second, third) = (three[0], three[1], three[2])
    for two in candidates(of: second.mistake, in: first.candidate) {
      for all in candidates(of: third.mistake, in: two) { attempt(all, on: here, within: SlipSearch.most.two) }
    }
  }
}
