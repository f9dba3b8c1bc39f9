/// One dense layer: how many units, how they are activated, what biases they have.
package struct Layer: Equatable, Sendable {
  /// What biases a layer has.
  package enum Bias: String, CaseIterable, Sendable {
    /// One for each unit.
    case own
    /// One for the whole layer; `bl` is then a scalar.
    case shared = "sharedbias"
    /// None.
    case none = "nobias"
  }

  /// The number of units, which is the number of rows of `wl`.
  package var units: Int
  /// The activation, with its setting.
  package var activation: ActivationChoice
  /// Whether each of its activations depends on all of its pre-activations, as softmax's do, so that ∂a/∂net is a full
  /// matrix; else it is a diagonal of slopes.
  package var hasFullJacobian: Bool { !activation.rule.isElementwise }
  /// What biases it has.
  package var bias: Bias
  /// Whether its weights are kept from being updated.
  package var freezesWeights: Bool
  /// Whether its biases are kept from being updated.
  package var freezesBiases: Bool

  /// A layer with nothing frozen.
  package init(units: Int, activation: ActivationChoice, bias: Bias = .own) {
    self.units = units
    self.activation = activation
    self.bias = bias
    freezesWeights = false
    freezesBiases = false
  }

  /// How many biases it has.
  package var biasCount: Int {
    switch bias {
    case .own: units
    case .shared: 1
    case .none: 0
    }
  }
}
