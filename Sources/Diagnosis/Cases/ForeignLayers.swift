import Engine

/// Which layer each name means: the weights say how many there are, in the order of their numbers, or as they stand.
package struct ForeignLayers {
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

  /// The layers of some arrays of a file, by the names of their weights.
  /// - Parameters:
  ///   - weights: the layers of the weights, or of what has their names, in the order of the file.
  ///   - all: every name of the file that means something.
  ///   - countsInputs: whether the inputs are among the activations, as those of layer 0.
  package init(_ weights: [ForeignName.Layer], among all: [ForeignName], countsInputs: Bool = false) {
    let indices = Array(weights.indices)
    let areNumbered = weights.allSatisfy { !$0.numbers.isEmpty }
    order =
      areNumbered
      ? indices.sorted { weights[$0].numbers.lexicographicallyPrecedes(weights[$1].numbers) }
      : indices.sorted { ForeignLayers.rank(weights[$0], $0) < ForeignLayers.rank(weights[$1], $1) }
    let names = order.map { weights[$0] }
    self.names = names
    twice = indices.first { place in weights[..<place].contains(weights[place]) }
    // Units are counted from 1 wherever a number as high as the last layer's is among them, and else as the weights are.
    let first = names.first?.numbers.last ?? 1
    let unitNumbers = all.filter { $0.kind.extent == .units }.compactMap(\.layer.numbers.last)
    let isFromZero = first == 0 && !countsInputs && unitNumbers.allSatisfy { $0 < names.count }
    firstOfUnits = isFromZero ? 0 : 1
  }

  /// The layers of a file of gradients of a network, by the names of those of the weights, or of the biases where there are
  /// none; nil where these are not as many as the network has layers.
  package init?(ofGradients all: [ForeignName], in network: Network) {
    for kind in [Quantity.Kind.w, .b] {
      let layers = all.filter { $0.kind.gradientOf == kind && !$0.isAfterUpdate }.map(\.layer)
      guard layers.count == network.layers.count, Set(layers).count == layers.count else { continue }
      self.init(layers, among: all)
      return
    }
    return nil
  }

  private static func rank(_ layer: ForeignName.Layer, _ place: Int) -> Int {
    if lastWords.contains(layer.words), layer.numbers.isEmpty { return .max }
    return firstWords.contains(layer.words) && layer.numbers.isEmpty ? -1 : place
  }

  /// The layer of an array, from 1; 0 of activations that are the inputs; nil where the name does not tell.
  package func layer(of meaning: ForeignName) -> Int? {
    let (kind, name) = (meaning.kind, meaning.layer)
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
    if ForeignLayers.lastWords.contains(name.words) { return names.count }
    return ForeignLayers.firstWords.contains(name.words) && names.count <= 2 ? 1 : nil
  }
}
