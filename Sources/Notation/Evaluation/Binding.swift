import Engine

/// A scope as one evaluation reads it, with what it has read so far, so that an index sum over 784 elements fetches its
/// matrices once.
final class Binding {
  let scope: any Scope
  let reading: Reading
  /// What is differentiated with respect to, inside `d(…)`.
  let seed: Seed?
  private let tangents: Tangents?
  /// Where what belongs to no sample is read once for all of them.
  private let shared: Binding?
  private var values: [Value?] = []
  private var children: [Change: Binding] = [:]
  /// What parts of the expression that depend on no index are worth here.
  var memo: [Int: Value] = [:]

  /// Another place, sample, set of weights or seed.
  enum Change: Hashable {
    case step(Int)
    case sample(Int)
    case forward
    case seed(Seed)
  }

  /// How many changes are kept at hand, and how many of them may be steps, which are whole states.
  private static let maximumChildren = (all: 64, steps: 4)
  private var steps = 0

  init(_ scope: any Scope, _ reading: Reading = Reading(), sharing shared: Binding? = nil) {
    self.scope = scope
    self.reading = reading
    self.shared = shared
    (seed, tangents) = (nil, nil)
  }

  private init(_ scope: any Scope, _ reading: Reading, _ seed: Seed?, _ tangents: Tangents?) {
    self.scope = scope
    self.reading = reading
    self.seed = seed
    self.tangents = tangents
    shared = nil
  }

  /// What a change is charged with that was not made before: going to a step may take iterations, tangents are computed
  /// element by element.
  private func cost(of change: Change) -> Int {
    if case .step = change { return 20_000 }
    return tangents.map { $0.quantities.values.reduce(32) { $0 + $1.value.count } } ?? 8
  }

  /// This with a change, and what that costs.
  func changed(_ change: Change) throws(EvaluationError) -> (binding: Binding, cost: Int) {
    if let known = children[change] { return (known, 1) }
    if children.count >= Binding.maximumChildren.all || steps >= Binding.maximumChildren.steps {
      children.removeAll(keepingCapacity: true)
      steps = 0
    }
    if case .step = change { steps += 1 }
    var (scope, reading, seed) = (scope, reading, seed)
    switch change {
    case .step(let step): (scope, seed) = (try scope.at(step: step), nil)
    case .seed(let new): seed = new
    case .sample(let sample): reading.sample = sample
    case .forward: reading.isForward = true
    }
    let child = Binding(
      scope, reading, seed, try seed.map { seed throws(EvaluationError) in try scope.tangents(seed, reading) })
    children[change] = child
    return (child, child.cost(of: change))
  }

  /// A quantity's value; `id` stands for the name and the version within this evaluation.
  func value(of name: String, id: Int, version: Int?) throws(EvaluationError) -> Value {
    if id < values.count, let known = values[id] { return known }
    let value = try read(name, id, version)
    while values.count <= id { values.append(nil) }
    values[id] = value
    return value
  }

  private func read(_ name: String, _ id: Int, _ version: Int?) throws(EvaluationError) -> Value {
    if let shared, seed == nil, Quantity.named(name)?.kind.isOfSample == false {
      return try shared.value(of: name, id: id, version: version)
    }
    return try fetch(name, version)
  }

  private func fetch(_ name: String, _ version: Int?) throws(EvaluationError) -> Value {
    var reading = reading
    // The loss without an index is the batch's, whichever sample is looked at.
    if name == "loss" { reading.sample = nil }
    if version != nil { (reading.version, reading.isForward) = (version, false) }
    guard let tangents, version == nil || version == scope.versions(of: name)?.forward else {
      return Value(try scope.value(of: name, reading))
    }
    if let moving = tangents.quantities[name] { return Value(moving.value, tangent: moving.tangent) }
    guard let kind = Quantity.named(name)?.kind, kind.isDifferentiable else {
      throw EvaluationError("\(name) may not stand inside d(…): x, w, b, net, a, out, loss and y may")
    }
    reading.isForward = true
    let value = try scope.value(of: name, reading)
    // What belongs to a sample is among the tangents where it is the seed's.
    guard let seed, seed.quantity == name, !kind.isOfSample else { return Value(value) }
    var unit = Matrix(rows: value.rows, columns: value.columns)
    unit[seed.row, seed.column] = 1
    return Value(value, tangent: unit)
  }

  /// `loss[n]`: the sample's own loss, counted from 0.
  func sampleLoss(_ sample: Int) throws(EvaluationError) -> Value {
    if tangents != nil, let own = try changed(.sample(sample)).binding.tangents?.sampleLoss {
      return Value(own.value, tangent: own.tangent)
    }
    var reading = reading
    reading.sample = sample
    return Value(try scope.value(of: "loss", reading))
  }
}
