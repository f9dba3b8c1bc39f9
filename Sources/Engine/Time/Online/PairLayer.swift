/// A layer of a network whose layers have at most two units and two inputs each, while that learns sample by sample: what goes
/// from layer to layer stays in the processor, since to put it down and take it up again takes as long as the arithmetic. The
/// sums are those of the rows, in their order, and what lies between two weights is left where the rows have it.
final class PairLayer {
  private let next: Unmanaged<PairLayer>?
  private let loss: OnlineLoss
  private let weights: PairWeights
  private let units: Int
  private let settings, settingsOfLoss: [Double]
  private let isElementwise: Bool
  private let rule: PairRule
  private let lossSlopes: PairSlopes
  private let wholeValues: @Sendable (Activation.Numbers, Activation.MutableNumbers, Int, [Double]) -> Void
  private let pullBack: Activation.PullBack
  private let net, a, da, slope, delta: UnsafeMutablePointer<Double>

  /// Layer `index` of a workspace, from 0, before the next one. It must outlive neither. Nil of a layer that is larger, learns
  /// otherwise, or has an activation or a loss that a session made.
  init?(_ index: Int, of workspace: Workspace, before next: PairLayer?, _ loss: OnlineLoss) {
    let (layer, network) = (workspace.layers + index, workspace.plan.network)
    let row = layer.pointee.activation.rule
    guard row.source == nil, let ofLoss = network.loss.rule.slopesOfPairs,
      let weights = PairWeights(of: layer, in: network, isPassing: index > 0)
    else { return nil }
    self.next = next.map(Unmanaged.passUnretained)
    self.loss = loss
    (self.weights, lossSlopes) = (weights, ofLoss)
    (units, settings, settingsOfLoss) = (layer.pointee.units, layer.pointee.activation.values, network.loss.values)
    isElementwise = row.ofPairs != nil
    rule = row.ofPairs ?? PairRule(value: { net, _ in net }, derivative: { _, _, _ in 1 })
    wholeValues = row.values
    if let pullBack = row.pullBack { self.pullBack = pullBack } else { pullBack = { _, _, _, _, _, _, _ in } }
    (net, a, da) = (layer.pointee.net, layer.pointee.a, layer.pointee.da)
    (slope, delta) = (layer.pointee.slope, layer.pointee.delta)
  }

  deinit { weights.deallocate() }

  /// Takes the weights over as they are in the workspace.
  func begin() { weights.load() }

  /// Puts them back, after so many samples.
  func end(after samples: Int) { weights.store(after: samples) }

  /// Takes a sample's inputs of this layer forward, back, and into weights and biases, those of the layers behind included;
  /// gives ∂L/∂a of the layer before, and the sample's loss, or 0 for any that is finite where it is not `asked`.
  func learn(_ x: Pair, asked: Bool) -> (passed: Pair, loss: Double) {
    let sums = weights.net(x)
    sums.store(to: net)
    let out = activations(sums)
    let (found, deltas): (Double, Pair)
    if let next {
      let (back, loss) = next._withUnsafeGuaranteedRef { $0.learn(out, asked: asked) }
      back.store(to: da)
      (found, deltas) = (loss, throughActivation(back, sums, out))
    } else {
      found = asked || !loss.isSound(net, units) ? loss.value(net, a, units) : 0
      deltas = fromLoss(sums, out)
    }
    return (weights.learn(x, deltas), found)
  }

  @inline(__always)
  private func activations(_ sums: Pair) -> Pair {
    guard isElementwise else {
      if next == nil, loss.needsLogSum {
        loss.takeSoftmax(net, to: a, units, width: units)
      } else {
        wholeValues(net, a, units, settings)
      }
      return .load(a)
    }
    let found = rule.values(sums, settings)
    found.store(to: a)
    return found
  }

  /// δ = Jᵀ · ∂L/∂a
  @inline(__always)
  private func throughActivation(_ back: Pair, _ sums: Pair, _ out: Pair) -> Pair {
    guard isElementwise else {
      pullBack(net, a, da, delta, 0..<units, units, settings)
      return .load(delta)
    }
    let found = rule.slopes(sums, out, settings)
    found.store(to: slope)
    let deltas = found * back
    deltas.store(to: delta)
    return deltas
  }

  /// δ of the last layer.
  @inline(__always)
  private func fromLoss(_ sums: Pair, _ out: Pair) -> Pair {
    guard !loss.hasClosedForm else {
      _ = loss.takeSlopes(a, da, delta, units)
      return .load(delta)
    }
    let back = loss.divided(lossSlopes(.load(loss.y), out, settingsOfLoss))
    back.store(to: da)
    return throughActivation(back, sums, out)
  }
}
