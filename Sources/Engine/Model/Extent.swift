/// Along which sizes of a network a quantity extends: its shape, how many indices it takes and what they count follow.
package enum Extent: Sendable {
  /// One number.
  case scalar
  /// One number of a layer.
  case layer
  /// A number for each input.
  case inputs
  /// A number for each output.
  case outputs
  /// A number for each unit of a layer.
  case units
  /// A number for each pair of a layer's units.
  case square
  /// A row for each unit of a layer, with a number for each unit before it.
  case weights
  /// A number for each bias of a layer: one a unit, one for all units, or none.
  case biases

  /// Whether it is an extent of a layer, not of the network.
  var isOfLayer: Bool {
    switch self {
    case .scalar, .inputs, .outputs: false
    case .layer, .units, .square, .weights, .biases: true
    }
  }

  /// How many indices an element is written with in a network: the bias that a whole layer shares is one number.
  package func indexCount(in network: Network, layer: Int) -> Int {
    let isShared =
      self == .biases && network.layers.indices.contains(layer - 1) && network.layers[layer - 1].bias == .shared
    return isShared ? 0 : indexCount
  }

  /// How many indices an element is written with, where nothing is shared.
  package var indexCount: Int { letters.count }

  /// What there is a number for, in a few words.
  package var meaning: Text {
    switch self {
    case .scalar: "one number"
    case .layer: "one number of the layer"
    case .inputs: "a number for each input"
    case .outputs: "a number for each output"
    case .units: "a number for each unit of the layer"
    case .square: "a number for each pair of the layer's units"
    case .weights: "a row for each unit of the layer, in it a number for each unit before"
    case .biases: "a number for each bias of the layer"
    }
  }

  /// The letters that its indices have in an equation: see `Equation`.
  package var letters: [String] {
    switch self {
    case .scalar, .layer: []
    case .inputs: ["j"]
    case .outputs, .units, .biases: ["k"]
    case .square: ["i", "k"]
    case .weights: ["k", "j"]
    }
  }

  /// Rows and columns in a network; the layer is counted from 1 and has to be there where the extent is a layer's.
  func shape(in network: Network, layer: Int) -> (rows: Int, columns: Int) {
    switch self {
    case .scalar, .layer: (1, 1)
    case .inputs: (network.inputs, 1)
    case .outputs: (network.outputs, 1)
    case .units: (network.units(layer), 1)
    case .square: (network.units(layer), network.units(layer))
    case .weights: (network.units(layer), network.units(layer - 1))
    case .biases: (network.layers[layer - 1].biasCount, 1)
    }
  }
}

extension Quantity {
  /// The layer whose units an axis (0 rows, 1 columns) counts: 0 is the input. Nil where it counts no units.
  package func layer(along axis: Int, in network: Network) -> Int? {
    switch kind.extent {
    case .scalar, .layer: nil
    case .inputs: 0
    case .outputs: network.layers.count
    case .units, .square, .biases: layer
    case .weights: axis == 1 ? layer - 1 : layer
    }
  }
}
