import Engine

/// What is done at a point, step by step, as far as something that was drawn is in it: what a certificate is written of.
/// What is done twice with the same operands is one step. The numbers of the field hold the number of their step.
final class Tape {
  private(set) var steps: [WrittenStep] = []
  private var known: [WrittenStep.Key: Int] = [:]
  private var numbers: [Residue: Int] = [:]
  /// The pairs of exponent and power by either of them; below 0 where it is the other way round.
  private var pairsByExponent: [Residue: Int] = [:]
  private var pairsByPower: [Residue: Int] = [:]
  /// Why it is no whole record; nil where it is one.
  private(set) var lack: Text?
  private let most: Int

  /// A tape of so many steps at most.
  init(most: Int) { self.most = most }

  /// Puts down a step, and gives its result with the step's number.
  func note(
    _ operation: WrittenStep.Operation, _ operands: [FieldNumber], name: String = "", citing cited: [Int] = [],
    giving result: FieldNumber
  ) -> FieldNumber {
    let step = WrittenStep(
      operation: operation, operands: operands.map { row(of: $0) }, cited: cited, name: name,
      value: result.residue.value, above: result.above, below: result.below)
    // What is given is another number each time.
    let isGiven = operation == .drawn && operands.isEmpty
    if !isGiven, let row = known[step.key] { return result.atStep(row) }
    guard let row = append(step) else { return result }
    known[step.key] = row
    return result.atStep(row)
  }

  /// The number of a number's step; one in which nothing was drawn becomes a step where it is first read.
  func row(of number: FieldNumber) -> Int {
    if number.step != 0 { return Int(number.step) }
    if let row = numbers[number.residue] { return row }
    let fraction = number.residue.writtenFraction
    let step = WrittenStep(
      operation: .number, operands: [], fraction: fraction, value: number.residue.value, above: 0, below: 0)
    let row = append(step) ?? 0
    numbers[number.residue] = row
    return row
  }

  private func append(_ step: WrittenStep) -> Int? {
    guard steps.count < most else {
      lack = "it takes more than \(most) operations on numbers"
      return nil
    }
    steps.append(step)
    return steps.count
  }

  // MARK: laws

  /// Puts down the value of exp or log by pairs that were met before; drawn where there are none.
  func note(
    _ operation: WrittenStep.Operation, _ name: String, _ operand: FieldNumber, giving result: FieldNumber,
    from pairs: [Int?]
  ) -> FieldNumber {
    let cited = pairs.compactMap { $0 }
    if cited.count < pairs.count { lack = "a law of \(name) has no step" }
    return note(operation, [operand], name: name, citing: cited, giving: result)
  }

  /// The pair whose exponent is this number, below 0 where it is minus this number.
  func pair(ofExponent exponent: Residue) -> Int? {
    let (key, isNegated) = exponent.canonical(or: -exponent)
    return pairsByExponent[key].map { isNegated ? -$0 : $0 }
  }

  /// The pair whose power is this number, below 0 where it is 1 over this number.
  func pair(ofPower power: Residue) -> Int? { pairsByPower[power] ?? pairsByPower[power.inverse].map { -$0 } }

  /// Keeps a pair by its exponent, of which the sign is told.
  func keep(_ pair: FieldNumber, byExponent key: Residue, isNegated: Bool = false) {
    pairsByExponent[key] = isNegated ? -Int(pair.step) : Int(pair.step)
  }

  /// Keeps a pair by its power.
  func keep(_ pair: FieldNumber, byPower power: Residue) { pairsByPower[power] = Int(pair.step) }

  // MARK: comparisons

  /// Puts down whether a number is 0.
  func noteZero(_ number: FieldNumber) {
    _ = note(.zero, [number], giving: FieldNumber(number.isZero ? 1 : 0))
  }

  /// Puts down that a difference is so many times one that was met before.
  func note(_ difference: FieldNumber, isMultiple factor: FieldGates.Factor) {
    guard difference.step != factor.gate.step else { return }
    noteZero(FieldNumber(factor.denominator) * difference - FieldNumber(factor.numerator) * factor.gate)
  }
}

extension Residue {
  /// The sizes, as powers of 2, that numerator and denominator are looked for in.
  private static let sizes = [(28, 28), (18, 38), (38, 18), (8, 48), (48, 8)]

  /// It as a fraction of small whole numbers, in digits; as a whole number where it is none.
  fileprivate var writtenFraction: [String] {
    for (above, below) in Residue.sizes {
      if let found = fraction(upTo: 1 << above, over: 1 << below) {
        return [String(found.numerator), String(found.denominator)]
      }
    }
    return [String(value), "1"]
  }
}
