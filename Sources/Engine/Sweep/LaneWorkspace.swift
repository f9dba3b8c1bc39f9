/// The numbers of up to eight futures of one network, in a block that is allocated once.
final class LaneWorkspace {
  /// How many futures there are room for.
  static let lanes = Lanes.scalarCount

  /// What the futures have in common; the settings of the optimizer may differ.
  let network: Network
  let reduction: Reduction
  let closedForm: ClosedForm?
  let layerCount: Int
  let layers: UnsafeMutablePointer<LaneLayer>
  /// The targets of a sample, the same in every lane.
  let y: UnsafeMutablePointer<Lanes>
  /// The optimizers' steps.
  var descent: LaneDescent
  /// The lanes whose outputs have all been of a size that no loss of overflows.
  private(set) var isSound = SIMDMask<Lanes.MaskStorage>(repeating: true)
  private let block: UnsafeMutablePointer<Lanes>

  init(_ experiments: [Experiment]) {
    let first = experiments[0]
    network = first.network
    reduction = first.reduction
    closedForm = network.closedForm
    layerCount = network.layers.count
    descent = LaneDescent(experiments.map(\.network.optimizer))
    let count = (1...max(layerCount, 1)).reduce(network.outputs) { $0 + LaneLayer.count(first.network, $1) }
    block = .allocate(capacity: max(count, 1))
    block.initialize(repeating: .zero, count: max(count, 1))
    var rest = block
    layers = .allocate(capacity: max(layerCount, 1))
    for number in 1...max(layerCount, 1) {
      (layers + number - 1).initialize(to: LaneLayer(network, number, in: &rest))
    }
    y = rest
  }

  deinit {
    layers.deinitialize(count: layerCount)
    layers.deallocate()
    block.deallocate()
  }

  /// The size below which no loss of outputs and targets overflows, whichever it is.
  static let soundSize = 1e120

  // MARK: going in and out

  /// Puts a future's parameters into a lane.
  func load(_ parameters: [LayerParameters], lane: Int) {
    for (index, from) in parameters.enumerated() {
      let layer = layers + index
      LaneWorkspace.load(from.w, layer.pointee.w, layer.pointee.wMemory, slots(of: lane), lane)
      LaneWorkspace.load(from.b, layer.pointee.b, layer.pointee.bMemory, slots(of: lane), lane)
      (layer.pointee.wUpdates, layer.pointee.bUpdates) = (from.w.updates, from.b.updates)
    }
  }

  private static func load(
    _ parameter: Parameter, _ values: UnsafeMutablePointer<Lanes>, _ memory: [UnsafeMutablePointer<Lanes>],
    _ slots: [Int?], _ lane: Int
  ) {
    for (index, value) in parameter.values.enumerated() { values[index][lane] = value }
    for (slot, place) in slots.enumerated() {
      guard let place, parameter.memory.indices.contains(place) else { continue }
      for (index, value) in parameter.memory[place].enumerated() { memory[slot][index][lane] = value }
    }
  }

  /// The places, among what a lane's optimizer keeps, of what its table has.
  private func slots(of lane: Int) -> [Int?] {
    let kept = descent.choices[lane].memory
    return network.optimizer.rule.memory.map { memory in kept.firstIndex(of: memory.name) }
  }

  /// What has become of a future's parameters.
  func parameters(lane: Int, after before: [LayerParameters]) -> [LayerParameters] {
    let slots = slots(of: lane)
    return before.enumerated().map { index, before in
      let layer = layers[index]
      var after = before
      LaneWorkspace.note(
        layer.w, layer.wMemory, slots, lane, updates: layer.wUpdates, isFrozen: layer.freezesWeights, in: &after.w)
      LaneWorkspace.note(
        layer.b, layer.bMemory, slots, lane, updates: layer.bUpdates, isFrozen: layer.freezesBiases, in: &after.b)
      return after
    }
  }

  private static func note(
    _ values: UnsafeMutablePointer<Lanes>, _ memory: [UnsafeMutablePointer<Lanes>], _ slots: [Int?], _ lane: Int,
    updates: Int, isFrozen: Bool, in parameter: inout Parameter
  ) {
    guard !isFrozen, updates > parameter.updates else { return }
    let count = parameter.values.count
    parameter.values = (0..<count).map { values[$0][lane] }
    let kept = slots.enumerated().compactMap { slot, place in place.map { (slot, $0) } }
    parameter.memory = kept.sorted { $0.1 < $1.1 }.map { slot, _ in (0..<count).map { memory[slot][$0][lane] } }
    parameter.version += updates - parameter.updates
    parameter.updates = updates
  }

  // MARK: an iteration

  /// Notes the targets of a sample, and gives their sum.
  private func take(_ targets: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    for k in 0..<network.outputs {
      y[k] = Lanes(repeating: targets[k])
      sum += targets[k]
    }
    return sum
  }

  /// The forward pass of a sample.
  func forward(_ x: UnsafePointer<Double>) {
    for index in 0..<layerCount {
      let layer = layers + index
      let (units, inputs) = (layer.pointee.units, layer.pointee.inputs)
      let (w, net, b) = (layer.pointee.w, layer.pointee.net, layer.pointee.b)
      if index == 0 {
        for k in 0..<units { net[k] = Lanes.dot(w + k * inputs, count: inputs) { Lanes(repeating: x[$0]) } }
      } else {
        let input = layers[index - 1].a
        for k in 0..<units { net[k] = Lanes.dot(w + k * inputs, count: inputs) { input[$0] } }
      }
      if layer.pointee.biases > 0 {
        let isShared = layer.pointee.isShared
        for k in 0..<units { net[k] += b[isShared ? 0 : k] }
      }
      if layer.pointee.slopes != nil {
        layer.pointee.values(
          Lanes.run(net), Lanes.run(layer.pointee.a), units * LaneWorkspace.lanes, layer.pointee.settings)
      } else {
        LaneWorkspace.activate(layer.pointee)
      }
    }
  }

  /// The activations of a layer that works as a whole, by its rule, a lane at a time.
  private static func activate(_ layer: LaneLayer) {
    let units = layer.units
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * units) { room in
      guard let net = room.baseAddress else { return }
      let a = net + units
      for lane in 0..<lanes {
        for k in 0..<units { net[k] = layer.net[k][lane] }
        layer.values(net, a, units, layer.settings)
        for k in 0..<units { layer.a[k][lane] = a[k] }
      }
    }
  }

  /// One sample's part of an iteration: forward, backward, and its gradients into those of the batch.
  func learn(_ x: UnsafePointer<Double>, _ targets: UnsafePointer<Double>, isFirst: Bool) {
    forward(x)
    let targetSum = take(targets)
    let last = layers + (layerCount - 1)
    let (units, count) = (last.pointee.units, last.pointee.units * LaneWorkspace.lanes)
    let divisor = network.loss.rule.divisor(Double(units))
    for k in 0..<units {
      let (a, net) = (last.pointee.a[k], last.pointee.net[k])
      // What is not a number is below nothing.
      isSound = isSound .& (a .< LaneWorkspace.soundSize) .& (a .> -LaneWorkspace.soundSize)
        .& (net .< LaneWorkspace.soundSize) .& (net .> -LaneWorkspace.soundSize)
    }
    if let closedForm {
      closedForm.run(
        Lanes.run(last.pointee.a), Lanes.run(y), Lanes.run(last.pointee.delta), count, targetSum, divisor)
    } else {
      network.loss.rule.slopes(
        Lanes.run(y), Lanes.run(last.pointee.a), Lanes.run(last.pointee.da), count, network.loss.values)
      for k in 0..<units { last.pointee.da[k] /= divisor }
      pass(last)
    }
    for index in (0..<layerCount).reversed() {
      let layer = layers + index
      if index > 0 {
        pullBack(from: layer, to: layers + index - 1)
        addGradients(layer, isFirst: isFirst) { [a = layers[index - 1].a] in a[$0] }
        pass(layers + index - 1)
      } else {
        addGradients(layer, isFirst: isFirst) { Lanes(repeating: x[$0]) }
      }
    }
  }

  /// δ = f′(net) ⊙ ∂L/∂a
  @inline(__always)
  private func pass(_ layer: UnsafeMutablePointer<LaneLayer>) {
    let units = layer.pointee.units
    layer.pointee.slopes?(
      Lanes.run(layer.pointee.net), Lanes.run(layer.pointee.a), Lanes.run(layer.pointee.slope),
      units * LaneWorkspace.lanes, layer.pointee.settings)
    for k in 0..<units { layer.pointee.delta[k] = layer.pointee.slope[k] * layer.pointee.da[k] }
  }

  /// ∂L/∂a of the layer before: wᵀ·δ, the sum over the units after from the first to the last.
  @inline(__always)
  private func pullBack(from layer: UnsafeMutablePointer<LaneLayer>, to before: UnsafeMutablePointer<LaneLayer>) {
    let (w, delta, da) = (layer.pointee.w, layer.pointee.delta, before.pointee.da)
    let inputs = layer.pointee.inputs
    for j in 0..<inputs { da[j] = w[j] * delta[0] }
    for k in 1..<max(layer.pointee.units, 1) {
      for j in 0..<inputs { da[j].addProduct(w[k * inputs + j], delta[k]) }
    }
  }

  /// A sample's gradients into those of the batch: the first is taken as it is.
  @inline(__always)
  private func addGradients(_ layer: UnsafeMutablePointer<LaneLayer>, isFirst: Bool, _ input: (Int) -> Lanes) {
    let (dw, delta, inputs) = (layer.pointee.dw, layer.pointee.delta, layer.pointee.inputs)
    for k in 0..<layer.pointee.units {
      let row = dw + k * inputs
      if isFirst {
        for j in 0..<inputs { row[j] = input(j) * delta[k] }
      } else {
        for j in 0..<inputs { row[j].addProduct(input(j), delta[k]) }
      }
    }
    guard layer.pointee.biases > 0 else { return }
    let db = layer.pointee.db
    if layer.pointee.isShared {
      var own = delta[0]
      for k in 1..<max(layer.pointee.units, 1) { own += delta[k] }
      db[0] = isFirst ? own : db[0] + own
    } else {
      for k in 0..<layer.pointee.units { db[k] = isFirst ? delta[k] : db[k] + delta[k] }
    }
  }

  /// The update, after so many samples.
  func update(samples: Int) {
    for index in 0..<layerCount {
      let layer = layers + index
      let weights = layer.pointee.units * layer.pointee.inputs
      if reduction == .mean, samples > 1 {
        let count = Double(samples)
        for index in 0..<weights { layer.pointee.dw[index] /= count }
        for index in 0..<layer.pointee.biases { layer.pointee.db[index] /= count }
      }
      if !layer.pointee.freezesWeights {
        layer.pointee.wUpdates += 1
        descent.update(
          layer.pointee.w, layer.pointee.dw, layer.pointee.uw, layer.pointee.wMemory, weights,
          count: layer.pointee.wUpdates, isOfBiases: false)
      }
      if !layer.pointee.freezesBiases, layer.pointee.biases > 0 {
        layer.pointee.bUpdates += 1
        descent.update(
          layer.pointee.b, layer.pointee.db, layer.pointee.ub, layer.pointee.bMemory, layer.pointee.biases,
          count: layer.pointee.bUpdates, isOfBiases: true)
      }
    }
  }
}
