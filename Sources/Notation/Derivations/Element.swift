import Engine

/// One number of a quantity: row and column counted from 0, and the sample of the batch that it belongs to.
public struct Element: Hashable, Sendable {
  /// Whose number it is.
  public var quantity: Quantity
  /// Its row; of a column, the element.
  public var row: Int
  /// Its column; 0 of a column.
  public var column: Int
  /// The sample of the batch, from 0; nil for the one on show. `loss` with a sample is that sample's own.
  public var sample: Int?

  /// A number of a quantity; the first where nothing is said.
  public init(_ quantity: Quantity, row: Int = 0, column: Int = 0, sample: Int? = nil) {
    self.quantity = quantity
    self.row = row
    self.column = column
    self.sample = sample
  }
}

extension Expression {
  /// What a formula of ours says. Every one is parsed by the tests; a text that is none would read `nan`.
  static func formula(_ text: String) -> Expression {
    (try? Expression.parse(text)) ?? .number(.nan)
  }

  /// A number in its shortest form.
  static func number(_ value: Double) -> Expression { Expression(.number(Literal(value))) }

  /// A number rounded for display.
  static func number(_ value: Double, digits: Int) -> Expression {
    Literal(text: significant(value, digits: digits)).map { Expression(.number($0)) } ?? .number(value)
  }

  /// A name without a version.
  static func name(_ name: String, version: Int? = nil) -> Expression { Expression(.name(name, version: version)) }

  /// Whether it is a bare number.
  var isNumber: Bool { if case .number = kind { true } else { false } }

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
