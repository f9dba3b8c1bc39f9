/// A layer of a network that learns sample by sample, where nobody looks at what lies between two weights: a kernel of all
/// rows of an iteration with one sample. Each layer has the next one learn from its activations before it goes on, so that
/// the sample goes forward on the way in and back on the way out. The sums are those of the rows, in their order.
///
/// What it computes lies where the rows have it. It keeps what it needs from table and network in places of its own, since
/// to fetch it again and again takes longer than a small layer's numbers do.
final class OnlineLayer {
  private let next: Unmanaged<OnlineLayer>?
  private let loss: OnlineLoss
  private let values: @Sendable (Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  private let slopes:
    @Sendable (Activation.Numbers, Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  private let pullBack: Activation.PullBack
  private let isElementwise: Bool
  private let settings: [Double]
  private let units, inputs: Int
  private let kernels = KernelWidth.widest
  private let bias: Layer.Bias
  private let w, b, net, a, da, slope, delta: UnsafeMutablePointer<Double>
  /// ∂L/∂a of the layer before; nil of the first.
  private let before: UnsafeMutablePointer<Double>?
  private let weights, biases: OnlineUpdate
  /// The weights where they are few.
  private let small: SmallWeights?
  /// The place of the inputs in the workspace.
  private let place: UnsafeMutablePointer<Double>
  /// So many numbers at a time go through an activation: those of all units, or of all lanes.
  private let width: Int
  /// Whether the sums of the next sample's inputs have been taken.
  private var isAhead = false

  /// Layer `index` of a workspace, from 0, before the next one. It must outlive neither.
  init(_ index: Int, of workspace: Workspace, before next: OnlineLayer?, _ loss: OnlineLoss) {
    let (layer, network) = (workspace.layers + index, workspace.plan.network)
    self.next = next.map(Unmanaged.passUnretained)
    self.loss = loss
    let rule = layer.pointee.activation.rule
    (values, settings) = (rule.values, layer.pointee.activation.values)
    isElementwise = rule.isElementwise
    if let slopes = rule.slopes { self.slopes = slopes } else { slopes = { _, _, _, _, _ in } }
    if let pullBack = rule.pullBack { self.pullBack = pullBack } else { pullBack = { _, _, _, _, _, _, _ in } }
    (units, inputs) = (layer.pointee.units, layer.pointee.inputs)
    bias = network.layers[index].bias
    (w, b, net, a) = (layer.pointee.w, layer.pointee.b, layer.pointee.net, layer.pointee.a)
    (da, slope, delta) = (layer.pointee.da, layer.pointee.slope, layer.pointee.delta)
    before = index == 0 ? nil : workspace.layers[index - 1].da
    weights = OnlineUpdate(.w, of: layer, network.optimizer)
    biases = OnlineUpdate(.b, of: layer, network.optimizer.forBiases)
    place = workspace.input(of: index)
    let isSmall = max(units, inputs) <= SmallWeights.most && bias == .own && weights.isOfDescent && biases.isOfDescent
    small = isSmall ? SmallWeights(of: layer, rate: network.optimizer.rate) : nil
    width = isSmall && isElementwise && rule.source == nil ? SmallWeights.lanes(units) : units
  }

  deinit { small?.deallocate() }

  /// Takes the weights over as they are in the workspace.
  func begin() {
    isAhead = false
    small?.load()
  }

  /// Puts them back, after so many samples.
  func end(after samples: Int) {
    small?.store()
    weights.count(samples)
    biases.count(samples)
  }

  /// Takes a sample's inputs of this layer forward, back, and into weights and biases, those of the layers behind included;
  /// gives the sample's loss, or 0 for any that is finite where it is not `asked`. It is the `number`th since it began. Where
  /// the inputs of the one behind it are told, it may take their sums ahead.
  func learn(
    _ x: UnsafePointer<Double>, _ number: Int, asked: Bool, ahead: UnsafePointer<Double>? = nil
  ) -> Double {
    // Long before they are read from there as a vector: numbers stored one by one are not at hand as one at once.
    if small != nil, before == nil { for j in 0..<inputs { place[j] = x[j] } }
    if let small { small.takeNet(x, to: net) } else { takeNet(x) }
    if next == nil, loss.needsLogSum {
      loss.takeSoftmax(net, to: a, units, width: small == nil ? units : SmallWeights.lanes(units))
    } else {
      values(net, a, width, settings)
    }
    let found: Double
    if let next {
      found = next._withUnsafeGuaranteedRef { $0.learn(a, number, asked: asked) }
      passThroughActivation()
    } else {
      found = asked || !loss.isSound(net, units) ? loss.value(net, a, units) : 0
      let isDelta = loss.takeSlopes(a, da, delta, small == nil || loss.isOwn ? units : SmallWeights.lanes(units))
      if !isDelta { passThroughActivation() }
    }
    if let small {
      small.learn(place, delta, passingTo: before)
    } else {
      takeBack(x, number, ahead)
      updateBiases(number)
    }
    return found
  }

  /// net = w · a + b
  @inline(__always)
  private func takeNet(_ x: UnsafePointer<Double>) {
    if !isAhead { productsInLanes(w, 0..<units, x, samples: 1, count: inputs, to: net, width: units) }
    isAhead = false
    switch bias {
    case .own: for k in 0..<units { net[k] += b[k] }
    case .shared: for k in 0..<units { net[k] += b[0] }
    case .none: break
    }
  }

  /// δ = Jᵀ · ∂L/∂a
  @inline(__always)
  private func passThroughActivation() {
    if isElementwise {
      slopes(net, a, slope, width, settings)
      if small != nil {
        (SIMD8.load(slope) * SIMD8.load(da)).store(to: delta)
      } else {
        for k in 0..<units { delta[k] = slope[k] * da[k] }
      }
    } else {
      pullBack(net, a, da, delta, 0..<units, units, settings)
    }
  }

  /// ∂L/∂a of the layer before, from the weights as they were, and then their update.
  @inline(__always)
  private func takeBack(_ x: UnsafePointer<Double>, _ number: Int, _ ahead: UnsafePointer<Double>?) {
    if weights.isOfDescent {
      let factor = weights.factor
      if let before {
        for k in 0..<units { takeBack(w + k * inputs, x, delta[k], factor, into: before, isFirst: k == 0) }
      } else if let ahead {
        // What net is now is not read any more: δ has been taken from it.
        descend(w, x, times: delta, factor, rows: units, inputs, ahead: ahead, to: net, by: kernels)
        isAhead = true
      } else {
        for k in 0..<units { descend(w + k * inputs, x, times: delta[k], factor, inputs) }
      }
      return
    }
    if let before {
      beginSums(before, w, times: delta[0], 0..<inputs)
      for k in 1..<max(units, 1) { addToSums(before, w + k * inputs, times: delta[k], 0..<inputs) }
    }
    guard weights.isThere else { return }
    for k in 0..<units { beginSums(weights.gradient + k * inputs, x, times: delta[k], 0..<inputs) }
    weights.perform(number)
  }

  /// A unit's part in ∂L/∂a of the layer before, and the update of its weights.
  @inline(__always)
  private func takeBack(
    _ row: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, _ delta: Double, _ factor: Double,
    into before: UnsafeMutablePointer<Double>, isFirst: Bool
  ) {
    eachEight(of: inputs) { place in
      let weights = SIMD8.load(row + place)
      var sums = isFirst ? weights * delta : SIMD8.load(before + place)
      if !isFirst { sums.addProduct(weights, SIMD8(repeating: delta)) }
      sums.store(to: before + place)
      (weights + SIMD8.load(x + place) * delta * factor).store(to: row + place)
    } rest: { place in
      let weight = row[place]
      if isFirst { before[place] = weight * delta } else { before[place].addProduct(weight, delta) }
      row[place] = weight + x[place] * delta * factor
    }
  }

  @inline(__always)
  private func updateBiases(_ number: Int) {
    guard biases.isThere else { return }
    if bias == .shared {
      biases.gradient[0] = sum(delta, count: units)
    } else {
      for k in 0..<units { biases.gradient[k] = delta[k] }
    }
    biases.perform(number)
  }
}
