/// How the numbers of an iteration of a network lie in one block: what is trained and remembered first, then what there is
/// once for the batch, then what there is for each sample. Workspaces of one network share it.
final class WorkspacePlan: Equatable, Sendable {
  /// The network whose numbers they are.
  let network: Network
  /// The optimizer's settings as they are for the biases.
  let settingsForBiases: [Double]
  /// The closed form of δ at the output, where there is one.
  let closedForm: ClosedForm?
  /// The layers, one after another.
  let layers: [LayerPlan]
  /// For each memory that the optimizer's rule reads, its place among what is kept; nil of what these settings do not keep.
  let slots: [Int?]
  /// How many numbers there are that are trained or remembered.
  let trainedLength: Int
  /// Whether the last of what is kept beside the parameters are the gradients of the iteration before.
  let keepsGradients: Bool
  /// About how many products the longest operation takes for a sample.
  let productsOfSample: Int
  /// Where the inputs, the targets, ∂L/∂x and the loss lie.
  let x, y, dx, loss: NumbersPlace
  /// Where each sample's loss lies.
  let losses: NumbersPlace
  /// How many there are once for the batch, what is trained included, and how many for each sample.
  private let length: NumbersPlace
  /// Where each kind lies: those of the network, then layer by layer those of each; nil for what is not kept.
  private let places: [NumbersPlace?]

  /// The kinds whose numbers lie in a place of their own.
  private static let kept = Quantity.Kind.all.filter(\.isKept)
  private static let trained = kept.filter { $0.isParameter || $0.slot != nil }
  private static let computed = kept.filter { !$0.isParameter && $0.slot == nil }

  /// Each begins on a boundary of eight, which is a line of the processor's memory and what it takes in at once.
  static let alignment = 8 * MemoryLayout<Double>.stride

  init(_ network: Network) {
    func padded(_ length: Int) -> Int { (length + 7) & ~7 }
    let (count, memory) = (network.layers.count, network.memory)
    let kinds = Quantity.Kind.all.count
    var places = [NumbersPlace?](repeating: nil, count: kinds * (count + 1))
    // What there is for each sample lies behind what there is once for the batch, whose length is known at the end.
    var (fixed, perSample) = (0, 0)
    func place(_ kind: Quantity.Kind, _ layer: Int) {
      let shape = kind.extent.shape(in: network, layer: layer)
      let length = padded(shape.rows * shape.columns)
      places[layer * kinds + kind.id] =
        kind.isOfSample ? NumbersPlace(once: 0, perSample: perSample) : NumbersPlace(once: fixed, perSample: 0)
      if kind.isOfSample { perSample += length } else { fixed += length }
    }
    for layer in 1..<count + 1 {
      for kind in WorkspacePlan.trained where kind.slot.map(memory.contains) ?? true { place(kind, layer) }
    }
    trainedLength = fixed
    for layer in 0..<count + 1 {
      for kind in WorkspacePlan.computed where kind.isOfLayer == (layer > 0) { place(kind, layer) }
    }
    let slopes = network.layers.map { layer in
      defer { perSample += padded(layer.units) }
      return perSample
    }
    let once = fixed
    losses = NumbersPlace(once: once, perSample: perSample)
    length = NumbersPlace(once: once, perSample: perSample + padded(1))
    for layer in 0..<count + 1 {
      for kind in WorkspacePlan.computed where kind.isOfSample { places[layer * kinds + kind.id]?.once = once }
    }
    self.places = places
    func placeOf(_ kind: Quantity.Kind, _ layer: Int = 0) -> NumbersPlace {
      places[layer * kinds + kind.id] ?? NumbersPlace(once: 0, perSample: 0)
    }
    (x, y, dx, loss) = (placeOf(.x), placeOf(.y), placeOf(.dx), placeOf(.loss))
    layers = network.layers.indices.map { index in
      LayerPlan(
        network.layers[index], inputs: network.units(index),
        slope: NumbersPlace(once: once, perSample: slopes[index]), memory: memory
      ) { placeOf($0, index + 1) }
    }
    slots = network.optimizer.rule.memory.map { memory.firstIndex(of: $0.name) }
    keepsGradients = memory.last == Quantity.Kind.slotOfGradients
    productsOfSample = layers.reduce(1) { max($0, $1.layer.units * ($1.inputs + Workspace.productsOfUnit)) }
    self.network = network
    settingsForBiases = network.optimizer.forBiases.values
    closedForm = network.closedForm
  }

  /// The same places, for a network whose optimizer has other numbers.
  init(_ network: Network, like other: WorkspacePlan) {
    self.network = network
    settingsForBiases = network.optimizer.forBiases.values
    (closedForm, layers, slots, places) = (other.closedForm, other.layers, other.slots, other.places)
    (x, y, dx, loss, losses) = (other.x, other.y, other.dx, other.loss, other.losses)
    (length, trainedLength) = (other.length, other.trainedLength)
    (productsOfSample, keepsGradients) = (other.productsOfSample, other.keepsGradients)
  }

  /// How many numbers there are with so many samples.
  func length(samples: Int) -> Int { length.start(samples: samples) }

  /// Where a quantity lies with so many samples, the first sample's where it belongs to one; nil where it is not kept as it
  /// is.
  func place(of quantity: Quantity, samples: Int) -> Int? {
    let at = quantity.layer * Quantity.Kind.all.count + quantity.kind.id
    return places.indices.contains(at) ? places[at]?.start(samples: samples) : nil
  }

  /// Two are the same where everything lies in the same place.
  static func == (one: WorkspacePlan, other: WorkspacePlan) -> Bool {
    one === other || one.places == other.places && one.length == other.length && one.slots == other.slots
  }
}
