import Engine
import Notation

extension SlipSearch {
  /// Slips that make the same of a formula: so many times the right number, in each sample.
  struct Share {
    /// The formulas with each of them, one for each name.
    var candidates: [Candidate]
    let ratios: [Double]
  }

  /// Two slips, and what they come to in each sample at the place that tells them.
  struct Two {
    let candidate: Candidate
    /// The second one, where it is not in that yet.
    let besides: Mistake?
    let values: [Double]
  }

  /// A factor of a product that a slip has changed.
  struct ChangedFactor: Hashable {
    private let others: [Expression]
    let place: Int
    /// What should stand there.
    let old: Expression
    /// What stands there; nil where it is left out.
    let new: Expression?

    /// Nil where more than one factor was changed, or there is but one.
    init?(_ candidate: Candidate) {
      let (right, wrong) = (candidate.right.expression.factorsOfProduct, candidate.expression.factorsOfProduct)
      guard right.count > 1, right.count - wrong.count == 0 || right.count - wrong.count == 1 else { return nil }
      let place = zip(right, wrong).prefix { $0 == $1 }.count
      guard place < right.count else { return nil }
      let isLeftOut = wrong.count < right.count
      guard right[(place + 1)...].elementsEqual(wrong[(place + (isLeftOut ? 0 : 1))...]) else { return nil }
      (others, self.place, old, new) = (right, place, right[place], isLeftOut ? nil : wrong[place])
    }

    /// The product with some of its factors replaced.
    func product(_ replaced: (Int) -> Expression?) -> Expression {
      let all = others.enumerated().map { replaced($0) ?? $1 }
      return all.dropFirst().reduce(all[0]) { Expression(.binary(.times, $0, $1)) }
    }

    static func == (one: ChangedFactor, other: ChangedFactor) -> Bool { one.old == other.old && one.new == other.new }

    func hash(into hasher: inout Hasher) {
      hasher.combine(old)
      hasher.combine(new)
    }
  }

  /// The most slips that are put together with others.
  private static let mostShares = 100

  /// What slips make of a formula, the likeliest first.
  mutating func shares(_ all: [Candidate], of right: ElementFormula, _ whole: [Double]) -> [Share] {
    var shares: [Share] = []
    var known: [[Double]: Int] = [:]
    for candidate in all where candidate.samples == nil && candidate.right.expression == right.expression {
      guard let values = values(of: candidate, on: here) else { continue }
      let ratios = zip(values, whole).map { $0 / $1 }
      guard ratios.allSatisfy({ $0.isFinite && $0 != 0 }), ratios.contains(where: { abs($0 - 1) > 1e-9 }) else {
        continue
      }
      let key = ratios.map { ($0 * 1e9).rounded() }
      if let place = known[key] {
        if !shares[place].candidates.contains(where: { $0.mistakes[0].name == candidate.mistakes[0].name }) {
          shares[place].candidates.append(candidate)
        }
      } else if shares.count < SlipSearch.mostShares {
        known[key] = shares.count
        shares.append(Share(candidates: [candidate], ratios: ratios))
      }
    }
    return shares
  }

  /// Of slips of one name that come to the same number the one in the shortest formula.
  mutating func distinct(_ all: [Candidate]) -> [Candidate] {
    struct Seen: Hashable {
      let name: String
      let values: [Double]
    }
    var seen: Set<Seen> = []
    return all.filter { candidate in
      guard candidate.samples == nil, let values = values(of: candidate, on: here) else { return true }
      return seen.insert(Seen(name: candidate.mistakes.first?.name ?? "", values: values)).inserted
    }
  }
}

extension Expression {
  /// The factors of a product, in order; of anything else it alone.
  var factorsOfProduct: [Expression] {
    guard case .binary(.times, let left, let right) = kind else { return [self] }
    return left.factorsOfProduct + right.factorsOfProduct
  }
}
