import Engine
import Notation

/// The arrays of a case, each as a quantity of a layer: found by their names alone, before any shape is looked at.
struct CaseContents {
  let inputs: CaseArray
  let targets: CaseArray
  /// The weights, from the first layer to the last.
  private(set) var weights: [CaseArray] = []
  /// The biases of each layer; nil where it has none.
  private(set) var biases: [CaseArray?] = []
  /// What was computed, and the loss.
  private(set) var computed: [(quantity: Quantity, array: CaseArray)] = []
  /// What the update made of the parameters.
  private(set) var updated: [(quantity: Quantity, array: CaseArray)] = []
  /// The learning rate.
  private(set) var rate: CaseArray?
  /// The names that mean something, and not which layer, or the same as one before.
  private(set) var unplaced: [String] = []

  /// Sorts arrays by their names. Throws where inputs, targets or weights are missing, or a layer is not clear.
  init(_ arrays: [CaseArray]) throws(CaseError) {
    let known = arrays.map(\.name).prefix(12).joined(separator: ", ") + (arrays.count > 12 ? ", …" : "")
    func only(_ kind: Quantity.Kind, _ what: Text) throws(CaseError) -> CaseArray {
      // Of several the largest: t may as well be a count.
      let all = arrays.filter { $0.meaning.kind == kind }
      let most = all.map(\.elements.count).max()
      guard let found = all.first(where: { $0.elements.count == most }) else {
        throw CaseError("it has no \(what); known of it are: \(known)")
      }
      return found
    }
    inputs = try only(.x, "inputs: an array X was expected")
    targets = try only(.y, "targets: an array Y was expected")
    let weights = arrays.filter { $0.meaning.kind == .w && !$0.meaning.isAfterUpdate }
    guard !weights.isEmpty else {
      throw CaseError("it has no weights: an array W1 was expected; known of it are: \(known)")
    }
    guard weights.count <= Network.limits.layers else {
      throw CaseError("a network has at most \(Network.limits.layers) layers, it has weights of \(weights.count)")
    }
    let holdsInputs = arrays.contains {
      $0.meaning.kind == .a && $0.meaning.layer.numbers.last == 0 && $0.elements == inputs.elements
    }
    let layers = ForeignLayers(
      weights.map(\.meaning.layer), among: arrays.map(\.meaning), countsInputs: holdsInputs)
    self.weights = layers.order.map { weights[$0] }
    biases = Array(repeating: nil, count: weights.count)
    if let twice = layers.twice { throw CaseError("\(weights[twice].name) is of the same layer as one before it") }
    var taken: Set<String> = []
    for array in arrays {
      let (kind, meaning) = (array.meaning.kind, array.meaning)
      if kind == .w && !meaning.isAfterUpdate { continue }
      if kind == .x || kind == .y {
        if array.name != inputs.name, array.name != targets.name { unplaced.append(array.name) }
        continue
      }
      var quantity = Quantity(kind)
      if kind == .out { quantity = Quantity(.a, weights.count) }
      if kind.isOfLayer {
        guard let layer = layers.layer(of: meaning) else {
          unplaced.append(array.name)
          continue
        }
        // The activations of layer 0 are the inputs.
        if layer == 0 { continue }
        quantity = Quantity(kind, layer)
      }
      guard taken.insert("\(quantity.name) \(meaning.isAfterUpdate)").inserted else {
        unplaced.append(array.name)
        continue
      }
      if meaning.isAfterUpdate {
        updated.append((quantity, array))
      } else if kind == .b {
        biases[quantity.layer - 1] = array
      } else if kind == .rate {
        rate = array
      } else {
        computed.append((quantity, array))
      }
    }
  }

  /// The same where each matrix of weights that has one input more than its layer holds the biases in one of its columns, its
  /// gradient and what the update made of it likewise; nil where none has.
  func splittingBiases(_ column: BiasColumn, inputs: Int, samples: Int, _ layout: CaseReading.Layout) -> CaseContents? {
    var (split, units, isSplit) = (self, inputs, false)
    for layer in weights.indices {
      let array = weights[layer]
      let matrix = array.isLine ? nil : layout.weights == .outIn ? array.matrix : array.matrix.transposed
      guard let matrix else { return nil }
      defer { units = matrix.rows }
      guard matrix.columns == units + 1, biases[layer] == nil,
        let (own, column2) = array.split(column, of: layout.weights)
      else { continue }
      isSplit = true
      (split.weights[layer], split.biases[layer]) = (own, column2)
      func parts(_ all: [(quantity: Quantity, array: CaseArray)], _ kind: Quantity.Kind, _ bias: Quantity.Kind)
        -> [(quantity: Quantity, array: CaseArray)]
      {
        all.flatMap { item -> [(quantity: Quantity, array: CaseArray)] in
          guard item.quantity == Quantity(kind, layer + 1), item.array.shape == array.shape,
            let (own, biases) = item.array.split(column, of: layout.weights)
          else { return [item] }
          return [(item.quantity, own), (Quantity(bias, layer + 1), biases)]
        }
      }
      split.computed = parts(split.computed, .dw, .db)
      split.updated = parts(split.updated, .w, .b)
    }
    guard isSplit else { return nil }
    split.computed = split.computed.map { quantity, array in
      let units = quantity.kind == .a ? split.weights.indices.contains(quantity.layer - 1) : false
      guard units, let count = split.biases[quantity.layer - 1]?.elements.count,
        let own = array.withoutOnes(samples: samples, units: count, samplesAreRows: layout.samplesAreRows)
      else { return (quantity, array) }
      return (quantity, own)
    }
    return split
  }
}
