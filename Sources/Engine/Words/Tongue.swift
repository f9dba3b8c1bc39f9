/// The language of what is said to a reader. Commands, the names of quantities, and what a session holds are the same in
/// all.
package enum Tongue: String, CaseIterable, Sendable {
  /// English.
  case english = "en"
  /// Chinese.
  case chinese = "zh"

  /// A text in this language; patterns that its table lacks stay English.
  package func callAsFunction(_ text: Text) -> String { worded(text) { table[$0] } }

  /// From the English pattern to the language's own; a new language is one table.
  private var table: [String: String] {
    switch self {
    case .english: [:]
    case .chinese: Tongue.inChinese
    }
  }

  /// A text by a table of patterns.
  func worded(_ text: Text, by pattern: (String) -> String?) -> String {
    text.pieces.reduce(into: "") { result, piece in
      result += filled(piece.pattern, with: piece.parts, by: pattern)
    }
  }

  private func filled(_ english: String, with parts: [Text.Part], by pattern: (String) -> String?) -> String {
    let own = pattern(english) ?? english
    if parts.isEmpty { return own }
    var result = ""
    var rest = Substring(own)
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      result += rest[..<open]
      let digits = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isNumber }
      let end = digits.endIndex
      if end < rest.endIndex, rest[end] == "}", let number = Int(digits), parts.indices.contains(number - 1) {
        result += worded(parts[number - 1], by: pattern)
        rest = rest[rest.index(after: end)...]
      } else {
        result += "{"
        rest = rest[rest.index(after: open)...]
      }
    }
    return result + rest
  }

  private func worded(_ part: Text.Part, by pattern: (String) -> String?) -> String {
    switch part {
    case .same(let text): text
    case .words(let text): worded(text, by: pattern)
    case .count(let count, let one, let many):
      filled(count == 1 ? one : many, with: [.same(String(count))], by: pattern)
    }
  }
}
