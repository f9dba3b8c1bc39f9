import Engine
import Synchronization

extension Choice where Row == Activation {
  /// f, or f′, as the row's formula has it, with its settings: over a pre-activation and the activation that it gives, where
  /// that has a name.
  package func formula(isDerivative: Bool = true, net: Expression, a: Expression?) -> Expression {
    var meaning = formulaNumbers.mapValues(Expression.number)
    (meaning["net"], meaning["a"]) = (net, a)
    return Expression.formula(isDerivative ? rule.derivativeFormula : rule.formula).replacing(meaning)
  }
}

extension Expression {
  /// What a formula of our tables says, parsed once. Every one is parsed by the tests; a text that is none would read `nan`.
  package static func formula(_ text: String) -> Expression {
    parsed.withLock { parsed in
      if let known = parsed[text] { return known }
      let expression = (try? Expression.parse(text)) ?? .number(.nan)
      parsed[text] = expression
      return expression
    }
  }

  /// The formulas met so far: as many as the tables have, and the session's own rules.
  private static let parsed = Mutex<[String: Expression]>([:])

  /// A number in its shortest form.
  package static func number(_ value: Double) -> Expression { Expression(.number(Literal(value))) }

  /// A number rounded for display.
  static func number(_ value: Double, digits: Int) -> Expression {
    Literal(text: significant(value, digits: digits)).map { Expression(.number($0)) } ?? .number(value)
  }

  /// A name without a version.
  package static func name(_ name: String, version: Int? = nil) -> Expression {
    Expression(.name(name, version: version))
  }

  /// A name with its version and its indices, as many as it has.
  static func name(_ name: String, version: Int?, at indices: [Expression]) -> Expression {
    indices.isEmpty ? .name(name, version: version) : Expression(.element(.name(name, version: version), indices))
  }

  /// Whether it is a bare number.
  package var isNumber: Bool { if case .number = kind { true } else { false } }

  /// A product.
  static func * (a: Expression, b: Expression) -> Expression { Expression(.binary(.times, a, b)) }
  /// A sum.
  static func + (a: Expression, b: Expression) -> Expression { Expression(.binary(.plus, a, b)) }
  /// A quotient.
  static func / (a: Expression, b: Expression) -> Expression { Expression(.binary(.over, a, b)) }

  /// The sum over an index.
  static func sum(_ index: String, _ body: Expression) -> Expression {
    Expression(.fold(.sum, index: index, bounds: nil, body))
  }
}
