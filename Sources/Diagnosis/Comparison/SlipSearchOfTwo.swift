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

  /// Two factors that have names, where what was given is so many times what it should be.
  mutating func twoFactors() {
    let factors = factors
    let names = Set(factors.map(\.mistake.name))
    for single in singles where single.mistakes.allSatisfy({ names.contains($0.name) }) {
      again(single, factors: factors)
    }
  }

  /// A slip in the formula, or a factor, whose numbers were then cut off or put in another order.
  mutating func oneInItsFormulaAndOneInItsNumbers() {
    guard foreign.isWhole, let right = formulas.first else { return }
    let scaled = factors.map {
      Candidate(mistakes: [$0.mistake], right: right, expression: right.expression.times($0.value))
    }
    for candidate in scaled + singles {
      guard work < SlipSearch.most.two else { return left += 1 }
      guard let numbers = numbers(of: candidate, on: ground), let all = elements(of: numbers) else { continue }
      let subject = Mistake.Subject(
        quantity: foreign.quantity, state: line.state, foreign: foreign.held(against: all))
      for mistake in Mistake.all where mistake.rearranges {
        for wrong in mistake.numbers(subject, line) {
          tried += wrong.count
          guard foreign.agrees(with: wrong.elements) else { continue }
          let made = candidate.right.replaced(by: candidate.expression)
          found.append(
            Explanation(
              mistakes: candidate.mistakes + [mistake], before: [], right: candidate.right, wrong: nil,
              samples: candidate.samples, said: "\(wrong.words), where that is \(made.subject) = \(made.expression)"))
          return
        }
      }
    }
  }

  /// All numbers of a formula, in the places of those that were given; nil where one has no value.
  private mutating func elements(of numbers: FormulaNumbers) -> [Double]? {
    var all: [Double] = []
    for place in foreign.given.elements.indices {
      guard let value = value(place, of: numbers), value.isFinite else { return nil }
      all.append(value)
    }
    return all
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
