/// An operation on numbers of the field, with what came of it: a step of what a certificate holds.
package struct WrittenStep: Sendable {
  /// What is done; the word is the one that certificates have.
  package enum Operation: String, Sendable {
    /// A fraction that was typed or is counted.
    case number
    /// The next number of the generator.
    case drawn
    case sum = "+"
    case difference = "-"
    case product = "*"
    case negate, invert
    /// The first one, multiplied by itself so often as the second says.
    case power
    /// A root times itself, which is what it is the root of; cited is the root.
    case rootSquared = "root squared"
    /// A value of a function of which nothing is known, and the same at an equal argument; cited is where it was drawn.
    case functionDrawn = "function drawn"
    case functionAgain = "function again"
    /// A root that is there without drawing it.
    case rootByLaw = "root by law"
    /// A value of exp or log, drawn or by the law that a sum of exponents is a product of powers; cited are the pairs of
    /// exponent and power that it is made of, below 0 those that are taken away.
    case expDrawn = "exp drawn"
    case expByLaw = "exp by law"
    case logDrawn = "log drawn"
    case logByLaw = "log by law"
    /// Whether a difference is above 0, as a number: drawn, or by one that it is a multiple of, which is cited.
    case aboveDrawn = "above drawn"
    case aboveAgain = "above again"
    /// 1 where a difference is 0, else 0.
    case zero

    /// What makes two steps the same where their operands are: a value that was drawn is that of the function.
    fileprivate var family: String {
      switch self {
      case .functionDrawn, .functionAgain, .rootByLaw: "function"
      case .expDrawn, .expByLaw: "exp"
      case .logDrawn, .logByLaw: "log"
      case .aboveDrawn, .aboveAgain: "above"
      default: rawValue
      }
    }

    /// Whether it takes a number from the generator.
    var draws: Bool { [.drawn, .functionDrawn, .expDrawn, .logDrawn, .aboveDrawn].contains(self) }
    /// Whether what it gives is looked up by the value of what it is given, so that chance may make two the same.
    var looksUp: Bool {
      switch self {
      case .number, .drawn, .sum, .difference, .product, .negate, .invert: false
      default: true
      }
    }
  }

  package let operation: Operation
  /// The steps that it reads, from 1.
  package internal(set) var operands: [Int]
  /// The steps that its law is of, below 0 where they are taken the other way round.
  package internal(set) var cited: [Int] = []
  /// A fraction, as its numerator and denominator.
  package var fraction: [String] = []
  /// What was drawn, or the function's name.
  package var name = ""
  /// The value, from 0 up to the modulus.
  package let value: UInt64
  /// The degrees of the fraction that it is the value of.
  package let above: Int
  package let below: Int
  /// How often other steps and what is compared read it.
  package internal(set) var uses = 0

  /// What two steps have in common that are the same.
  struct Key: Hashable {
    let family: String
    let operands: [Int]
    let name: String
  }
  var key: Key { Key(family: operation.family, operands: operands, name: name) }
}
