import Notation

extension Session {
  /// What may stand where the cursor is: the characters before the word that is being typed, and its candidates.
  package func completion(of text: String, at cursor: Int) -> (start: Int, candidates: [String]) {
    let before = Array(text).prefix(max(cursor, 0))
    var start = before.count
    while start > 0, Session.isPartOfWord(before[start - 1]) { start -= 1 }
    let typed = String(before[start...])
    let words = Line(String(before[..<start])).words.map(\.text)
    let all: [String]
    if let first = words.first {
      guard let command = Command.named(first) ?? Command.shortFor(first) else { return (start, []) }
      all = command.complete(self, words)
    } else {
      all = Command.all.map(\.name)
    }
    var seen: Set<String> = []
    return (start, all.filter { $0.hasPrefix(typed) && $0 != typed && seen.insert($0).inserted })
  }

  /// Letters, digits and what stands inside names: `leaky-relu`, `weight-decay=`. After a sign of an expression another
  /// word begins, except after the hyphen inside a name.
  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}
