import Engine
import Notation

// What the slips that were found in one quantity are in the code, and what else they give.
extension Departure {
  /// The formulas of the likeliest explanations as they may stand in the code: in its layer, in every layer, or in this
  /// quantity alone.
  private func slips(on line: Timeline) -> [[Alteration]] {
    (found?.explanations ?? []).prefix(Departure.mostTried).flatMap { explanation -> [[Alteration]] in
      let own = explanation.mistakes.count == 1 ? explanation.mistakes.flatMap { forms(of: $0, on: line) } : []
      let delta = explanation.formOfDelta(on: line).map { [[$0]] } ?? []
      return (own + delta + [explanation.slips]).filter {
        !$0.isEmpty && Carried([], slips: $0, on: line).gives(numbers)
      }
    }
  }

  /// A mistake in this layer, in every layer, or in what a gradient of parameters is made of in its layer.
  private func forms(of mistake: Mistake, on line: Timeline) -> [[Alteration]] {
    let layer = numbers.quantity.layer
    let made = [layer, nil].compactMap { $0 == 0 ? nil : mistake.made(in: line, layer: $0)?.alterations }
    guard numbers.quantity.kind.gradientOf?.isParameter == true else { return made }
    return made
      + [Quantity.Kind.delta, .da].flatMap {
        mistake.formsAnywhere(of: Quantity($0, layer), in: line.experiment.network, line).map { [$0] }
      }
  }

  /// The most explanations of one that are tried on another.
  private static let mostTried = 5

  /// The formulas of one of its explanations that give other numbers as well, by themselves or beside those that are known;
  /// nil where none does. What they give of others has to be what was given of those.
  func slips(
    giving later: ForeignNumbers, beside known: [Alteration], among others: [ForeignNumbers], on line: Timeline
  ) -> [Alteration]? {
    func gives(_ slips: [Alteration]) -> Bool { Carried([], slips: slips, on: line).gives(later) }
    /// Without those formulas that give other numbers than were given.
    func believed(_ slips: [Alteration]) -> [Alteration] {
      let altered = others.filter { other in
        other.quantity != later.quantity && other.quantity != numbers.quantity
          && slips.contains { $0.quantity == other.quantity } && other.comes(before: later, in: line.state.program)
      }
      guard !altered.isEmpty else { return slips }
      let grounds = [slips, known.replaced(by: slips)].map { Carried([], slips: $0, on: line) }
      let belied = altered.filter { other in !grounds.contains { $0.held(other)?.isRight ?? true } }
      return slips.filter { slip in !belied.contains { $0.quantity == slip.quantity } }
    }
    let own = slips(on: line).map(believed).filter { !$0.isEmpty }
    if let alone = own.first(where: gives) { return alone }
    // What the others give without it is none of its doing.
    for own in own {
      let (all, others) = (
        known.replaced(by: own), known.filter { one in !own.contains { $0.quantity == one.quantity } }
      )
      if gives(all), !gives(others) { return all }
    }
    return sameForms(in: later, on: line).first(where: gives)
  }

  /// The same mistakes in the formula of another layer's gradient of the same kind.
  private func sameForms(in later: ForeignNumbers, on line: Timeline) -> [[Alteration]] {
    guard later.quantity.kind == numbers.quantity.kind, later.quantity.kind.gradientOf?.isParameter == true else {
      return []
    }
    let subject = Mistake.Subject(quantity: later.quantity, state: line.state)
    let formulas = ElementFormula.all(of: later.quantity, in: line.state.worked, writingOut: 0)
    return (found?.explanations ?? []).prefix(Departure.mostTried).flatMap { explanation -> [[Alteration]] in
      guard explanation.mistakes.count == 1, let mistake = explanation.mistakes.first, !mistake.name.isEmpty else {
        return []
      }
      return formulas.flatMap { right in
        (right.expression.rewritten { mistake.edits($0, subject) } + mistake.wholes(right, subject)).map {
          [right.replaced(by: $0).alteration(called: mistake.name, because: "mistake: \(mistake.meaning)")]
        }
      }
    }
  }

  /// The formulas that stand in the code by what was found so far; what was found last counts.
  static func slips(in earlier: [Departure], on line: Timeline) -> [Alteration] {
    earlier.reduce([]) { all, departure in
      all.replaced(by: departure.isFault ? departure.slips(on: line).first ?? [] : departure.sharedSlips)
    }
  }
}

extension Explanation {
  /// Its formulas in the places of the right ones; none where it is in another iteration, or of samples that no code takes.
  var slips: [Alteration] {
    guard iteration == nil, samples == nil else { return [] }
    let name = mistakes.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    return before + (wrong.map { [$0.alteration(called: name, because: "mistake")] } ?? [])
  }

  /// Its formula of a gradient of weights as one of δ, which the gradient of the biases is made of too: all of it but for what
  /// comes into the layer. Nil where the slip is in that, or elsewhere.
  fileprivate func formOfDelta(on line: Timeline) -> Alteration? {
    guard before.isEmpty, samples == nil, iteration == nil, let wrong, wrong.quantity.kind == .dw,
      let unit = wrong.letters.first, let letter = wrong.letters.last, unit != letter
    else { return nil }
    let (delta, network) = (Quantity(.delta, wrong.quantity.layer), line.experiment.network)
    let input = Expression.element(Quantity.input(ofLayer: delta.layer), [.name(letter)])
    let factors = wrong.expression.factorsOfProduct
    let others = factors.filter { $0 != input }
    guard let first = others.first, others.count == factors.count - 1, !others.contains(where: { $0.mentions(letter) }),
      let right = ElementFormula.all(of: delta, in: network, writingOut: 0).first, right.letters == [unit]
    else { return nil }
    let product = others.dropFirst().reduce(first) { Expression(.binary(.times, $0, $1)) }
    let name = mistakes.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
    return right.replaced(by: product.writingOut(right)).alteration(called: name, because: "mistake")
  }
}

extension Expression {
  /// The quantity of a formula written out where it stands over the same letters.
  fileprivate func writingOut(_ right: ElementFormula) -> Expression {
    self == right.subject ? right.expression : mapChildren { $0.writingOut(right) }
  }
}
