import Engine

/// A scope as one evaluation reads it, with what it has read so far, so that an index sum over 784 elements fetches its
/// matrices once.
final class Binding {
  let scope: any Scope
  let reading: Reading
  /// What is differentiated with respect to, inside `d(…)`.
  let seed: Seed?
  private let tangents: Tangents?
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

  /// How many changes are kept at hand.
  private static let maximumChildren = 64

  /// What may stand inside `d(…)`: the forward quantities, and what never moves.
  private static let allowed: Set<Quantity.Kind> = [
    .x, .w, .b, .net, .a, .out, .loss, .y, .rate, .t, .step, .iteration, .epoch, .phase, .layer, .sample,
  ]

  init(_ scope: any Scope, _ reading: Reading = Reading(), seed: Seed? = nil) throws(EvaluationError) {
    self.scope = scope
    self.reading = reading
    self.seed = seed
    tangents = if let seed { try scope.tangents(seed, reading) } else { nil }
  }

  /// How many elements had to be computed for the tangents.
  var cost: Int { tangents.map { $0.quantities.values.reduce(0) { $0 + $1.value.count } } ?? 0 }

  /// This with a change.
  func changed(_ change: Change) throws(EvaluationError) -> Binding {
    if let known = children[change] { return known }
    if children.count >= Binding.maximumChildren { children.removeAll(keepingCapacity: true) }
    var reading = reading
    let child: Binding
    switch change {
    case .step(let step): child = try Binding(try scope.at(step: step), reading)
    case .seed(let seed): child = try Binding(scope, reading, seed: seed)
    case .sample(let sample):
      reading.sample = sample
      child = try Binding(scope, reading, seed: seed)
    case .forward:
      reading.isForward = true
      child = try Binding(scope, reading, seed: seed)
    }
    children[change] = child
    return child
  }

  /// A quantity's value; `id` stands for the name and the version within this evaluation.
  func value(of name: String, id: Int, version: Int?) throws(EvaluationError) -> Value {
    if id < values.count, let known = values[id] { return known }
    let value = try fetch(name, version)
    while values.count <= id { values.append(nil) }
    values[id] = value
    return value
  }

  private func fetch(_ name: String, _ version: Int?) throws(EvaluationError) -> Value {
    var reading = reading
    // The loss without an index is the batch's, whichever sample is looked at.
    if name == "loss" { reading.sample = nil }
    if version != nil { (reading.version, reading.isForward) = (version, false) }
    guard let tangents, version == nil else { return Value(try scope.value(of: name, reading)) }
    if let moving = tangents.quantities[name] { return Value(moving.value, tangent: moving.tangent) }
    guard let kind = Quantity.named(name)?.kind, Binding.allowed.contains(kind) else {
      throw EvaluationError("\(name) may not stand inside d(…): x, w, b, net, a, out, loss and y may")
    }
    return Value(try scope.value(of: name, reading))
  }

  /// `loss[n]`: the sample's own loss, counted from 0.
  func sampleLoss(_ sample: Int) throws(EvaluationError) -> Value {
    if tangents != nil, let own = try changed(.sample(sample)).tangents?.sampleLoss {
      return Value(own.value, tangent: own.tangent)
    }
    var reading = reading
    reading.sample = sample
    return Value(try scope.value(of: "loss", reading))
  }
}
