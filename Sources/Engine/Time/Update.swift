// w ← w + uw, where the optimizer's rule gives uw
extension Workspace {
  /// Updates some rows of a layer's weights; `isLast` where these complete the matrix, whose version then goes up.
  func updateWeights(_ index: Int, _ rows: Range<Int>, isLast: Bool) {
    let layer = layers + index
    let (offset, length) = (rows.lowerBound * layer.pointee.inputs, rows.count * layer.pointee.inputs)
    if layer.pointee.freezesWeights {
      return (layer.pointee.uw + offset).update(repeating: 0, count: length)
    }
    update(
      layer.pointee.w, layer.pointee.dw, layer.pointee.uw, layer.pointee.wSlots, offset, length,
      count: layer.pointee.wUpdates + 1)
    guard isLast else { return }
    layer.pointee.wUpdates += 1
    layer.pointee.wVersion += 1
  }

  /// The same of its biases.
  func updateBiases(_ index: Int, _ units: Range<Int>, isLast: Bool) {
    let layer = layers + index
    if layer.pointee.freezesBiases {
      return (layer.pointee.ub + units.lowerBound).update(repeating: 0, count: units.count)
    }
    update(
      layer.pointee.b, layer.pointee.db, layer.pointee.ub, layer.pointee.bSlots, units.lowerBound, units.count,
      count: layer.pointee.bUpdates + 1)
    guard isLast else { return }
    layer.pointee.bUpdates += 1
    layer.pointee.bVersion += 1
  }

  private func update(
    _ values: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>,
    _ change: UnsafeMutablePointer<Double>, _ memory: UpdateSpan.Memory, _ offset: Int, _ length: Int,
    count: Int
  ) {
    network.optimizer.rule.update(
      UpdateSpan(
        w: values + offset, g: gradient + offset, u: change + offset, memory: memory.moved(by: offset), length: length,
        count: count),
      network.optimizer.values)
    let (w, u) = (values + offset, change + offset)
    for index in 0..<length { w[index] += u[index] }
  }
}
