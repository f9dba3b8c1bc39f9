import Engine

/// What names mean at a place of a session: a quantity's value, a `let`, a layer's activation; and in which numbers. An
/// evaluation knows nothing else of the session.
protocol Scope<N> {
  /// The numbers that expressions are worked out in.
  associatedtype N: Number
  /// The quantities that exist here, for `did you mean`.
  var quantityNames: [String] { get }
  /// The names given by `let`.
  var definitionNames: [String] { get }
  /// What a `let` gave a name, or nil where there is none of that name.
  func definition(of name: String) -> Expression?
  /// The function that a `let` made, or nil where there is none of that name.
  func function(named name: String) -> Definition?
  /// The rows and columns of a quantity, whether it is computed yet or not; nil where there is none of that name.
  func shape(of quantity: String) -> Shape?
  /// What the units along an axis (0 rows, 1 columns) of a quantity are called: `outputs`, `inputs`, `units of layer 1`.
  func unitNoun(of quantity: String, axis: Int) -> Text
  /// A quantity's value. Of `loss`, with a sample in the reading, that sample's own.
  /// - Throws: where it is not computed yet, with `isNotComputed`, or there is no such version.
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<N>
  /// Where a quantity's numbers can be read again and again, each time as they are then; nil where they are fetched.
  func lent(_ quantity: String) -> Lent?
  /// One number of a quantity where it lies, by its indices from 1, of a sample counted from 0 or the one on show; nil where
  /// it has to be fetched, or there is none.
  func number(of quantity: Quantity, _ row: Int, _ column: Int?, sample: Int?) -> N?
  /// A sample's own loss where it lies, counted from 0; nil where it has to be fetched, or there is none.
  func loss(ofSample sample: Int) -> N?
  /// The leading rows of a quantity that is computed in part; nil where none are, or it is no such quantity.
  func computedRows(of quantity: String, _ reading: Reading) -> Value<N>?
  /// The names that an optimizer's rule has for what it makes, beside a quantity that it makes; see `StateScope`.
  func ruleNames(of quantity: String, at indices: [Expression]) -> [String: Expression]
  /// The versions of a weight or bias: of what this iteration's forward pass read, and of the present one. Nil of what
  /// has none.
  func versions(of quantity: String) -> (forward: Int, present: Int)?
  /// The activation of a layer, counted from 1; nil where there is no such layer.
  func activation(ofLayer layer: Int) -> LayerActivation?
  /// How many samples the batch has.
  var sampleCount: Int { get }
  /// The layer steps completed.
  var step: Int { get }
  /// Whether a factor made of targets takes what it is multiplied with away where it is 0: 0·log 0 = 0, as cross-entropy
  /// has it.
  var zeroTargetsWin: Bool { get }
  /// How matrices of weights are given.
  var layout: WeightLayout { get }
  /// The scope at another step of this future.
  /// - Throws: where that step has not been reached.
  func at(step: Int) throws(EvaluationError) -> any Scope<N>
  /// The scope as it is read otherwise.
  func read(_ reading: Reading) throws(EvaluationError) -> any Scope<N>
  /// The scope in whose numbers the forward quantities move with one element, all before it held fixed. The equations that
  /// it compiles are kept for the next one.
  /// - Throws: where the seed is no forward quantity or not computed yet.
  func moving(
    with seed: Seed, _ reading: Reading, by equations: inout CompiledEquations?
  ) throws(EvaluationError) -> any Scope<Dual<N>>
  /// About how many operations on numbers it takes to make it.
  var cost: Int { get }
}

// What a scope has where it says nothing else.
extension Scope {
  func function(named name: String) -> Definition? { nil }
  /// Whole quantities or none.
  func computedRows(of quantity: String, _ reading: Reading) -> Value<N>? { nil }
  func lent(_ quantity: String) -> Lent? { nil }
  func number(of quantity: Quantity, _ row: Int, _ column: Int?, sample: Int?) -> N? { nil }
  func loss(ofSample sample: Int) -> N? { nil }
  func versions(of quantity: String) -> (forward: Int, present: Int)? { nil }
  func read(_ reading: Reading) throws(EvaluationError) -> any Scope<N> { self }
  func moving(
    with seed: Seed, _ reading: Reading, by equations: inout CompiledEquations?
  ) throws(EvaluationError) -> any Scope<Dual<N>> {
    throw EvaluationError("a derivative may not stand here")
  }
  var zeroTargetsWin: Bool { false }
  var layout: WeightLayout { .outIn }
  func ruleNames(of quantity: String, at indices: [Expression]) -> [String: Expression] { [:] }
  var cost: Int { 8 }
}

/// Numbers that lie where they are; nil while they are not computed.
enum Lent {
  /// One number.
  case number(() -> Double?)
  /// Many, row by row.
  case numbers(() -> UnsafePointer<Double>?)
}

/// How a quantity is read.
struct Reading: Hashable, Sendable {
  /// The sample of the batch, from 0; nil for the one on show.
  var sample: Int?
  /// Whether weights and biases are those that this iteration's forward pass read.
  var isForward: Bool
  /// The number of updates behind a weight or bias; nil for the current ones.
  var version: Int?

  /// A reading; by default, of what is current and on show.
  init(sample: Int? = nil, isForward: Bool = false, version: Int? = nil) {
    self.sample = sample
    self.isForward = isForward
    self.version = version
  }

  /// Whether it reads what is current, of whichever sample.
  var isPresent: Bool { !isForward && version == nil }
}

/// What a derivative is taken with respect to: one element, counted from 0.
struct Seed: Hashable, Sendable {
  /// The forward quantity.
  let quantity: String
  /// The row of the element.
  let row: Int
  /// The column of the element.
  let column: Int
  /// The sample of the batch that it belongs to, where it belongs to one: from 0, nil for the one on show.
  let sample: Int?

  /// An element of a quantity.
  init(quantity: String, row: Int, column: Int, sample: Int? = nil) {
    self.quantity = quantity
    self.row = row
    self.column = column
    self.sample = sample
  }
}
