/// The numbers of up to eight futures of one network, in a block that is allocated once.
final class LaneWorkspace {
  /// How many futures there are room for.
  static let lanes = Lanes.scalarCount

  /// What the futures have in common; the settings of the optimizer may differ.
  let network: Network
  private let reduction: Reduction
  private let layers: [LaneLayer]
  private let first: LaneLayer?
  private let loss: OnlineLoss
  private let inputs: Int
  /// The inputs of a sample, the same in every lane.
  private let x: UnsafeMutablePointer<Lanes>
  /// See LaneLayer.
  private let squares: UnsafeMutablePointer<Lanes>
  private let block: UnsafeMutablePointer<Lanes>

  /// A lane for each experiment.
  init(_ experiments: [Experiment]) {
    let networks = experiments.map(\.network)
    let network = networks[0]
    (self.network, reduction, inputs) = (network, experiments[0].reduction, network.inputs)
    let count =
      network.inputs + network.outputs + 1 + network.layers.reduce(0) { $0 + LaneColumns.count($1.units) }
      + LaneParameter.count(network.parameterCount, network.optimizer)
    block = .allocate(capacity: count)
    block.initialize(repeating: .zero, count: count)
    x = block
    squares = x + network.inputs
    loss = OnlineLoss(of: network, targets: Lanes.run(squares + 1))
    var rest = squares + 1 + network.outputs
    let columns = network.layers.map { LaneColumns($0.units, in: &rest) }
    var layers: [LaneLayer] = []
    for index in columns.indices.reversed() {
      layers.append(
        LaneLayer(
          index, of: networks, columns[index], after: index == 0 ? nil : columns[index - 1], inputs: x,
          before: layers.last, loss, squares: squares, in: &rest))
    }
    first = layers.last
    self.layers = layers.reversed()
  }

  deinit { block.deallocate() }

  // MARK: going in and out

  /// Puts a future's parameters into a lane.
  func load(_ parameters: [LayerParameters], lane: Int) {
    for (layer, from) in zip(layers, parameters) {
      layer.weights.load(from.w, lane: lane)
      layer.biases.load(from.b, lane: lane)
    }
  }

  /// What has become of a future's parameters.
  func parameters(lane: Int, after before: [LayerParameters]) -> [LayerParameters] {
    zip(layers, before).map { layer, before in
      var after = before
      layer.weights.note(in: &after.w, lane: lane)
      layer.biases.note(in: &after.b, lane: lane)
      return after
    }
  }

  /// The outputs of the sample that was taken forward last, in every lane.
  var outputs: LaneColumns? { layers.last?.columns }

  /// The size below which no loss of outputs and targets overflows, whichever it is.
  static let soundSize = 1e120

  /// Whether all outputs of a lane have been of such a size: the squares are of none that is not a number.
  func isSound(lane: Int) -> Bool { squares[0][lane] < LaneWorkspace.soundSize * LaneWorkspace.soundSize }

  // MARK: an iteration

  /// The forward pass of a sample.
  func forward(_ x: UnsafePointer<Double>) {
    take(x)
    first?.forward()
  }

  /// One sample's part of an iteration: forward and backward, and where it is the only one the update, too.
  @inline(__always)
  func learn(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, isOnly: Bool, isFirst: Bool) {
    take(x)
    loss.takeInLanes(y)
    first?.learn(isOnly: isOnly, isFirst: isFirst)
  }

  @inline(__always)
  private func take(_ x: UnsafePointer<Double>) {
    for j in 0..<inputs { self.x[j] = Lanes(repeating: x[j]) }
  }

  /// The update, after so many samples of which none was the only one.
  func update(samples: Int) {
    for layer in layers { layer.update(samples: samples, reduction) }
  }
}
