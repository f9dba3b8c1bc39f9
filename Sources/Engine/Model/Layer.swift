/// One dense layer: how many units, how they are activated, what biases they have.
public struct Layer: Equatable, Sendable {
  /// What biases a layer has.
  public enum Bias: String, CaseIterable, Sendable {
    /// One for each unit.
    case own
    /// One for the whole layer; `bl` is then a scalar.
    case shared = "sharedbias"
    /// None.
    case none = "nobias"
  }

  /// The number of units, which is the number of rows of `wl`.
  public var units: Int
  /// The activation, with its setting.
  public var activation: ActivationChoice
  /// What biases it has.
  public var bias: Bias
  /// Whether its weights are kept from being updated.
  public var freezesWeights: Bool
  /// Whether its biases are kept from being updated.
  public var freezesBiases: Bool

  /// A layer with nothing frozen.
  public init(units: Int, activation: ActivationChoice, bias: Bias = .own) {
    self.units = units
    self.activation = activation
    self.bias = bias
    freezesWeights = false
    freezesBiases = false
  }

  /// How many biases it has.
  public var biasCount: Int {
    switch bias {
    case .own: units
    case .shared: 1
    case .none: 0
    }
  }
}
