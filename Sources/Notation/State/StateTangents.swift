import Engine

// d(…)/d(q): how the forward quantities of a sample move with one element, all before it held fixed.
extension StateScope {
  /// The forward quantities that are computed, with their derivatives with respect to an element.
  public func tangents(_ seed: Seed, _ reading: Reading) throws(EvaluationError) -> Tangents {
    guard let quantity = Quantity.named(seed.quantity), StateScope.seeds.contains(quantity.kind) else {
      throw EvaluationError("\(seed.quantity) may not stand under the line: x, w, b, net, a, out and loss may")
    }
    // The seed itself has to be there.
    _ = try value(of: seed.quantity, Reading(sample: reading.sample, isForward: true))
    let last = state.worked.layers.count
    let moved = quantity.kind == .out ? Quantity(.a, last) : quantity
    let sample = reading.sample ?? state.selected
    var pass = TangentPass(scope: self, seed: seed, moved: moved, sample: sample)
    try pass.run()
    var result = Tangents(quantities: pass.quantities, sampleLoss: pass.loss)
    guard let own = pass.loss else { return result }
    result.quantities["loss"] = own
    if quantity.kind == .loss || quantity.kind.isParameter {
      result.quantities["loss"] = try batchLoss(seed, moved)
    }
    return result
  }

  private static let seeds: Set<Quantity.Kind> = [.x, .w, .b, .net, .a, .out, .loss]

  /// The batch's loss, which moves with each of its samples'.
  private func batchLoss(_ seed: Seed, _ moved: Quantity) throws(EvaluationError) -> Tangents.Moving {
    let value = try value(of: "loss", Reading())
    if moved.kind == .loss { return Tangents.Moving(value, Matrix(1)) }
    var total = 0.0
    for sample in 0..<sampleCount {
      var pass = TangentPass(scope: self, seed: seed, moved: moved, sample: sample)
      try pass.run()
      total += pass.loss?.tangent?.scalar ?? 0
    }
    let divisor = state.experiment.reduction == .mean ? Double(max(sampleCount, 1)) : 1
    return Tangents.Moving(value, Matrix(total / divisor))
  }
}

/// One sample's way forward, value and tangent together.
private struct TangentPass {
  let scope: StateScope
  let seed: Seed
  /// The seed's quantity; `out` as the last layer's a.
  let moved: Quantity
  let sample: Int
  private(set) var quantities: [String: Tangents.Moving] = [:]
  private(set) var loss: Tangents.Moving?

  private var layers: [Layer] { scope.state.worked.layers }

  mutating func run() throws(EvaluationError) {
    try add(Quantity(.y))
    var input = try add(Quantity(.x))
    for layer in 1..<layers.count + 1 {
      let (w, b) = (try add(Quantity(.w, layer)), layers[layer - 1].biasCount > 0 ? try add(Quantity(.b, layer)) : nil)
      guard isComputed(Quantity(.net, layer)) else { return }
      let net = try add(Quantity(.net, layer), preActivation(w, input, b))
      guard isComputed(Quantity(.a, layer)) else { return }
      input = try add(Quantity(.a, layer), activation(layer, net))
      if layer == layers.count {
        quantities["out"] = input
        try addLoss(net, input)
      }
    }
  }

  private func isComputed(_ quantity: Quantity) -> Bool {
    guard let units = scope.state.computedUnits(of: quantity) else { return true }
    return units >= scope.state.shape(of: quantity)?.rows ?? 0
  }

  /// Notes a quantity: with its own tangent of 1 where it is the seed, else with the one that comes from before.
  @discardableResult
  private mutating func add(_ quantity: Quantity, _ tangent: Matrix? = nil) throws(EvaluationError) -> Tangents.Moving {
    let value = try scope.value(of: quantity.name, Reading(sample: sample, isForward: true))
    var own = tangent
    if quantity == moved {
      var unit = Matrix(rows: value.rows, columns: value.columns)
      unit[seed.row, seed.column] = 1
      own = unit
    }
    let moving = Tangents.Moving(value, own)
    quantities[quantity.name] = moving
    return moving
  }

  /// net = w · a + b, so its tangent is ẇ · a + w · ȧ + ḃ.
  private func preActivation(_ w: Tangents.Moving, _ a: Tangents.Moving, _ b: Tangents.Moving?) -> Matrix? {
    var sum: Matrix?
    for part in [w.tangent?.times(a.value), a.tangent.flatMap { w.value.times($0) }, b?.tangent] {
      guard let part else { continue }
      guard let so = sum else {
        // A bias that the layer shares moves every unit.
        sum = part.count == w.value.rows ? part : Matrix(rows: w.value.rows, columns: 1, filledWith: part.elements[0])
        continue
      }
      sum = Matrix(column: zip(so.elements, part.elements).map(+))
    }
    return sum
  }

  /// ȧ = J · net˙.
  private func activation(_ layer: Int, _ net: Tangents.Moving) -> Matrix? {
    guard let moved = net.tangent else { return nil }
    let choice = layers[layer - 1].activation
    let a = choice.value(of: net.value)
    guard choice.rule.isElementwise else { return choice.jacobian(net: net.value, a: a).times(moved) }
    return Matrix(column: zip(choice.slopes(net: net.value, a: a).elements, moved.elements).map(*))
  }

  /// L˙ = ∂L/∂net · net˙ by the closed form where there is one, else ∂L/∂a · ȧ.
  private mutating func addLoss(_ net: Tangents.Moving, _ a: Tangents.Moving) throws(EvaluationError) {
    guard isComputed(Quantity(.loss)) else { return }
    let value = try scope.value(of: "loss", Reading(sample: sample))
    if moved.kind == .loss {
      loss = Tangents.Moving(value, Matrix(1))
      return
    }
    let y = quantities["y"]?.value.elements ?? []
    var total = 0.0
    if let form = scope.state.worked.closedForm, let moved = net.tangent {
      let targetSum = y.reduce(0, +)
      for (k, move) in moved.elements.enumerated() where move != 0 {
        total += form.delta(a.value.elements[k], y[k], targetSum, Double(y.count)) * move
      }
      loss = Tangents.Moving(value, Matrix(total))
      return
    }
    guard let moved = a.tangent else {
      loss = Tangents.Moving(value, nil)
      return
    }
    let choice = scope.state.worked.loss
    for (k, move) in moved.elements.enumerated() where move != 0 {
      total += choice.derivative(y: y[k], a: a.value.elements[k], n: y.count) * move
    }
    loss = Tangents.Moving(value, Matrix(total))
  }
}
