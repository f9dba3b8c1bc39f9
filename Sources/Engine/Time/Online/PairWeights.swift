/// The weights and biases of a layer of at most two units and two inputs while it learns by plain gradient descent, by columns and,
/// where something is passed to a layer before, by rows, each a pair.
struct PairWeights {
  /// Two columns, two rows, and the biases.
  private let columns, rows, biases: UnsafeMutablePointer<Pair>
  private let layer: UnsafeMutablePointer<LayerBuffers>
  private let units, inputs: Int
  private let update, updateOfBiases: OnlineUpdate
  private let factor: Double
  /// Whether there is a layer before.
  private let isPassing: Bool

  /// Those of a layer; nil where it is larger, or learns otherwise.
  init?(of layer: UnsafeMutablePointer<LayerBuffers>, in network: Network, isPassing: Bool) {
    (units, inputs) = (layer.pointee.units, layer.pointee.inputs)
    update = OnlineUpdate(.w, of: layer, network.optimizer)
    updateOfBiases = OnlineUpdate(.b, of: layer, network.optimizer.forBiases)
    guard max(units, inputs) <= Pair.scalarCount, layer.pointee.biases == units, update.isOfDescent,
      updateOfBiases.isOfDescent
    else { return nil }
    self.layer = layer
    factor = update.factor
    self.isPassing = isPassing
    columns = .allocate(capacity: 5)
    columns.initialize(repeating: Pair(), count: 5)
    rows = columns + 2
    biases = rows + 2
  }

  func deallocate() { columns.deallocate() }

  /// Takes the weights over as they are.
  func load() {
    for k in 0..<units {
      for j in 0..<inputs {
        let weight = layer.pointee.w[k * inputs + j]
        (rows[k][j], columns[j][k]) = (weight, weight)
      }
      biases[0][k] = layer.pointee.b[k]
    }
  }

  /// Puts them back, after so many samples.
  func store(after samples: Int) {
    for k in 0..<units {
      for j in 0..<inputs { layer.pointee.w[k * inputs + j] = columns[j][k] }
      layer.pointee.b[k] = biases[0][k]
    }
    update.count(samples)
    updateOfBiases.count(samples)
  }

  /// net = w · a + b
  @inline(__always)
  func net(_ x: Pair) -> Pair {
    var sums = columns[0] * x[0]
    if inputs > 1 { sums.addProduct(columns[1], Pair(repeating: x[1])) }
    return sums + biases[0]
  }

  /// ∂L/∂a of the layer before, by the weights as they were, where there is one; and the update.
  @inline(__always)
  func learn(_ x: Pair, _ delta: Pair) -> Pair {
    var passed = Pair()
    if isPassing {
      passed = rows[0] * delta[0]
      rows[0] += x * delta[0] * factor
      if units > 1 {
        passed.addProduct(rows[1], Pair(repeating: delta[1]))
        rows[1] += x * delta[1] * factor
      }
    }
    columns[0] += delta * x[0] * factor
    if inputs > 1 { columns[1] += delta * x[1] * factor }
    biases[0] += delta * factor
    return passed
  }
}
