import Engine

/// The formulas of activations, compiled once for all that is worked out meanwhile.
final class FormulaCache: @unchecked Sendable {
  /// What is compiled into; without one, each use compiles anew.
  @TaskLocal static var current: FormulaCache?

  private struct Key: Hashable {
    let rule: String
    let source: String?
    let values: [Double]
    let isDerivative: Bool
    let numbers: ObjectIdentifier
  }
  private var formulas: [Key: Any] = [:]

  /// The formula of an activation, or of its derivative, and the values of its settings.
  fileprivate struct Written<N: Number> {
    let formula: GivenFormula<N>
    let constants: [Value<N>]
  }

  fileprivate static func written<N: Number>(
    _ choice: ActivationChoice, isDerivative: Bool
  ) throws(EvaluationError) -> Written<N> {
    let key = Key(
      rule: choice.rule.name, source: choice.rule.source, values: choice.values, isDerivative: isDerivative,
      numbers: ObjectIdentifier(N.self))
    if let known = current?.formulas[key] as? Written<N> { return known }
    var constants: [Value<N>] = []
    for value in choice.values { constants.append(.number(try .typed(Literal(value)))) }
    let rule = choice.rule
    let names = (isDerivative ? ["net", "a"] : ["net"]) + rule.settings.map(\.formulaName)
    let text = isDerivative ? rule.derivativeFormula : rule.definition
    let written = Written<N>(formula: try GivenFormula(.formula(text), of: names), constants: constants)
    current?.formulas[key] = written
    return written
  }
}

// An activation as its row's formula has it, in whatever numbers.
extension Number {
  /// f(net) of one unit.
  static func written(_ choice: ActivationChoice, _ net: Self) throws(EvaluationError) -> Self {
    let written: FormulaCache.Written<Self> = try FormulaCache.written(choice, isDerivative: false)
    return try written.formula.value([.number(net)] + written.constants)[0]
  }

  /// f′(net) of one unit.
  static func writtenSlope(_ choice: ActivationChoice, _ net: Self, _ a: Self) throws(EvaluationError) -> Self {
    let written: FormulaCache.Written<Self> = try FormulaCache.written(choice, isDerivative: true)
    return try written.formula.value([.number(net), .number(a)] + written.constants)[0]
  }

  /// f(net) of a whole layer.
  static func written(_ choice: ActivationChoice, layer net: [Self]) throws(EvaluationError) -> [Self] {
    let written: FormulaCache.Written<Self> = try FormulaCache.written(choice, isDerivative: false)
    return try written.formula.value([Value(Shape(net.count, 1), net)] + written.constants).elements
  }
}
