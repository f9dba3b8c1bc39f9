// Eight futures of one network in the lanes of one vector: each number of the network is a vector with a lane for each
// future. What is done is what the operations' rows do, sum for sum in the same order, so that each lane has the bits of its
// future alone. Functions are taken over the lanes of all units as one long run.

/// A number of each of eight futures.
typealias Lanes = SIMD8<Double>

extension Lanes {
  /// Its numbers one behind the other, for what takes a run of them.
  @inline(__always)
  static func run(_ vectors: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Double.self)
  }

  /// Σ w[i]·a[i] in the order of `dot`.
  @inline(__always)
  static func dot(_ w: UnsafeMutablePointer<Lanes>, count: Int, _ a: (Int) -> Lanes) -> Lanes {
    guard count > 0 else { return .zero }
    var total: Lanes
    var index: Int
    if count >= 8 {
      var parts: (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes) = (
        w[0] * a(0), w[1] * a(1), w[2] * a(2), w[3] * a(3), w[4] * a(4), w[5] * a(5), w[6] * a(6), w[7] * a(7)
      )
      index = 8
      while index + 8 <= count {
        parts.0.addProduct(w[index], a(index))
        parts.1.addProduct(w[index + 1], a(index + 1))
        parts.2.addProduct(w[index + 2], a(index + 2))
        parts.3.addProduct(w[index + 3], a(index + 3))
        parts.4.addProduct(w[index + 4], a(index + 4))
        parts.5.addProduct(w[index + 5], a(index + 5))
        parts.6.addProduct(w[index + 6], a(index + 6))
        parts.7.addProduct(w[index + 7], a(index + 7))
        index += 8
      }
      let (zero, one) = (parts.0 + parts.4, parts.1 + parts.5)
      let (two, three) = (parts.2 + parts.6, parts.3 + parts.7)
      total = (zero + two) + (one + three)
    } else {
      total = w[0] * a(0)
      index = 1
    }
    while index < count {
      total.addProduct(w[index], a(index))
      index += 1
    }
    return total
  }
}

/// The numbers of one layer, of eight futures.
struct LaneLayer {
  let units: Int
  let inputs: Int
  let biases: Int
  let isShared: Bool
  let freezesWeights: Bool
  let freezesBiases: Bool
  /// f and f′ of a run of units; no f′ of what works on the layer as a whole.
  let values: @Sendable (Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  let slopes: (@Sendable (Activation.Numbers, Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void)?
  let settings: [Double]
  let w, b, dw, db, uw, ub, net, a, da, slope, delta: UnsafeMutablePointer<Lanes>
  /// The optimizer's memory, in the order of its table.
  let wMemory, bMemory: [UnsafeMutablePointer<Lanes>]
  /// How many updates the optimizer has made to each.
  var (wUpdates, bUpdates) = (0, 0)

  /// How many vectors a layer takes.
  static func count(_ network: Network, _ number: Int) -> Int {
    let layer = network.layers[number - 1]
    let weights = layer.units * network.units(number - 1)
    let slots = network.optimizer.rule.memory.count
    return (3 + slots) * (weights + layer.biasCount) + 5 * layer.units
  }

  /// Layer `number`, from 1, in a block that it takes its part of.
  init(_ network: Network, _ number: Int, in block: inout UnsafeMutablePointer<Lanes>) {
    let layer = network.layers[number - 1]
    units = layer.units
    inputs = network.units(number - 1)
    biases = layer.biasCount
    isShared = layer.bias == .shared
    freezesWeights = layer.freezesWeights
    freezesBiases = layer.freezesBiases
    values = layer.activation.rule.values
    slopes = layer.activation.rule.slopes
    settings = layer.activation.values
    func take(_ count: Int) -> UnsafeMutablePointer<Lanes> {
      defer { block += count }
      return block
    }
    let (weights, biases) = (units * inputs, biases)
    (w, dw, uw) = (take(weights), take(weights), take(weights))
    (b, db, ub) = (take(biases), take(biases), take(biases))
    (net, a, da, slope, delta) = (take(units), take(units), take(units), take(units), take(units))
    let slots = network.optimizer.rule.memory.count
    wMemory = (0..<slots).map { _ in take(weights) }
    bMemory = (0..<slots).map { _ in take(biases) }
  }
}
