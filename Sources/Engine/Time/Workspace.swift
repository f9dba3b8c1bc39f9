import Glibc

/// The numbers of one iteration, in one block that is allocated once: the core allocates nothing per step. A state owns one
/// and copies it before the first change after it was shared, so that states stay values.
final class Workspace: @unchecked Sendable {
  /// How the numbers lie, and of which network they are.
  let plan: WorkspacePlan
  // What the arithmetic reads in every iteration is here itself: behind another reference, that would be counted each time.
  /// The loss.
  let lossRule: LossChoice
  /// The closed form of δ at the output, where there is one.
  let closedForm: ClosedForm?
  /// The optimizer.
  let optimizer: OptimizerChoice
  /// The optimizer's settings as they are for the biases.
  let settingsForBiases: [Double]
  /// The learning rate of the weights.
  let rate: Double
  let reduction: Reduction
  /// Whether an update keeps the gradients for the next iteration, behind what the optimizer remembers.
  let keepsGradients: Bool
  /// The most samples of a batch.
  let capacity: Int
  /// The samples of the batch at hand.
  var samples: Int {
    didSet { atWork = 0..<samples }
  }
  /// Those of them that an operation is done for: all, but where it is done piece by piece, from the first to the last.
  var atWork = 0..<0
  /// So many samples are a piece of an operation, which takes a fraction of a millisecond.
  let piece: Int
  /// Whether an operation of the batch at hand is more than one piece.
  var isLong: Bool { samples > piece }
  let layerCount: Int
  let layers: UnsafeMutablePointer<LayerBuffers>
  /// The network as it learns sample by sample; made where it is wanted.
  private(set) lazy var online = OnlineNetwork(of: self)
  let x, y, dx, losses: UnsafeMutablePointer<Double>
  private let lossPlace: UnsafeMutablePointer<Double>
  private let block: UnsafeMutablePointer<Double>
  /// What the block lies in, where it does not begin on a boundary.
  private let memory: UnsafeMutableRawPointer?
  private let length: Int

  /// The batch's loss.
  var loss: Double {
    get { lossPlace.pointee }
    set { lossPlace.pointee = newValue }
  }

  /// A block for an experiment, all zeros; for batches of other sizes where a capacity is given. The plan is that of the
  /// experiment's network.
  init(_ experiment: Experiment, _ plan: WorkspacePlan, capacity: Int? = nil) {
    self.plan = plan
    (lossRule, closedForm) = (plan.network.loss, plan.closedForm)
    (optimizer, settingsForBiases) = (plan.network.optimizer, plan.settingsForBiases)
    rate = optimizer.rate
    reduction = experiment.reduction
    keepsGradients = plan.keepsGradients
    let capacity = max(capacity ?? experiment.samplesPerBatch, 1)
    self.capacity = capacity
    samples = 0
    layerCount = plan.layers.count
    piece = max(Workspace.productsOfPiece / plan.productsOfSample, 1)
    length = plan.length(samples: capacity)
    let block: UnsafeMutablePointer<Double>
    (block, memory) = Workspace.zeros(length)
    self.block = block
    layers = .allocate(capacity: max(layerCount, 1))
    for index in 0..<layerCount {
      let buffers = LayerBuffers(plan.layers[index], slots: plan.slots, samples: capacity, in: block)
      (layers + index).initialize(to: buffers)
    }
    func start(_ place: NumbersPlace) -> UnsafeMutablePointer<Double> { block + place.start(samples: capacity) }
    (x, y, dx, lossPlace) = (start(plan.x), start(plan.y), start(plan.dx), start(plan.loss))
    losses = start(plan.losses)
  }

  /// Where a quantity lies, the first sample's where it belongs to one; nil where it is not kept as it is.
  func place(of quantity: Quantity) -> UnsafeMutablePointer<Double>? {
    plan.place(of: quantity, samples: capacity).map { block + $0 }
  }

  /// The rows and columns of a quantity that has numbers of its own.
  func shape(of quantity: Quantity) -> (rows: Int, columns: Int) {
    quantity.kind.extent.shape(in: plan.network, layer: quantity.layer)
  }

  deinit {
    for index in 0..<layerCount { layers[index].deallocate() }
    layers.deinitialize(count: layerCount)
    layers.deallocate()
    if let memory { Workspace.giveBack(memory, count: length) } else { block.deallocate() }
  }

  /// A copy: the numbers in a block of their own.
  func copy(of experiment: Experiment) -> Workspace {
    let other = Workspace(experiment, plan, capacity: capacity)
    other.block.update(from: block, count: min(length, other.length))
    other.samples = samples
    other.takeCounts(from: self)
    return other
  }

  /// Takes over what an iteration computed, but for what is trained; the shapes have to be the same.
  func copyValues(from other: Workspace) {
    samples = other.samples
    let (begin, otherBegin) = (plan.trainedLength, other.plan.trainedLength)
    (block + begin).update(from: other.block + otherBegin, count: min(length - begin, other.length - otherBegin))
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
    take(parameter.values, count, into: values)
    for (slot, pointer) in memory.enumerated() {
      guard slot < parameter.memory.count else {
        pointer.update(repeating: 0, count: count)
        continue
      }
      take(parameter.memory[slot], count, into: pointer)
    }
  }

  private static func take(_ numbers: [Double], _ count: Int, into place: UnsafeMutablePointer<Double>) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      place.update(from: start, count: min(count, numbers.count))
    }
  }

  /// The parameters as values. Those that have not changed since `earlier` share its arrays.
  func parameters(sharing earlier: [LayerParameters] = []) -> [LayerParameters] {
    var result = earlier
    note(in: &result)
    return result
  }

  /// Notes the parameters over those that were noted before, in the same arrays where nobody shares them.
  func note(in parameters: inout [LayerParameters]) {
    if parameters.count > layerCount { parameters.removeLast(parameters.count - layerCount) }
    for index in 0..<layerCount {
      let layer = layers + index
      let (units, inputs, biases) = (layer.pointee.units, layer.pointee.inputs, layer.pointee.biases)
      if index == parameters.count || parameters[index].w.columns != inputs {
        let fresh = LayerParameters(weights: Matrix(rows: units, columns: inputs), biases: biases)
        if index == parameters.count { parameters.append(fresh) } else { parameters[index] = fresh }
      }
      Workspace.note(
        layer.pointee.w, layer.pointee.wMemory, count: units * inputs, updates: layer.pointee.wUpdates,
        version: layer.pointee.wVersion, in: &parameters[index].w)
      Workspace.note(
        layer.pointee.b, layer.pointee.bMemory, count: biases, updates: layer.pointee.bUpdates,
        version: layer.pointee.bVersion, in: &parameters[index].b)
    }
  }

  /// Notes the parameters in the arrays of others; those that have not changed since `earlier` share its arrays.
  func note(in parameters: inout [LayerParameters], sharing earlier: [LayerParameters]) {
    guard parameters.count == layerCount, earlier.count == layerCount else {
      return parameters = self.parameters(sharing: earlier)
    }
    for index in 0..<layerCount {
      parameters[index].w.beginAnew(from: earlier[index].w, version: layers[index].wVersion)
      parameters[index].b.beginAnew(from: earlier[index].b, version: layers[index].bVersion)
    }
    note(in: &parameters)
  }

  private static func note(
    _ values: UnsafeMutablePointer<Double>, _ memory: [UnsafeMutablePointer<Double>], count: Int, updates: Int,
    version: Int, in parameter: inout Parameter
  ) {
    // One that was set by hand has other numbers, but the same version; what no update has reached may have no memory yet.
    let isSame = parameter.version == version && parameter.updates == updates && parameter.values.count == count
    let mayBeSame = isSame && (version > 0 || memory.isEmpty && parameter.memory.isEmpty)
    if mayBeSame, (0..<count).allSatisfy({ parameter.values[$0].bitPattern == values[$0].bitPattern }) {
      return
    }
    parameter.take(values, memory: memory, count: count, updates: updates, version: version)
  }

  /// Whether the numbers of another one lie in the same places and mean the same.
  func isLike(_ other: Workspace) -> Bool {
    plan === other.plan && capacity == other.capacity && reduction == other.reduction
  }

  /// Takes over what is trained and remembered.
  func takeTrained(from other: Workspace) {
    block.update(from: other.block, count: plan.trainedLength)
    takeCounts(from: other)
  }

  private func takeCounts(from other: Workspace) {
    for index in 0..<layerCount {
      layers[index].wUpdates = other.layers[index].wUpdates
      layers[index].bUpdates = other.layers[index].bUpdates
      layers[index].wVersion = other.layers[index].wVersion
      layers[index].bVersion = other.layers[index].bVersion
    }
  }

  /// Puts samples of an iteration in place, of which each has so many inputs and targets: those of some numbers in the batch.
  func loadSamples(
    _ data: (inputs: SharedNumbers, targets: SharedNumbers), inputs inputCount: Int, targets targetCount: Int,
    _ positions: Range<Int>, _ permutation: [Int]?, _ some: Range<Int>
  ) {
    if samples != positions.count { samples = positions.count }
    data.inputs.withUnsafeBufferPointer { inputs in
      data.targets.withUnsafeBufferPointer { targets in
        guard let inputs = inputs.baseAddress, let targets = targets.baseAddress else { return }
        for slot in some {
          let position = positions.lowerBound + slot
          let sample = permutation?[position] ?? position
          (x + slot * inputCount).update(from: inputs + sample * inputCount, count: inputCount)
          (y + slot * targetCount).update(from: targets + sample * targetCount, count: targetCount)
        }
      }
    }
  }
}
