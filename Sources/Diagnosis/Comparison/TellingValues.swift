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
  private let parts: FormulaParts
  /// Where the quantities of the forward pass come to the same as here; nil where nothing is known to.
  private let base: TellingValues?
  // Nobody else looks at them while they are looked at here.
  /// What each part comes to, one sample after another.
  @exclusivity(unchecked) private var values: [Double] = []
  @exclusivity(unchecked) private var known: [Known] = []
  @exclusivity(unchecked) private var stack: [Double] = []

  /// What is known of a part: nothing yet, its values, or that it means nothing here.
  private enum Known { case nothing, values, senseless }

  /// - Parameters:
  ///   - unit: the place among the numbers of a sample, counted row by row from 0.
  ///   - samples: those that are added up, or averaged; one of what belongs to samples.
  init(_ unit: Int, of quantity: Quantity, samples: [Int], on ground: FormulaGround) {
    (self.ground, self.unit, self.parts, base) = (ground, unit, FormulaParts(), nil)
    let kind = quantity.kind
    self.samples = kind.isOfSample || kind.isOverSamples ? samples : Array(samples.prefix(1))
    let isMean = ground.state.experiment.reduction == .mean && kind.isOverSamples
    divisor = isMean ? Double(max(samples.count, 1)) : 1
  }

  /// The same on another ground, on which the forward pass may be the same as there.
  init(_ other: TellingValues, on ground: FormulaGround, ofSameForwardPass isSame: Bool) {
    self.ground = ground
    (unit, samples, divisor, parts) = (other.unit, other.samples, other.divisor, other.parts)
    base = isSame ? other : nil
  }

  /// What a quantity comes to that has these numbers in the samples; nil where it is not finite.
  func total(_ values: [Double]) -> Double? {
    let total = values.reduce(0, +) / divisor
    return total.isFinite ? total : nil
  }

  /// A formula, to be worked out here and on the grounds that are like this one.
  func compiled(_ formula: ElementFormula) -> FormulaOfParts { FormulaOfParts(formula, parts) }

  /// What a formula comes to in each of the samples; nil where it means nothing there.
  func values(of formula: ElementFormula, spending work: inout Int) -> [Double]? {
    values(of: compiled(formula), spending: &work)
  }

  /// What one that was compiled comes to in each of the samples; nil where it means nothing there.
  func values(of formula: FormulaOfParts, spending work: inout Int) -> [Double]? {
    for case .part(let part) in formula.steps where !isThere(part, spending: &work) { return nil }
    work += formula.steps.count * samples.count
    return samples.indices.map { value(of: formula, ofSample: $0) }
  }

  private func value(of formula: FormulaOfParts, ofSample sample: Int) -> Double {
    func both(_ sign: (Double, Double) -> Double) {
      let right = stack.removeLast()
      stack[stack.count - 1] = sign(stack[stack.count - 1], right)
    }
    for step in formula.steps {
      switch step {
      case .number(let value): stack.append(value)
      case .part(let part): stack.append(values[part * samples.count + sample])
      case .opposite: stack[stack.count - 1].negate()
      case .sum: both(+)
      case .difference: both(-)
      case .product: both(*)
      case .quotient: both(/)
      }
    }
    return stack.removeLast()
  }

  /// Whether a part means something here; its values are there then.
  private func isThere(_ part: Int, spending work: inout Int) -> Bool {
    while known.count <= part {
      known.append(.nothing)
      values.append(contentsOf: repeatElement(0, count: samples.count))
    }
    if known[part] == .nothing { known[part] = workOut(part, spending: &work) ? .values : .senseless }
    return known[part] == .values
  }

  private func workOut(_ part: Int, spending work: inout Int) -> Bool {
    let first = part * samples.count
    if let base, parts.isOfForwardPass[part] {
      guard base.isThere(part, spending: &work) else { return false }
      for sample in samples.indices { values[first + sample] = base.values[first + sample] }
      return true
    }
    guard let numbers = parts.numbers(of: part, on: ground, samples: samples) else { return false }
    for sample in samples.indices {
      guard let value = numbers.value(unit, ofSample: sample, spending: &work) else { return false }
      values[first + sample] = value
    }
    return true
  }
}
