import Engine

/// Weights, biases, inputs and targets of an iteration, drawn from the field; the optimizer's memory too, where that is free.
final class DrawnNumbers: GivenNumbers {
  private let base: StateScope
  private let point: FieldPoint
  private var values: [Key: Value<FieldNumber>] = [:]
  private var counts: [Quantity: FieldNumber] = [:]
  private(set) var rate: FieldNumber?

  private struct Key: Hashable {
    let quantity: Quantity
    let sample: Int?
  }

  init(_ base: StateScope, at point: FieldPoint) { (self.base, self.point) = (base, point) }

  func value(of quantity: Quantity, sample: Int) throws(EvaluationError) -> Value<FieldNumber>? {
    let kind = quantity.kind
    // What the iteration before left of a gradient is as free as a weight: nothing says that it is nothing.
    let isMemory = kind.memory != nil
    guard kind.isParameter || kind.slot != nil || kind == .x || kind == .y else { return nil }
    if isMemory { point.tally.readsMemory = true }
    let key = Key(quantity: quantity, sample: kind.isOfSample ? sample : nil)
    if let known = values[key] { return known }
    guard let shape = base.shape(of: quantity.name) else { throw EvaluationError("there is no \(quantity.name) here") }
    let isEmpty = isMemory && !point.assumptions.memoryIsFree
    let value = Value.build(shape) { place in
      isEmpty ? FieldNumber(0) : point.drawn(DrawnNumbers.name(of: key, shape, place))
    }
    values[key] = value
    return value
  }

  func count(_ parameter: Quantity, after more: Int) throws(EvaluationError) -> Value<FieldNumber> {
    point.tally.readsMemory = true
    guard point.assumptions.memoryIsFree else {
      return .number(FieldNumber(base.state.forward[parameter.layer - 1][parameter.kind].updates + more))
    }
    let drawn = counts[parameter] ?? point.drawn("updates of \(parameter.name)")
    counts[parameter] = drawn
    return .number(drawn + FieldNumber(more))
  }

  /// `w1[2,1]`, or of a sample `x[2] of sample 1`.
  private static func name(of key: Key, _ shape: Shape, _ place: Int) -> String {
    let (row, column) = place.quotientAndRemainder(dividingBy: max(shape.columns, 1))
    let indices = shape.columns == 1 ? "[\(row + 1)]" : "[\(row + 1),\(column + 1)]"
    return key.quantity.name + (shape.count == 1 ? "" : indices) + (key.sample.map { " of sample \($0 + 1)" } ?? "")
  }

  // MARK: what is set

  /// Sets what `with` says, in every sample of the batch, each from its own.
  func set(_ substitution: Claim.Substitution, _ equations: UnfoldedEquations<FieldNumber>) throws(EvaluationError) {
    let (name, indices) =
      if case .element(let base, let indices) = substitution.quantity.kind { (base, indices) } else {
        (substitution.quantity, [])
      }
    guard case .name(let text, version: nil) = name.kind, let quantity = Quantity.named(text) else {
      throw unsettable(substitution)
    }
    let samples = quantity.kind.isOfSample ? Array(0..<max(base.sampleCount, 1)) : [base.state.selected]
    var made: [(Key, Value<FieldNumber>)] = []
    for sample in samples {
      let scope = SettingScope(
        unfolded: UnfoldedScope(Unfolding(base, equations, self, mostWork: Budget.most)), sample: sample)
      // How a comparison turns out here would have to be gone through too.
      let hadGates = point.tally.hasGates
      point.tally.hasGates = false
      let value = try substitution.value.value(in: scope)
      guard !point.tally.hasGates else { throw unsettable(substitution) }
      point.tally.hasGates = hadGates
      if quantity.kind == .rate, indices.isEmpty, let number = value.number {
        rate = number
        continue
      }
      guard let old = try self.value(of: quantity, sample: sample) else { throw unsettable(substitution) }
      let key = Key(quantity: quantity, sample: quantity.kind.isOfSample ? sample : nil)
      if indices.isEmpty {
        guard value.count == 1 || value.shape == old.shape else { throw unsettable(substitution) }
        made.append((key, .build(old.shape) { value.count == 1 ? value[0] : value[$0] }))
      } else {
        guard let number = value.number, let row = scope.whole(indices[0]) else { throw unsettable(substitution) }
        let column = indices.count > 1 ? scope.whole(indices[1]) : nil
        let place = try old.shape.place(row, column, of: text)
        made.append((key, .build(old.shape) { $0 == place ? number : old[$0] }))
      }
    }
    for (key, value) in made { values[key] = value }
  }

  private func unsettable(_ substitution: Claim.Substitution) -> EvaluationError {
    EvaluationError("\(substitution.quantity) = \(substitution.value) is not set among exact numbers", lack: .undecided)
  }
}

/// What names mean where a sample's numbers are set: those of that sample, with the weights of the iteration's beginning.
private struct SettingScope: ScopeOverState {
  let unfolded: UnfoldedScope<FieldNumber>
  let sample: Int
  var base: StateScope { unfolded.base }

  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<FieldNumber> {
    var own = reading
    own.sample = reading.sample ?? (Quantity.Kind.loss.isCalled(quantity) ? nil : sample)
    own.isForward = true
    return try unfolded.value(of: quantity, own)
  }

  func at(step: Int) throws(EvaluationError) -> any Scope<FieldNumber> { try unfolded.at(step: step) }
}

/// Weights, biases, inputs, targets and the optimizer's memory as they are in a state.
struct NumbersOfState: GivenNumbers {
  let base: StateScope
  /// What was set by a computation in doubles, and is about that.
  let rounded: Set<Quantity>

  func value(of quantity: Quantity, sample: Int) throws(EvaluationError) -> Value<Ball>? {
    let kind = quantity.kind
    let matrix: Matrix?
    if kind.isParameter || kind.slot != nil {
      matrix = base.state.forwardValue(of: quantity)?.value
    } else if kind == .x || kind == .y {
      matrix = try base.matrix(of: quantity.name, Reading(sample: sample))
    } else {
      return nil
    }
    guard let matrix else { throw EvaluationError("there is no \(quantity.name) here") }
    let isRounded = rounded.contains(quantity)
    return Value(
      Shape(matrix.rows, matrix.columns), matrix.elements.map { isRounded ? Ball(about: $0) : Ball(core: $0) })
  }

  func count(_ parameter: Quantity, after more: Int) throws(EvaluationError) -> Value<Ball> {
    .number(Ball(base.state.forward[parameter.layer - 1][parameter.kind].updates + more))
  }
}
