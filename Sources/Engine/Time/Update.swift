// w ← w + uw, where the optimizer's rule gives uw
extension Operation {
  static let update = [
    Row(.w, in: .update, "w1[k,j] + uw1[k,j]", by: WeightUpdate.self),
    Row(
      .b, in: .update, where: { $0.layers[$1 - 1].bias == .own }, "b1[k] + ub1[k]", by: BiasUpdate.self),
    Row(.b, in: .update, where: { $0.layers[$1 - 1].bias == .shared }, "b1 + ub1", by: BiasUpdate.self),
  ]
}

/// w ← w + uw of some rows; those that complete the matrix make it a new version.
private enum WeightUpdate: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ rows: Range<Int>) {
    let layer = workspace.layers + index
    let (offset, length) = (rows.lowerBound * layer.pointee.inputs, rows.count * layer.pointee.inputs)
    if layer.pointee.freezesWeights {
      return (layer.pointee.uw + offset).update(repeating: 0, count: length)
    }
    workspace.update(
      layer.pointee.w, layer.pointee.dw, layer.pointee.uw, layer.pointee.wSlots, offset, length,
      count: layer.pointee.wUpdates + 1, workspace.optimizer.values)
    if workspace.keepsGradients, let kept = layer.pointee.wMemory.last {
      (kept + offset).update(from: layer.pointee.dw + offset, count: length)
    }
    guard rows.upperBound == layer.pointee.units else { return }
    layer.pointee.wUpdates += 1
    layer.pointee.wVersion += 1
  }
}

/// The update of biases.
private enum BiasUpdate: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    if layer.pointee.freezesBiases {
      return (layer.pointee.ub + units.lowerBound).update(repeating: 0, count: units.count)
    }
    workspace.update(
      layer.pointee.b, layer.pointee.db, layer.pointee.ub, layer.pointee.bSlots, units.lowerBound, units.count,
      count: layer.pointee.bUpdates + 1, workspace.settingsForBiases)
    if workspace.keepsGradients, let kept = layer.pointee.bMemory.last {
      (kept + units.lowerBound).update(from: layer.pointee.db + units.lowerBound, count: units.count)
    }
    guard units.upperBound == layer.pointee.biases else { return }
    layer.pointee.bUpdates += 1
    layer.pointee.bVersion += 1
  }
}

extension Workspace {
  fileprivate func update(
    _ values: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>,
    _ change: UnsafeMutablePointer<Double>, _ slots: UnsafePointer<UnsafeMutablePointer<Double>>, _ offset: Int,
    _ length: Int, count: Int, _ settings: [Double]
  ) {
    optimizer.rule.update(
      UpdateSpan(
        w: values + offset, g: gradient + offset, u: change + offset, slots: slots, offset: offset, length: length,
        count: count),
      settings)
    let (w, u) = (values + offset, change + offset)
    for index in 0..<length { w[index] += u[index] }
  }
}
