import Engine
import Notation

extension SlipSearch {
  /// A slip in the formula, or a factor, or none; then a share of the weights in it, or none; whose numbers were then cut off or
  /// put in another order, or both. Of what fits, that with the fewest slips.
  mutating func oneInItsFormulaAndOthersInItsNumbers() {
    guard foreign.isWhole, let right = formulas.first else { return }
    let factors = factors
    let scaled = factors.map {
      Candidate(mistakes: [$0.mistake], right: right, expression: $0.applied(to: right.expression))
    }
    let decay = Mistake.all.filter { $0.name == "weight-decay" }
    let bare = Candidate(mistakes: [], right: right, expression: right.expression)
    for candidate in [bare] + scaled + distinct(singles + remotes) {
      guard work < SlipSearch.most.two else { return left += 1 }
      guard let all = elements(of: candidate) else { continue }
      let held = subject(holding: all)
      let isOfFewer = candidate.samples != nil
      if isOfFewer {
        noteDecayed(all, of: candidate)
        for factor in factors {
          let scaled = Candidate(
            mistakes: candidate.mistakes + [factor.mistake], right: candidate.right,
            expression: factor.applied(to: candidate.expression), samples: candidate.samples)
          noteDecayed(all.map { $0 * factor.value }, of: scaled)
        }
      }
      let decayed = isOfFewer ? [] : decay.flatMap { candidates(of: $0, in: candidate, subject: held) }
      for other in decayed {
        attempt(other, on: here, within: SlipSearch.most.two)
        if let all = elements(of: other) { rearrange(other, subject(holding: all)) }
      }
      rearrange(candidate, held)
    }
    for ground in otherSamples {
      guard let moved = ground.moved, mayBeDecayed(bare, on: ground), let all = elements(of: bare, on: ground)
      else { continue }
      let wrong = WrongNumbers(elements: all, words: "\(right.expression) with \(moved.words)")
      noteDecayed(all, of: bare, after: [(moved.mistake, wrong)])
    }
    let fewest = found.map(\.mistakes.count).min() ?? 0
    let likeliest = found.filter { $0.mistakes.count == fewest }
    found = likeliest.filter(isMadeHere) + likeliest.filter { !isMadeHere($0) }
  }

  /// Whether all of its slips are of those that are made where such a quantity is computed.
  private func isMadeHere(_ found: Explanation) -> Bool {
    found.mistakes.allSatisfy { mistake in
      guard foreign.quantity.kind.gradientOf?.isParameter == true else { return true }
      return if case .outputGradient = mistake.reach { false } else { true }
    }
  }

  /// Cuts a candidate's numbers off, puts them in another order, or both.
  private mutating func rearrange(_ candidate: Candidate, _ held: Mistake.Subject) {
    for mistake in Mistake.all where mistake.rearranges {
      for wrong in mistake.numbers(held, line) {
        tried += wrong.count
        if foreign.agrees(with: wrong.elements) {
          note(candidate, [(mistake, wrong)])
          continue
        }
        if wrong.measured?.isOrder ?? true { noteDecayed(wrong.elements, of: candidate, after: [(mistake, wrong)]) }
        // What stands at a bound may be put in any order.
        guard foreign.countWithin(wrong.measured) > 1 else { continue }
        let again = subject(holding: wrong.elements)
        for other in Mistake.all where other.rearranges && other.name != mistake.name {
          for both in other.numbers(again, line) {
            tried += both.count
            if foreign.agrees(with: both.elements) { note(candidate, [(mistake, wrong), (other, both)]) }
          }
        }
      }
    }
  }

  /// Takes note of numbers that come out with a share of the weights added.
  private mutating func noteDecayed(
    _ numbers: [Double], of candidate: Candidate, after made: [(mistake: Mistake, wrong: WrongNumbers)] = []
  ) {
    guard let decay = Mistake.named("weight-decay") else { return }
    for wrong in subject.decayed(numbers) {
      tried += 1
      if foreign.agrees(with: wrong.elements) { note(candidate, made + [(decay, wrong)]) }
    }
  }

  /// Whether a few numbers are off what a formula gives by one share of the weights.
  private mutating func mayBeDecayed(_ candidate: Candidate, on ground: Ground) -> Bool {
    let quantity = foreign.quantity
    guard let kind = quantity.kind.gradientOf, kind.isParameter, !foreign.isOfBatch,
      let parameter = line.state.forwardValue(of: Quantity(kind, quantity.layer))?.value.elements,
      parameter.count == foreign.given.count, let numbers = numbers(of: candidate, on: ground.formulas)
    else { return false }
    var range = -1.0...1.0
    for place in foreign.largestPlaces where parameter[place] != 0 {
      guard let value = value(place, of: numbers) else { return false }
      let share = (foreign.given.elements[place] - value) / parameter[place]
      let allowed = 1e-6 + abs(2 * foreign.slack.elements[place] / parameter[place])
      guard share.isFinite, max(range.lowerBound, share - allowed) <= min(range.upperBound, share + allowed) else {
        return false
      }
      range = max(range.lowerBound, share - allowed)...min(range.upperBound, share + allowed)
    }
    return true
  }

  private mutating func note(_ candidate: Candidate, _ made: [(mistake: Mistake, wrong: WrongNumbers)]) {
    let mistakes = candidate.mistakes + made.map(\.mistake)
    let names = mistakes.map(\.name).sorted()
    guard mistakes.count > 1, !found.contains(where: { $0.mistakes.map(\.name).sorted() == names }) else { return }
    let words = made.dropFirst().reduce(made[0].wrong.words) { "\($0), and of that \($1.wrong.words)" }
    let formula = candidate.right.replaced(by: candidate.expression)
    let isRight = candidate.mistakes.isEmpty
    found.append(
      Explanation(
        mistakes: mistakes, before: [], right: candidate.right, wrong: nil, samples: candidate.samples,
        said: isRight ? words : "\(words), where that is \(formula.subject) = \(formula.expression)",
        measuredInNumbers: made.lazy.compactMap(\.wrong.measured).first, made: formula.expression))
  }

  /// What was given, held against other numbers than the right ones.
  private func subject(holding all: [Double]) -> Mistake.Subject {
    subject.with(foreign.held(against: all))
  }

  /// All numbers of a formula, in the places of those that were given; nil where one has no value.
  private mutating func elements(of candidate: Candidate, on ground: Ground? = nil) -> [Double]? {
    guard let numbers = numbers(of: candidate, on: (ground ?? here).formulas) else { return nil }
    var all: [Double] = []
    for place in foreign.given.elements.indices {
      guard let value = value(place, of: numbers), value.isFinite else { return nil }
      all.append(value)
    }
    return all
  }
}
