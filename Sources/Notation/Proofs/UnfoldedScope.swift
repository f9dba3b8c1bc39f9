import Engine

/// What names mean where every quantity is unfolded by its formula.
struct UnfoldedScope<N: Number>: ScopeOverState {
  let unfolding: Unfolding<N>
  /// The operation at which weights and biases are read, where that is not the place on show.
  private let operation: Int?
  /// Whether it stands inside d(…), where weights and biases are those of the forward pass.
  private let isMoving: Bool
  var base: StateScope { unfolding.base }

  init(_ unfolding: Unfolding<N>, atOperation operation: Int? = nil, isMoving: Bool = false) {
    (self.unfolding, self.operation, self.isMoving) = (unfolding, operation, isMoving)
  }

  private var state: State { base.state }

  // Called through `any Scope`, where the compiler does not know the numbers: it is told those that proofs work in, which is
  // several times as fast.
  @_specialize(where N == FieldNumber)
  @_specialize(where N == Dual<FieldNumber>)
  func value(of name: String, _ reading: Reading) throws(EvaluationError) -> Value<N> {
    guard let known = Quantity.named(name) else { throw EvaluationError("\(name) is not known here") }
    let quantity = known.kept(in: unfolding.network)
    let kind = quantity.kind
    let sample = reading.sample ?? state.selected
    if kind.isParameter || kind.slot != nil {
      let isBefore = try isBefore(quantity, reading)
      return try isBefore ? unfolding.before(quantity) : unfolding.present(quantity, atOperation: operation)
    }
    guard reading.version == nil else { throw EvaluationError("\(name) has no versions: weights and biases have") }
    if kind == .loss { return try loss(reading) }
    if kind == .uw || kind == .ub { return try unfolding.change(quantity) }
    if let parameter = kind.countedParameter {
      return try unfolding.given.count(Quantity(parameter, quantity.layer), after: isUpdated(parameter, quantity.layer))
    }
    guard kind.isGiven else { return try unfolding.computed(quantity, sample: sample) }
    if let given = try unfolding.given.value(of: quantity, sample: sample) { return given }
    guard !kind.isMeasured else {
      throw EvaluationError("\(name) is measured over all samples, which are not drawn", lack: .undecided)
    }
    if kind == .rate, let rate = try unfolding.given.rate { return .number(rate) }
    // What is set or counted is what it is.
    let number = try base.value(of: name, reading).number ?? .nan
    return .number(try .typed(Literal(number)))
  }

  private func loss(_ reading: Reading) throws(EvaluationError) -> Value<N> {
    guard let sample = reading.sample else { return try unfolding.batchLoss(onShow: state.selected) }
    return try unfolding.computed(Quantity(.loss), sample: sample)
  }

  /// Whether a parameter is read as the forward pass did.
  private func isBefore(_ quantity: Quantity, _ reading: Reading) throws(EvaluationError) -> Bool {
    guard let version = reading.version else {
      return isMoving || reading.isForward && quantity.kind.isReadAsBefore
    }
    let parameter = quantity.kind.parameter.map { Quantity($0, quantity.layer) } ?? quantity
    guard let versions = base.versions(of: parameter.name) else { return false }
    if version == versions.forward { return true }
    guard version == versions.present, !isMoving else {
      throw EvaluationError("\(quantity.name)⟨\(version)⟩ is of another iteration", lack: .undecided)
    }
    return false
  }

  private func isUpdated(_ parameter: Quantity.Kind, _ layer: Int) -> Int {
    let before = state.forward[layer - 1][parameter].updates
    return state.updates(of: Quantity(parameter, layer)) - before
  }

  func ruleNames(of quantity: String, at indices: [Expression]) -> [String: Expression] {
    base.ruleNames(of: quantity, at: indices)
  }

  /// Samples and weights are told by the reading.
  func read(_ reading: Reading) throws(EvaluationError) -> any Scope<N> { self }

  func at(step: Int) throws(EvaluationError) -> any Scope<N> {
    guard let there = try base.at(step: step) as? StateScope, there.state.place.iteration == state.place.iteration
    else { throw EvaluationError("step \(step) is of another iteration", lack: .undecided) }
    return UnfoldedScope(unfolding.standing(there))
  }

  func moving(
    with seed: Seed, _ reading: Reading, by equations: inout CompiledEquations?
  ) throws(EvaluationError) -> any Scope<Dual<N>> {
    UnfoldedScope<Dual<N>>(try unfolding.moving(with: seed, sample: reading.sample ?? state.selected), isMoving: true)
  }

  var cost: Int { 64 }
}
