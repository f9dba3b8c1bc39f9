import Engine
import Notation

/// What formulas come to at one place of a quantity, by which most of them are told from what was given without working out
/// the rest. Most parts of a formula with a slip in it stand in many others: each is worked out once.
final class TellingValues {
  /// The quantity's own formula; another is over the same letters.
  private let ground: FormulaGround
  private let unit: Int
  private let samples: [Int]
  /// What the sum over the samples is divided by.
  let divisor: Double
  private let parts: Parts
  // Nobody else looks at it while it is looked at here.
  @exclusivity(unchecked) private var known: [Part: [Double]?] = [:]

  /// A part of a formula, and how its sums are added up.
  private struct Part: Hashable {
    let expression: Expression
    let order: SummationOrder
  }

  /// What was compiled, for all grounds.
  private final class Parts {
    @exclusivity(unchecked) var compiled: [Part: FormulaNumbers?] = [:]
  }

  /// - Parameters:
  ///   - unit: the place among the numbers of a sample, counted row by row from 0.
  ///   - samples: those that are added up, or averaged; one of what belongs to samples.
  init(_ unit: Int, of quantity: Quantity, samples: [Int], on ground: FormulaGround) {
    (self.ground, self.unit, self.parts) = (ground, unit, Parts())
    let kind = quantity.kind
    self.samples = kind.isOfSample || kind.isOverSamples ? samples : Array(samples.prefix(1))
    let isMean = ground.state.experiment.reduction == .mean && kind.isOverSamples
    divisor = isMean ? Double(max(samples.count, 1)) : 1
  }

  /// The same on another ground.
  init(_ other: TellingValues, on ground: FormulaGround) {
    self.ground = ground
    (unit, samples, divisor, parts) = (other.unit, other.samples, other.divisor, other.parts)
  }

  /// What a quantity comes to that has these numbers in the samples; nil where it is not finite.
  func total(_ values: [Double]) -> Double? {
    let total = values.reduce(0, +) / divisor
    return total.isFinite ? total : nil
  }

  /// What a formula comes to in each of the samples; nil where it means nothing there.
  func values(of formula: ElementFormula, spending work: inout Int) -> [Double]? {
    values(of: formula.expression, in: formula, spending: &work)
  }

  private func values(of expression: Expression, in formula: ElementFormula, spending work: inout Int) -> [Double]? {
    switch expression.kind {
    case .number(let literal): return [Double](repeating: literal.value, count: samples.count)
    case .unary(.minus, let inner): return values(of: inner, in: formula, spending: &work)?.map { -$0 }
    case .binary(.plus, let left, let right): return both(left, right, in: formula, spending: &work, +)
    case .binary(.minus, let left, let right): return both(left, right, in: formula, spending: &work, -)
    case .binary(.times, let left, let right): return both(left, right, in: formula, spending: &work, *)
    case .binary(.over, let left, let right): return both(left, right, in: formula, spending: &work, /)
    default: return values(ofPart: expression, in: formula, spending: &work)
    }
  }

  private func both(
    _ left: Expression, _ right: Expression, in formula: ElementFormula, spending work: inout Int,
    _ sign: (Double, Double) -> Double
  ) -> [Double]? {
    guard var all = values(of: left, in: formula, spending: &work),
      let others = values(of: right, in: formula, spending: &work)
    else { return nil }
    work += all.count
    for place in all.indices { all[place] = sign(all[place], others[place]) }
    return all
  }

  private func values(ofPart expression: Expression, in formula: ElementFormula, spending work: inout Int) -> [Double]?
  {
    let part = Part(expression: expression, order: formula.order)
    if let known = known[part] { return known }
    let values = numbers(of: part, in: formula).flatMap { numbers -> [Double]? in
      var all: [Double] = []
      for sample in samples.indices {
        guard let value = numbers.value(unit, ofSample: sample, spending: &work) else { return nil }
        all.append(value)
      }
      return all
    }
    known[part] = .some(values)
    return values
  }

  private func numbers(of part: Part, in formula: ElementFormula) -> FormulaNumbers? {
    if let compiled = parts.compiled[part] { return compiled?.moved(to: ground) }
    let numbers = formula.replaced(by: part.expression).numbers(on: ground, samples: samples)
    parts.compiled[part] = .some(numbers)
    return numbers
  }
}
