/// The comparisons of quantities that were met at a point: each is a gate, which is open where a difference is above 0. How
/// they turn out is a pattern, and all patterns are gone through.
struct FieldGates {
  /// How the gates turn out, in the order in which they are met; those that are met later are open.
  private var choices: [Bool] = []
  /// The place of each gate among the choices.
  private var places: [Residue: Int] = [:]
  /// The differences that were met, each by the gate that it is up to a factor.
  private var differences: [Residue: Factor] = [:]
  private var drawn: [(gate: FieldNumber, inverse: Residue)] = []

  /// A gate, and how many times that a difference is.
  struct Factor {
    let gate: FieldNumber
    var numerator = 1
    var denominator = 1
    var isNegated: Bool { numerator < 0 }
  }

  /// The gates of this pattern, in the order in which they were met.
  private var met: [FieldNumber] = []

  /// How the gates of this pattern turn out.
  var outcomes: [(gate: FieldNumber, isAbove: Bool)] { zip(met, choices).map { ($0, $1) } }

  /// How many of the gates what is being worked out depends on, at most: it stays as it is while those turn out as they do.
  var reach = 0

  /// The gate that turns out otherwise than in the pattern before; those before it are as they were.
  var turned: Int { choices.count - 1 }

  /// Begins to go through the comparisons once more: what is kept from the pattern before has met those up to the one that
  /// turns out otherwise.
  mutating func beginPattern() {
    places = places.filter { $0.value < choices.count }
    met.removeLast(max(met.count - choices.count, 0))
    reach = 0
  }

  /// Goes on to the next pattern; false where all were gone through.
  mutating func nextPattern() -> Bool {
    while choices.last == false { choices.removeLast() }
    guard !choices.isEmpty else { return false }
    choices[choices.count - 1] = false
    return true
  }

  /// Whether a gate is open in this pattern.
  mutating func isAbove(_ gate: FieldNumber) -> Bool {
    let place = places[gate.residue] ?? places.count
    if place == places.count {
      places[gate.residue] = place
      met.append(gate)
    }
    if place == choices.count { choices.append(true) }
    reach = max(reach, place + 1)
    return choices[place]
  }

  /// How many gates are looked at to find one that a difference is a multiple of, and how large the numbers may be that it is
  /// multiplied and divided by.
  static let (mostGates, mostFactor) = (200, 1000)

  /// The gate that a difference is a multiple of; itself where it is of none that was met.
  mutating func gate(of difference: FieldNumber, _ tally: inout FieldPoint.Tally) -> Factor {
    if let known = differences[difference.residue] { return known }
    tally.looked += 1
    var found: Factor?
    for known in drawn.prefix(FieldGates.mostGates) where found == nil {
      // As many multiples are held against it at once.
      tally.tests += 2 * FieldGates.mostFactor * FieldGates.mostFactor
      let ratio = difference.residue * known.inverse
      if let (numerator, denominator) = ratio.fraction(upTo: FieldGates.mostFactor, over: FieldGates.mostFactor) {
        found = Factor(gate: known.gate, numerator: numerator, denominator: denominator)
      }
    }
    if found == nil { drawn.append((difference, difference.residue.inverse)) }
    let meant = found ?? Factor(gate: difference)
    differences[difference.residue] = meant
    return meant
  }
}

// How a difference compares with 0.
extension FieldPoint {
  /// Whether what is asked has to be gone through for each way that comparisons may turn out.
  static let needsPatterns = EvaluationError("a comparison has to be gone through", lack: .choice)

  /// The sign of a difference: 0 where it is 0, 1 where it is above, −1 where it is below.
  func sign(_ difference: FieldNumber) throws(EvaluationError) -> Int {
    if let known = try knownSign(difference) { return known }
    guard !assumptions.gatesAreFree else { throw FieldPoint.needsPatterns }
    let factor = gates.gate(of: difference, &tally)
    tape?.note(difference, isMultiple: factor)
    return gates.isAbove(factor.gate) != factor.isNegated ? 1 : -1
  }

  /// 1 where a difference is above 0, 0 where it is below, as a number; nil where it is decided as it stands.
  func isAbove(_ difference: FieldNumber) throws(EvaluationError) -> FieldNumber? {
    guard assumptions.gatesAreFree, try knownSign(difference) == nil else { return nil }
    let factor = gates.gate(of: difference, &tally)
    tape?.note(difference, isMultiple: factor)
    let above = generator(">", factor.gate)
    return factor.isNegated ? FieldNumber(1) - above : above
  }

  /// Asks for every outcome of the comparisons, and for the activations as they are: what is held against 0 may be 0 all over,
  /// where a relu is, though at a random point of the field it is not.
  func requireOutcomes() throws(EvaluationError) {
    let isFree = assumptions.activationsAreFree && !tally.activations.isEmpty
    guard isFree || assumptions.gatesAreFree && tally.hasGates else { return }
    tally.hasGates = true
    throw FieldPoint.needsPatterns
  }

  private func knownSign(_ difference: FieldNumber) throws(EvaluationError) -> Int? {
    note(difference)
    tally.tests += 1
    if difference.isZero {
      if difference.step != 0 { tape?.noteZero(difference) }
      return 0
    }
    guard !difference.real.isNaN else {
      tally.hasGates = true
      return nil
    }
    guard difference.real.magnitude > 1e-9, difference.real.isFinite else {
      throw EvaluationError("two numbers are too near to be compared", lack: .undecided)
    }
    return difference.real > 0 ? 1 : -1
  }
}
