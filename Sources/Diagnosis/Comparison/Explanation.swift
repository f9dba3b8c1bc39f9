import Engine
import Notation

/// A slip that gives what somebody has: a formula in the place of the right one.
package struct Explanation: Sendable {
  /// The slip.
  package let mistake: Mistake
  /// The right formula.
  package let right: ElementFormula
  /// The formula that gives what was given.
  package let wrong: ElementFormula
  /// The samples that it is computed of, from 0, where they are others than they should be.
  package let samples: [Int]?

  /// What was found, and how much was tried for it.
  package struct Found: Sendable {
    /// The explanations, the likeliest first, as many as fit.
    package let explanations: [Explanation]
    /// How many formulas were tried.
    package let tried: Int
    /// How many were not, since that would have taken too long.
    package let left: Int
    /// How likely it is that one of them would have fitted numbers of the same size that came from nowhere, at most.
    package let chance: Double
  }

  /// How many operations on numbers may be spent.
  private static let mostWork = 50_000_000

  /// Looks for one slip in the formula of a quantity that gives all of what was given.
  package static func find(_ foreign: ForeignNumbers, at state: State) -> Found {
    let subject = Mistake.Subject(quantity: foreign.quantity, state: state)
    let formulas = ElementFormula.all(of: foreign.quantity, in: state.worked)
    let samples = foreign.sample.map { [$0] } ?? Array(state.batch.indices)
    // What is right is no slip, in whatever form.
    let known = Set(formulas.map { "\($0.expression)" })
    var (tried, left, work): (Int, Int, Int) = (0, 0, 0)
    var seen: Set<String> = []
    var found: [Explanation] = []
    func attempt(_ mistake: Mistake, _ right: ElementFormula, _ expression: Expression, _ other: [Int]? = nil) {
      guard other != nil || !known.contains("\(expression)"),
        seen.insert("\(mistake.name) \(expression) \(other ?? [])").inserted
      else { return }
      guard work < mostWork else { return left += 1 }
      tried += 1
      let wrong = right.replaced(by: expression)
      if foreign.isGiven(by: wrong, at: state, samples: other ?? samples, spending: &work) {
        found.append(Explanation(mistake: mistake, right: right, wrong: wrong, samples: other))
      }
    }
    for mistake in Mistake.all {
      // What has no name is a reason only where nothing that has one is.
      guard !mistake.name.isEmpty || found.isEmpty else { break }
      let before = found.count
      // Of one slip the shortest formula that shows it is enough; another slip has to show in the same.
      for right in found.first.map({ [$0.right] }) ?? formulas where found.count == before {
        for rewritten in right.expression.rewritten({ mistake.edits($0, subject) }) {
          attempt(mistake, right, rewritten)
        }
        for whole in mistake.wholes(right, subject) { attempt(mistake, right, whole) }
        // Of a whole batch, other samples would be the ones of which each is.
        for other in foreign.isOfBatch ? [] : mistake.samples(subject) {
          attempt(mistake, right, right.expression, other)
        }
      }
    }
    return Found(explanations: found, tried: tried, left: left, chance: min(Double(tried) * foreign.chance, 1))
  }
}

extension ForeignNumbers {
  /// Whether a formula gives the numbers: of what belongs to a sample, at each that is given.
  fileprivate func isGiven(
    by formula: ElementFormula, at state: State, samples: [Int], spending work: inout Int
  ) -> Bool {
    guard isOfBatch else {
      return formula.gives(given, at: state, samples: samples, spending: &work) { agrees(at: $0, with: $1) }
    }
    for sample in state.batch.indices {
      let start = sample * countOfOne
      let part = Matrix(column: Array(part(given.elements, ofSample: sample)))
      guard
        formula.gives(
          part, at: state, samples: [sample], spending: &work, agrees: { agrees(at: start + $0, with: $1) })
      else { return false }
    }
    return true
  }

  /// How likely it is that numbers of this size fit all of them by chance: for each, the share of the range that counts as
  /// right.
  fileprivate var chance: Double {
    let size = given.elements.reduce(0) { max($0, abs($1)) }
    guard size > 0, size.isFinite else { return 1 }
    return given.elements.indices.reduce(1) { chance, place in
      let allowed = slack.elements[place] + max(1e-12, 1e-9 * abs(given.elements[place]))
      return chance * min(allowed / size, 1)
    }
  }
}
