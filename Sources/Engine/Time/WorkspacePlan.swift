/// How the numbers of an iteration of a network lie in one block: what is trained and remembered first, then what there is
/// once for the batch, then what there is for each sample. Workspaces of one network share it.
final class WorkspacePlan: Equatable, Sendable {
  /// The names of what the optimizer remembers, and its kinds beside weights and biases.
  let memory: [String]
  let weightMemory, biasMemory: [Quantity.Kind]
  /// For each memory that the optimizer's rule reads, its place among those names; nil of what these settings do not keep.
  let slots: [Int?]
  /// How many numbers there are that are trained or remembered.
  let trainedLength: Int
  /// How many there are once for the batch, those included.
  private let fixedLength: Int
  /// How many there are for each sample.
  private let lengthPerSample: Int
  /// How many units the widest layer has.
  private let widest: Int
  /// Where what is kept for each sample besides the quantities lies: its loss, and each layer's f′, which is J where that is
  /// diagonal.
  private let lossPlace: Int
  private let slopePlaces: [Int]
  /// Where each kind lies in its part: those of the network, then layer by layer those of each; -1 for what is not kept.
  private let places: [Int]

  /// The kinds whose numbers lie in a place of their own.
  private static let kept = Quantity.Kind.all.filter(\.isKept)
  private static let trained = kept.filter { $0.isParameter || $0.memory != nil }
  private static let computed = kept.filter { !$0.isParameter && $0.memory == nil }

  /// Each begins on a boundary of eight, which is a line of the processor's memory and what it takes in at once.
  static let alignment = 8 * MemoryLayout<Double>.stride

  init(_ network: Network) {
    func padded(_ length: Int) -> Int { (length + 7) & ~7 }
    let (count, memory) = (network.layers.count, network.optimizer.memory)
    self.memory = memory
    weightMemory = memory.compactMap { Quantity.Kind.memory($0, of: .w) }
    biasMemory = memory.compactMap { Quantity.Kind.memory($0, of: .b) }
    slots = network.optimizer.rule.memory.map { memory.firstIndex(of: $0.name) }
    let kinds = Quantity.Kind.all.count
    var places = [Int](repeating: -1, count: kinds * (count + 1))
    var (fixed, perSample) = (0, 0)
    func place(_ kind: Quantity.Kind, _ layer: Int) {
      let shape = kind.extent.shape(in: network, layer: layer)
      let length = shape.rows * shape.columns
      places[layer * kinds + kind.id] = kind.isOfSample ? perSample : fixed
      if kind.isOfSample { perSample += padded(length) } else { fixed += padded(length) }
    }
    for layer in 1..<count + 1 {
      for kind in WorkspacePlan.trained where kind.memory.map(memory.contains) ?? true { place(kind, layer) }
    }
    trainedLength = fixed
    for layer in 0..<count + 1 {
      for kind in WorkspacePlan.computed where kind.isOfLayer == (layer > 0) { place(kind, layer) }
    }
    slopePlaces = network.layers.map { layer in
      defer { perSample += padded(layer.units) }
      return perSample
    }
    lossPlace = perSample
    widest = network.layers.map(\.units).max() ?? 0
    fixedLength = fixed
    lengthPerSample = perSample + padded(1)
    self.places = places
  }

  /// How many numbers there are with so many samples.
  func length(samples: Int) -> Int { fixedLength + lengthPerSample * samples }

  /// How many numbers there have to be room for while products of so many samples are taken.
  func roomForProducts(samples: Int) -> Int { 8 * max(widest, samples) }

  /// Where a quantity lies with so many samples, the first sample's where it belongs to one; nil where it is not kept as it
  /// is.
  func place(of quantity: Quantity, samples: Int) -> Int? {
    let at = quantity.layer * Quantity.Kind.all.count + quantity.kind.id
    guard places.indices.contains(at), places[at] >= 0 else { return nil }
    return quantity.kind.isOfSample ? fixedLength + places[at] * samples : places[at]
  }

  /// Where the f′ of a layer, counted from 1, lie.
  func slopes(ofLayer layer: Int, samples: Int) -> Int { fixedLength + slopePlaces[layer - 1] * samples }

  /// Where each sample's loss lies.
  func losses(samples: Int) -> Int { fixedLength + lossPlace * samples }

  /// Two are the same where everything lies in the same place.
  static func == (one: WorkspacePlan, other: WorkspacePlan) -> Bool {
    one === other
      || one.places == other.places && one.fixedLength == other.fixedLength
        && one.lengthPerSample == other.lengthPerSample && one.slots == other.slots
  }
}
