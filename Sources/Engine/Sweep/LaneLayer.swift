/// A layer of eight futures of one network. Each has the next one learn from its activations before it goes on, so that a sample
/// goes forward on the way in and back on the way out, as in OnlineLayer; its functions and numbers are in places of its own
/// for the same reason.
final class LaneLayer {
  /// What it computes of the sample at hand.
  let columns: LaneColumns
  let weights, biases: LaneParameter
  private let next: Unmanaged<LaneLayer>?
  private let loss: OnlineLoss
  private let values: @Sendable (Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  private let slopes:
    @Sendable (Activation.Numbers, Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  private let settings: [Double]
  private let units, inputs: Int
  private let bias: Layer.Bias
  private let w, b, net, a, da, slope, delta: UnsafeMutablePointer<Lanes>
  /// The activations before it, or the sample's inputs.
  private let x: UnsafeMutablePointer<Lanes>
  /// ∂L/∂a of the layer before; nil of the first.
  private let before: UnsafeMutablePointer<Lanes>?
  /// Σ of the squares of all outputs that there have been, before the activation and behind it.
  private let squares: UnsafeMutablePointer<Lanes>

  /// Layer `index` of the networks of all lanes, from 0, before the next one. Its columns and those of the layer before are in
  /// the workspace already, the parameters take their part of a block.
  init(
    _ index: Int, of networks: [Network], _ columns: LaneColumns, after previous: LaneColumns?,
    inputs x: UnsafeMutablePointer<Lanes>, before next: LaneLayer?, _ loss: OnlineLoss,
    squares: UnsafeMutablePointer<Lanes>, in block: inout UnsafeMutablePointer<Lanes>
  ) {
    let layer = networks[0].layers[index]
    self.next = next.map(Unmanaged.passUnretained)
    self.loss = loss
    let rule = layer.activation.rule
    (values, settings) = (rule.values, layer.activation.values)
    if let slopes = rule.slopes { self.slopes = slopes } else { slopes = { _, _, _, _, _ in } }
    (units, inputs, bias) = (layer.units, networks[0].units(index), layer.bias)
    let optimizers = networks.map(\.optimizer)
    weights = LaneParameter(units * inputs, isFrozen: layer.freezesWeights, optimizers, in: &block)
    biases = LaneParameter(layer.biasCount, isFrozen: layer.freezesBiases, optimizers.map(\.forBiases), in: &block)
    (w, b) = (weights.values, biases.values)
    self.columns = columns
    (net, a, da, slope, delta) = (columns.net, columns.a, columns.da, columns.slope, columns.delta)
    (self.x, before) = (previous?.a ?? x, previous?.da)
    self.squares = squares
  }

  /// Takes its inputs forward, and what comes of them through the layers behind.
  func forward() {
    activate()
    next?._withUnsafeGuaranteedRef { $0.forward() }
  }

  /// Takes its inputs forward and back, the layers behind included. Where the sample is the iteration's only one, weights and
  /// biases are updated, else its gradients go into those of the batch, where the first is taken as it is.
  func learn(isOnly: Bool, isFirst: Bool) {
    activate()
    if let next {
      next._withUnsafeGuaranteedRef { $0.learn(isOnly: isOnly, isFirst: isFirst) }
      passThroughActivation()
    } else {
      noteSize()
      let isDelta = loss.takeSlopes(Lanes.run(a), Lanes.run(da), Lanes.run(delta), units * Lanes.scalarCount)
      if !isDelta { passThroughActivation() }
    }
    if isOnly, weights.isOfDescent {
      descend()
    } else {
      passBack()
      if weights.isThere { addGradients(isFirst: isFirst) }
      if isOnly { weights.update() }
    }
    if isOnly, bias == .own, biases.isOfDescent {
      let factor = biases.factor
      for k in 0..<units { b[k] += delta[k] * factor }
      biases.countUpdate()
    } else if biases.isThere {
      addBiasGradients(isFirst: isFirst)
      if isOnly { biases.update() }
    }
  }

  /// a = f(w · x + b)
  @inline(__always)
  private func activate() {
    switch bias {
    case .own: takeNet { $0 + b[$1] }
    case .shared: takeNet { sum, _ in sum + b[0] }
    case .none: takeNet { sum, _ in sum }
    }
    if next == nil, loss.needsLogSum {
      softmaxInLanes(net, into: a, count: units)
    } else {
      values(Lanes.run(net), Lanes.run(a), units * Lanes.scalarCount, settings)
    }
  }

  /// net = w · x and what is added to it.
  @inline(__always)
  private func takeNet(_ complete: (Lanes, Int) -> Lanes) {
    let (units, inputs) = (units, inputs)
    guard inputs < 8 else {
      for k in 0..<units { net[k] = complete(Lanes.dot(w + k * inputs, x, count: inputs), k) }
      return
    }
    eachTwo(of: units) { k in
      let (row, other) = (w + k &* inputs, w + (k &+ 1) &* inputs)
      var (sum, otherSum, j) = (row[0] * x[0], other[0] * x[0], 1)
      while j < inputs {
        let input = x[j]
        sum.addProduct(row[j], input)
        otherSum.addProduct(other[j], input)
        j = j &+ 1
      }
      net[k] = complete(sum, k)
      net[k &+ 1] = complete(otherSum, k &+ 1)
    } rest: { k in
      net[k] = complete(Lanes.dot(w + k &* inputs, x, count: inputs), k)
    }
  }

  @inline(__always)
  private func noteSize() {
    var sum = Lanes.zero
    for k in 0..<units {
      sum.addProduct(net[k], net[k])
      sum.addProduct(a[k], a[k])
    }
    squares[0] += sum
  }

  /// δ = f′(net) ⊙ ∂L/∂a
  @inline(__always)
  private func passThroughActivation() {
    slopes(Lanes.run(net), Lanes.run(a), Lanes.run(slope), units * Lanes.scalarCount, settings)
    for k in 0..<units { delta[k] = slope[k] * da[k] }
  }

  /// ∂L/∂a of the layer before, from the weights as they were, and w ← w + x·δ·factor.
  @inline(__always)
  private func descend() {
    let (units, inputs, factor) = (units, inputs, weights.factor)
    weights.countUpdate()
    if let before {
      eachTwo(of: inputs) { j in
        let (input, other) = (x[j], x[j &+ 1])
        var (column, k) = (w + j, 1)
        var (sum, otherSum) = (column[0] * delta[0], column[1] * delta[0])
        column[0] += input * delta[0] * factor
        column[1] += other * delta[0] * factor
        while k < units {
          column += inputs
          let (weight, otherWeight, delta) = (column[0], column[1], delta[k])
          sum.addProduct(weight, delta)
          otherSum.addProduct(otherWeight, delta)
          column[0] = weight + input * delta * factor
          column[1] = otherWeight + other * delta * factor
          k = k &+ 1
        }
        before[j] = sum
        before[j &+ 1] = otherSum
      } rest: { j in
        before[j] = sumBack(j)
        for k in 0..<units { w[k &* inputs &+ j] += x[j] * delta[k] * factor }
      }
    } else {
      eachTwo(of: units) { k in
        let (row, one, other) = (w + k &* inputs, delta[k], delta[k &+ 1])
        let second = row + inputs
        var j = 0
        while j < inputs {
          let input = x[j]
          row[j] += input * one * factor
          second[j] += input * other * factor
          j = j &+ 1
        }
      } rest: { k in
        for j in 0..<inputs { w[k &* inputs &+ j] += x[j] * delta[k] * factor }
      }
    }
  }

  /// ∂L/∂a of the layer before: wᵀ·δ, the sum over the units from the first to the last.
  @inline(__always)
  private func passBack() {
    guard let before else { return }
    for j in 0..<inputs { before[j] = sumBack(j) }
  }

  @inline(__always)
  private func sumBack(_ j: Int) -> Lanes {
    var (sum, k) = (w[j] * delta[0], 1)
    while k < units {
      sum.addProduct(w[k &* inputs &+ j], delta[k])
      k = k &+ 1
    }
    return sum
  }

  @inline(__always)
  private func addGradients(isFirst: Bool) {
    for k in 0..<units {
      let (row, delta) = (weights.gradient + k * inputs, delta[k])
      if isFirst {
        for j in 0..<inputs { row[j] = x[j] * delta }
      } else {
        for j in 0..<inputs { row[j].addProduct(x[j], delta) }
      }
    }
  }

  @inline(__always)
  private func addBiasGradients(isFirst: Bool) {
    let gradient = biases.gradient
    if bias == .shared {
      var own = delta[0]
      for k in 1..<max(units, 1) { own += delta[k] }
      gradient[0] = isFirst ? own : gradient[0] + own
    } else if isFirst {
      for k in 0..<units { gradient[k] = delta[k] }
    } else {
      for k in 0..<units { gradient[k] += delta[k] }
    }
  }

  /// The update, after so many samples whose gradients were added.
  func update(samples: Int, _ reduction: Reduction) {
    for parameter in [weights, biases] {
      if reduction == .mean, samples > 1 { parameter.average(over: samples) }
      parameter.update()
    }
  }
}

/// Places two at a time, so that what both want is at hand once, and the one that may be left over.
@inline(__always)
private func eachTwo(of count: Int, _ two: (Int) -> Void, rest: (Int) -> Void) {
  var place = 0
  while place &+ 2 <= count {
    two(place)
    place = place &+ 2
  }
  if place < count { rest(place) }
}

/// What a layer of eight futures computes of a sample.
struct LaneColumns {
  let net, a, da, slope, delta: UnsafeMutablePointer<Lanes>

  /// How many vectors they take for so many units.
  static func count(_ units: Int) -> Int { 5 * units }

  /// Those of so many units, in a block that they take their part of.
  init(_ units: Int, in block: inout UnsafeMutablePointer<Lanes>) {
    net = block
    (a, da, slope, delta) = (net + units, net + 2 * units, net + 3 * units, net + 4 * units)
    block += LaneColumns.count(units)
  }
}
