import Engine
import Formats
import Notation

/// How values are written in answers.
struct Writing {
  /// The significant digits.
  let digits: Int

  /// A number.
  func number(_ value: Double) -> String { significant(value, digits: digits) }

  /// A matrix as the session's own notation has it: `[1 2; 3 4]`, a column `[1; 2]`, a scalar bare.
  func matrix(_ value: Matrix) -> String {
    if let scalar = value.scalar { return number(scalar) }
    let rows = (0..<value.rows).map { row in
      (0..<value.columns).map { number(value[row, $0]) }.joined(separator: " ")
    }
    return "[" + rows.joined(separator: "; ") + "]"
  }

  /// What an expression is worth: of a phase its name, which is what is typed for it, of anything else the numbers.
  func value(_ value: Matrix, of expression: Expression) -> String {
    guard expression.names(.phase), let number = value.scalar.flatMap({ Int(exactly: $0) }),
      Phase.allCases.indices.contains(number)
    else { return matrix(value) }
    return Phase.allCases[number].rawValue
  }

  /// How far something is off: a few digits say it.
  func error(_ value: Double) -> String { significant(value, digits: 3) }
}

extension JSONValue {
  /// A value for programs: a quantity that is a vector is a list and one that is a matrix a list of rows, whatever its
  /// size; of other expressions, the shape decides.
  init(_ value: Matrix, of expression: Expression, in session: Session) {
    let quantity = JSONValue.quantity(expression, in: session.scope)
    switch quantity?.kind.extent.indexCount(in: session.timeline.experiment.network, layer: quantity?.layer ?? 0) {
    case 2: self.init(rowsOf: value)
    case 1: self.init(value.elements)
    default:
      if let scalar = value.scalar {
        self = .number(scalar)
      } else if value.isColumn {
        self.init(value.elements)
      } else {
        self.init(rowsOf: value)
      }
    }
  }

  /// The quantity that a bare name stands for, also through lets.
  private static func quantity(_ expression: Expression, in scope: StateScope, depth: Int = 0) -> Quantity? {
    guard case .name(let name, _) = expression.kind, depth < 32 else { return nil }
    if let definition = scope.definition(of: name) { return quantity(definition, in: scope, depth: depth + 1) }
    return Quantity.named(name)
  }
}
