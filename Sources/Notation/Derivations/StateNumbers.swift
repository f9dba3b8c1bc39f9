import Engine

/// The numbers of a state, one at a time; matrices are fetched once. Weights and biases with a version are those of that
/// version: the ones that this iteration's forward pass read, or the present ones.
final class StateNumbers {
  let state: State
  /// The network as this iteration worked with it.
  var network: Network { state.worked }
  private var matrices: [Key: Matrix] = [:]

  private struct Key: Hashable {
    let quantity: Quantity
    let sample: Int
  }

  init(_ state: State) { self.state = state }

  /// The sample that is meant where none is said.
  func sample(_ sample: Int?) -> Int { sample ?? state.selected }

  /// The number of an element.
  /// - Throws: where it is not computed yet, or there is no such element.
  func number(_ element: Element, version: Int? = nil) throws(NotComputed) -> Double {
    let quantity = element.quantity
    if let version, let forward = forwardNumber(element, version: version) { return forward }
    if quantity.kind == .loss, let sample = element.sample { return try state.loss(ofSample: sample) }
    if let count = state.computedUnits(of: quantity), element.row >= count { _ = try state.value(of: quantity) }
    if quantity.kind == .jacobian { return try jacobian(element) }
    let matrix = try matrix(quantity, element.sample)
    guard element.row >= 0, element.row < matrix.rows, element.column >= 0, element.column < matrix.columns else {
      return .nan
    }
    return matrix[element.row, element.column]
  }

  /// All numbers of a quantity, as far as they are computed.
  private func matrix(_ quantity: Quantity, _ sample: Int?) throws(NotComputed) -> Matrix {
    let key = Key(quantity: quantity, sample: self.sample(sample))
    if let known = matrices[key] { return known }
    let matrix = try state.partialValue(of: quantity, sample: key.sample)
    matrices[key] = matrix
    return matrix
  }

  /// A weight or bias as this iteration's forward pass read it, or what was kept beside it then; nil for another version, or
  /// what is none.
  private func forwardNumber(_ element: Element, version: Int) -> Double? {
    guard let parameter = forwardParameter(element.quantity), parameter.version == version else { return nil }
    let place = element.row * parameter.columns + element.column
    let values =
      element.quantity.kind.slot == nil
      ? parameter.values : state.forwardMemory(of: element.quantity)?.elements ?? []
    return values.indices.contains(place) ? values[place] : nil
  }

  /// The weights or biases of a quantity's layer as this iteration's forward pass read them, whichever of their
  /// quantities (`w`, `dw`, `uw`, …) it is.
  func forwardParameter(_ quantity: Quantity) -> Parameter? {
    guard quantity.layer >= 1, quantity.layer <= state.forward.count else { return nil }
    return quantity.kind.parameter == nil ? nil : state.forward[quantity.layer - 1][quantity.kind]
  }

  /// One element of J.
  private func jacobian(_ element: Element) throws(NotComputed) -> Double {
    let layer = element.quantity.layer
    guard layer >= 1, layer <= network.layers.count else { return .nan }
    let net = try matrix(Quantity(.net, layer), element.sample)
    let a = try matrix(Quantity(.a, layer), element.sample)
    return network.layers[layer - 1].activation.jacobian(net: net, a: a, element.row, element.column)
  }

  /// The activation of a layer, from 1.
  func activation(_ layer: Int) -> ActivationChoice? {
    layer >= 1 && layer <= network.layers.count ? network.layers[layer - 1].activation : nil
  }

  /// The rows and columns of a quantity.
  func shape(_ quantity: Quantity) -> Shape? {
    state.shape(of: quantity).map { Shape($0.rows, $0.columns) }
  }
}
