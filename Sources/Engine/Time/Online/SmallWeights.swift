/// The weights of a layer of at most eight units and inputs while it learns by plain gradient descent, by rows and by columns,
/// each in one vector: a sum over the inputs then needs no folding, nor does one over the units. Lanes without a unit or an
/// input have numbers that nobody reads.
struct SmallWeights {
  /// Eight rows, eight columns, and the biases.
  private let rows, columns, biases: UnsafeMutablePointer<Double>
  private let layer: UnsafeMutablePointer<LayerBuffers>
  private let units, inputs: Int
  private let factor: Double

  /// The most units and inputs.
  static let most = 8

  /// How many numbers at a time go through a function for so many units.
  static func lanes(_ units: Int) -> Int { units > 4 ? most : 4 }

  /// Those of a layer.
  init(of layer: UnsafeMutablePointer<LayerBuffers>, rate: Double) {
    self.layer = layer
    (units, inputs) = (layer.pointee.units, layer.pointee.inputs)
    factor = -rate
    rows = .allocate(capacity: SmallWeights.length)
    rows.initialize(repeating: 0, count: SmallWeights.length)
    columns = rows + 64
    biases = columns + 64
  }

  private static let length = 2 * 64 + 8

  func deallocate() { rows.deallocate() }

  /// Takes the weights over as they are.
  func load() {
    rows.update(repeating: 0, count: SmallWeights.length)
    for k in 0..<units {
      for j in 0..<inputs {
        rows[8 * k + j] = layer.pointee.w[k * inputs + j]
        columns[8 * j + k] = rows[8 * k + j]
      }
      biases[k] = layer.pointee.b[k]
    }
  }

  /// Puts them back.
  func store() {
    for k in 0..<units {
      for j in 0..<inputs { layer.pointee.w[k * inputs + j] = rows[8 * k + j] }
      layer.pointee.b[k] = biases[k]
    }
  }

  /// net = w · a + b
  @inline(__always)
  func takeNet(_ x: UnsafePointer<Double>, to net: UnsafeMutablePointer<Double>) {
    var sums: SIMD8<Double>
    if inputs == 8 {
      // As `dot` folds eight products.
      let one = (product(0, x) + product(4, x)) + (product(2, x) + product(6, x))
      let other = (product(1, x) + product(5, x)) + (product(3, x) + product(7, x))
      sums = one + other
    } else {
      sums = product(0, x)
      var j = 1
      while j < inputs {
        sums.addProduct(.load(columns + 8 &* j), SIMD8(repeating: x[j]))
        j = j &+ 1
      }
    }
    (sums + .load(biases)).store(to: net)
  }

  @inline(__always)
  private func product(_ j: Int, _ x: UnsafePointer<Double>) -> SIMD8<Double> { .load(columns + 8 * j) * x[j] }

  /// ∂L/∂a of the layer before, where there is one, and the update. Both numbers and places are of eight lanes.
  @inline(__always)
  func learn(
    _ x: UnsafePointer<Double>, _ delta: UnsafePointer<Double>, passingTo before: UnsafeMutablePointer<Double>?
  ) {
    let (inputsOfAll, deltas) = (SIMD8.load(x), SIMD8.load(delta))
    var passed = SIMD8.load(rows) * delta[0]
    var k = 0
    while k < units {
      let row = rows + 8 &* k
      let weights = SIMD8.load(row)
      if k > 0 { passed.addProduct(weights, SIMD8(repeating: delta[k])) }
      (weights + inputsOfAll * delta[k] * factor).store(to: row)
      k = k &+ 1
    }
    if let before { passed.store(to: before) }
    var j = 0
    while j < inputs {
      let column = columns + 8 &* j
      (.load(column) + deltas * x[j] * factor).store(to: column)
      j = j &+ 1
    }
    (.load(biases) + deltas * factor).store(to: biases)
  }
}
