import Notation
import Panels

extension Session {
  /// What may stand where the cursor is: the characters before the word that is being typed, and its candidates.
  package func completion(of text: String, at cursor: Int) -> (start: Int, candidates: [String]) {
    let before = Array(text).prefix(max(cursor, 0))
    var start = before.count
    while start > 0, Session.isPartOfWord(before[start - 1]) { start -= 1 }
    let typed = String(before[start...])
    let words = Line(String(before[..<start])).words.map(\.text)
    guard let first = words.first else {
      return (start, Session.commands(for: typed).map(\.name).filter { $0 != typed })
    }
    guard let command = Command.named(first) ?? Command.shortFor(first) else { return (start, []) }
    let all = command.complete(self, words)
    var seen: Set<String> = []
    return (start, all.filter { $0.hasPrefix(typed) && $0 != typed && seen.insert($0).inserted })
  }

  /// The commands that a word may become: those that begin with it; where none does, those that have it in their names or
  /// are called so elsewhere.
  private static func commands(for typed: String) -> [Command] {
    let found = Command.all.filter { $0.name.hasPrefix(typed) || $0.shortForms.contains(typed) }
    guard found.isEmpty else { return found }
    let word = typed.lowercased()
    return Command.all.filter { command in
      command.name.contains(word) || command.elsewhere.contains { $0.hasPrefix(word) }
    }
  }

  /// What the palette offers while the first word of a line is typed, each with its key; empty behind that word.
  package static func palette(for text: String, at cursor: Int) -> [PaletteRow] {
    let before = text.prefix(max(cursor, 0))
    guard before.count == text.count, !before.contains(where: \.isWhitespace), before.first != "#" else { return [] }
    return commands(for: String(before)).map(paletteRow)
  }

  /// What the palette offers of commands that completion found.
  package static func palette(of names: [String]) -> [PaletteRow] { names.compactMap(Command.named).map(paletteRow) }

  private static func paletteRow(_ command: Command) -> PaletteRow {
    PaletteRow(command.name, key: Binding.key(for: command.name) ?? "", command.help)
  }

  /// Letters, digits and what stands inside names: `leaky-relu`, `weight-decay=`. After a sign of an expression another
  /// word begins, except after the hyphen inside a name.
  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}
