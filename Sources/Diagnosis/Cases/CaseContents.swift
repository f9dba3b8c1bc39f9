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
    let layers = CaseLayers(weights.map(\.meaning.layer), units: arrays)
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
        guard let layer = layers.layer(of: array) else {
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
}

/// Which layer each name means: the weights say how many there are, in the order of their numbers, or as they stand.
private struct CaseLayers {
  /// The places of the weights, from the first layer to the last.
  private(set) var order: [Int]
  /// The place of weights of a layer that others are of already.
  private(set) var twice: Int?
  private let names: [ForeignName.Layer]
  private let firstOfUnits: Int

  /// Words that are the last layer's, and the first's where there are two.
  private static let (lastWords, firstWords): (Set<String>, Set<String>) = (
    ["o", "out", "output", "last", "final"], ["h", "hid", "hidden", "first"]
  )

  init(_ weights: [ForeignName.Layer], units arrays: [CaseArray]) {
    let indices = Array(weights.indices)
    let areNumbered = weights.allSatisfy { !$0.numbers.isEmpty }
    order =
      areNumbered
      ? indices.sorted { weights[$0].numbers.lexicographicallyPrecedes(weights[$1].numbers) }
      : indices.sorted { CaseLayers.rank(weights[$0], $0) < CaseLayers.rank(weights[$1], $1) }
    let names = order.map { weights[$0] }
    self.names = names
    twice = indices.first { place in weights[..<place].contains(weights[place]) }
    // Units are counted from 1 wherever a number as high as the last layer's is among them, and else as the weights are.
    let first = names.first?.numbers.last ?? 1
    let unitNumbers = arrays.filter { [.units].contains($0.meaning.kind.extent) }.compactMap(
      \.meaning.layer.numbers.last)
    let inputs = arrays.first { $0.meaning.kind == .x }?.elements
    let holdsInputs = arrays.contains {
      $0.meaning.kind == .a && $0.meaning.layer.numbers.last == 0 && $0.elements == inputs
    }
    let isFromZero = first == 0 && !holdsInputs && unitNumbers.allSatisfy { $0 < names.count }
    firstOfUnits = isFromZero ? 0 : 1
  }

  private static func rank(_ layer: ForeignName.Layer, _ place: Int) -> Int {
    if lastWords.contains(layer.words), layer.numbers.isEmpty { return .max }
    return firstWords.contains(layer.words) && layer.numbers.isEmpty ? -1 : place
  }

  /// The layer of an array, from 1; 0 of activations that are the inputs; nil where the name does not tell.
  func layer(of array: CaseArray) -> Int? {
    let (kind, name) = (array.meaning.kind, array.meaning.layer)
    if name.numbers.isEmpty, name.words.isEmpty { return names.count == 1 ? 1 : nil }
    if kind.extent == .units, let number = name.numbers.last {
      let layer = number + 1 - firstOfUnits
      return (kind == .a ? 0 : 1)...names.count ~= layer ? layer : nil
    }
    if let place = names.firstIndex(of: name) { return place + 1 }
    if !name.numbers.isEmpty {
      let places = names.indices.filter { names[$0].numbers == name.numbers }
      return places.count == 1 ? places[0] + 1 : nil
    }
    if CaseLayers.lastWords.contains(name.words) { return names.count }
    return CaseLayers.firstWords.contains(name.words) && names.count <= 2 ? 1 : nil
  }
}
