import Engine
import Notation

/// Slips that give what somebody has: a formula in the place of the right one, or two.
package struct Explanation: Sendable {
  /// The slips, in the order of the table, those before the quantity's own formula first.
  package let mistakes: [Mistake]
  /// Each slip once, with how often it was made.
  package var distinct: [(mistake: Mistake, count: Int)] {
    mistakes.reduce(into: []) { all, mistake in
      if let known = all.firstIndex(where: { $0.mistake.name == mistake.name }), !mistake.name.isEmpty {
        all[known].count += 1
      } else {
        all.append((mistake, 1))
      }
    }
  }
  /// The slips' names, or what they are where they have none.
  package var name: String {
    distinct.map { $0.count > 1 ? "\($0.mistake.title) twice" : $0.mistake.title }.joined(separator: " and ")
  }
  /// What its slips measure, by which they are known again in other quantities.
  var measured: [Measured] {
    let isDecay = mistakes.contains { $0.name == "weight-decay" }
    let share = isDecay ? (made ?? wrong?.expression)?.shareOfParameter : nil
    return (share.map { [.share($0)] } ?? []) + (measuredInNumbers.map { [$0] } ?? [])
  }
  /// Whether a remoter slip may be the reason all the same.
  func leaves(_ remote: Mistake) -> Bool { mistakes.allSatisfy { remote.besides.contains($0.name) } }
  /// Whose rule one of its slips takes for the right one's, of several; empty where its formula says it, or there is no choice.
  package func sources(of mistake: Mistake, at state: State) -> [String] {
    let own = Mistake.Subject(quantity: right.quantity, state: state)
    let here = wrong.map { mistake.sources($0.expression, own) } ?? []
    return before.reduce(here) { all, form in
      let subject = Mistake.Subject(quantity: form.quantity, state: state)
      return all + mistake.sources(.formula(form.equation.text.description), subject)
    }
  }
  /// Whether its wrong formula reads a quantity, which the right one need not.
  package func reads(_ quantity: Quantity) -> Bool { wrong?.expression.mentions(quantity.name) ?? false }
  /// Whether none of the slips has a name.
  var isNameless: Bool { mistakes.allSatisfy(\.name.isEmpty) }
  /// Formulas of what is computed before, as they were computed wrongly; empty where the slip is in the quantity's own.
  package let before: [Alteration]
  /// The right formula of the quantity.
  package let right: ElementFormula
  /// The formula that gives what was given; nil where the quantity's own is right.
  package let wrong: ElementFormula?
  /// The samples that it is computed of, from 0, where they are others than they should be.
  package let samples: [Int]?
  /// The iteration, from 1, in which it went wrong, where that is an earlier one.
  package var iteration: Int?
  /// The form in which the numbers are given besides; nil where they are given as they are here.
  package var form: Convention?
  /// What was given, where no formula of an element says it: `dw1 and dw1 of iteration 1`.
  package var said: Text?
  /// What a slip measures that was told from numbers alone.
  var measuredInNumbers: Measured?
  /// The formula of what was cut off, or put in another order, then.
  var made: Expression?

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
    /// Where several explanations would give different numbers.
    package var telling = TellingApart.Answer.unknown
  }
}

extension Explanation {
  /// The formula that gives what was given, and the right one beside it, as lines of a session have them; nil where none says it.
  package func formulas(in network: Network) -> (wrong: String, right: String)? {
    if let form = before.first, let wrong = form.words, let right = form.rightFormula(in: network) {
      return ("\(wrong)", "\(right)")
    }
    let own = "\(right.expression)"
    if let wrong { return ("\(wrong.subject) = \(wrong.expression)", own) }
    return said.map { ("\($0)", own) }
  }
}

extension Explanation.Found {
  /// What the explanations are called, each once, the likeliest first.
  package var names: [String] {
    explanations.map(\.name).reduce(into: []) { all, name in if !all.contains(name) { all.append(name) } }
  }

  /// Looks for the fewest slips that give all of what was given: one in the formula of the quantity, one in the formulas
  /// before it, two in its own, one in its own and one before.
  /// - Parameters:
  ///   - line: where the quantity stands.
  ///   - right: quantities that were compared and are right, which have no slip in them.
  ///   - known: what slips measure that were found in others.
  ///   - altered: what comes of slips in the code there, where several quantities are looked at.
  ///   - flowing: what was given and is something.
  ///   - ones: whether one slip alone is looked for.
  static func find(
    _ foreign: ForeignNumbers, on line: Timeline, right: Set<Quantity> = [], known: [Measured] = [],
    among altered: AlteredIterations? = nil, flowing: Set<Quantity> = [], ones: Bool = false
  ) -> Self {
    var search = SlipSearch(foreign, on: line, right: right, known: known, among: altered, flowing: flowing)
    search.run(ones: ones)
    return Self(
      explanations: search.found, tried: search.tried, left: search.left,
      chance: min(Double(search.tried) * foreign.chance(by: search.found.first?.measuredInNumbers), 1),
      telling: TellingApart.find(search.found, of: foreign, on: line))
  }
}

extension ForeignNumbers {
  /// How likely it is that numbers of this size fit all of them by chance: for each, the share of the range that counts as
  /// right; of what was cut off at a bound the sign alone. Where all of them are nothing, their size is that of the right ones.
  func chance(by measured: Measured? = nil) -> Double {
    let size = [given, truth].lazy.map { $0.elements.reduce(0) { max($0, abs($1)) } }.first { $0 > 0 } ?? 0
    guard size > 0, size.isFinite else { return 1 }
    let bound = if case .bound(let bound) = measured { bound } else { Double.infinity }
    return given.elements.indices.reduce(1) { chance, place in
      guard abs(given.elements[place]) < bound else { return chance / 2 }
      let allowed = slack.elements[place] + max(1e-12, 1e-9 * abs(given.elements[place]))
      return chance * min(allowed / size, 1)
    }
  }
}
