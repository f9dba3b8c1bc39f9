import Engine

/// Quantities that are read from a sample so many behind the one that is meant, the first following on the last.
package struct OtherSampleReading: Sendable {
  /// Those that are read so.
  package let quantities: Set<Quantity>
  /// How many samples further.
  package let shift: Int

  /// Reads some quantities so many samples further.
  package init(_ quantities: Set<Quantity>, by shift: Int) { (self.quantities, self.shift) = (quantities, shift) }
}

/// What names mean at a place of a session's line of time.
package struct StateScope: Scope, Sendable {
  /// One for all copies: a state and a line are large, and a scope is handed on with every step of an evaluation.
  private let kept: Kept

  /// A line of time behind a reference: it is large, and a place that is passed has to be followed in no time.
  private final class Line: Sendable {
    let timeline: Timeline

    init(_ timeline: Timeline) { self.timeline = timeline }
  }

  /// What a scope reads. It changes where the scope goes along with a walk, which is read by nobody else meanwhile.
  private final class Kept: @unchecked Sendable {
    @exclusivity(unchecked) var state: UnsafePointer<State>
    let own: UnsafeMutablePointer<State>?
    @exclusivity(unchecked) var line: Line?
    let definitions: Definitions
    let layout: WeightLayout
    var moved: OtherSampleReading?

    init(_ state: State, _ timeline: Timeline?, _ definitions: Definitions, _ layout: WeightLayout) {
      let own = UnsafeMutablePointer<State>.allocate(capacity: 1)
      own.initialize(to: state)
      (self.own, self.state) = (own, UnsafePointer(own))
      line = timeline.map(Line.init)
      (self.definitions, self.layout) = (definitions, layout)
    }

    init(_ state: UnsafePointer<State>, _ definitions: Definitions, _ layout: WeightLayout) {
      (self.own, self.state, self.definitions, self.layout) = (nil, state, definitions, layout)
    }

    deinit {
      own?.deinitialize(count: 1)
      own?.deallocate()
    }
  }

  /// Where quantities are read.
  package var state: State {
    _read { yield kept.state.pointee }
  }
  /// The state where it lies, for as long as this scope is kept.
  package var passing: Passing { Passing(kept.state) }
  /// The line that the place is on; without one, no other step can be read.
  var timeline: Timeline? { kept.line?.timeline }
  /// What `let` gave names.
  var definitions: Definitions { kept.definitions }

  /// How matrices of weights are given.
  package var layout: WeightLayout { kept.layout }

  /// The place that a line of time stands at.
  package init(
    _ timeline: Timeline, definitions: Definitions = Definitions(), layout: WeightLayout = .outIn
  ) {
    self.init(timeline.state, of: timeline, definitions: definitions, layout: layout)
  }

  /// A state; steps other than its own are read from the line of time, where one is given.
  package init(
    _ state: State, of timeline: Timeline? = nil, definitions: Definitions = Definitions(),
    layout: WeightLayout = .outIn
  ) {
    kept = Kept(state, timeline, definitions, layout)
  }

  /// A state of which some quantities are read from other samples of the batch.
  init(_ state: State, moved: OtherSampleReading) {
    self.init(state)
    kept.moved = moved
  }

  /// A scope that goes along with what passes, and is worth nothing before it is told what does.
  init(along passing: Passing, definitions: Definitions, layout: WeightLayout) {
    kept = Kept(passing.state, definitions, layout)
  }

  /// Goes along: from now on, this is what is read, on no line.
  func follow(_ passing: Passing) {
    kept.state = passing.state
    if kept.line != nil { kept.line = nil }
  }

  /// Reads from a line, until it goes along again.
  func stand(on timeline: Timeline?) { kept.line = timeline.map(Line.init) }

  private var network: Network { state.experiment.network }

  /// The quantities that this network and its optimizer have.
  package var quantityNames: [String] {
    let memory = network.memory
    return Quantity.Kind.all.flatMap { kind -> [String] in
      if let part = kind.slot, !memory.contains(part) { return [] }
      let layers = kind.isOfLayer ? Array(1..<network.layers.count + 1) : [0]
      return layers.map { Quantity(kind, $0).name }
    }
  }

  /// The names given by `let`.
  package var definitionNames: [String] { definitions.all.map(\.name) }

  /// What `let` last gave a name.
  package func definition(of name: String) -> Expression? { definitions[name] }

  /// The function that `let` made of that name.
  func function(named name: String) -> Definition? { definitions.function(name) }

  /// The rows and columns of a quantity.
  package func shape(of quantity: String) -> Shape? {
    // Read where it lies: a state that is handed out may be copied.
    guard let quantity = Quantity.named(quantity), let shape = passing.shape(ofAny: quantity) else { return nil }
    return Shape(shape.rows, shape.columns)
  }

  /// `outputs`, `inputs`, or the units of a layer between.
  package func unitNoun(of quantity: String, axis: Int) -> Text {
    guard let quantity = Quantity.named(quantity) else { return "elements" }
    guard let layer = quantity.layer(along: axis, in: network) else { return "elements" }
    return layer == 0 ? "inputs" : layer == network.layers.count ? "outputs" : "units of layer \(layer)"
  }

  /// The activation of a layer, as this iteration's values were computed with it.
  package func activation(ofLayer layer: Int) -> LayerActivation? {
    guard state.worked.layers.indices.contains(layer - 1) else { return nil }
    let found = state.worked.layers[layer - 1]
    return LayerActivation(found.activation, units: found.units)
  }

  /// The samples of this iteration's batch.
  package var sampleCount: Int { passing.sampleCount }

  /// The layer steps completed.
  package var step: Int { passing.step }

  /// As the loss has it that this iteration's values were computed with.
  var zeroTargetsWin: Bool { state.worked.loss.rule.targets.zeroWins }

  /// The names at another step that was reached.
  func at(step: Int) throws(EvaluationError) -> any Scope<Double> {
    if step == state.step, state.stepInProgress == nil { return self }
    guard var line = timeline else { throw EvaluationError("another step cannot be read here") }
    let place = line.place(ofStep: step)
    guard step >= 0, place <= line.furthest else {
      throw EvaluationError("step \(step) has not been reached yet", isNotComputed: true)
    }
    line.move(to: place)
    return StateScope(line.state, of: line, definitions: definitions, layout: layout)
  }

  /// A quantity's value.
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<Double> {
    Value(try matrix(of: quantity, reading))
  }

  func number(of quantity: Quantity, _ row: Int, _ column: Int?, sample: Int?) -> Double? {
    // What belongs to no sample is fetched once for all of them.
    guard sample != nil, quantity.kind.isOfSample, kept.moved == nil else { return nil }
    return passing.number(of: quantity, row, column, sample: sample)
  }

  func loss(ofSample sample: Int) -> Double? {
    kept.moved == nil ? passing.loss(ofSample: sample) : nil
  }

  func matrix(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Matrix {
    guard let known = Quantity.named(quantity) else { throw EvaluationError("\(quantity) is not known here") }
    var reading = reading
    if let moved = kept.moved, let sample = reading.sample, moved.quantities.contains(known) {
      reading.sample = (sample + moved.shift) % max(sampleCount, 1)
    }
    if let version = reading.version { return try value(of: known, version: version) }
    if known.kind == .loss, let sample = reading.sample {
      return Matrix(try computed(known) { () throws(NotComputed) in try state.loss(ofSample: sample) })
    }
    if reading.isForward, known.kind.isReadAsBefore, let forward = state.forwardValue(of: known) {
      if forward.value.count > 0 { return forward.value }
    }
    if reading.isForward, known.kind.isMeasured {
      let here = state.withForwardWeights
      return try computed(known) { () throws(NotComputed) in try here.value(of: known, sample: reading.sample) }
    }
    // Read where it lies: a state is large to copy.
    return try computed(known) { () throws(NotComputed) in
      try kept.state.pointee.value(of: known, sample: reading.sample)
    }
  }

  /// The leading rows of a quantity whose operation has done some of its units.
  func computedRows(of quantity: String, _ reading: Reading) -> Value<Double>? {
    guard let known = Quantity.named(quantity), let rows = state.computedUnits(of: known), rows > 0,
      let value = try? state.partialValue(of: known, sample: reading.sample), rows <= value.rows
    else { return nil }
    return Value(Shape(rows, value.columns), Array(value.elements.prefix(rows * value.columns)))
  }

  /// The versions of a weight or bias, or of the update that keeps its gradient.
  package func versions(of quantity: String) -> (forward: Int, present: Int)? {
    guard let known = Quantity.named(quantity), known.kind.isReadAsBefore,
      let forward = state.forwardValue(of: known), forward.value.count > 0
    else {
      return nil
    }
    return (forward.version, state.version(of: known))
  }

  /// Reads from the state, and says of what is not there whether it will come.
  func computed<Result>(
    _ quantity: Quantity, _ read: () throws(NotComputed) -> Result
  ) throws(EvaluationError) -> Result {
    do { return try read() } catch {
      throw EvaluationError(error.message, isNotComputed: !state.isComputed(quantity))
    }
  }

  /// A weight matrix or bias vector, or the memory kept for one, with so many updates behind it: looked for backwards from here, by halves, since
  /// versions only grow along the line.
  func value(of quantity: Quantity, version: Int) throws(EvaluationError) -> Matrix {
    guard quantity.kind.isParameter || quantity.kind.slot != nil else {
      throw EvaluationError("\(quantity.name) has no versions: weights and biases have")
    }
    let now = state.version(of: quantity)
    // What the forward pass read comes first: halfway through an update the present rows are of two versions.
    if let forward = state.forwardValue(of: quantity), forward.version == version { return forward.value }
    if version == now { return try matrix(of: quantity.name, Reading()) }
    guard version < now, let timeline else {
      throw EvaluationError("\(quantity.name) is at version \(now); version \(version) is not known here")
    }
    var (low, high) = (0, state.place.iteration)
    while low < high {
      let middle = (low + high + 1) / 2
      if let forward = forwardValue(of: quantity, timeline, middle), forward.version <= version {
        low = middle
      } else {
        high = middle - 1
      }
    }
    guard let found = forwardValue(of: quantity, timeline, low), found.version == version else {
      throw EvaluationError("\(quantity.name) has no version \(version) on this line")
    }
    return found.value
  }

  private func forwardValue(of quantity: Quantity, _ timeline: Timeline, _ iteration: Int) -> (
    value: Matrix, version: Int
  )? {
    var line = timeline
    line.move(to: Place(iteration: iteration, operation: 1))
    return line.state.forwardValue(of: quantity)
  }
}
