import Engine

/// One sample's way forward from a seed: what moves with it, value and tangent together, as the equations of the forward
/// operations say in dual numbers. What stands before the seed is not looked at.
struct TangentPass {
  let base: StateScope
  let seed: Seed
  /// The seed's quantity; `out` as the last layer's a.
  let moved: Quantity
  let sample: Int
  let equations: CompiledEquations
  private(set) var quantities: [String: Moving] = [:]
  private(set) var loss: Moving?

  init(_ base: StateScope, _ seed: Seed, _ moved: Quantity, sample: Int, by equations: CompiledEquations) {
    (self.base, self.seed, self.moved, self.sample) = (base, seed, moved, sample)
    self.equations = equations
  }

  private var state: State { base.state }

  mutating func run() throws(EvaluationError) {
    var moving: Set<Quantity> = [moved]
    // A weight or bias moves where it stands; what belongs to a sample is one of those that move.
    if moved.kind == .x { try note(moved, unit(state.worked.inputs)) }
    for operation in state.program.operations where operation.phase == .forward && operation.layer >= moved.layer {
      guard state.isComputed(operation.quantity) else { return }
      if operation.quantity == moved {
        try note(moved, unit(operation.units))
      } else if let equation = equations.forward(operation.quantity), !equation.reads.isDisjoint(with: moving) {
        moving.insert(operation.quantity)
        let whole = try wholeTangent(operation.quantity)
        let tangent = if let whole { whole } else { try tangent(equation, operation.units, of: moving) }
        try note(operation.quantity, tangent)
      }
    }
    try addLoss()
  }

  /// How the activations of a layer that works as a whole move: by J, whose own equation loses no digits where the
  /// exponentials that it comes from would. Nil of all else.
  private func wholeTangent(_ quantity: Quantity) throws(EvaluationError) -> Matrix? {
    let layer = quantity.layer
    guard quantity.kind == .a, state.worked.layers[layer - 1].hasFullJacobian,
      let net = quantities[Quantity(.net, layer).name]?.tangent.elements,
      let equation = equations.gradient(Quantity(.jacobian, layer))
    else { return nil }
    let evaluation = equation.evaluation(BoundScope(base, Reading(sample: sample, isForward: true)))
    // What does not move adds nothing, however steep J is there.
    let moving = net.indices.filter { net[$0] != 0 }
    var tangents: [Double] = []
    for i in net.indices {
      var factors: [(Double, Double)] = []
      for k in moving { factors.append((try equation.value([i + 1, k + 1], evaluation), net[k])) }
      tangents.append(sumOfProducts(factors.count) { factors[$0] })
    }
    return Matrix(column: tangents)
  }

  /// How the units move, by the equation.
  private func tangent(
    _ equation: CompiledEquations.Row<Dual<Double>>, _ units: Int, of moving: Set<Quantity>
  ) throws(EvaluationError) -> Matrix {
    let scope = MovingScope(base, seed, quantities)
    let evaluation = equation.evaluation(BoundScope(scope, Reading(sample: sample, isForward: true)))
    // A unit reads its own row of a parameter, so that the others' do not move.
    let isOneRow =
      moved.kind.isParameter && equation.reads.intersection(moving) == [moved]
      && moved.kind.extent.indexCount(in: state.worked, layer: moved.layer) > 0
    var tangents = [Double](repeating: 0, count: units)
    for unit in isOneRow ? seed.row..<min(seed.row + 1, units) : 0..<units {
      tangents[unit] = try equation.value([unit + 1], evaluation).tangent
    }
    return Matrix(column: tangents)
  }

  private func value(_ quantity: Quantity) throws(EvaluationError) -> Matrix {
    try base.matrix(of: quantity.name, Reading(sample: sample, isForward: true))
  }

  private mutating func note(_ quantity: Quantity, _ tangent: Matrix) throws(EvaluationError) {
    let moving = Moving(try value(quantity), tangent)
    quantities[quantity.name] = moving
    for kind in Quantity.Kind.all
    where quantity.layer == state.worked.layers.count && kind.lastLayersKind == quantity.kind {
      quantities[kind.name] = moving
    }
  }

  /// A column with a 1 at the seed's row.
  private func unit(_ count: Int) -> Matrix {
    Matrix(column: (0..<count).map { $0 == seed.row ? 1 : 0 })
  }

  /// L moves with the last layer by the gradients that the backward operations have: by δ where the loss comes in one piece
  /// with net, else by ∂L/∂a.
  private mutating func addLoss() throws(EvaluationError) {
    let last = state.worked.layers.count
    guard state.isComputed(Quantity(.loss)) else { return }
    let above = state.worked.closedForm == nil ? nil : quantities[Quantity(.net, last).name]
    guard let moving = above ?? quantities[Quantity(.a, last).name] else { return }
    let gradient = Quantity(above == nil ? .da : .delta, last)
    // After a change of the network the values on show may be of another shape than the targets.
    guard let equation = equations.gradient(gradient), try value(Quantity(.y)).count == moving.matrix.count else {
      return
    }
    let evaluation = equation.evaluation(BoundScope(base, Reading(sample: sample, isForward: true)))
    var factors: [(Double, Double)] = []
    for (unit, tangent) in moving.tangent.elements.enumerated() where tangent != 0 {
      factors.append((try equation.value([unit + 1], evaluation), tangent))
    }
    let total = sumOfProducts(factors.count) { factors[$0] }
    loss = Moving(try value(Quantity(.loss)), Matrix(total))
  }
}
