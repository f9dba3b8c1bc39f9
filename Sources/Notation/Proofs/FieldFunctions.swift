import Engine

// What the functions of the one table, comparisons and activations are in the field.
extension FieldNumber {
  static func function(
    _ row: Function.Elementwise
  ) throws(EvaluationError) -> (FieldNumber) throws(EvaluationError) -> FieldNumber {
    let (name, value) = (row.name, row.value)
    switch row.law {
    case .exponential: return { (u) throws(EvaluationError) in try FieldPoint.here.exponential(u) }
    case .logarithm: return { (v) throws(EvaluationError) in try FieldPoint.here.logarithm(v) }
    case .root: return { (u) throws(EvaluationError) in try FieldPoint.here.root(u) }
    case .sign: return { (v) throws(EvaluationError) in try v.sign }
    case .absolute: return { (v) throws(EvaluationError) in try v.sign * v }
    case .always(let whole): return { _ in FieldNumber(whole) }
    case .step:
      return { (v) throws(EvaluationError) in
        guard !v.real.isNaN else { return try FieldPoint.here.free(name, v, real: .nan) }
        // A whole number that is known to be one, or what is clearly between two.
        if let whole = v.whole { return FieldNumber(whole) }
        let twice = 2 * v.real
        guard (twice - twice.rounded()).magnitude > 1e-9, let whole = value(v.real).whole else {
          throw EvaluationError("\(name) of a number at its step", lack: .undecided)
        }
        return FieldNumber(whole)
      }
    case .none: return { (v) throws(EvaluationError) in try FieldPoint.here.free(name, v, real: value(v.real)) }
    }
  }

  /// −1, 0 or 1
  private var sign: FieldNumber {
    get throws(EvaluationError) {
      if real.isNaN { try FieldPoint.here.requireOutcomes() }
      if let above = try FieldPoint.here.isAbove(self) { return above + above - FieldNumber(1) }
      return FieldNumber(try FieldPoint.here.sign(self))
    }
  }

  static func function(
    _ row: Function.Pairwise
  ) throws(EvaluationError) -> (FieldNumber, FieldNumber) throws(EvaluationError) -> FieldNumber {
    let (name, value) = (row.name, row.value)
    return { (u, v) throws(EvaluationError) in try FieldPoint.here.free(name, u, v, real: value(u.real, v.real)) }
  }

  // MARK: - Comparisons

  static func comparison(
    _ sign: BinaryOperator
  ) -> (FieldNumber, FieldNumber) throws(EvaluationError) -> Bool {
    switch sign {
    case .equal:
      return { (a, b) throws(EvaluationError) in
        try noteTest(a, b)
        if a.residue == b.residue { return true }
        noteSinglePoints(a, b)
        return false
      }
    case .unequal:
      return { (a, b) throws(EvaluationError) in
        try noteTest(a, b)
        if a.residue == b.residue { return false }
        noteSinglePoints(a, b)
        return true
      }
    case .near:
      return { (a, b) throws(EvaluationError) in
        if a.step | b.step != 0 { FieldPoint.current?.tape?.noteZero(a - b) }
        if a.residue == b.residue { return true }
        throw EvaluationError("~= is no comparison of exact numbers", lack: .undecided)
      }
    default:
      return { (a, b) throws(EvaluationError) in sign.holds(Double(try FieldPoint.here.sign(a - b)), 0) }
    }
  }

  /// Notes that two numbers which differ here may be equal elsewhere. Indices and settings are what they are everywhere, but
  /// for those that the outcomes of comparisons are made of: at a kink they have other ones.
  private static func noteSinglePoints(_ a: FieldNumber, _ b: FieldNumber) {
    guard let point = FieldPoint.current else { return }
    if !a.isConstant || !b.isConstant || point.tally.hasGates { point.tally.asksForSinglePoints = true }
  }

  /// Notes that two numbers are held against each other as they stand.
  private static func noteTest(_ a: FieldNumber, _ b: FieldNumber) throws(EvaluationError) {
    guard let point = FieldPoint.current else { return }
    if a.real.isNaN || b.real.isNaN { try point.requireOutcomes() }
    point.tally.tests += 1
    if a.step | b.step != 0 { point.tape?.noteZero(a - b) }
  }

  static func truth(
    _ sign: BinaryOperator
  ) -> (FieldNumber, FieldNumber) throws(EvaluationError) -> FieldNumber {
    let rule = comparison(sign)
    return { (a, b) throws(EvaluationError) in
      guard sign.isOrder, let above = try FieldPoint.here.isAbove(a - b) else {
        return FieldNumber(try rule(a, b) ? 1 : 0)
      }
      return sign == .greater || sign == .atLeast ? above : FieldNumber(1) - above
    }
  }

  // MARK: - Activations

  static func activated(_ net: FieldNumber, by choice: ActivationChoice) throws(EvaluationError) -> FieldNumber {
    if let free = try FieldPoint.here.activated(net, by: choice, isDerivative: false) { return free }
    return try .written(choice, net)
  }

  static func slope(
    of choice: ActivationChoice, net: FieldNumber, a: FieldNumber
  ) throws(EvaluationError) -> FieldNumber {
    if let free = try FieldPoint.here.activated(net, by: choice, isDerivative: true) { return free }
    return try .writtenSlope(choice, net, a)
  }

  static func activated(
    layer net: [FieldNumber], by choice: ActivationChoice
  ) throws(EvaluationError) -> [FieldNumber] {
    try written(choice, layer: net)
  }

  static func jacobian(
    of choice: ActivationChoice, net: [FieldNumber], a: [FieldNumber]
  ) throws(EvaluationError) -> [FieldNumber] {
    try choice.jacobianFormula(net, a)
  }
}

extension BinaryOperator {
  /// Whether it says which of two comes first.
  var isOrder: Bool { [.less, .atMost, .greater, .atLeast].contains(self) }
}
