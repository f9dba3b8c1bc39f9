import Engine

/// The quantities of an iteration as their operations' formulas make them of weights, biases, inputs, targets and settings,
/// in whatever numbers. Nothing that is computed is read from the state: only what is there, and where the iteration stands.
final class Unfolding<N: Number> {
  /// Where the names come from.
  let base: StateScope
  /// The equations, compiled once for all that are unfolded in these numbers.
  let equations: UnfoldedEquations<N>
  /// What is not unfolded: what is trained, given or set, and where something moves what does not.
  let given: any GivenNumbers<N>
  private var known: [Key: Kept<Value<N>>] = [:]
  /// How quantities move with the elements by which they were differentiated.
  var movements: [Movement: Kept<Value<Dual<N>>>] = [:]
  /// The same quantities in numbers that move with an element, for as many elements as there is room for.
  var moving: [Seed: any Forgetful] = [:]
  /// Where comparisons are gone through, pattern by pattern.
  private let point = FieldPoint.current
  /// About how many operations on numbers were done.
  private(set) var work = 0
  let mostWork: Int
  private let sign = StopSign.current

  /// A quantity that moves with an element.
  struct Movement: Hashable {
    let quantity: Quantity
    let seed: Seed
  }

  private struct Key: Hashable {
    let quantity: Quantity
    let sample: Int?
    var isAfterUpdate = false
  }

  init(_ base: StateScope, _ equations: UnfoldedEquations<N>, _ given: any GivenNumbers<N>, mostWork: Int) {
    (self.base, self.equations, self.given, self.mostWork) = (base, equations, given, mostWork)
  }

  var state: State { base.state }
  var network: Network { base.state.worked }

  /// A computed quantity of a sample, which for what belongs to none makes no difference.
  func computed(_ quantity: Quantity, sample: Int) throws(EvaluationError) -> Value<N> {
    let isOfSample = quantity.kind.isOfSample || quantity.kind == .loss
    let key = Key(quantity: quantity, sample: isOfSample ? sample : nil)
    if let known = known[key] { return read(known) }
    let made = try kept { () throws(EvaluationError) in
      if let given = try given.value(of: quantity, sample: sample) { return given }
      if isOfSample || !quantity.kind.isOverSamples { return try own(quantity, sample) }
      return try overBatch(try samples { sample throws(EvaluationError) in try own(quantity, sample) })
    }
    known[key] = made
    return made.value
  }

  /// Forgets what depends on so many comparisons.
  func drop(_ isTooMany: (_ reach: Int) -> Bool) { known = known.filter { !isTooMany($0.value.reach) } }

  /// The loss of the batch.
  func batchLoss(onShow sample: Int) throws(EvaluationError) -> Value<N> {
    if let given = try given.batchLoss(onShow: sample) { return given }
    return try overBatch(
      try samples { sample throws(EvaluationError) in try computed(Quantity(.loss), sample: sample) })
  }

  private func samples(
    _ value: (Int) throws(EvaluationError) -> Value<N>
  ) throws(EvaluationError) -> [Value<N>] {
    var values: [Value<N>] = []
    for sample in 0..<max(state.batch.count, 1) { values.append(try value(sample)) }
    return values
  }

  /// The samples' values added, or averaged, as the batch has it.
  private func overBatch(_ values: [Value<N>]) throws(EvaluationError) -> Value<N> {
    guard var total = values.first else { throw EvaluationError("the batch has no sample") }
    for value in values.dropFirst() { total = try .eachWith(total, value, "sum", +) }
    guard state.experiment.reduction == .mean, values.count > 1 else { return total }
    let count = N(values.count)
    return try total.map { x throws(EvaluationError) in try .quotient(x, count) }
  }

  /// What a quantity's equation makes of one sample.
  private func own(_ quantity: Quantity, _ sample: Int) throws(EvaluationError) -> Value<N> {
    let row = try equations.row(quantity)
    let scope = UnfoldedScope(self, atOperation: row.readsPresent ? state.program.producer(of: quantity) : nil)
    let reading = Reading(sample: sample, isForward: !row.readsPresent)
    let evaluation = Evaluation(BoundScope(scope, reading), row.compiler)
    let shape = try self.shape(of: quantity)
    try charge(shape.count, row.compiler.tally.nodes)
    // A unit reads its own row of a parameter, so that the others do not move.
    let rows = try given.movingRow(of: quantity, sample: sample)
    let value = try Value.build(shape) { place throws(EvaluationError) in
      let (r, c) = place.quotientAndRemainder(dividingBy: shape.columns)
      if let rows, r != rows.row { return rows.others[place] }
      for (slot, index) in zip(0..<row.letters, [r, c]) { evaluation.indices[slot] = index + 1 }
      guard let number = try row.code(evaluation).number else { throw EvaluationError("an element is one number") }
      return number
    }
    try charge(evaluation.work, 1)
    return value
  }

  /// Works something out, and tells on how many comparisons it depends.
  func kept<Held>(_ work: () throws(EvaluationError) -> Held) throws(EvaluationError) -> Kept<Held> {
    guard let point else { return Kept(value: try work(), reach: 0) }
    let outer = point.gates.reach
    point.gates.reach = 0
    defer { point.gates.reach = max(outer, point.gates.reach) }
    let value = try work()
    return Kept(value: value, reach: point.gates.reach)
  }

  /// What is kept: whoever reads it depends on what it depends on.
  func read<Held>(_ kept: Kept<Held>) -> Held {
    if let point { point.gates.reach = max(point.gates.reach, kept.reach) }
    return kept.value
  }

  func shape(of quantity: Quantity) throws(EvaluationError) -> Shape {
    guard let shape = base.shape(of: quantity.name) else { throw EvaluationError("there is no \(quantity.name) here") }
    return shape
  }

  private func charge(_ times: Int, _ each: Int) throws(EvaluationError) {
    work += times * each
    guard work <= mostWork else {
      throw EvaluationError("it takes more than \(mostWork) operations on numbers", lack: .undecided)
    }
    if let sign, sign.isUp { throw .stopped }
  }
}

// What the update makes.
extension Unfolding {
  /// A weight matrix, bias vector, or the optimizer's memory of one, as it is here: rows that were updated are.
  func present(_ quantity: Quantity, atOperation operation: Int? = nil) throws(EvaluationError) -> Value<N> {
    let before = try self.before(quantity)
    let change = Quantity(quantity.kind.parameter == .b ? .ub : .uw, quantity.layer)
    guard !isFrozen(quantity), let producer = state.program.producer(of: change) else { return before }
    let rows =
      operation.map { producer < $0 ? before.shape.rows : 0 }
      ?? state.computedUnits(of: change) ?? before.shape.rows
    guard rows > 0 else { return before }
    let after = try self.after(quantity)
    if rows >= before.shape.rows { return after }
    let count = rows * before.shape.columns
    return .build(before.shape) { $0 < count ? after[$0] : before[$0] }
  }

  /// What the forward pass read, or the optimizer remembered then.
  func before(_ quantity: Quantity) throws(EvaluationError) -> Value<N> {
    guard let value = try given.value(of: quantity, sample: 0) else {
      throw EvaluationError("\(quantity.name) is not among what is drawn", lack: .undecided)
    }
    return value
  }

  /// The change of a parameter; of a frozen one 0.
  func change(_ quantity: Quantity) throws(EvaluationError) -> Value<N> {
    if isFrozen(quantity) { return .build(try shape(of: quantity)) { _ in N(0) } }
    return try after(quantity)
  }

  private func isFrozen(_ quantity: Quantity) -> Bool {
    let layer = network.layers[quantity.layer - 1]
    return quantity.kind.parameter == .b ? layer.freezesBiases : layer.freezesWeights
  }

  /// What the optimizer's rule gives: a change, a memory, or with the change the new parameter.
  private func after(_ quantity: Quantity) throws(EvaluationError) -> Value<N> {
    let key = Key(quantity: quantity, sample: nil, isAfterUpdate: true)
    if let known = known[key] { return read(known) }
    let kind: Quantity.Kind = quantity.kind.parameter == .b ? .b : .w
    let made = try kept { () throws(EvaluationError) in
      if let gradient = quantity.kind.gradientBefore {
        return try computed(Quantity(gradient, quantity.layer), sample: 0)
      }
      guard quantity.kind == kind else { return try ruled(quantity, kind) }
      let change = try self.change(Quantity(kind == .b ? .ub : .uw, quantity.layer))
      return try .eachWith(try before(quantity), change, "+", +)
    }
    known[key] = made
    return made.value
  }

  /// The lines of the rule, element by element.
  private func ruled(_ quantity: Quantity, _ kind: Quantity.Kind) throws(EvaluationError) -> Value<N> {
    let optimizer = network.optimizer.of(kind)
    guard let lines = optimizer.lines(to: quantity.kind) else { throw EvaluationError("nothing is kept") }
    var names: [(name: String, value: Value<N>)] = []
    for (setting, value) in zip(optimizer.rule.settings, optimizer.values) {
      if setting.name == Optimizer.rate.name, let rate = try given.rate {
        names.append((setting.formulaName, .number(rate)))
      } else {
        names.append((setting.formulaName, .number(try .typed(Literal(value)))))
      }
    }
    if lines.contains(where: { $0.expression.contains("count") }) {
      names.append(("count", try given.count(Quantity(kind, quantity.layer), after: 1)))
    }
    names.append(("w", try before(Quantity(kind, quantity.layer))))
    if let gradient = kind.gradient {
      names.append(("g", try computed(Quantity(gradient, quantity.layer), sample: 0)))
    }
    for memory in optimizer.memory {
      guard let kept = Quantity.Kind.memory(memory, of: kind) else { continue }
      names.append((memory, try before(Quantity(kept, quantity.layer))))
    }
    for line in lines {
      let own = names
      let formula = try GivenFormula<N>(.formula(line.expression), of: own.map(\.name))
      let shape = try self.shape(of: quantity)
      try charge(shape.count, 8)
      let value = try Value.build(shape) { place throws(EvaluationError) in
        try formula.value(own.map { .number($0.value.count == 1 ? $0.value[0] : $0.value[place]) })[0]
      }
      // From here on the name means what the line gives.
      names.removeAll { $0.name == line.name }
      names.append((line.name, value))
    }
    return names[names.count - 1].value
  }
}

/// What an unfolding begins with.
protocol GivenNumbers<N> {
  associatedtype N: Number
  /// A quantity that is not unfolded; of parameters and the optimizer's memory as they were when the forward pass began.
  func value(of quantity: Quantity, sample: Int) throws(EvaluationError) -> Value<N>?
  /// The one row of a quantity that has to be unfolded, and all of it as it is without; nil where all has to be.
  func movingRow(of quantity: Quantity, sample: Int) throws(EvaluationError) -> (row: Int, others: Value<N>)?
  /// The loss of the batch where it is not its samples'; nil where it is.
  func batchLoss(onShow sample: Int) throws(EvaluationError) -> Value<N>?
  /// The learning rate; nil where it is the optimizer's.
  var rate: N? { get throws(EvaluationError) }
  /// How many updates the optimizer has counted for a parameter, and so many more.
  func count(_ parameter: Quantity, after more: Int) throws(EvaluationError) -> Value<N>
}

extension GivenNumbers {
  func movingRow(of quantity: Quantity, sample: Int) throws(EvaluationError) -> (row: Int, others: Value<N>)? { nil }
  func batchLoss(onShow sample: Int) throws(EvaluationError) -> Value<N>? { nil }
  var rate: N? { get throws(EvaluationError) { nil } }
}
