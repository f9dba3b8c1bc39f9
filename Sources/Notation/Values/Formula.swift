import Engine

/// A scope of given numbers and nothing else: what a formula of a table is evaluated in (`net` and `a` of an activation;
/// `w`, `g`, `rate` of an optimizer).
public struct FormulaScope: Scope {
  private let values: [String: Tangents.Moving]

  /// A scope of these values.
  public init(_ values: [String: Matrix]) { self.values = values.mapValues { Tangents.Moving($0, nil) } }

  init(moving values: [String: Value]) { self.values = values.mapValues { Tangents.Moving($0.matrix, $0.tangent) } }

  /// The names that have a value.
  public var quantityNames: [String] { values.keys.sorted() }
  /// None.
  public var definitionNames: [String] { [] }
  /// None.
  public func definition(of name: String) -> Expression? { nil }
  /// The shape of a value.
  public func shape(of quantity: String) -> Shape? { values[quantity].map { Shape($0.value.rows, $0.value.columns) } }
  /// `elements`.
  public func unitNoun(of quantity: String, axis: Int) -> Text { "elements" }
  /// A value, however it is read.
  public func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Matrix {
    guard let value = values[quantity] else { throw EvaluationError("\(quantity) is not known in this formula") }
    return value.value
  }
  /// None.
  public func activation(ofLayer layer: Int) -> LayerActivation? { nil }
  /// None.
  public var sampleCount: Int { 0 }
  /// The start.
  public var step: Int { 0 }
  /// There is none.
  public func at(step: Int) throws(EvaluationError) -> any Scope {
    throw EvaluationError("a formula has no steps")
  }
  /// All values, as they move.
  public func tangents(_ seed: Seed, _ reading: Reading) throws(EvaluationError) -> Tangents {
    Tangents(quantities: values, sampleLoss: nil)
  }
}

/// A formula of a table over values that may move, at given values of its indices, each from 1.
func formula(_ text: String, _ values: [String: Value], indices: KeyValuePairs<String, Int> = [:])
  throws(EvaluationError) -> Value
{
  let expression: Expression
  do { expression = try Expression.parse(text) } catch { throw EvaluationError("\(text): \(error.message)") }
  let scope = FormulaScope(moving: values)
  var names = Names(scope)
  let compiler = Compiler()
  for (name, _) in indices { names.indices[name] = compiler.slot() }
  let code = try compiler.compile(expression, names)
  let nothing = Binding.Change.seed(Seed(quantity: "", row: 0, column: 0))
  let evaluation = Evaluation(try Binding(scope).changed(nothing).binding, slots: compiler.slots)
  for (slot, index) in indices.enumerated() { evaluation.indices[slot] = index.value }
  return try code(evaluation)
}
