/// An iteration's forward pass and loss in numbers of their own, taken again with a weight, a bias or an input moved. What
/// stands before the moved number is not computed anew, and of a parameter's own layer only the unit that reads it.
package struct ForwardPass: Sendable {
  /// The state as the moved number leaves it: `net`, `a`, `out` and `loss` are up to date after `settle`.
  package private(set) var state: State
  /// The operations of each layer's forward step, the first at index 0.
  private let layers: [[Operation]]
  private let loss: [Operation]
  /// From which layer on, counted from 1, the numbers are not those of what is moved now.
  private var stale: Int
  /// The samples whose inputs are moved; nil where no input is.
  private var movedSample: Int?
  private let unmoved: (loss: Double, losses: [Double])
  /// How many passes were taken.
  package private(set) var count = 0

  /// The forward pass of the iteration on show, with the weights and biases that it reads. The experiment has to be
  /// complete.
  package init(_ state: State) {
    var own = state.withForwardWeights
    let operations = own.program.operations
    let end = (operations.lastIndex { $0.phase == .loss } ?? -1) + 1
    if own.place.operation < end { own.advance(operation: end, unit: 0) }
    layers = (1..<own.experiment.network.layers.count + 1).map { layer in
      operations.filter { $0.phase == .forward && $0.layer == layer }
    }
    loss = operations.filter { $0.phase == .loss }
    unmoved = own.workOnNumbers { numbers in
      (numbers.loss, Array(UnsafeBufferPointer(start: numbers.losses, count: numbers.samples)))
    }
    stale = layers.count + 1
    self.state = own
  }

  /// The shape of the network.
  package var network: Network { state.experiment.network }

  /// A weight or a bias, by its place row by row, as it is now.
  package func value(of parameter: Quantity, at place: Int) -> Double {
    state.forward[parameter.layer - 1][parameter.kind].values[place]
  }

  /// An input of a sample of the batch, as it is now.
  package func input(_ place: Int, ofSample sample: Int) -> Double {
    state.workspace.x[sample * network.inputs + place]
  }

  /// Moves a weight or a bias, by its place row by row.
  package mutating func move(_ parameter: Quantity, at place: Int, to value: Double) {
    let (layer, isWeight) = (parameter.layer, parameter.kind == .w)
    settle(upTo: layer - 1)
    state.forward[layer - 1][parameter.kind].values[place] = value
    let units = layers[layer - 1].first?.units ?? 0
    let isShared = !isWeight && network.layers[layer - 1].bias == .shared
    let unit = isWeight ? place / network.units(layer - 1) : place
    let isAltered = layers[layer - 1].contains(where: \.isAltered)
    let reading = isShared || isAltered ? 0..<units : unit..<unit + 1
    // A layer whose numbers are others' is computed as a whole later.
    let operations = stale > layer ? layers[layer - 1] : []
    state.workOnNumbers { numbers in
      let buffers = numbers.layers[layer - 1]
      (isWeight ? buffers.w : buffers.b)[place] = value
    }
    for operation in operations { state.performAsItStands(operation, reading) }
    stale = min(stale, layer + 1)
    movedSample = nil
  }

  /// Moves an input of one sample. The batch's loss then moves as that sample's own does, as δ and ∂L/∂x have it.
  package mutating func move(input place: Int, ofSample sample: Int, to value: Double) {
    state.workOnNumbers { numbers in numbers.x[sample * numbers.layers[0].inputs + place] = value }
    stale = 1
    movedSample = sample
  }

  /// Computes what is not up to date, up to a layer; by default all, and the loss.
  package mutating func settle(upTo last: Int? = nil) {
    let end = min(last ?? layers.count, layers.count)
    let (first, moved) = (stale, movedSample)
    guard last == nil || first <= end else { return }
    if first <= end {
      for operation in layers[first - 1..<end].joined() { state.performAsItStands(operation, 0..<operation.units) }
    }
    if last == nil {
      for operation in loss { state.performAsItStands(operation, 0..<operation.units) }
      if let moved {
        let unmoved = unmoved
        state.workOnNumbers { $0.loss = unmoved.loss + ($0.losses[moved] - unmoved.losses[moved]) }
      }
    }
    stale = max(stale, end + 1)
    if last == nil { count += 1 }
  }

  /// The batch's loss, after `settle`.
  package var batchLoss: Double { state.workspace.loss }

  /// A sample's own loss, after `settle`.
  package func loss(ofSample sample: Int) -> Double { state.workspace.losses[sample] }

  /// How many samples the batch has.
  package var samples: Int { state.workspace.samples }

  /// About how many multiplications it takes to move a number of a layer and settle; of an input, layer 0.
  package func work(ofLayer layer: Int) -> Int {
    // A function costs about as much as so many products.
    let function = 16
    let own = layer == 0 ? 0 : network.units(layer - 1)
    let units = network.layers[max(layer - 1, 0)...].reduce(0) { $0 + $1.units }
    let products = (layer..<layers.count).reduce(0) { $0 + network.units($1) * network.units($1 + 1) }
    return max(samples, 1) * (own + products + function * units)
  }
}

extension State {
  /// The state with all gradients of its iteration there: on the way, those that are not there yet are computed; those that
  /// are, stay.
  package var withGradients: State {
    var state = self
    let end = (program.operations.lastIndex { $0.phase == .backward } ?? -1) + 1
    if place.operation < end { state.advance(operation: end, unit: 0) }
    return state
  }

  /// Whether this iteration's update has changed a weight or bias.
  package var hasUpdated: Bool {
    zip(parameters, forward).contains { $0.w.version != $1.w.version || $0.b.version != $1.b.version }
  }
}
