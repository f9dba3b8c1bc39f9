/// An operation on numbers of the field, with what came of it: a step of what a certificate holds.
package struct WrittenStep: Sendable {
  /// What is done; the word is the one that certificates have.
  package enum Operation: String, Sendable {
    /// A fraction that was typed or is counted.
    case number
    /// The next number of the generator: of what is given, or of a function of which nothing more is known at an argument.
    case drawn
    /// The value of a function at an argument that is equal to that of a step before, which is cited.
    case again
    /// A value of exp or log by the law that a sum of exponents is a product of powers; cited are the steps of exp and log
    /// that it is made of, below 0 those that are taken away.
    case law
    case sum = "+"
    case difference = "-"
    case product = "*"
    case negate, invert
    /// The first one, multiplied by itself so often as the second says.
    case power
    /// A root times itself, which is what it is the root of; cited is the root.
    case rootSquared = "root squared"
    /// 1 where a number is 0, else 0.
    case zero

    /// What makes two steps the same where their operands are: how it was found makes no difference to a function.
    fileprivate var family: String { [.drawn, .again, .law].contains(self) ? "function" : rawValue }
  }

  /// Whether what it gives is looked up by the value of what it is given, so that chance may make two the same.
  var looksUp: Bool {
    switch operation {
    case .again, .law, .power, .rootSquared, .zero: true
    case .drawn: !operands.isEmpty
    default: false
    }
  }

  /// What is done.
  package let operation: Operation
  /// The steps that it reads, from 1.
  package internal(set) var operands: [Int]
  /// The steps that its law is of, below 0 where they are taken the other way round.
  package internal(set) var cited: [Int] = []
  /// A fraction, as its numerator and denominator.
  package var fraction: [String] = []
  /// The name of what was drawn, or of the function; `>` is whether it is above 0, as a number.
  package var name = ""
  /// The value, from 0 up to the modulus.
  package let value: UInt64
  /// The degree of the numerator of the fraction that it is the value of.
  package let above: Int
  /// The degree of its denominator.
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
