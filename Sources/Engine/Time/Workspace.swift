/// Where one layer's numbers lie while an iteration is worked. What belongs to a sample is kept sample after sample.
struct LayerBuffers {
  let units: Int
  let inputs: Int
  let biases: Int
  let activation: ActivationChoice
  let isElementwise: Bool
  let freezesWeights: Bool
  let freezesBiases: Bool

  let w, b: UnsafeMutablePointer<Double>
  let net, a, da, slope, delta: UnsafeMutablePointer<Double>
  let dw, db, uw, ub: UnsafeMutablePointer<Double>
  /// The optimizer's memory, as its choice of settings keeps it, and in the slots that its rule reads.
  let wMemory, bMemory: [UnsafeMutablePointer<Double>]
  let wSlots, bSlots: UpdateSpan.Memory
  var wUpdates = 0
  var bUpdates = 0
  var wVersion = 0
  var bVersion = 0

  /// The doubles that a layer needs.
  static func size(_ layer: Layer, inputs: Int, samples: Int, memory: Int) -> Int {
    (layer.units * inputs + layer.biasCount) * (3 + memory) + 5 * layer.units * samples
  }

  init(
    _ layer: Layer, inputs: Int, samples: Int, _ optimizer: OptimizerChoice,
    from next: inout UnsafeMutablePointer<Double>
  ) {
    func take(_ count: Int) -> UnsafeMutablePointer<Double> {
      defer { next += count }
      return next
    }
    units = layer.units
    self.inputs = inputs
    biases = layer.biasCount
    activation = layer.activation
    isElementwise = layer.activation.rule.isElementwise
    freezesWeights = layer.freezesWeights
    freezesBiases = layer.freezesBiases
    let (weights, values) = (units * inputs, units * samples)
    w = take(weights)
    b = take(biases)
    net = take(values)
    a = take(values)
    da = take(values)
    slope = take(values)
    delta = take(values)
    dw = take(weights)
    db = take(biases)
    uw = take(weights)
    ub = take(biases)
    let (kept, biasCount) = (optimizer.memory, biases)
    wMemory = kept.map { _ in take(weights) }
    bMemory = kept.map { _ in take(biasCount) }
    wSlots = UpdateSpan.Memory(optimizer, kept: wMemory, otherwise: uw)
    bSlots = UpdateSpan.Memory(optimizer, kept: bMemory, otherwise: ub)
  }
}

/// The numbers of one iteration, in one block that is allocated once: the core allocates nothing per step. A state owns one
/// and copies it before the first change after it was shared, so that states stay values.
final class Workspace: @unchecked Sendable {
  let network: Network
  let reduction: Reduction
  let closedForm: ClosedForm?
  /// The most samples of a batch.
  let capacity: Int
  /// The samples of the batch at hand.
  var samples: Int
  var loss = 0.0
  let layerCount: Int
  let layers: UnsafeMutablePointer<LayerBuffers>
  let x, y, dx, losses: UnsafeMutablePointer<Double>
  private let block: UnsafeMutablePointer<Double>
  private let length: Int

  /// A block for an experiment, all zeros; for batches of other sizes where a capacity is given.
  init(_ experiment: Experiment, capacity: Int? = nil) {
    network = experiment.network
    reduction = experiment.reduction
    closedForm = network.closedForm
    let capacity = max(capacity ?? experiment.samplesPerBatch, 1)
    self.capacity = capacity
    samples = 0
    layerCount = network.layers.count
    let memory = network.optimizer.memory.count
    var size = capacity * (network.inputs * 2 + network.outputs + 1)
    for (index, layer) in network.layers.enumerated() {
      size += LayerBuffers.size(layer, inputs: network.units(index), samples: capacity, memory: memory)
    }
    length = size
    block = .allocate(capacity: max(size, 1))
    block.initialize(repeating: 0, count: max(size, 1))
    layers = .allocate(capacity: max(layerCount, 1))
    var next = block
    for (index, layer) in network.layers.enumerated() {
      (layers + index).initialize(
        to: LayerBuffers(layer, inputs: network.units(index), samples: capacity, network.optimizer, from: &next))
    }
    x = next
    dx = x + capacity * network.inputs
    y = dx + capacity * network.inputs
    losses = y + capacity * network.outputs
  }

  deinit {
    layers.deinitialize(count: layerCount)
    layers.deallocate()
    block.deallocate()
  }

  /// The same numbers in a block of their own.
  func copy(of experiment: Experiment) -> Workspace {
    let other = Workspace(experiment)
    other.block.update(from: block, count: min(length, other.length))
    other.samples = samples
    other.loss = loss
    for index in 0..<layerCount {
      other.layers[index].wUpdates = layers[index].wUpdates
      other.layers[index].bUpdates = layers[index].bUpdates
      other.layers[index].wVersion = layers[index].wVersion
      other.layers[index].bVersion = layers[index].bVersion
    }
    return other
  }

  /// Takes over what an iteration computed, but for the parameters; the shapes have to be the same.
  func copyValues(from other: Workspace) {
    samples = other.samples
    loss = other.loss
    x.update(from: other.x, count: capacity * network.inputs)
    y.update(from: other.y, count: capacity * network.outputs)
    dx.update(from: other.dx, count: capacity * network.inputs)
    losses.update(from: other.losses, count: capacity)
    for index in 0..<layerCount {
      let (to, from) = (layers[index], other.layers[index])
      let (weights, values) = (to.units * to.inputs, to.units * capacity)
      for (to, from, count) in [
        (to.net, from.net, values), (to.a, from.a, values), (to.da, from.da, values), (to.slope, from.slope, values),
        (to.delta, from.delta, values), (to.dw, from.dw, weights), (to.uw, from.uw, weights),
        (to.db, from.db, to.biases), (to.ub, from.ub, to.biases),
      ] { to.update(from: from, count: count) }
    }
  }

  /// The activations that layer `index` (from 0) reads: the inputs, or those of the layer before.
  @inline(__always)
  func input(of index: Int) -> UnsafeMutablePointer<Double> { index == 0 ? x : layers[index - 1].a }

  /// Takes parameters over, memory and versions with them.
  func load(_ parameters: [LayerParameters]) {
    for (index, from) in parameters.enumerated() where index < layerCount {
      let to = layers + index
      Workspace.load(
        from.w, into: to.pointee.w, memory: to.pointee.wMemory, count: to.pointee.units * to.pointee.inputs)
      Workspace.load(from.b, into: to.pointee.b, memory: to.pointee.bMemory, count: to.pointee.biases)
      to.pointee.wUpdates = from.w.updates
      to.pointee.bUpdates = from.b.updates
      to.pointee.wVersion = from.w.version
      to.pointee.bVersion = from.b.version
    }
  }

  private static func load(
    _ parameter: Parameter, into values: UnsafeMutablePointer<Double>, memory: [UnsafeMutablePointer<Double>],
    count: Int
  ) {
    for index in 0..<min(count, parameter.values.count) { values[index] = parameter.values[index] }
    for (slot, pointer) in memory.enumerated() {
      guard slot < parameter.memory.count else {
        pointer.update(repeating: 0, count: count)
        continue
      }
      for index in 0..<min(count, parameter.memory[slot].count) { pointer[index] = parameter.memory[slot][index] }
    }
  }

  /// The parameters as values. Those that have not changed since `earlier` share its arrays.
  func parameters(sharing earlier: [LayerParameters]? = nil) -> [LayerParameters] {
    (0..<layerCount).map { index in
      let layer = layers[index]
      var result: LayerParameters
      if let earlier, index < earlier.count, earlier[index].w.columns == layer.inputs {
        result = earlier[index]
      } else {
        result = LayerParameters(weights: Matrix(rows: layer.units, columns: layer.inputs), biases: layer.biases)
      }
      Workspace.store(
        layer.w, layer.wMemory, count: layer.units * layer.inputs, updates: layer.wUpdates, version: layer.wVersion,
        into: &result.w)
      Workspace.store(
        layer.b, layer.bMemory, count: layer.biases, updates: layer.bUpdates, version: layer.bVersion, into: &result.b)
      return result
    }
  }

  private static func store(
    _ values: UnsafeMutablePointer<Double>, _ memory: [UnsafeMutablePointer<Double>], count: Int, updates: Int,
    version: Int, into parameter: inout Parameter
  ) {
    // One that was set by hand has other numbers, but the same version.
    let isSame = parameter.version == version && parameter.updates == updates && parameter.values.count == count
    if isSame, version > 0, (0..<count).allSatisfy({ parameter.values[$0].bitPattern == values[$0].bitPattern }) {
      return
    }
    parameter.take(
      Array(UnsafeBufferPointer(start: values, count: count)),
      memory: memory.map { Array(UnsafeBufferPointer(start: $0, count: count)) }, updates: updates, version: version)
  }

  /// Puts the samples of an iteration in place.
  func loadSamples(_ data: Dataset, _ positions: Range<Int>, _ permutation: [Int]?) {
    samples = positions.count
    data.inputs.withUnsafeBufferPointer { inputs in
      data.targets.withUnsafeBufferPointer { targets in
        guard let inputs = inputs.baseAddress, let targets = targets.baseAddress else { return }
        for (slot, position) in positions.enumerated() {
          let sample = permutation?[position] ?? position
          (x + slot * data.inputCount).update(from: inputs + sample * data.inputCount, count: data.inputCount)
          (y + slot * data.targetCount).update(from: targets + sample * data.targetCount, count: data.targetCount)
        }
      }
    }
  }
}
