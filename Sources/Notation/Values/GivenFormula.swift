import Engine

/// A formula of a table over names whose values are given: compiled once, worked out again and again.
struct GivenFormula<N: Number> {
  private let code: Code<N>
  private let evaluation: Evaluation<N>

  /// A formula over these names, and over indices with these values.
  init(
    _ formula: Expression, of names: [String], indices: [String: Int] = [:], summed order: SummationOrder = .plain
  ) throws(EvaluationError) {
    let scope = NoScope<N>()
    var meanings = Names(scope)
    for (slot, name) in names.enumerated() { meanings.given[name] = slot }
    let compiler = Compiler<N>(summed: order)
    var places: [Int] = []
    for (name, place) in indices {
      meanings.indices[name] = compiler.slot()
      places.append(place)
    }
    code = try compiler.compile(formula, meanings)
    evaluation = Evaluation(BoundScope(scope), compiler)
    for (slot, place) in places.enumerated() { evaluation.indices[slot] = place }
  }

  /// What it is worth.
  func value(_ values: [Value<N>]) throws(EvaluationError) -> Value<N> {
    evaluation.given = values
    return try code(evaluation)
  }

  /// The number that it is worth where numbers are given.
  func callAsFunction(_ values: N...) throws(EvaluationError) -> N { try value(values.map(Value.number))[0] }
}

/// A scope without names, for formulas whose names are all given.
struct NoScope<N: Number>: Scope {
  var quantityNames: [String] { [] }
  var definitionNames: [String] { [] }
  func definition(of name: String) -> Expression? { nil }
  func shape(of quantity: String) -> Shape? { nil }
  func unitNoun(of quantity: String, axis: Int) -> Text { "elements" }
  func activation(ofLayer layer: Int) -> LayerActivation? { nil }
  var sampleCount: Int { 0 }
  var step: Int { 0 }
  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<N> {
    throw EvaluationError("\(quantity) is not known in this formula")
  }
  func at(step: Int) throws(EvaluationError) -> any Scope<N> { throw EvaluationError("a formula has no steps") }
}
