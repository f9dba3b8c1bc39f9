/// A piece of text that the parser reads as one.
struct Token {
  enum Kind: Equatable {
    case number(Literal)
    case name(Name)
    case symbol(Symbol)
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

    /// Those of one and of two characters, by their spelling.
    static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

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
    (":=", "="),
    ("~", "~="), (".T", "'"), ("transpose", "'"), ("matmul", "*"), ("dot", "*"), ("multiply", ".*"), ("pow", "^"),
  ]

  /// What those begin with.
  static let foreignBeginnings = Set(foreign.compactMap(\.spelling.first))

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
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
    case .name(let name) where name.text == "and" || name.text == "or": BinaryOperator(rawValue: name.text)
    default: nil
    }
  }
}
