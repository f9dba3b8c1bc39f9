import Engine

/// Reads expressions from a line, one after another: a command reads its words, then asks for an expression, then goes on
/// where that one ended. A word that cannot go on with an expression (`within`, `where`, `=`) ends it.
package struct Parser {
  private var lexer: Lexer
  /// The token that is read next.
  var token: Token
  /// Where the last token that was read ends.
  private(set) var end: Int
  /// Whether blanks part elements, as directly inside `[ ]` of a matrix.
  var blanksPart = false
  /// Whether truth values are numbers, as inside an array.
  var isInArray = false
  private var nesting = 0
  /// Reads an array of a file; nil where none can be read.
  let readFile: GivenFile.Reader?
  /// The functions that can be called beside those of the tables.
  let functions: OwnFunctions

  /// How deep parentheses and prefixes may nest.
  static let maximumNesting = 200

  /// Begins at a character of a line, counted from 0; ranges in what is parsed, and in errors, count from the line's beginning.
  /// - Parameters:
  ///   - readFile: reads what `from FILE` names, where a file can be read.
  ///   - functions: what can be called beside the functions of the tables.
  /// - Throws: `SyntaxError` where the line is too long or its first token is none.
  package init(
    _ text: String, from offset: Int = 0, readFile: GivenFile.Reader? = nil, functions: OwnFunctions = OwnFunctions()
  ) throws(SyntaxError) {
    (self.readFile, self.functions) = (readFile, functions)
    lexer = try Lexer(text, from: offset)
    end = lexer.position
    token = try lexer.next()
  }

  /// Where the token that is read next begins.
  package var position: Int { token.range.lowerBound }

  /// Whether nothing is left.
  package var isAtEnd: Bool { token.kind == .end }

  /// Reads a word if it is the next token.
  package mutating func accept(word: String) throws(SyntaxError) -> Bool {
    guard token.name?.text == word, token.name?.isPartial == false else { return false }
    try advance()
    return true
  }

  /// Reads a name if it is the next token, with its Greek letter spelled out as in every expression: `delta2` of `δ2`.
  package mutating func acceptName() throws(SyntaxError) -> String? {
    guard let name = token.name, name.version == nil else { return nil }
    try advance()
    return name.text
  }

  /// Reads `=` if it is the next token.
  package mutating func acceptEquals() throws(SyntaxError) -> Bool { try accept(.assign) }

  /// Refuses what is left.
  package mutating func expectEnd() throws(SyntaxError) {
    guard !isAtEnd else { return }
    throw SyntaxError("an operator or the end was expected\(hintOnLeftover)", at: token.range)
  }

  /// Reads the longest expression that begins here.
  package mutating func expression() throws(SyntaxError) -> Expression {
    try parse(.or)
  }

  /// What is to be said about a token that follows a whole expression and cannot go on with it: the likeliest slip.
  package var hintOnLeftover: Text {
    switch token.kind {
    case .number, .name, .symbol(.open), .symbol(.openBracket): "; there is no implicit product, write *"
    case .symbol(.assign): "; to compare, write == or ~="
    case .symbol(.close): "; this ) closes nothing"
    case .symbol(.closeBracket): "; this ] closes nothing"
    case .symbol(.semicolon): "; a line ends without ;"
    case .symbol(.bar): "; of two conditions, or joins them"
    default: ""
    }
  }

  // MARK: - Tokens

  mutating func advance() throws(SyntaxError) {
    end = token.range.upperBound
    token = try lexer.next()
  }

  /// Passes over the value of a setting whose = is the next token.
  mutating func skipSetting() throws(SyntaxError) {
    try lexer.skipSetting()
    try advance()
  }

  /// Passes over what stands before the first of some words, and over that.
  mutating func skip(behind words: [String], _ complaint: Text) throws(SyntaxError) {
    guard lexer.skip(behind: words) else { throw SyntaxError(complaint, at: token.range) }
    try advance()
  }

  /// Reads what stands behind `from`, which is the next token: a file, and an array of it where one is named, neither of
  /// which is an expression. Nil, with nothing read, where no file stands there.
  mutating func fileWords() throws(SyntaxError) -> (file: Lexer.Word, array: Lexer.Word?)? {
    var ahead = lexer
    guard let file = try ahead.word(), file.isQuoted || file.text.contains(where: { $0 == "." || $0 == "/" })
    else { return nil }
    var behind = ahead
    let array = try behind.word()
    let isNamed = array.map { $0.isQuoted || file.mayHoldNames && $0.mayBeName } ?? false
    lexer = isNamed ? behind : ahead
    try advance()
    end = (isNamed ? array : file)?.range.upperBound ?? end
    return (file, isNamed ? array : nil)
  }

  mutating func accept(_ symbol: Token.Symbol) throws(SyntaxError) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol, _ purpose: Text) throws(SyntaxError) {
    guard try accept(symbol) else {
      throw SyntaxError("\(symbol.rawValue) was expected \(purpose)", at: token.range)
    }
  }

  /// A node from a character up to the last token that was read, refused where the tree gets too deep.
  func node(_ kind: Expression.Kind, from start: Int, sign: Range<Int>? = nil) throws(SyntaxError) -> Expression {
    let expression = Expression(kind, range: start..<max(start, end), sign: sign)
    guard expression.depth <= Expression.maximumDepth else {
      throw SyntaxError(
        "an expression of at most \(Expression.maximumDepth) operators on one another was expected", at: token.range)
    }
    return expression
  }

  /// Reads something inside something else, with its own rule for blanks.
  mutating func nested<Result>(
    blanksPart inner: Bool, _ read: (inout Parser) throws(SyntaxError) -> Result
  ) throws(SyntaxError) -> Result {
    let outer = (blanksPart, isInArray)
    blanksPart = inner
    if inner { isInArray = true }
    nesting += 1
    guard nesting <= Parser.maximumNesting else {
      throw SyntaxError(
        "at most \(Parser.maximumNesting) parentheses or signs inside one another were expected", at: token.range)
    }
    let result = try read(&self)
    nesting -= 1
    (blanksPart, isInArray) = outer
    return result
  }

  /// Whether it was typed with a ∂ in front.
  func isPartial(_ operand: Expression) -> Bool { lexer.character(at: operand.range.lowerBound) == "∂" }

  // MARK: - Operators

  /// Reads an expression whose operators bind at least so tightly.
  mutating func parse(_ loosest: Precedence) throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    var left = try prefixed(loosest)
    while let sign = token.binaryOperator, sign.precedence >= loosest, !(blanksPart && beginsElement) {
      let place = token.range
      try advance()
      let right: Expression
      if sign == .power {
        // After it a sign may stand, and another power: both bind to the right.
        right = try nested(blanksPart: blanksPart) { parser throws(SyntaxError) in try parser.parse(.minus) }
      } else {
        right = try parse(sign.precedence.tighter)
      }
      left = try node(.binary(sign, left, right), from: start, sign: place)
      if sign.isComparison, token.binaryOperator?.isComparison == true {
        throw SyntaxError("comparisons are not chained; join two with and", at: token.range)
      }
    }
    return left
  }

  /// Whether the token begins another element of a matrix: a sign with a blank before it and none after it.
  private var beginsElement: Bool {
    (token.kind == .symbol(.minus) || token.kind == .symbol(.plus)) && token.blankBefore && !token.blankAfter
  }

  private mutating func prefixed(_ loosest: Precedence) throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    if token.name?.text == "not" {
      guard loosest <= .not else {
        throw SyntaxError("a value was expected; put not and what it takes in parentheses", at: token.range)
      }
      try advance()
      let operand = try nested(blanksPart: blanksPart) { parser throws(SyntaxError) in try parser.parse(.not) }
      return try node(.unary(.not, operand), from: start)
    }
    if try accept(.minus) {
      let operand = try nested(blanksPart: blanksPart) { parser throws(SyntaxError) in try parser.parse(.minus) }
      return try node(.unary(.minus, operand), from: start)
    }
    if try accept(.plus) {
      return try nested(blanksPart: blanksPart) { parser throws(SyntaxError) in try parser.parse(.minus) }
    }
    return try postfixed()
  }

  /// Reads a value and the quotes and indices behind it.
  private mutating func postfixed() throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    var operand = try primary()
    while true {
      if token.kind == .symbol(.prime) {
        try advance()
        operand = try node(.transpose(operand), from: start)
      } else if token.kind == .symbol(.openBracket), !(blanksPart && token.blankBefore) {
        let indices = try indices()
        operand = try node(.element(operand, indices), from: start)
      } else {
        return try quotient(operand)
      }
    }
  }

  /// Reads `[k,j]`.
  mutating func indices() throws(SyntaxError) -> [Expression] {
    try advance()
    return try nested(blanksPart: false) { parser throws(SyntaxError) in
      var indices = [try parser.expression()]
      while indices.count < 2, try parser.accept(.comma) { indices.append(try parser.expression()) }
      try parser.expect(
        .closeBracket, indices.count < 2 ? "after the index, or a comma and another" : "after two indices")
      return indices
    }
  }
}
