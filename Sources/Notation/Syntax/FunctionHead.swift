import Engine

/// The functions that `let` made, as far as a parser has to know them.
package struct OwnFunctions: Sendable {
  private let definitions: Definitions?
  private let further: Definition?

  /// Those of some definitions, and one more that is being made.
  package init(_ definitions: Definitions? = nil, and further: Definition? = nil) {
    (self.definitions, self.further) = (definitions, further)
  }

  /// These and one more, which is being made.
  package func and(_ further: Definition) -> OwnFunctions { OwnFunctions(definitions, and: further) }

  /// The function of that name.
  subscript(name: String) -> Definition? {
    further?.name == name ? further : definitions?.function(name)
  }

  /// Their names.
  var names: [String] { definitions?.all.filter(\.isFunction).map(\.name) ?? [] }
}

extension Expression {
  /// Whether a name that is no function may become one: those that begin an array are read as that.
  package static func mayBeCalled(_ name: String) -> Bool {
    !Token.arrayWords.contains(name) && Token.numberWords[name] == nil && name != "from"
  }
}

extension Parser {
  /// Whether the next token is `=`.
  package var isAtEquals: Bool { token.kind == .symbol(.assign) }

  /// Reads `NAME(ARGUMENT, …)`, what a function is called and what it is of; nil, with nothing read, where a name is followed
  /// by no parenthesis.
  package mutating func functionHead() throws(SyntaxError) -> (name: String, parameters: [String])? {
    let before = self
    guard let name = try acceptName(), token.kind == .symbol(.open) else {
      self = before
      return nil
    }
    let bracket = token.range
    try advance()
    var parameters: [String] = []
    repeat {
      let range = token.range
      guard let parameter = try acceptName() else {
        throw SyntaxError("the name of an argument was expected, as in \(name)(v)", at: range)
      }
      if let complaint = Parser.complaint(aboutParameter: parameter) { throw SyntaxError(complaint, at: range) }
      guard !parameters.contains(parameter) else {
        throw SyntaxError("\(parameter) is an argument of \(name) already", at: range)
      }
      guard parameters.count < Parser.mostParameters else {
        throw SyntaxError("at most \(Parser.mostParameters) arguments were expected", at: range)
      }
      parameters.append(parameter)
    } while try accept(.comma)
    guard try accept(.close) else {
      throw isAtEnd
        ? SyntaxError("this ( is never closed", at: bracket)
        : SyntaxError(", and another argument, or ) was expected", at: token.range)
    }
    return (name, parameters)
  }

  /// How many arguments an own function may have.
  private static let mostParameters = 8

  /// Why a name is none for an argument; an argument may have that of a quantity, which it then hides in the body.
  private static func complaint(aboutParameter name: String) -> Text? {
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return "the name of an argument has letters and digits"
    }
    if Function.isKnown(name) { return "\(name) is a function, and cannot be an argument" }
    if Token.numberWords[name] != nil || Literal(text: name) != nil { return "\(name) is a number" }
    let isOperator = BinaryOperator(rawValue: name) != nil || UnaryOperator(rawValue: name) != nil
    return isOperator || name == "from" ? "\(name) is a word of the language" : nil
  }
}
