/// The loss of a sample, and what comes of it at the last layer.
final class OnlineLoss {
  /// Whether δ comes in one piece with the loss.
  let hasClosedForm: Bool
  private let closedTerms: @Sendable (Loss.Numbers, Loss.Numbers, Int, Double, Double) -> Double
  private let closedDeltas: @Sendable (Loss.Numbers, Loss.Numbers, Loss.MutableNumbers, Int, Double, Double) -> Void
  private let sum: @Sendable (Loss.Numbers, Loss.Numbers, Int, [Double]) -> Double
  private let slopes: @Sendable (Loss.Numbers, Loss.Numbers, Loss.MutableNumbers, Int, [Double]) -> Void
  private let settings: [Double]
  private let outputs: Int
  /// Whether a session made it, so that it takes long for a number that nobody reads.
  let isOwn: Bool
  /// The targets of the sample at hand, and their sum.
  let y: UnsafeMutablePointer<Double>
  private var targetSum = 0.0
  /// Whether the loss is of log Σ e^net, which softmax has found but for the logarithm.
  let needsLogSum: Bool
  private var (largest, others) = (0.0, 0.0)
  private let divisor: Divisor

  /// That of a network, with a place for the targets.
  init(of network: Network, targets y: UnsafeMutablePointer<Double>) {
    let closedForm = network.closedForm
    self.y = y
    outputs = network.outputs
    isOwn = network.loss.rule.source != nil
    hasClosedForm = closedForm != nil
    needsLogSum = closedForm?.needsLogSum ?? false
    if let closedForm {
      (closedTerms, closedDeltas) = (closedForm.terms, closedForm.run)
    } else {
      closedTerms = { _, _, _, _, _ in Double.nan }
      closedDeltas = { _, _, _, _, _, _ in }
    }
    let loss = network.loss
    (sum, slopes, settings) = (loss.rule.sum, loss.rule.slopes, loss.values)
    divisor = Divisor(loss.rule.divisor(Double(network.outputs)))
  }

  /// a = softmax(net), beside which alone a loss is of log Σ e^net, in so many places.
  @inline(__always)
  func takeSoftmax(_ net: UnsafePointer<Double>, to a: UnsafeMutablePointer<Double>, _ count: Int, width: Int) {
    (largest, others) = softmax(net, into: a, count: count, width: width)
  }

  /// L of a sample.
  @inline(__always)
  func value(
    _ net: UnsafePointer<Double>, _ a: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    0 + (hasClosedForm ? closedSum(net, count) : sum(y, a, count, settings)) / divisor.value
  }

  /// The terms from net, with what softmax has found on its way where that is finite.
  @inline(__always)
  private func closedSum(_ net: UnsafePointer<Double>, _ count: Int) -> Double {
    guard needsLogSum else { return closedTerms(net, y, count, 0, 0) }
    guard largest.isFinite else {
      let (largest, rest) = logSumExponential(net, count: count)
      return closedTerms(net, y, count, largest, rest)
    }
    return closedTerms(net, y, count, largest, logarithmOfOnePlus(others))
  }

  /// Whether the loss is finite for sure, so that it need not be computed to know that: in a closed form of numbers none of which
  /// is large.
  @inline(__always)
  func isSound(_ net: UnsafePointer<Double>, _ count: Int) -> Bool {
    guard hasClosedForm else { return false }
    var isSound = true
    // What is not a number is below nothing.
    for k in 0..<count {
      isSound = isSound && net[k].magnitude < LaneWorkspace.soundSize && y[k].magnitude < LaneWorkspace.soundSize
    }
    return isSound
  }

  /// Takes a sample's targets, before anything else: what is stored number by number is not soon at hand as a vector.
  @inline(__always)
  func take(_ y: UnsafePointer<Double>) {
    var sum = 0.0
    for k in 0..<outputs {
      self.y[k] = y[k]
      sum += y[k]
    }
    targetSum = sum
  }

  /// Takes a sample's targets for eight futures, the same in every lane.
  @inline(__always)
  func takeInLanes(_ y: UnsafePointer<Double>) {
    var sum = 0.0
    for k in 0..<outputs {
      Lanes(repeating: y[k]).store(to: self.y + k * Lanes.scalarCount)
      sum += y[k]
    }
    targetSum = sum
  }

  /// δ, where it comes in one piece with the loss, else ∂L/∂a, of so many numbers: those of all outputs, or of all lanes;
  /// whether it is δ.
  @inline(__always)
  func takeSlopes(
    _ a: UnsafePointer<Double>, _ da: UnsafeMutablePointer<Double>, _ delta: UnsafeMutablePointer<Double>, _ width: Int
  ) -> Bool {
    if hasClosedForm {
      closedDeltas(a, y, delta, width, targetSum, divisor.value)
      return true
    }
    slopes(y, a, da, width, settings)
    divisor.divide(da, width)
    return false
  }

  /// ∂L/∂a, of what its slopes are.
  @inline(__always)
  func divided(_ slopes: Pair) -> Pair {
    if let inverse = divisor.exactInverse { return slopes * inverse }
    return slopes / divisor.value
  }
}
