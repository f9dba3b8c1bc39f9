import Engine
import Notation

extension SlipSearch {
  /// Two slips in the quantity's own formula.
  mutating func twoInItsFormula() {
    let (factors, singles) = (factors, singles)
    // What differs by a factor alone is the commonest second slip, and costs nothing more.
    for single in singles { again(single, factors: factors) }
    guard found.isEmpty else { return }
    for single in singles {
      guard let last = single.mistakes.last, let begin = Mistake.all.firstIndex(where: { $0.name == last.name }) else {
        continue
      }
      for mistake in Mistake.all[begin...] where !mistake.isRemote {
        for candidate in candidates(of: mistake, in: single) {
          guard tried < SlipSearch.mostPairs else { return left += 1 }
          attempt(candidate, on: ground, factors: factors, within: SlipSearch.most.two)
        }
      }
    }
  }

  /// Tries a candidate once more, with factors.
  private mutating func again(_ candidate: Candidate, factors: [Factor]) {
    seen.remove(Tried(candidate))
    attempt(candidate, on: ground, factors: factors, within: SlipSearch.most.two)
  }

  /// A slip in what it is made of, and one in its own formula.
  mutating func oneBeforeAndOne() {
    let (factors, singles) = (factors, singles)
    let shortest = formulas.map { Candidate(mistakes: [], right: $0, expression: $0.expression) }.prefix(1)
    for (mistake, form) in formsBefore {
      let there = FormulaGround(altered(by: form).state, like: ground)
      for candidate in shortest + singles {
        guard tried < SlipSearch.mostPairs * 2 else { return left += 1 }
        attempt(candidate, on: there, before: [(mistake, form)], factors: factors, within: SlipSearch.most.two)
      }
    }
  }
}
