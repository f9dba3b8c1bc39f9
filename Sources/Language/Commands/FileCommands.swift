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
      "save", elsewhere: ["w", "write"], .file, "save FILE",
      "Writes the session: every line so far, comments too. `source` plays it.",
      example: "save example.session", effect: .none
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a file")
      try arguments.end()
      do throws(FileError) { try Files.write(session.text, to: word.text) } catch {
        throw CommandError(error.message, at: word.range.lowerBound)
      }
      return .answer(Answer("saved \(counted(session.shortened.count, "line")) in \(word.text)"))
    },
    Command(
      "source", elsewhere: ["e", "open", "edit"], .file, "source FILE",
      "Takes in the lines of a file as if they had been typed; one `undo` takes all of them back.",
      example: "source example.session", effect: .none
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a file")
      try arguments.end()
      let column = word.range.lowerBound
      let path = Session.wholePath(word.text)
      let chain = session.openFiles(at: arguments.line)
      if chain.contains(path) {
        let names = (chain + [path]).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        throw CommandError("a file takes itself in: \(names.joined(separator: " -> "))", at: column)
      }
      guard chain.count < Script.deepest else {
        throw CommandError("at most \(Script.deepest) files take in one another", at: column)
      }
      return .script(Script(path, lines: try Script.read(word.text, at: column), in: session))
    },
  ]
}

extension Session {
  /// The version of the language.
  package static let version = 1

  /// The session as a file: its version, then its lines without answers.
  package var text: String {
    (["backstep \(Session.version)"] + shortened.map(\.line.withoutAnswer)).map { $0 + "\n" }.joined()
  }

  /// A path by which a file is known however it is named.
  static func wholePath(_ path: String) -> String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }
}
