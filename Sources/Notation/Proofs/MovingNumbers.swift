import Engine

/// What does not move, or is what all else moves with, where the derivative by an element is taken.
final class MovingNumbers<Base: Number>: GivenNumbers {
  /// What keeps what is unfolded from these numbers, and these with it.
  unowned let base: Unfolding<Base>
  let seed: Seed
  /// The seed's quantity; `out` as the last layer's a.
  let moved: Quantity
  /// The sample that the seed belongs to, where it belongs to one.
  let sample: Int?
  /// What is unfolded from these numbers, and holds them.
  weak var unfolding: Unfolding<Dual<Base>>?

  init(_ base: Unfolding<Base>, _ seed: Seed, _ moved: Quantity, ofSample sample: Int?) {
    (self.base, self.seed, self.moved, self.sample) = (base, seed, moved, sample)
  }

  // Called through `any GivenNumbers`: see `UnfoldedScope.value`.
  @_specialize(where Base == FieldNumber)
  func value(of quantity: Quantity, sample: Int) throws(EvaluationError) -> Value<Dual<Base>>? {
    guard quantity.kind.isDifferentiable else {
      throw EvaluationError("\(quantity.name) may not stand inside d(…): x, w, b, net, a, out, loss and y may")
    }
    let isSeed = quantity == moved && (self.sample ?? sample) == sample
    guard isSeed || isStill(quantity, sample) else { return try throughItsUnit(quantity, sample) }
    let value = try still(quantity, sample)
    guard isSeed else { return Value(value) }
    let columns = value.shape.columns
    let place = seed.row * columns + seed.column
    return .build(value.shape) { Dual(value[$0], Base($0 == place ? 1 : 0)) }
  }

  /// A quantity that a weight or bias moves through the net of its unit alone: how that net moves it, worked out once for all
  /// weights of the unit, times how the weight moves the net.
  private func throughItsUnit(_ quantity: Quantity, _ sample: Int) throws(EvaluationError) -> Value<Dual<Base>>? {
    let unit = Quantity(.net, moved.layer)
    guard quantity != unit, let unfolding, let row = try movingRow(of: unit, sample: sample)?.row,
      base.network.alterations.isEmpty
    else { return nil }
    let share = try unfolding.computed(unit, sample: sample)[row].tangent
    let moving = try base.moved(quantity, by: Seed(quantity: unit.name, row: row, column: 0, sample: sample))
    return try moving.map { number in Dual(number.value, number.tangent * share) }
  }

  /// Whether a quantity stands before the seed, or is of another sample.
  private func isStill(_ quantity: Quantity, _ sample: Int) -> Bool {
    guard quantity.kind.isForward || quantity.kind == .loss, !quantity.kind.isParameter, quantity.kind != .x else {
      return true
    }
    if moved.kind == .loss || self.sample.map({ $0 != sample }) == true { return true }
    if quantity.kind == .loss || moved.kind == .x { return false }
    if moved.kind.isParameter { return quantity.layer < moved.layer }
    return !base.state.program.computes(moved, before: quantity)
  }

  private func still(_ quantity: Quantity, _ sample: Int) throws(EvaluationError) -> Value<Base> {
    let kind = quantity.kind
    if kind.isParameter { return try base.before(quantity) }
    if kind == .loss, moved.kind == .loss { return try base.batchLoss(onShow: sample) }
    return try UnfoldedScope(base).value(of: quantity.name, Reading(sample: sample, isForward: true))
  }

  @_specialize(where Base == FieldNumber)
  func movingRow(
    of quantity: Quantity, sample: Int
  ) throws(EvaluationError) -> (row: Int, others: Value<Dual<Base>>)? {
    let network = base.network
    guard quantity.kind == .net, moved.kind.isParameter, quantity.layer == moved.layer,
      moved.kind.extent.indexCount(in: network, layer: moved.layer) > 0, network.alteration(of: quantity) == nil
    else { return nil }
    return (seed.row, Value(try still(quantity, sample)))
  }

  @_specialize(where Base == FieldNumber)
  func batchLoss(onShow sample: Int) throws(EvaluationError) -> Value<Dual<Base>>? {
    if moved.kind == .loss { return try value(of: moved, sample: sample) }
    // The batch's loss moves with what belongs to a sample as that sample's own does: so δ has it.
    guard let own = self.sample, let unfolding, let value = try base.batchLoss(onShow: sample).number,
      let own = try unfolding.computed(Quantity(.loss), sample: own).number
    else { return nil }
    return .number(Dual(value, own.tangent))
  }

  var rate: Dual<Base>? { get throws(EvaluationError) { try base.given.rate.map { Dual($0) } } }

  func count(_ parameter: Quantity, after more: Int) throws(EvaluationError) -> Value<Dual<Base>> {
    Value(try base.given.count(parameter, after: more))
  }
}

/// With how many elements the quantities are kept in numbers that move with them.
private let mostMoving = 500

extension Unfolding {
  /// The same numbers at another step of the iteration.
  func standing(_ other: StateScope) -> Unfolding { Unfolding(other, equations, given, mostWork: mostWork) }

  /// What a quantity is, and how it moves with an element of a sample.
  func moved(_ quantity: Quantity, by seed: Seed) throws(EvaluationError) -> Value<Dual<N>> {
    let key = Movement(quantity: quantity, seed: seed)
    if let known = movements[key] { return read(known) }
    let sample = seed.sample ?? state.selected
    let made = try kept { () throws(EvaluationError) in
      try moving(with: seed, sample: sample).computed(quantity, sample: sample)
    }
    movements[key] = made
    return made.value
  }

  /// The quantities in numbers that move with an element.
  func moving(with seed: Seed, sample: Int) throws(EvaluationError) -> Unfolding<Dual<N>> {
    if let known = moving[seed] as? Unfolding<Dual<N>> { return known }
    guard let quantity = Quantity.named(seed.quantity), quantity.kind.isForward || quantity.kind == .loss else {
      throw EvaluationError("\(seed.quantity) may not stand under the line: x, w, b, net, a, out and loss may")
    }
    let own = quantity.kind.isOfSample ? seed.sample ?? state.selected : nil
    let moved = quantity.kept(in: network)
    let numbers = MovingNumbers(self, seed, moved, ofSample: own)
    let unfolding = Unfolding<Dual<N>>(base, equations.ofMoving, numbers, mostWork: mostWork)
    numbers.unfolding = unfolding
    if moving.count < mostMoving { moving[seed] = unfolding }
    return unfolding
  }
}
