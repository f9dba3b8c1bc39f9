/// Words for a reader, kept as a pattern with parts until they are shown. Written as any string is, with numbers, names and
/// other texts put in; only the edge, which knows the reader's language, makes a string of it.
///
/// The pattern of `"there is no \(name): the network has \(counted(2, "layer"))"` is `there is no {1}: the network has {2}`:
/// a second language is a table from patterns to patterns, and may take the parts in another order.
package struct Text: Sendable {
  /// One pattern with what stands in its places.
  struct Piece: Sendable {
    /// The English, with `{1}`, `{2}` … where the parts go.
    var pattern: String
    var parts: [Part]
  }

  /// What stands in a place of a pattern.
  enum Part: Sendable {
    /// What is the same in every language: a number, a name, what a user typed.
    case same(String)
    /// Words again.
    case words(Text)
    /// So many of something: which of two patterns counts depends on the number, and how many forms there are on the
    /// language.
    case count(Int, one: String, many: String)
  }

  /// What stands behind each other: each piece is worded by itself.
  var pieces: [Piece]

  /// What is the same in every language, such as what a user typed or a file holds.
  package init(verbatim text: String) { pieces = text.isEmpty ? [] : [Piece(pattern: "{1}", parts: [.same(text)])] }

  /// So many of something: `1 layer`, `2 layers`.
  init(_ count: Int, one: String, many: String) {
    pieces = [Piece(pattern: "{1}", parts: [.count(count, one: one, many: many)])]
  }

  /// Whether there are no words.
  package var isEmpty: Bool { pieces.allSatisfy { $0.pattern.isEmpty } }

  /// Texts behind each other.
  package static func + (one: Text, other: Text) -> Text {
    var result = one
    result.pieces += other.pieces
    return result
  }

  /// Puts a text behind this one.
  package static func += (one: inout Text, other: Text) { one.pieces += other.pieces }
}

extension Text: ExpressibleByStringInterpolation {
  /// A pattern without parts.
  package init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [Piece(pattern: value, parts: [])] }

  /// A pattern with parts.
  package init(stringInterpolation: Interpolation) {
    pieces = [Piece(pattern: stringInterpolation.pattern, parts: stringInterpolation.parts)]
  }

  /// Collects a pattern and its parts.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var pattern = ""
    fileprivate var parts: [Part] = []

    /// An empty pattern.
    package init(literalCapacity: Int, interpolationCount: Int) { pattern.reserveCapacity(literalCapacity) }

    /// Words of the pattern.
    package mutating func appendLiteral(_ literal: String) { pattern += literal }

    /// Words that have a pattern of their own.
    package mutating func appendInterpolation(_ text: Text) { append(.words(text)) }

    /// What is the same in every language: a number, a name, what a user typed. Disfavoured, so that a literal put in, as by
    /// `a ? "is" : "is not"`, is words and not a name.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      append(.same(value.description))
    }

    private mutating func append(_ part: Part) {
      parts.append(part)
      pattern += "{\(parts.count)}"
    }
  }
}

extension Text: Equatable, CustomStringConvertible {
  /// The text in English, in which it was written.
  package var description: String { Tongue.english(self) }

  /// Two texts are the same where they read the same.
  package static func == (one: Text, other: Text) -> Bool { one.description == other.description }
}

extension Sequence where Element == Text {
  /// All of them, with something between.
  package func joined(separator: Text = "") -> Text {
    reduce(into: Text(verbatim: "")) { result, text in
      if !result.pieces.isEmpty { result += separator }
      result += text
    }
  }
}
