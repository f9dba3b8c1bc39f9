/// What is trained: layers, loss and optimizer, without the numbers that training changes. Layers are counted from 1, as
/// in the design; layer 0 is the input.
package struct Network: Equatable, Sendable {
  /// The name, or empty.
  package var name: String
  /// The number of inputs; 0 until it is said.
  package var inputs: Int
  /// The layers, the first at index 0.
  package var layers: [Layer]
  /// The loss.
  package var loss: LossChoice
  /// The optimizer.
  package var optimizer: OptimizerChoice
  /// What stands in the place of some operations' formulas: the mistakes that are on.
  package var alterations: [Alteration]

  /// The most units that a layer may have, and the most layers: sizes are bounded before they are allocated.
  package static let limits = (units: 65_536, layers: 256, weights: 20_000_000)

  /// An empty network with the defaults: half-squared-error and gradient descent at rate 1.
  package init(name: String = "") {
    self.name = name
    inputs = 0
    layers = []
    loss = LossChoice(Loss.all[0])
    optimizer = OptimizerChoice(Optimizer.all[0])
    alterations = []
  }

  /// The number of outputs: the units of the last layer.
  package var outputs: Int { layers.last?.units ?? 0 }

  /// Whether there is something to step through: inputs and at least one layer.
  package var isComplete: Bool { inputs > 0 && !layers.isEmpty }

  /// The units of layer l, of the input for 0.
  package func units(_ layer: Int) -> Int { layer == 0 ? inputs : layers[layer - 1].units }

  /// The number of weights and biases.
  package var parameterCount: Int {
    (0..<layers.count).reduce(0) { $0 + layers[$1].units * units($1) + layers[$1].biasCount }
  }

  /// The names under which something is kept of each parameter beside its numbers: what the optimizer remembers, and the
  /// gradients of the iteration before where a mistake reads them.
  package var memory: [String] {
    let isWithGradients = alterations.contains(where: \.readsGradientsBefore)
    return isWithGradients ? optimizer.memory + [Quantity.Kind.slotOfGradients] : optimizer.memory
  }

  /// The closed form of δ at the output, where the last activation and the loss have one together.
  package var closedForm: ClosedForm? { layers.last.flatMap { loss.closedForm(after: $0.activation.rule) } }

  /// Whether its one output is judged by a loss that looks at the target's class alone, and there is no class beside: the loss
  /// is 0 wherever the target is, whatever comes out.
  package var judgesALoneClass: Bool {
    guard let last = layers.last, last.units == 1 else { return false }
    return !last.hasFullJacobian && loss.rule.targets == .distribution
  }

  /// The sizes from input to output, as in `2-4-3`.
  package var sizes: String { ([inputs] + layers.map(\.units)).map(String.init).joined(separator: "-") }
}
