import Engine

/// One sample's way forward from a seed: what moves with it, value and tangent together. What stands before the seed is
/// not looked at.
struct TangentPass {
  let scope: StateScope
  let seed: Seed
  /// The seed's quantity; `out` as the last layer's a.
  let moved: Quantity
  let sample: Int
  private(set) var quantities: [String: Moving] = [:]
  private(set) var loss: Moving?

  init(_ scope: StateScope, _ seed: Seed, _ moved: Quantity, sample: Int) {
    self.scope = scope
    self.seed = seed
    self.moved = moved
    self.sample = sample
  }

  private var layers: [Layer] { scope.state.worked.layers }

  mutating func run() throws(EvaluationError) {
    var input: Matrix?
    if moved.kind == .x { input = try note(moved, unit(layers.isEmpty ? 0 : scope.state.worked.inputs)) }
    for layer in max(moved.layer, 1)..<layers.count + 1 {
      guard isComputed(Quantity(.net, layer)) else { return }
      var net = try preActivation(layer, input)
      if moved == Quantity(.net, layer) { net = unit(layers[layer - 1].units) }
      if let moving = net { net = try note(Quantity(.net, layer), moving) }
      guard isComputed(Quantity(.a, layer)) else { return }
      if let moving = net { input = try activation(layer, moving) } else { input = nil }
      if moved == Quantity(.a, layer) { input = unit(layers[layer - 1].units) }
      if let moving = input { input = try note(Quantity(.a, layer), moving) }
      if layer == layers.count, let last = input {
        quantities["out"] = quantities[Quantity(.a, layer).name]
        try addLoss(net: net, a: last)
      }
    }
  }

  private func isComputed(_ quantity: Quantity) -> Bool {
    guard let units = scope.state.computedUnits(of: quantity) else { return true }
    return units >= scope.state.shape(of: quantity)?.rows ?? 0
  }

  private func value(_ quantity: Quantity) throws(EvaluationError) -> Matrix {
    try scope.matrix(of: quantity.name, Reading(sample: sample, isForward: true))
  }

  private mutating func note(_ quantity: Quantity, _ tangent: Matrix) throws(EvaluationError) -> Matrix {
    quantities[quantity.name] = Moving(try value(quantity), tangent)
    return tangent
  }

  /// A column with a 1 at the seed's row.
  private func unit(_ count: Int) -> Matrix {
    Matrix(column: (0..<count).map { $0 == seed.row ? 1 : 0 })
  }

  /// net = w · a + b: it moves with one weight by that weight's input, with a bias by 1, and with a by w · ȧ.
  private func preActivation(_ layer: Int, _ input: Matrix?) throws(EvaluationError) -> Matrix? {
    let units = layers[layer - 1].units
    if moved == Quantity(.w, layer) {
      let from = try value(layer == 1 ? Quantity(.x) : Quantity(.a, layer - 1))
      return Matrix(column: (0..<units).map { $0 == seed.row ? from.elements[seed.column] : 0 })
    }
    if moved == Quantity(.b, layer) {
      return layers[layer - 1].bias == .shared ? Matrix(rows: units, columns: 1, filledWith: 1) : unit(units)
    }
    guard let input else { return nil }
    return try value(Quantity(.w, layer)).times(input)
  }

  /// a = f(net): ȧ = J · net˙.
  private func activation(_ layer: Int, _ tangent: Matrix) throws(EvaluationError) -> Matrix? {
    let choice = layers[layer - 1].activation
    let (net, a) = (try value(Quantity(.net, layer)), try value(Quantity(.a, layer)))
    guard choice.rule.isElementwise else { return choice.jacobian(net: net, a: a).times(tangent) }
    let slopes = zip(net.elements, a.elements).map { Double.slope(of: choice, net: $0, a: $1) }
    return Matrix(column: zip(slopes, tangent.elements).map(scaled))
  }

  /// L˙ = ∂L/∂net · net˙ by the closed form where there is one, else ∂L/∂a · ȧ.
  private mutating func addLoss(net: Matrix?, a tangent: Matrix) throws(EvaluationError) {
    guard isComputed(Quantity(.loss)) else { return }
    let (y, a) = (try value(Quantity(.y)).elements, try value(Quantity(.a, layers.count)).elements)
    // After a change of the network the values on show may be of another shape than the targets.
    guard y.count == a.count, tangent.count == a.count, net?.count ?? a.count == a.count else { return }
    var total = 0.0
    if let form = scope.state.worked.closedForm, let net {
      for (delta, moved) in zip(form.deltas(a: a, y: y), net.elements) { total += scaled(delta, moved) }
    } else {
      let choice = scope.state.worked.loss
      for k in y.indices { total += scaled(choice.derivative(y: y[k], a: a[k], n: y.count), tangent.elements[k]) }
    }
    loss = Moving(try value(Quantity(.loss)), Matrix(total))
  }

  /// slope · tangent; what does not move adds nothing, however steep the slope.
  private func scaled(_ slope: Double, _ tangent: Double) -> Double { tangent == 0 ? 0 : slope * tangent }
}
