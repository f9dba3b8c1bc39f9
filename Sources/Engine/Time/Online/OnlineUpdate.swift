/// The update of a layer's weights or biases by the optimizer's rule, sample by sample.
final class OnlineUpdate {
  /// Whether there is one: whether they are there and not frozen.
  let isThere: Bool
  /// Whether there is one, and the rule is w ← w − rate · ∂L/∂w.
  let isOfDescent: Bool
  /// What a gradient is multiplied by there: the rate, its sign turned.
  let factor: Double
  /// Where the gradient has to be.
  let gradient: UnsafeMutablePointer<Double>
  private let values, change: UnsafeMutablePointer<Double>
  private let slots: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
  private let length: Int
  private let rule: @Sendable (UpdateSpan, [Double]) -> Void
  private let settings: [Double]
  private let layer: UnsafeMutablePointer<LayerBuffers>
  private let isOfWeights: Bool

  /// That of a layer's parameter, with the optimizer as it is for that.
  init(_ parameter: Quantity.Kind, of layer: UnsafeMutablePointer<LayerBuffers>, _ optimizer: OptimizerChoice) {
    let buffers = layer.pointee
    isOfWeights = parameter == .w
    isThere = isOfWeights ? !buffers.freezesWeights : !buffers.freezesBiases && buffers.biases > 0
    isOfDescent = isThere && optimizer.isPlainDescent
    factor = -optimizer.rate
    (values, gradient) = isOfWeights ? (buffers.w, buffers.dw) : (buffers.b, buffers.db)
    (change, slots) = isOfWeights ? (buffers.uw, buffers.wSlots) : (buffers.ub, buffers.bSlots)
    length = isOfWeights ? buffers.units * buffers.inputs : buffers.biases
    (rule, settings) = (optimizer.rule.update, optimizer.values)
    self.layer = layer
  }

  /// w ← w + u, of the gradient: the update behind so many since they were counted.
  @inline(__always)
  func perform(_ number: Int) {
    if isOfDescent {
      for index in 0..<length { values[index] += gradient[index] * factor }
    } else {
      let count = (isOfWeights ? layer.pointee.wUpdates : layer.pointee.bUpdates) + number
      rule(
        UpdateSpan(w: values, g: gradient, u: change, slots: slots, offset: 0, length: length, count: count), settings)
      for index in 0..<length { values[index] += change[index] }
    }
  }

  /// Counts so many updates.
  func count(_ updates: Int) {
    guard isThere else { return }
    if isOfWeights {
      layer.pointee.wUpdates += updates
      layer.pointee.wVersion += updates
    } else {
      layer.pointee.bUpdates += updates
      layer.pointee.bVersion += updates
    }
  }
}
