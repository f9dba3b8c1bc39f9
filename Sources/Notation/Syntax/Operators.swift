import Engine

/// How tightly an operator binds, from loosest to tightest.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, minus, power, postfix

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

/// An operator between two expressions.
package enum BinaryOperator: String, CaseIterable, Sendable {
  case or, and
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
  case near = "~="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"
  case timesEach = ".*"
  case overEach = "./"
  case power = "^"

  /// Whether it gives 1 or 0 by comparing.
  package var isComparison: Bool { precedence == .comparison }

  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .unequal, .less, .atMost, .greater, .atLeast, .near: .comparison
    case .plus, .minus: .sum
    case .times, .over, .timesEach, .overEach: .product
    case .power: .power
    }
  }

  /// The operator as the screen prints it.
  var pretty: String {
    switch self {
    case .unequal: "≠"
    case .atMost: "≤"
    case .atLeast: "≥"
    case .near: "≈"
    case .times: "·"
    case .timesEach: "⊙"
    default: rawValue
    }
  }
}

/// An operator before an expression.
package enum UnaryOperator: String, CaseIterable, Sendable {
  case not
  case minus = "-"

  var precedence: Precedence { self == .not ? .not : .minus }
}

/// What can be made of a body that an index runs through.
package enum Fold: String, CaseIterable, Sendable {
  case sum, mean, max, min, prod

  /// The index that runs over the samples of the batch.
  package static let overBatch = Quantity.Kind.sample.name

  /// Whether it is also made of two values, pair by pair.
  var takesPairs: Bool { self == .max || self == .min }
}
