import Engine
import Notation

extension SlipSearch {
  /// Two slips in the quantity's own formula, those that are one of many of their kind last.
  mutating func twoInItsFormula() {
    let (factors, singles, remotes) = (factors, singles, remotes)
    // What differs by a factor alone is the commonest second slip, and costs nothing more.
    for single in singles { again(single, factors: factors) }
    if found.isEmpty { pairs(of: singles, factors) }
    // With a factor besides it is three already: one of many of a kind and another are fewer. Who makes some of them computes
    // what others do.
    let names = Set(found.flatMap { $0.mistakes.map(\.name) })
    let isMore = found.allSatisfy { $0.mistakes.count > 2 }
    let others = isMore ? remotes : remotes.filter { $0.mistakes.contains { !$0.besides.isDisjoint(with: names) } }
    for remote in others { again(remote, factors: factors) }
    if !isMore || found.allSatisfy({ $0.mistakes.count > 2 }) { pairs(of: others, factors) }
    let fewest = found.map(\.mistakes.count).min() ?? 0
    found.removeAll { $0.mistakes.count > fewest }
  }

  /// Two slips that are likelier than the one that was found.
  mutating func twoLikelier() {
    let (factors, singles, remotes) = (factors, singles, remotes)
    for single in singles + remotes { again(single, factors: factors) }
    pairs(of: singles, factors)
    // What one alone explains, it explains without another.
    let alone = Set(found.filter { $0.mistakes.count == 1 }.map(\.name)).subtracting([""])
    found.removeAll {
      $0.mistakes.count > 2 || $0.mistakes.count > 1 && $0.mistakes.contains { alone.contains($0.name) }
    }
    // One of each kind is told before more of the same.
    var names: Set<String> = []
    let isFirst = found.map { names.insert($0.name).inserted }
    let first = zip(found, isFirst).filter(\.1).map(\.0)
    found = first + zip(found, isFirst).filter { !$0.1 }.map(\.0)
  }

  /// A second slip in formulas that have one.
  private mutating func pairs(of firsts: [Candidate], _ factors: [Factor]) {
    let most = tried + SlipSearch.mostPairs
    var changed: Set<ChangedFactor> = []
    for right in formulas {
      let own = firsts.filter { $0.right.expression == right.expression }
      let whole = here.telling.values(of: right, spending: &work) ?? []
      let isProduct = !whole.isEmpty && whole.allSatisfy { $0 != 0 && $0.isFinite }
      if isProduct { across(own, right, whole, factors) }
      for first in own {
        guard let last = first.mistakes.last, let place = Mistake.all.firstIndex(where: { $0.name == last.name }) else {
          continue
        }
        // A factor of the whole was tried with every other slip.
        if !last.isRemote, first.samples == nil, Factor(first) != nil { continue }
        // A slip in a factor by itself was put together with those in others: the second one is in the same.
        if isProduct, first.samples == nil, let factor = ChangedFactor(first) {
          if changed.insert(factor).inserted { again(in: factor, of: first, right, whole, factors, most) }
          continue
        }
        for mistake in Mistake.all[(last.isRemote || last.isOfWholeRule ? 0 : place)...] where !mistake.isRemote {
          for candidate in candidates(of: mistake, in: first) {
            guard tried < most else { return left += 1 }
            attempt(candidate, on: here, factors: factors, within: SlipSearch.most.two)
          }
        }
      }
    }
  }

  /// A second slip in a factor that one has changed: what it makes of the factor it makes of the product.
  private mutating func again(
    in factor: ChangedFactor, of first: Candidate, _ right: ElementFormula, _ whole: [Double], _ factors: [Factor],
    _ most: Int
  ) {
    guard let new = factor.new, let old = here.telling.values(of: right.replaced(by: factor.old), spending: &work)
    else {
      return
    }
    var known: Set<Expression> = []
    for mistake in Mistake.all where !mistake.isRemote {
      for edited in new.rewritten({ mistake.edits($0, subject) }) {
        guard tried < most else { return left += 1 }
        guard known.insert(edited).inserted,
          let own = here.telling.values(of: right.replaced(by: edited), spending: &work)
        else { continue }
        tried += 1
        let values = zip(zip(whole, old), own).map { $0.0 / $0.1 * $1 }
        doubles.append(Two(candidate: first, besides: mistake, values: values))
        guard gives(values, factors) else { continue }
        attempt(
          Candidate(
            mistakes: first.mistakes + [mistake], right: right,
            expression: factor.product { $0 == factor.place ? edited : nil }),
          on: here, factors: factors, within: SlipSearch.most.two)
      }
    }
  }

  /// How far the number that tells it the soonest may be off what slips in several factors together come to.
  var allowed: Double {
    foreign.slack.elements[telling] + max(1e-12, 1e-8 * abs(foreign.given.elements[telling]))
  }

  /// Whether what a quantity comes to in each sample gives the number that tells it the soonest, as it is or times a factor.
  private func gives(_ values: [Double], _ factors: [Factor]) -> Bool {
    let (given, allowed) = (foreign.given.elements[telling], allowed)
    let total = values.reduce(0, +) / here.telling.divisor
    return abs(total - given) <= allowed || factors.contains { abs($0.value * total - given) <= allowed }
      || forms.contains { abs($0.factor * total - given) <= allowed }
  }

  /// Slips in two factors of a formula: together they make of it what each makes of it.
  private mutating func across(
    _ firsts: [Candidate], _ right: ElementFormula, _ whole: [Double], _ factors: [Factor]
  ) {
    let (ones, others) = (shares(firsts, of: right, whole), shares(singles, of: right, whole))
    tried += ones.count * others.count / 2
    for (place, one) in ones.enumerated() {
      let isAmongThem = firsts.first?.mistakes.last?.isRemote == false
      for other in others.dropFirst(isAmongThem ? place + 1 : 0) {
        let values = zip(zip(whole, one.ratios), other.ratios).map { $0.0 * $0.1 * $1 }
        doubles.append(Two(candidate: one.candidates[0], besides: other.candidates[0].mistakes[0], values: values))
        guard gives(values, factors) else { continue }
        for first in one.candidates {
          for second in other.candidates {
            for candidate in candidates(of: second.mistakes[0], in: first) {
              attempt(candidate, on: here, factors: factors, within: SlipSearch.most.two)
            }
          }
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

  /// Tries a candidate once more, with factors.
  private mutating func again(_ candidate: Candidate, factors: [Factor]) {
    seen.remove(Tried(candidate))
    attempt(candidate, on: here, factors: factors, within: SlipSearch.most.two)
  }

  /// The right formulas, as candidates without a slip.
  var plain: [Candidate] { formulas.map { Candidate(mistakes: [], right: $0, expression: $0.expression) } }

  /// A slip in what it is made of, and one in its own formula.
  mutating func oneBeforeAndOne() {
    let (factors, distinct, most) = (factors, distinct(singles), tried + SlipSearch.mostPairs)
    for (mistake, form, slip) in formsBefore where !mistake.isRemote {
      let state = altered.state(with: slip)
      // What is right is made of it too.
      guard right.allSatisfy({ isAsBefore($0, at: state) }) else { continue }
      let there = here.moved(to: FormulaGround(state, like: here.formulas), ofSameForwardPass: true)
      for candidate in plain.prefix(1) + distinct {
        guard tried < most else { return left += 1 }
        attempt(candidate, on: there, before: [(mistake, form)], factors: factors, within: SlipSearch.most.two)
      }
    }
  }

  // MARK: other samples

  /// All quantities in its formulas that may be read from other samples: the next ones, or those before.
  var otherSamples: [Ground] {
    let count = line.state.batch.count
    guard count > 1, count <= Mistake.mostSamples, foreign.quantity.kind.gradientOf != nil,
      let mistake = Mistake.all.first(where: { $0.name == "wrong-sample" })
    else { return [] }
    let read = formulas.flatMap(\.expression.quantities).reduce(into: [Quantity]()) { all, quantity in
      if [.x, .y, .a, .da, .delta].contains(quantity.kind), !all.contains(quantity) { all.append(quantity) }
    }
    // What is compared is the target and the output.
    let compared = [Quantity(.y), Quantity(.a, line.state.worked.layers.count)]
    let sets = read.map { [$0] } + (Set(compared).isSubset(of: read) ? [compared] : [])
    let shifts: [(by: Int, words: Text)] = [(1, "the next sample"), (count - 1, "the sample before")]
    return sets.flatMap { moved -> [Ground] in
      shifts.prefix(count == 2 ? 1 : 2).map { shift, words in
        here.moved(
          to: FormulaGround(here.formulas, moved: OtherSampleReading(Set(moved), by: shift)),
          as: (mistake, "\(moved.map(\.name).joined(separator: " and ")) of \(words)"))
      }
    }
  }

  /// What it reads is another sample's.
  mutating func oneOfOtherSamples() {
    for ground in otherSamples {
      for candidate in plain { attempt(candidate, on: ground, within: SlipSearch.most.one) }
    }
  }

  /// What it reads is another sample's, and there is a slip in its formula besides.
  mutating func oneOfOtherSamplesAndOne() {
    let (factors, slips, most) = (factors, singles + remotes, tried + SlipSearch.mostPairs)
    for ground in otherSamples {
      for candidate in plain + slips {
        guard tried < most else { return left += 1 }
        attempt(candidate, on: ground, factors: factors, within: SlipSearch.most.two)
      }
    }
  }
}
