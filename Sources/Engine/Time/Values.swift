/// Why a quantity has no value at a place.
package struct NotComputed: Error, Equatable, Sendable {
  /// A sentence for the user, which says where it comes.
  package let message: Text

  /// A reason.
  package init(message: Text) { self.message = message }
}

extension State {
  /// The value of a quantity as a matrix: vectors n×1, scalars 1×1. `sample` is an index into the batch, the one on show
  /// where it is nil. Throws where the quantity is not computed yet, or the network has no such thing.
  package func value(of quantity: Quantity, sample: Int? = nil) throws(NotComputed) -> Matrix {
    try check(quantity)
    if let count = computedUnits(of: quantity), count < unitCount(of: quantity) {
      throw NotComputed(message: notYet(quantity))
    }
    return stored(quantity, sample: sample)
  }

  /// The value as far as it is computed; what is not, is 0. For the screen, which shows the rest as `·`.
  package func partialValue(of quantity: Quantity, sample: Int? = nil) throws(NotComputed) -> Matrix {
    try check(quantity)
    let value = stored(quantity, sample: sample)
    guard let count = computedUnits(of: quantity), count < value.rows else { return value }
    // What the iteration before left behind is not shown.
    return Matrix(
      rows: value.rows, columns: value.columns, elements: Array(value.elements.prefix(count * value.columns)))
  }

  /// How many units (elements of a column, rows of a matrix) of a quantity are computed here; nil where all are.
  package func computedUnits(of quantity: Quantity) -> Int? {
    guard let producer = program.producer(of: quantity) else { return nil }
    if place.operation > producer { return nil }
    return place.operation == producer ? place.unit : 0
  }

  /// The shape that a quantity has in this network, or nil where there is no such quantity. It is asked for every number:
  /// inlined, as what is read where it lies would else be copied whole.
  @inline(__always)
  package func shape(of quantity: Quantity) -> (rows: Int, columns: Int)? {
    let kind = quantity.kind
    if kind.isOfLayer, quantity.layer < 1 || quantity.layer > experiment.network.layers.count { return nil }
    return kind.extent.shape(in: experiment.network, layer: quantity.layer)
  }

  /// The number of updates behind a weight matrix or a bias vector: its version.
  package func version(of quantity: Quantity) -> Int {
    guard quantity.layer >= 1, quantity.layer <= workspace.layerCount else { return 0 }
    let layer = workspace.layers[quantity.layer - 1]
    return quantity.kind.parameter == .b ? layer.bVersion : layer.wVersion
  }

  /// How many updates the optimizer has counted for a parameter, this iteration's included once it is made.
  package func updates(of quantity: Quantity) -> Int {
    guard quantity.layer >= 1, quantity.layer <= workspace.layerCount else { return 0 }
    let layer = workspace.layers[quantity.layer - 1]
    return quantity.kind.parameter == .b ? layer.bUpdates : layer.wUpdates
  }

  /// A weight matrix or bias vector as this iteration's forward pass read it, with its version then; of the optimizer's
  /// memory what it was then, with its parameter's version.
  package func forwardValue(of quantity: Quantity) -> (value: Matrix, version: Int)? {
    if let memory = forwardMemory(of: quantity) {
      return (memory, forward[quantity.layer - 1][quantity.kind].version)
    }
    guard quantity.kind.isParameter, let shape = shape(of: quantity), quantity.layer <= forward.count else {
      return nil
    }
    let parameter = forward[quantity.layer - 1][quantity.kind]
    return (Matrix(rows: shape.rows, columns: shape.columns, elements: parameter.values), parameter.version)
  }

  /// The optimizer's memory of a parameter as it was at this iteration's beginning, or the gradient that the iteration before
  /// left: zeros before the first update.
  package func forwardMemory(of quantity: Quantity) -> Matrix? {
    guard let memory = quantity.kind.slot, let shape = shape(of: quantity), quantity.layer <= forward.count,
      let slot = (quantity.kind.gradientBefore == nil ? experiment.network : worked).memory.firstIndex(of: memory)
    else { return nil }
    let kept = forward[quantity.layer - 1][quantity.kind].memory
    return Matrix(rows: shape.rows, columns: shape.columns, elements: slot < kept.count ? kept[slot] : [])
  }

  /// One sample's loss; `sample` is an index into the batch.
  package func loss(ofSample sample: Int) throws(NotComputed) -> Double {
    _ = try value(of: Quantity(.loss))
    guard batch.indices.contains(sample) else {
      throw NotComputed(message: "the batch has \(batch.count) samples, there is no loss[\(sample + 1)]")
    }
    return workspace.losses[sample]
  }

  /// The units of a quantity, in which it is computed.
  private func unitCount(of quantity: Quantity) -> Int { shape(of: quantity)?.rows ?? 1 }

  /// Throws where the network has no such quantity, or it comes later, with the reason.
  package func check(_ quantity: Quantity) throws(NotComputed) {
    let count = experiment.network.layers.count
    if quantity.kind.isOfLayer, quantity.layer > count || quantity.layer < 1 {
      throw NotComputed(
        message: count == 0
          ? "there is no \(quantity.name): the network has no layer yet"
          : "there is no \(quantity.name): the network has \(counted(count, "layer"))")
    }
    if let obstacle = quantity.kind.row.obstacle(experiment) {
      throw NotComputed(message: "\(quantity.name) has no value: \(obstacle)")
    }
    if quantity.kind.gradientBefore != nil, experiment.network.memory.last != Quantity.Kind.slotOfGradients {
      throw NotComputed(message: "\(quantity.name) is kept only while a mistake that reads it is on")
    }
    if let memory = quantity.kind.memory, !experiment.network.optimizer.memory.contains(memory) {
      throw NotComputed(message: "\(experiment.network.optimizer.rule.name) as it is set keeps no \(memory)")
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
  package func describe(_ step: LayerStep?) -> Text {
    guard let step else { return Text(verbatim: Phase.start.rawValue) }
    return step.layer == 0 ? Text(verbatim: step.phase.rawValue) : "\(step.phase.rawValue), layer \(step.layer)"
  }

  /// Whether all of a quantity is there, as far as any operation of the iteration computes it.
  package func isComputed(_ quantity: Quantity) -> Bool {
    guard let count = computedUnits(of: quantity) else { return true }
    return count >= shape(of: quantity)?.rows ?? 0
  }

  /// The batch's loss; nil where it is not computed.
  package var computedLoss: Double? {
    guard isComputed(Quantity(.loss)), (try? check(Quantity(.loss))) != nil else { return nil }
    return workspace.loss
  }

  /// What is there, computed or not; `sample` is an index into the batch, the one on show where it is nil.
  func stored(_ quantity: Quantity, sample: Int?) -> Matrix {
    let slot = min(max(sample ?? selected, 0), max(batch.count - 1, 0))
    switch quantity.kind.row.source {
    case .setting(let read), .counted(let read), .measured(let read): return Matrix(read(self))
    case .counts(let name):
      return Matrix(Double(updates(of: Quantity(Quantity.Kind(name), quantity.layer))))
    case .ofLastLayer(let name): return stored(Quantity(Quantity.Kind(name), lastLayer), sample: sample)
    case .derived(let form): return form(self, quantity.layer, slot)
    case .parameter, .sample, .computed, .change, .memory, .gradientBefore:
      guard let shape = shape(of: quantity), let place = workspace.place(of: quantity) else { return Matrix(.nan) }
      let count = shape.rows * shape.columns
      let start = quantity.kind.isOfSample ? place + slot * count : place
      return Matrix(
        rows: shape.rows, columns: shape.columns, elements: Array(UnsafeBufferPointer(start: start, count: count)))
    }
  }

  /// The number of the last layer.
  var lastLayer: Int { experiment.network.layers.count }

  /// The number of the sample on show in the data, from 1; 0 where there is none.
  var sampleNumber: Int { batch.indices.contains(selected) ? experiment.data.number(of: batch[selected]) + 1 : 0 }
}

extension Passing {
  /// Whether all of a quantity is there, as far as any operation of the iteration computes it.
  package func isComputed(_ quantity: Quantity) -> Bool {
    if isAtEnd { return true }
    // Part by part: a state that is handed on is copied whole.
    let (place, lastLayer) = (place, state.pointee.program.steps.count / 3)
    guard let made = quantity.comesWith(lastLayer: lastLayer), let producer = state.pointee.program.producers[made],
      place.operation <= producer
    else { return true }
    // A step unit by unit alone is in the middle of it.
    guard place.operation == producer, place.unit > 0 else { return false }
    return place.unit >= state.pointee.shape(of: quantity)?.rows ?? 0
  }

  /// The rows and columns of a quantity that has numbers of its own.
  package func shape(of quantity: Quantity) -> (rows: Int, columns: Int) {
    state.pointee.workspace.shape(of: quantity)
  }

  /// The rows and columns of a quantity that the network has; nil of another.
  package func shape(ofAny quantity: Quantity) -> (rows: Int, columns: Int)? {
    // Part by part: a state that is handed on is copied whole.
    let kind = quantity.kind
    if kind.isOfLayer, quantity.layer < 1 || quantity.layer > state.pointee.experiment.network.layers.count {
      return nil
    }
    return kind.extent.shape(in: state.pointee.experiment.network, layer: quantity.layer)
  }

  /// A sample's own loss, counted from 0 in the batch; nil where there is none, or it is not computed yet.
  package func loss(ofSample sample: Int) -> Double? {
    guard sample >= 0, sample < sampleCount, isComputed(Quantity(.loss)) else { return nil }
    return state.pointee.workspace.losses[sample]
  }
}
