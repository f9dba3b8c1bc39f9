/// Why a quantity has no value at a place.
public struct NotComputed: Error, Equatable, Sendable {
  /// A sentence for the user, which says where it comes.
  public let message: Text

  /// A reason.
  public init(message: Text) { self.message = message }
}

extension State {
  /// The value of a quantity as a matrix: vectors n×1, scalars 1×1. `sample` is an index into the batch, the one on show
  /// where it is nil. Throws where the quantity is not computed yet, or the network has no such thing.
  public func value(of quantity: Quantity, sample: Int? = nil) throws(NotComputed) -> Matrix {
    try check(quantity)
    if let count = computedUnits(of: quantity), count < unitCount(of: quantity) {
      throw NotComputed(message: notYet(quantity))
    }
    return stored(quantity, sample: sample)
  }

  /// The value as far as it is computed; what is not, is 0. For the screen, which shows the rest as `·`.
  public func partialValue(of quantity: Quantity, sample: Int? = nil) throws(NotComputed) -> Matrix {
    try check(quantity)
    let value = stored(quantity, sample: sample)
    guard let count = computedUnits(of: quantity), count < value.rows else { return value }
    // What the iteration before left behind is not shown.
    return Matrix(
      rows: value.rows, columns: value.columns, elements: Array(value.elements.prefix(count * value.columns)))
  }

  /// How many units (elements of a column, rows of a matrix) of a quantity are computed here; nil where all are.
  public func computedUnits(of quantity: Quantity) -> Int? {
    guard let producer = program.producer(of: quantity) else { return nil }
    if place.operation > producer { return nil }
    return place.operation == producer ? place.unit : 0
  }

  /// The shape that a quantity has in this network, or nil where there is no such quantity.
  public func shape(of quantity: Quantity) -> (rows: Int, columns: Int)? {
    let network = experiment.network
    let kind = quantity.kind
    if kind.isOfLayer, quantity.layer < 1 || quantity.layer > network.layers.count { return nil }
    let units = kind.isOfLayer ? network.units(quantity.layer) : 0
    switch kind {
    case .x, .dx: return (network.inputs, 1)
    case .y, .out: return (network.outputs, 1)
    case .net, .a, .da, .delta: return (units, 1)
    case .jacobian: return (units, units)
    case .w, .dw, .uw, .mw, .vw, .cw, .vmaxw: return (units, network.units(quantity.layer - 1))
    case .b, .db, .ub, .mb, .vb, .cb, .vmaxb: return (network.layers[quantity.layer - 1].biasCount, 1)
    default: return (1, 1)
    }
  }

  /// The number of updates behind a weight matrix or a bias vector: its version.
  public func version(of quantity: Quantity) -> Int {
    guard quantity.layer >= 1, quantity.layer <= workspace.layerCount else { return 0 }
    let layer = workspace.layers[quantity.layer - 1]
    return quantity.kind == .b ? layer.bVersion : layer.wVersion
  }

  /// How many updates the optimizer has counted for a parameter, this iteration's included once it is made.
  public func updates(of quantity: Quantity) -> Int {
    guard quantity.layer >= 1, quantity.layer <= workspace.layerCount else { return 0 }
    let layer = workspace.layers[quantity.layer - 1]
    return quantity.kind == .b ? layer.bUpdates : layer.wUpdates
  }

  /// A weight matrix or bias vector as this iteration's forward pass read it, with its version then.
  public func forwardValue(of quantity: Quantity) -> (value: Matrix, version: Int)? {
    guard quantity.kind.isParameter, let shape = shape(of: quantity), quantity.layer <= forward.count else {
      return nil
    }
    let parameter = quantity.kind == .w ? forward[quantity.layer - 1].w : forward[quantity.layer - 1].b
    return (Matrix(rows: shape.rows, columns: shape.columns, elements: parameter.values), parameter.version)
  }

  /// The optimizer's memory of a parameter as it was at this iteration's beginning: zeros before the first update.
  public func forwardMemory(of quantity: Quantity) -> Matrix? {
    guard let memory = quantity.kind.memory, let shape = shape(of: quantity), quantity.layer <= forward.count,
      let slot = experiment.network.optimizer.memory.firstIndex(of: memory.name)
    else { return nil }
    let layer = forward[quantity.layer - 1]
    let kept = memory.ofWeights ? layer.w.memory : layer.b.memory
    return Matrix(rows: shape.rows, columns: shape.columns, elements: slot < kept.count ? kept[slot] : [])
  }

  /// One sample's loss; `sample` is an index into the batch.
  public func loss(ofSample sample: Int) throws(NotComputed) -> Double {
    _ = try value(of: Quantity(.loss))
    guard batch.indices.contains(sample) else {
      throw NotComputed(message: "the batch has \(batch.count) samples, there is no loss[\(sample + 1)]")
    }
    return workspace.losses[sample]
  }

  /// The units of a quantity, in which it is computed.
  private func unitCount(of quantity: Quantity) -> Int { shape(of: quantity)?.rows ?? 1 }

  private func check(_ quantity: Quantity) throws(NotComputed) {
    let network = experiment.network
    if quantity.kind.isOfLayer, quantity.layer > network.layers.count || quantity.layer < 1 {
      let count = network.layers.count
      throw NotComputed(
        message: count == 0
          ? "there is no \(quantity.name): the network has no layer yet"
          : "there is no \(quantity.name): the network has \(counted(count, "layer"))")
    }
    if quantity.kind.isOfSample || [.accuracy, .holdoutAccuracy].contains(quantity.kind),
      let obstacle = experiment.obstacle
    {
      throw NotComputed(message: "\(quantity.name) has no value: \(obstacle)")
    }
    if quantity.kind == .holdoutAccuracy, experiment.data.heldOut.count == 0 {
      throw NotComputed(message: "holdout-accuracy has no value: no sample is held out; take some out: holdout 0.3")
    }
    if let memory = quantity.kind.memory, !network.optimizer.memory.contains(memory.name) {
      throw NotComputed(message: "\(network.optimizer.rule.name) as it is set keeps no \(memory.name)")
    }
    if let shape = shape(of: quantity), shape.rows == 0, quantity.kind.isOfLayer {
      throw NotComputed(message: "layer \(quantity.layer) has no biases (nobias)")
    }
  }

  private func notYet(_ quantity: Quantity) -> Text {
    let at: Text = "\(quantity.name) is not computed yet at step \(step) (\(describe(lastStep)))"
    guard let producer = program.producer(of: quantity),
      let index = program.steps.firstIndex(where: { $0.operations.contains(producer) })
    else { return at }
    return at + "; it comes at step \(stepsBefore + index + 1) (\(describe(program.steps[index])))"
  }

  /// A step in words: `backward, layer 1`; the loss and the start have no layer.
  public func describe(_ step: LayerStep?) -> Text {
    guard let step else { return Text(verbatim: Phase.start.rawValue) }
    return step.layer == 0 ? Text(verbatim: step.phase.rawValue) : "\(step.phase.rawValue), layer \(step.layer)"
  }

  private func stored(_ quantity: Quantity, sample: Int?) -> Matrix {
    let shape = shape(of: quantity) ?? (1, 1)
    let slot = min(max(sample ?? selected, 0), max(batch.count - 1, 0))
    func matrix(_ pointer: UnsafeMutablePointer<Double>, perSample: Bool = false) -> Matrix {
      let count = shape.rows * shape.columns
      let start = perSample ? pointer + slot * count : pointer
      return Matrix(
        rows: shape.rows, columns: shape.columns, elements: Array(UnsafeBufferPointer(start: start, count: count)))
    }
    if quantity.kind.isOfLayer { return storedOfLayer(quantity, sample, matrix) }
    switch quantity.kind {
    case .x: return matrix(workspace.x, perSample: true)
    case .y: return matrix(workspace.y, perSample: true)
    case .out: return matrix(workspace.layers[workspace.layerCount - 1].a, perSample: true)
    case .dx: return matrix(workspace.dx, perSample: true)
    case .loss: return Matrix(workspace.loss)
    case .rate: return Matrix(experiment.network.optimizer.rate)
    case .t, .iteration: return Matrix(Double(iteration))
    case .step: return Matrix(Double(step))
    case .epoch: return Matrix(Double(epoch))
    case .layer: return Matrix(Double(layer))
    case .phase: return Matrix(Double(Phase.allCases.firstIndex(of: phase) ?? 0))
    case .sample:
      return Matrix(Double(batch.indices.contains(selected) ? experiment.data.number(of: batch[selected]) + 1 : 0))
    case .accuracy: return Matrix(accuracy)
    case .holdoutAccuracy: return Matrix(holdoutAccuracy)
    default: return Matrix(.nan)
    }
  }

  private func storedOfLayer(
    _ quantity: Quantity, _ sample: Int?, _ matrix: (UnsafeMutablePointer<Double>, Bool) -> Matrix
  ) -> Matrix {
    let layer = workspace.layers[quantity.layer - 1]
    switch quantity.kind {
    case .w: return matrix(layer.w, false)
    case .b: return matrix(layer.b, false)
    case .net: return matrix(layer.net, true)
    case .a: return matrix(layer.a, true)
    case .da: return matrix(layer.da, true)
    case .delta: return matrix(layer.delta, true)
    case .dw: return matrix(layer.dw, false)
    case .db: return matrix(layer.db, false)
    case .uw: return matrix(layer.uw, false)
    case .ub: return matrix(layer.ub, false)
    case .jacobian:
      let (net, a) = (
        stored(Quantity(.net, quantity.layer), sample: sample), stored(Quantity(.a, quantity.layer), sample: sample)
      )
      return layer.activation.jacobian(net: net, a: a)
    default:
      guard let memory = quantity.kind.memory,
        let slot = experiment.network.optimizer.memory.firstIndex(of: memory.name)
      else { return Matrix(.nan) }
      return matrix(memory.ofWeights ? layer.wMemory[slot] : layer.bMemory[slot], false)
    }
  }
}
