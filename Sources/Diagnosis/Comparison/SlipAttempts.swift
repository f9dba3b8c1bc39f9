import Engine
import Notation

extension SlipSearch {
  /// Where candidates are worked out.
  struct Ground {
    let formulas: FormulaGround
    let telling: TellingValues
    /// What is read from other samples there, and how a reader may say it.
    var moved: (mistake: Mistake, words: Text)?

    /// Another state of the same network, or another reading of this one.
    func moved(
      to formulas: FormulaGround, as moved: (mistake: Mistake, words: Text)? = nil,
      ofSameForwardPass isSame: Bool = false
    ) -> Ground {
      Ground(
        formulas: formulas, telling: TellingValues(telling, on: formulas, ofSameForwardPass: isSame), moved: moved)
    }
  }

  /// Whether a candidate gives the numbers on a ground; with `factors`, also one that gives them up to a factor that is a
  /// slip of its own.
  mutating func attempt(
    _ candidate: Candidate, on ground: Ground, before: [(Mistake, Alteration)] = [], factors: [Factor] = [],
    within most: Int
  ) {
    let isElsewhere = !before.isEmpty || ground.moved != nil
    guard candidate.samples != nil || isElsewhere || !known.contains(candidate.expression),
      isElsewhere || seen.insert(Tried(candidate)).inserted
    else { return }
    guard work < most else { return left += 1 }
    tried += 1
    guard let first = first(of: candidate, on: ground, isElsewhere) else { return }
    if foreign.agrees(at: telling, with: first) {
      if let numbers = numbers(of: candidate, on: ground.formulas), agrees(numbers) {
        note(candidate, candidate.expression, before, moved: ground.moved)
      }
      return
    }
    let ratio = foreign.given.elements[telling] / first
    guard ratio.isFinite else { return }
    if let form = forms.first(where: { abs(ratio / $0.factor - 1) < 1e-3 }) {
      tried += 1
      if let numbers = numbers(of: candidate, on: ground.formulas), agrees(numbers, times: form.factor) {
        return note(candidate, candidate.expression, before, form.form, moved: ground.moved)
      }
    }
    for factor in factors where abs(ratio / factor.value - 1) < 1e-3 {
      tried += 1
      let scaled = factor.applied(to: candidate.expression)
      guard
        let scaledNumbers = candidate.right.replaced(by: scaled).numbers(
          on: ground.formulas, samples: candidate.samples ?? samples),
        agrees(scaledNumbers)
      else { continue }
      note(candidate.with(factor.mistake), scaled, before, moved: ground.moved)
    }
  }

  /// What a candidate gives at the place that tells it the soonest.
  private mutating func first(of candidate: Candidate, on ground: Ground, _ isElsewhere: Bool) -> Double? {
    if candidate.samples == nil {
      guard let values = values(of: candidate, on: ground) else { return nil }
      if candidate.mistakes.count == 2, !isElsewhere {
        doubles.append(Two(candidate: candidate, besides: nil, values: values))
      }
      if let total = ground.telling.total(values) { return total }
    }
    return numbers(of: candidate, on: ground.formulas).flatMap { value(telling, of: $0) }
  }

  /// What a candidate comes to in each sample at the place that tells it the soonest.
  mutating func values(of candidate: Candidate, on ground: Ground) -> [Double]? {
    let parts = candidate.parts ?? ground.telling.compiled(candidate.right.replaced(by: candidate.expression))
    candidate.parts = parts
    return ground.telling.values(of: parts, spending: &work)
  }

  /// What a candidate gives; compiled once, and worked out at one state after another.
  func numbers(of candidate: Candidate, on ground: FormulaGround) -> FormulaNumbers? {
    if let known = candidate.numbers { return known?.moved(to: ground) }
    let wrong = candidate.right.replaced(by: candidate.expression)
    let numbers = wrong.numbers(on: ground, samples: candidate.samples ?? samples)
    candidate.numbers = .some(numbers)
    return numbers
  }

  mutating func agrees(_ numbers: FormulaNumbers, times factor: Double = 1) -> Bool {
    foreign.given.elements.indices.allSatisfy { place in
      value(place, of: numbers).map { foreign.agrees(at: place, with: factor * $0) } ?? false
    }
  }

  /// The number at a place of what was given; of a whole batch, that of the sample that it belongs to.
  mutating func value(_ place: Int, of numbers: FormulaNumbers) -> Double? {
    guard foreign.isOfBatch else { return numbers.value(place, spending: &work) }
    let (sample, unit) = place.quotientAndRemainder(dividingBy: max(foreign.countOfOne, 1))
    return numbers.value(unit, ofSample: sample, spending: &work)
  }

  private mutating func note(
    _ candidate: Candidate, _ expression: Expression, _ before: [(Mistake, Alteration)], _ form: Convention? = nil,
    moved: (mistake: Mistake, words: Text)?
  ) {
    let mistakes = before.map(\.0) + (moved.map { [$0.mistake] } ?? []) + candidate.mistakes
    // The same formula without a name, or the same slips at another node, are no other reason.
    let isKnown =
      before.isEmpty && candidate.samples == nil && moved == nil
      && found.contains { $0.before.isEmpty && $0.samples == nil && $0.wrong?.expression == expression }
    guard !isKnown || mistakes.contains(where: { !$0.name.isEmpty }) else { return }
    // One of many of a kind comes to the same formula by way of another of them.
    let isSaid = found.contains { other in
      other.wrong?.expression == expression && other.before == before.map(\.1) && other.samples == candidate.samples
        && other.form == nil && form == nil && other.mistakes.map(\.name) == mistakes.map(\.name)
    }
    guard !isSaid else { return }
    let isOneOfMany = mistakes.count == 1 && mistakes[0].isRemote
    let names = mistakes.map(\.name).sorted()
    // As it is here it is plainer than in another form.
    if form == nil { found.removeAll { $0.form != nil && $0.mistakes.map(\.name).sorted() == names } }
    guard isOneOfMany || !found.contains(where: { $0.mistakes.map(\.name).sorted() == names }) else { return }
    let wrong = candidate.right.replaced(by: expression)
    found.append(
      Explanation(
        mistakes: mistakes, before: before.map(\.1), right: candidate.right, wrong: moved == nil ? wrong : nil,
        samples: candidate.samples, form: form, said: moved.map { "\(expression) with \($0.words)" }))
  }
}
