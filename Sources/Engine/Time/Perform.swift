extension Workspace {
  /// Does some units of an operation. Stepping and running both come through here, so that they are the same arithmetic.
  func perform(_ operation: Operation, _ units: Range<Int>) {
    let index = operation.layer - 1
    switch operation.quantity.kind {
    case .net: computeNet(index, units)
    case .a: computeActivations(index, units)
    case .loss: computeLoss()
    case .da: computeActivationGradient(index, units)
    case .jacobian: computeJacobian(index, units)
    case .delta: computeDelta(index, units)
    case .dw: computeWeightGradient(index, units)
    case .db: computeBiasGradient(index, units)
    case .dx: computeInputGradient(units)
    case .w: updateWeights(index, units, isLast: units.upperBound == operation.units)
    case .b: updateBiases(index, units, isLast: units.upperBound == operation.units)
    default: break
    }
  }
}
