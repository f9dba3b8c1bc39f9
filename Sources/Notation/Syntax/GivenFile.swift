import Engine

/// A matrix out of a file: `from weights.npz "0.weight"`. It was read when its line was, so that an expression that holds
/// one is worth the same wherever it is evaluated.
package struct GivenFile: Equatable, Sendable {
  /// The file as it was typed.
  package let path: String
  /// The array of it, where one was named.
  package let name: String?
  /// What it holds.
  package let matrix: Matrix
  /// Whether the array has one dimension, so that it is as well a column as a row.
  package let isLine: Bool
  /// How many bits each number had, where it had fewer than a double: 32 or 16.
  package let isSingle: Bool

  /// What a file holds.
  package init(path: String, name: String?, matrix: Matrix, isLine: Bool, isSingle: Bool) {
    self.path = path
    self.name = name
    self.matrix = matrix
    self.isLine = isLine
    self.isSingle = isSingle
  }

  /// How it is typed.
  var text: String { "from " + GivenFile.word(path) + (name.map { " " + GivenFile.quoted($0) } ?? "") }

  private static func word(_ text: String) -> String {
    !text.isEmpty && text.allSatisfy { $0.isPartOfPath } ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }

  /// Reads an array of a file.
  package typealias Reader = @Sendable (_ path: String, _ name: String?) throws(EvaluationError) -> GivenFile
}

extension Character {
  /// Whether a path goes on with it where it stands without quotes.
  var isPartOfPath: Bool { isLetter || isNumber || "._-/~+@%:\\".contains(self) }
}

extension Lexer.Word {
  /// Whether a file of that name holds arrays with names.
  var mayHoldNames: Bool { [".npz", ".safetensors", ".json"].contains { text.lowercased().hasSuffix($0) } }

  /// Whether it may be the name of an array where it stands without quotes: no sign, and no word that goes on behind an
  /// expression.
  var mayBeName: Bool {
    let first = text.first
    return first.map { $0.isLetter || $0.isNumber || $0 == "_" } == true
      && !["within", "where", "with", "and", "or", "not"].contains(text)
  }
}

extension Parser {
  /// Reads `from FILE [NAME]`, whose first word is the next token; nil, with nothing read, where no file follows.
  mutating func file() throws(SyntaxError) -> Expression? {
    let start = token.range.lowerBound
    guard let (file, array) = try fileWords() else { return nil }
    guard let readFile else { throw SyntaxError("a file can be read only by a line of a session", at: file.range) }
    let given: GivenFile
    do throws(EvaluationError) { given = try readFile(file.text, array?.text) } catch {
      throw SyntaxError(error.message, at: error.range == nil ? file.range : array?.range ?? file.range)
    }
    return try node(.file(given), from: start)
  }
}
