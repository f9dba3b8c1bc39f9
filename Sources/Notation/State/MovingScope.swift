import Engine

/// A place of a session where the forward quantities move with one element, all before it held fixed: what stands in
/// d(…)/d(q). What belongs to a sample moves nothing of another one, but for the loss of the batch.
struct MovingScope: ScopeOverState {
  let base: StateScope
  private let seed: Seed
  /// What moves, as far as it is computed.
  private var quantities: [String: Moving] = [:]
  /// The loss of the sample that is read.
  private var ownLoss: Moving?

  /// A place where these move so far.
  init(_ base: StateScope, _ seed: Seed, _ quantities: [String: Moving]) {
    (self.base, self.seed, self.quantities) = (base, seed, quantities)
  }

  init(
    _ base: StateScope, _ seed: Seed, _ reading: Reading, by equations: CompiledEquations
  ) throws(EvaluationError) {
    (self.base, self.seed) = (base, seed)
    let state = base.state
    guard let quantity = Quantity.named(seed.quantity), quantity.kind.isForward || quantity.kind == .loss else {
      throw EvaluationError("\(seed.quantity) may not stand under the line: x, w, b, net, a, out and loss may")
    }
    // The seed itself has to be there; weights and biases always are, and are large.
    if !quantity.kind.isParameter || state.shape(of: quantity) == nil {
      _ = try base.matrix(of: seed.quantity, Reading(sample: reading.sample, isForward: true))
    }
    if quantity.kind == .loss {
      quantities[seed.quantity] = Moving(try base.matrix(of: seed.quantity, Reading()), Matrix(1))
      return
    }
    let moved = quantity.kind.lastLayersKind.map { Quantity($0, state.worked.layers.count) } ?? quantity
    let sample = reading.sample ?? state.selected
    let own = quantity.kind.isOfSample ? seed.sample ?? state.selected : sample
    var pass = TangentPass(base, seed, moved, sample: own, by: equations)
    try pass.run()
    if own == sample { (quantities, ownLoss) = (pass.quantities, pass.loss) }
    if let loss = pass.loss {
      // The batch's loss moves with what belongs to a sample as that sample's own does: so δ has it.
      let tangent = quantity.kind.isOfSample ? loss.tangent : try batchTangent(moved, sample, loss, equations)
      let name = Quantity.Kind.loss.name
      quantities[name] = Moving(try base.matrix(of: name, Reading()), tangent)
    }
  }

  /// How the batch's loss moves with a weight or bias: with each of its samples'; one sample's is known.
  private func batchTangent(
    _ moved: Quantity, _ known: Int, _ own: Moving, _ equations: CompiledEquations
  ) throws(EvaluationError) -> Matrix {
    var total = 0.0
    for sample in 0..<sampleCount {
      guard sample != known else {
        total += own.tangent.scalar ?? 0
        continue
      }
      var pass = TangentPass(base, seed, moved, sample: sample, by: equations)
      try pass.run()
      total += pass.loss?.tangent.scalar ?? 0
    }
    return Matrix(total / (base.state.experiment.reduction == .mean ? Double(max(sampleCount, 1)) : 1))
  }

  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<Dual<Double>> {
    let version = reading.version
    guard version == nil || version == versions(of: quantity)?.forward else {
      return try Value(base.value(of: quantity, reading))
    }
    if Quantity.Kind.loss.isCalled(quantity), reading.sample != nil {
      if let ownLoss { return ownLoss.value }
    } else if let moving = quantities[quantity] {
      return moving.value
    }
    guard let kind = Quantity.named(quantity)?.kind, kind.isDifferentiable else {
      throw EvaluationError("\(quantity) may not stand inside d(…): x, w, b, net, a, out, loss and y may")
    }
    let value = try base.matrix(of: quantity, Reading(sample: reading.sample, isForward: true))
    // What belongs to a sample is among the quantities where it is the seed's.
    guard seed.quantity == quantity, !kind.isOfSample else { return Value(Value(value)) }
    var unit = Matrix(rows: value.rows, columns: value.columns)
    unit[seed.row, seed.column] = 1
    return Moving(value, unit).value
  }

  func read(_ reading: Reading) throws(EvaluationError) -> any Scope<Dual<Double>> {
    try MovingScope(base, seed, reading, by: CompiledEquations(base))
  }

  func at(step: Int) throws(EvaluationError) -> any Scope<Dual<Double>> {
    throw EvaluationError("at(…) may not stand inside d(…)")
  }

  var cost: Int { quantities.values.reduce(32) { $0 + $1.matrix.count } }
}

/// A matrix with its derivative.
struct Moving: Sendable {
  let matrix: Matrix
  let tangent: Matrix

  init(_ matrix: Matrix, _ tangent: Matrix) { (self.matrix, self.tangent) = (matrix, tangent) }

  var value: Value<Dual<Double>> {
    Value(Shape(matrix.rows, matrix.columns), zip(matrix.elements, tangent.elements).map { Dual($0, $1) })
  }
}

extension Value {
  /// A value that does not move.
  init<Base: Number>(_ still: Value<Base>) where N == Dual<Base> {
    self.init(still.shape, still.elements.map { Dual($0) })
  }
}

extension StateScope {
  func moving(
    with seed: Seed, _ reading: Reading, by equations: inout CompiledEquations?
  ) throws(EvaluationError) -> any Scope<Dual<Double>> {
    let compiled = equations ?? CompiledEquations(self)
    equations = compiled
    return try MovingScope(self, seed, reading, by: compiled)
  }
}
