import Engine

/// A scope as one evaluation reads it, with what it has read so far, so that an index sum over 784 elements fetches its
/// matrices once.
final class BoundScope<N: Number> {
  private(set) var scope: any Scope<N>
  private(set) var reading: Reading
  /// Where what belongs to no sample is read once for all of them. It has this among its children: held from here too,
  /// neither would ever go, nor the line of time that they read.
  private weak var shared: BoundScope?
  @exclusivity(unchecked) private var values: [Value<N>?] = []
  @exclusivity(unchecked) private var children: [Change: BoundScope] = [:]
  /// The one of very many samples that was looked at last.
  @exclusivity(unchecked) private var latestSample: BoundScope?
  /// The bindings of dual numbers, by what they move with.
  @exclusivity(unchecked) private var moving: [Seed: AnyObject] = [:]
  /// What parts of the expression that depend on no index are worth here.
  @exclusivity(unchecked) var memo: [Int: Value<N>] = [:]
  @exclusivity(unchecked) private var activations: [LayerActivation?] = []
  @exclusivity(unchecked) private var ownLoss: Value<N>?
  /// The network's equations, as far as derivatives have compiled them.
  @exclusivity(unchecked) var equations: CompiledEquations?

  /// Another place, sample or set of weights.
  enum Change: Hashable {
    case step(Int)
    case sample(Int)
    case forward
  }

  /// How many changes are kept at hand, and how many of them may be steps, which are whole states.
  static var maximumChildren: (all: Int, steps: Int) { (all: 64, steps: 4) }
  @exclusivity(unchecked) private var steps = 0

  init(_ scope: any Scope<N>, _ reading: Reading = Reading(), sharing shared: BoundScope? = nil) {
    self.scope = scope
    self.reading = reading
    self.shared = shared
  }

  /// The scope with a change, and what that costs.
  func changed(_ change: Change) throws(EvaluationError) -> (binding: BoundScope, cost: Int) {
    if let known = children[change] { return (known, 1) }
    makeRoom()
    var reading = reading
    let child: BoundScope
    switch change {
    case .step(let step):
      steps += 1
      // Going to another step may take iterations.
      child = BoundScope(try scope.at(step: step), reading)
      children[change] = child
      return (child, 20_000)
    case .sample(let sample): reading.sample = sample
    case .forward: reading.isForward = true
    }
    child = BoundScope(try scope.read(reading), reading, sharing: change == .forward ? nil : self)
    children[change] = child
    return (child, child.scope.cost)
  }

  /// The scope at a sample, one of so many that none of them is kept at hand, and what that costs: what one was bound in is
  /// taken for the next.
  func passing(sample: Int) throws(EvaluationError) -> (binding: BoundScope, cost: Int) {
    if let known = children[.sample(sample)] { return (known, 1) }
    var reading = reading
    reading.sample = sample
    let scope = try scope.read(reading)
    let child = latestSample ?? BoundScope(scope, reading, sharing: self)
    latestSample = child
    child.forget()
    if !child.children.isEmpty { child.children.removeAll(keepingCapacity: true) }
    (child.scope, child.reading) = (scope, reading)
    return (child, scope.cost)
  }

  /// The scope in numbers that move with an element, and what that costs.
  func moved(with seed: Seed) throws(EvaluationError) -> (binding: BoundScope<Dual<N>>, cost: Int) {
    if let known = moving[seed] as? BoundScope<Dual<N>> { return (known, 1) }
    makeRoom()
    var known = equations ?? shared?.equations
    let child = BoundScope<Dual<N>>(try scope.moving(with: seed, reading, by: &known), reading)
    equations = known
    shared?.equations = known
    moving[seed] = child
    return (child, child.scope.cost)
  }

  /// Forgets what was read, where the place has moved on. Other samples and weights of it are still those of its scope,
  /// which goes along.
  func forget() {
    guard !values.isEmpty || !memo.isEmpty || !children.isEmpty || !moving.isEmpty || ownLoss != nil else { return }
    values.removeAll(keepingCapacity: true)
    memo.removeAll(keepingCapacity: true)
    moving.removeAll(keepingCapacity: true)
    ownLoss = nil
    if steps > 0 { children.removeAll(keepingCapacity: true) }
    for child in children.values { child.forget() }
    steps = 0
  }

  private func makeRoom() {
    guard
      children.count + moving.count >= BoundScope.maximumChildren.all || steps >= BoundScope.maximumChildren.steps
    else { return }
    children.removeAll(keepingCapacity: true)
    moving.removeAll(keepingCapacity: true)
    steps = 0
  }

  /// A quantity's value; `id` stands for the name and the version within this evaluation.
  @inline(__always)
  func value(of name: String, id: Int, version: Int?) throws(EvaluationError) -> Value<N> {
    if id < values.count, let known = values[id] { return known }
    return try fetched(name, id, version)
  }

  private func fetched(_ name: String, _ id: Int, _ version: Int?) throws(EvaluationError) -> Value<N> {
    let value: Value<N>
    if let shared, Quantity.named(name)?.kind.isOfSample == false {
      value = try shared.value(of: name, id: id, version: version)
    } else {
      var reading = reading
      // The loss without an index is the batch's, whichever sample is looked at.
      if Quantity.Kind.loss.isCalled(name) { reading.sample = nil }
      if version != nil { (reading.version, reading.isForward) = (version, false) }
      value = try scope.value(of: name, reading)
    }
    while values.count <= id { values.append(nil) }
    values[id] = value
    return value
  }

  /// What a function's name applies here; `id` stands for it within this evaluation.
  func activation(named name: String, id: Int) -> LayerActivation? {
    if id < activations.count, let known = activations[id] { return known }
    let found = scope.activation(named: name)
    while activations.count <= id { activations.append(nil) }
    activations[id] = found
    return found
  }

  /// `loss[n]`: the sample's own loss, counted from 0.
  func loss(ofSample sample: Int) throws(EvaluationError) -> Value<N> {
    if let number = scope.loss(ofSample: sample) { return .number(number) }
    let child = try changed(.sample(sample)).binding
    if let known = child.ownLoss { return known }
    let value = try child.scope.value(of: Quantity.Kind.loss.name, child.reading)
    child.ownLoss = value
    return value
  }
}
