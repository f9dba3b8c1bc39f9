/// A piece of text that the parser reads as one.
struct Token {
  enum Kind: Equatable {
    case number(Literal)
    case name(Name)
    case symbol(Symbol)
    /// The line above an array that Julia shows.
    case display(DisplayHeader)
    /// A quote, which begins the name of a file or of an array in one.
    case quote
    case end
  }

  /// A name with what is written onto it.
  struct Name: Equatable {
    /// The name with its Greek letters spelled out: `delta2`.
    var text: String
    /// `0` of `w2⟨0⟩`.
    var version: Int?
    /// Whether it was typed with a ∂, so that `∂L/∂w2` is a derivative and no quotient.
    var isPartial = false
  }

  enum Symbol: String, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case timesEach = ".*"
    case overEach = "./"
    case power = "^"
    case prime = "'"
    case open = "("
    case close = ")"
    case openBracket = "["
    case closeBracket = "]"
    case comma = ","
    case semicolon = ";"
    case bar = "|"
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
    case near = "~="
    case assign = "="
    case through = ".."
    case arrow = "->"
    /// Σ before its index, as in `Σk w2[k,j]`.
    case sigma = "Σ"

    /// The symbols of two characters, by the second one, for each ASCII character that may be the first.
    static let pairs = ASCIITable<[(second: UInt8, symbol: Symbol)]> { first in
      allCases.compactMap { symbol in
        let spelling = Array(symbol.rawValue)
        guard spelling.count == 2, spelling[0] == first else { return nil }
        return spelling[1].asciiValue.map { ($0, symbol) }
      }
    }

    /// The symbols of one character.
    static let single = ASCIITable<Symbol?> { Symbol(rawValue: String($0)) }

    /// The operators between two operands that are symbols.
    static let operators = Dictionary(
      uniqueKeysWithValues: allCases.compactMap { symbol in
        BinaryOperator(rawValue: symbol.rawValue).map { (symbol, $0) }
      })

    /// The Unicode spellings.
    static let synonyms: [Character: Symbol] = [
      "−": .minus, "·": .times, "⊙": .timesEach, "≈": .near, "→": .arrow, "′": .prime, "ᵀ": .prime, "≠": .unequal,
      "≤": .atMost,
      "≥": .atLeast, "Σ": .sigma,
    ]
  }

  /// What is written otherwise elsewhere: each spelling of another language, and what it is here.
  static let foreign: [(spelling: String, own: String)] = [
    (".^", "^"), ("**", "^"), ("@", "*"), ("×", "*"), ("÷", "/"), ("&&", "and"), ("&", "and"), ("!", "not"),
    (":=", "="), ("true", "1"), ("True", "1"), ("false", "0"), ("False", "0"), ("pi", "3.141592653589793"),
    ("π", "3.141592653589793"),
    ("~", "~="), (".T", "'"), ("transpose", "'"), ("matmul", "*"), ("dot", "*"), ("multiply", ".*"), ("pow", "^"),
    ("mul", ".*"),
    ("log10", "log(v) / log(10)"), ("log2", "log(v) / log(2)"),
  ]

  /// Whether one of those begins with an ASCII character.
  static let foreignBeginnings = ASCIITable<Bool> { first in foreign.contains { $0.spelling.first == first } }

  /// The operators that are words.
  private static let wordOperators = Dictionary(
    uniqueKeysWithValues: [BinaryOperator.and, .or].map { ($0.rawValue, $0) })

  let kind: Kind
  let range: Range<Int>
  /// Whether a blank stands before it, and after it.
  let blankBefore: Bool
  let blankAfter: Bool

  /// The name where it is one.
  var name: Name? { if case .name(let name) = kind { name } else { nil } }

  /// The operator that it is between two operands.
  var binaryOperator: BinaryOperator? {
    switch kind {
    case .symbol(let symbol): Symbol.operators[symbol]
    case .name(let name): Token.wordOperators[name.text]
    default: nil
    }
  }
}

/// Something for each ASCII character, found without a hash.
struct ASCIITable<Element: Sendable>: Sendable {
  private let elements: [Element]

  init(_ element: (Character) -> Element) {
    elements = (0..<128).map { element(Character(Unicode.Scalar(UInt8($0)))) }
  }

  /// The element of a character by its code; nil where that is beyond ASCII.
  subscript(code code: UInt8) -> Element? { code < 128 ? elements[Int(code)] : nil }
}
