import Engine

/// What names mean at a place of a session: a quantity's value, a `let`, a layer's activation. An evaluation knows
/// nothing else of the session.
public protocol Scope: Sendable {
  /// The quantities that exist here, for `did you mean`.
  var quantityNames: [String] { get }
  /// The names given by `let`.
  var definitionNames: [String] { get }
  /// What a `let` gave a name, or nil where there is none of that name.
  func definition(of name: String) -> Expression?
  /// The rows and columns of a quantity, whether it is computed yet or not; nil where there is none of that name.
  func shape(of quantity: String) -> Shape?
  /// What the units along an axis (0 rows, 1 columns) of a quantity are called: `outputs`, `inputs`, `units of layer 1`.
  func unitNoun(of quantity: String, axis: Int) -> Text
  /// A quantity's value. Of `loss`, with a sample in the reading, that sample's own.
  /// - Throws: where it is not computed yet, with `isNotComputed`, or there is no such version.
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Matrix
  /// The leading rows of a quantity that is computed in part; nil where none are, or it is no such quantity.
  func computedRows(of quantity: String, _ reading: Reading) -> Matrix?
  /// The versions of a weight or bias: of what this iteration's forward pass read, and of the present one. Nil of what
  /// has none.
  func versions(of quantity: String) -> (forward: Int, present: Int)?
  /// The activation of a layer, counted from 1; nil where there is no such layer.
  func activation(ofLayer layer: Int) -> LayerActivation?
  /// How many samples the batch has.
  var sampleCount: Int { get }
  /// The layer steps completed.
  var step: Int { get }
  /// The scope at another step of this future.
  /// - Throws: where that step has not been reached.
  func at(step: Int) throws(EvaluationError) -> any Scope
  /// The forward quantities that move with one element, all before it held fixed, as far as they are computed. The
  /// element's own quantity may be left out.
  /// - Throws: where the seed is no forward quantity or not computed yet.
  func tangents(_ seed: Seed, _ reading: Reading) throws(EvaluationError) -> Tangents
}

extension Scope {
  /// Whole quantities or none.
  public func computedRows(of quantity: String, _ reading: Reading) -> Matrix? { nil }

  /// Nothing has versions.
  public func versions(of quantity: String) -> (forward: Int, present: Int)? { nil }
}

/// How a quantity is read.
public struct Reading: Hashable, Sendable {
  /// The sample of the batch, from 0; nil for the one on show.
  public var sample: Int?
  /// Whether weights and biases are those that this iteration's forward pass read.
  public var isForward: Bool
  /// The number of updates behind a weight or bias; nil for the current ones.
  public var version: Int?

  /// A reading; by default, of what is current and on show.
  public init(sample: Int? = nil, isForward: Bool = false, version: Int? = nil) {
    self.sample = sample
    self.isForward = isForward
    self.version = version
  }
}

/// What a derivative is taken with respect to: one element, counted from 0.
public struct Seed: Hashable, Sendable {
  /// The forward quantity.
  public let quantity: String
  /// Its row.
  public let row: Int
  /// Its column.
  public let column: Int
  /// The sample of the batch that it belongs to, where it belongs to one: from 0, nil for the one on show.
  public let sample: Int?

  /// An element of a quantity.
  public init(quantity: String, row: Int, column: Int, sample: Int? = nil) {
    self.quantity = quantity
    self.row = row
    self.column = column
    self.sample = sample
  }
}

/// The forward quantities of one sample that move with a seed, each with its derivative.
public struct Tangents: Sendable {
  /// A value and its derivative; nil where it does not move after all.
  public struct Moving: Sendable {
    /// The value.
    public let value: Matrix
    /// The derivative, of the value's shape.
    public let tangent: Matrix?

    /// A value and its derivative.
    public init(_ value: Matrix, _ tangent: Matrix?) {
      self.value = value
      self.tangent = tangent
    }
  }

  /// By the quantities' names. The value of `loss` is the batch's; it moves as the batch's does with a weight or bias, and
  /// with what belongs to a sample as that sample's own loss does, as δ has it.
  public var quantities: [String: Moving]
  /// The sample's own loss, where it is computed.
  public var sampleLoss: Moving?

  /// Tangents of a sample.
  public init(quantities: [String: Moving], sampleLoss: Moving?) {
    self.quantities = quantities
    self.sampleLoss = sampleLoss
  }
}

/// A layer's activation, for `f2(v)`.
public struct LayerActivation: Sendable {
  /// The activation with its setting.
  public let choice: ActivationChoice
  /// The units of the layer.
  public let units: Int

  /// A layer's activation.
  public init(_ choice: ActivationChoice, units: Int) {
    self.choice = choice
    self.units = units
  }
}
