import Engine
import Formats
import Glibc

extension Command {
  /// The commands for files.
  static let files: [Command] = [
    Command(
      "backstep", .file, "backstep VERSION", "Says which version of this language a saved session is in.",
      example: "backstep 1", effect: .none
    ) { _, arguments throws(CommandError) in
      let word = try arguments.word("a version")
      guard word.text == String(Session.version) else {
        throw CommandError(
          "this is a session of version \(word.text); this program knows version \(Session.version)",
          at: word.range.lowerBound)
      }
      return .answer(Answer())
    },
    Command(
      "save", elsewhere: ["w", "write"], .file, "save [network] FILE [clean]",
      """
      Writes the session: every line so far, comments too. `source` plays it. With clean, lines that later ones replaced \
      are left out. With network, only what builds the network as it stands is written, its weights as they are now. A \
      file that this session did not write is left as it is; `save!` writes over it.
      """,
      example: "save example.session\nsave example.session clean", effect: .none
    ) { session, arguments throws(CommandError) in .answer(try session.save(&arguments, over: false)) },
    Command(
      "save!", elsewhere: ["w!", "write!"], .file, "save! [network] FILE [clean]",
      "Does what `save` does, whatever is in the file now.",
      example: "save! example.session", effect: .none
    ) { session, arguments throws(CommandError) in .answer(try session.save(&arguments, over: true)) },
    Command(
      "source", elsewhere: ["e", "open", "edit"], .file, "source FILE",
      "Takes in the lines of a file as if they had been typed; one `undo` takes all of them back.",
      example: "source example.session", effect: .none
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a file")
      try arguments.end()
      let column = word.range.lowerBound
      let found: String
      do throws(FileError) {
        found = try Files.find(word.text, beside: session.folder(for: arguments.line))
      } catch {
        throw CommandError(error.message, at: column)
      }
      let path = Session.wholePath(found)
      let chain = session.openFiles(at: arguments.line)
      if chain.contains(path) {
        let names = (chain + [path]).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        throw CommandError("a file takes itself in: \(names.joined(separator: " -> "))", at: column)
      }
      guard chain.count < Script.deepest else {
        throw CommandError("at most \(Script.deepest) files take in one another", at: column)
      }
      return .script(Script(path, lines: try Script.read(found, at: column), in: session))
    },
  ]
}

extension Session {
  /// The version of the language.
  package static let version = 1
  /// The line with which a saved session begins.
  package static let header = "backstep \(version)"

  /// The session as a file: its version, then its lines without answers.
  package var text: String { Session.text(of: shortened.map(\.line.withoutAnswer)) }

  /// Lines as a file.
  static func text(of lines: [String]) -> String {
    ([header] + lines).map { $0 + "\n" }.joined()
  }

  /// A path by which a file is known however it is named.
  static func wholePath(_ path: String) -> String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }
}
