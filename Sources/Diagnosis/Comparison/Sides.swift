import Engine
import Notation

/// One iteration as somebody's code goes through it, with the slip that explains their numbers, and as it should be.
package struct Sides: Sendable {
  /// With the slip.
  package let wrong: State
  /// Without it.
  package let right: State
  /// The number that shows it the most: of what is computed by the wrong formula the one that is furthest off.
  package let element: Element

  /// Nil where no explanation was found, or no formula of this iteration says it.
  init?(_ found: Explanation.Found, _ numbers: ForeignNumbers, on line: Timeline) {
    guard let explanation = found.explanations.first, let slip = explanation.slips.first else { return nil }
    (wrong, right) = (Carried([], slips: explanation.slips, on: line).line.state, line.state)
    // What the wrong formula gives has to be what was given.
    guard
      let value = try? wrong.value(of: numbers.quantity, sample: numbers.sample, isOfBatch: numbers.isOfBatch),
      numbers.agrees(with: value)
    else { return nil }
    let quantity = slip.quantity
    // The largest error is what was told of it.
    let (worst, unit) = numbers.agreement.worstPlace.quotientAndRemainder(
      dividingBy: numbers.isOfBatch ? max(numbers.countOfOne, 1) : .max)
    let sample = quantity.kind.isOfSample ? numbers.isOfBatch ? worst : numbers.sample ?? right.selected : nil
    guard let one = try? wrong.value(of: quantity, sample: sample),
      let other = try? right.value(of: quantity, sample: sample), one.count == other.count, one.count > 0
    else { return nil }
    let asked = numbers.quantity == quantity && !numbers.isWhole ? numbers.slack.elements.map(\.isFinite) : nil
    let errors = zip(one.elements, other.elements).enumerated().map { place, pair in
      asked.map { $0.indices.contains(place) && $0[place] } ?? true ? abs(pair.0 - pair.1) : -1
    }
    let isTold = numbers.quantity == quantity && errors.indices.contains(unit) && errors[unit] > 0
    let place = isTold ? unit : errors.indices.max { errors[$0] < errors[$1] } ?? 0
    let (row, column) = place.quotientAndRemainder(dividingBy: max(one.columns, 1))
    element = Element(quantity, row: row, column: column, sample: sample == right.selected ? nil : sample)
  }

  /// That number's derivation on both sides; nil where it has none.
  package func derivations(digits: Int) -> (wrong: Derivation, right: Derivation)? {
    guard let one = try? Derivation(of: element, in: wrong, digits: digits),
      let other = try? Derivation(of: element, in: right, digits: digits)
    else { return nil }
    return (one, other)
  }
}
