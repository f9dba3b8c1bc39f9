// Where nobody looks at a gradient or at a change, gradient descent need not write them down: w ← w − rate · δ·aᵀ, number by
// number, rounded where the rows of dw and of w round.
extension Program {
  /// What operations on which the weights depend come to, where no quantities are read but these: with plain gradient descent
  /// each layer's dw and its update in one.
  static func fused(
    _ operations: [Operation], reading read: Set<Quantity> = [], in network: Network
  ) -> [Operation.Work] {
    guard network.optimizer.isPlainDescent, network.alterations.isEmpty else {
      return operations.map(\.work)
    }
    let unwritten = [Quantity.Kind.w.gradient, Quantity.Kind.w.change].compactMap(\.self)
    return operations.compactMap { operation in
      let isRead = unwritten.contains { read.contains(Quantity($0, operation.layer)) }
      guard !isRead, !network.layers[max(operation.layer - 1, 0)].freezesWeights else { return operation.work }
      return switch operation.quantity.kind {
      case .dw: nil
      case .w: operation.work(by: WeightDescent.self)
      default: operation.work
      }
    }
  }
}

/// w[k,j] ← w[k,j] − rate · dw[k,j] of a whole layer.
private enum WeightDescent: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ rows: Range<Int>) {
    let layer = workspace.layers + index
    let (inputs, w) = (layer.pointee.inputs, layer.pointee.w)
    let factor = -workspace.rate
    if workspace.samples == 1 {
      let (a, delta) = (workspace.input(of: index), layer.pointee.delta)
      for k in rows { descend(w + k * inputs, a, times: delta[k], factor, inputs) }
    } else {
      workspace.weightGradients(of: index).take(
        rows, descending: Descent(weights: w, divisor: workspace.meanDivisor ?? Divisor(1), factor: factor))
    }
    layer.pointee.wUpdates += 1
    layer.pointee.wVersion += 1
  }
}

/// w ← w + δ·a·factor: plain gradient descent for the weights of one unit, of a single sample.
@inline(__always)
func descend(
  _ w: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, times delta: Double, _ factor: Double, _ count: Int
) {
  eachEight(of: count) { place in
    (SIMD8.load(w + place) + SIMD8.load(a + place) * delta * factor).store(to: w + place)
  } rest: { place in
    w[place] += a[place] * delta * factor
  }
}

/// Places eight at a time, and those that are left over one by one.
@inline(__always)
func eachEight(of count: Int, _ eight: (Int) -> Void, rest: (Int) -> Void) {
  var place = 0
  while place &+ 8 <= count {
    eight(place)
    place = place &+ 8
  }
  while place < count {
    rest(place)
    place += 1
  }
}
