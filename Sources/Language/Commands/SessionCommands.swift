import Engine
import Notation

extension Command {
  /// The commands about the session itself.
  static let sessionCommands: [Command] = [
    Command(
      "undo", elsewhere: ["u", "ctrl-z", "revert"], .session, "undo",
      "Takes back the last line that changed state, and what was looked at since.",
      example: "input 2\nundo", effect: .none, goesAmongLines: true
    ) { session, arguments throws(CommandError) in
      try arguments.end()
      let before = session.timeline.place
      guard let lines = try session.undoLines() else { throw CommandError("there is nothing to undo", at: 0) }
      return .answer(Answer("undone\(quoted(lines))\(session.whereItStands(since: before))"))
    },
    Command(
      "redo", .session, "redo", "Does again what `undo` took back.", example: "input 2\nundo\nredo",
      effect: .none, goesAmongLines: true
    ) { session, arguments throws(CommandError) in
      try arguments.end()
      let before = session.timeline.place
      guard let lines = try session.redoLines() else { throw CommandError("there is nothing to redo", at: 0) }
      return .answer(Answer("redone\(quoted(lines))\(session.whereItStands(since: before))"))
    },
    Command(
      "title", .session, "title TEXT", "Gives the session a title.", example: "title The chain rule, by hand",
      standing: .replaces
    ) { session, arguments throws(CommandError) in
      guard !arguments.isAtEnd else { throw arguments.failure("a text was expected here") }
      session.content.title = String(Array(arguments.line.command)[arguments.column...])
      arguments.skip()
      return .answer(Answer())
    },
    Command(
      "help", short: ["h"], elsewhere: ["?", "man", "commands"], .session, "help [NAME]",
      """
      Says what there is, or what NAME is: a command, a quantity, a function, an activation, a loss, an optimizer, a setting, \
      a stride, a data set, a remark, a panel or a key.
      """,
      example: "help dense\nhelp delta1", effect: .none, complete: { _, _ in Help.offered }
    ) { session, arguments throws(CommandError) in
      guard let word = arguments.peek else { return .answer(Answer(Help.overview)) }
      _ = arguments.accept(word.text)
      guard let lines = Help.about(word.text, in: session) else {
        let near = suggestion(for: word.text, among: Help.names)
        throw CommandError(
          "there is no help on \(word.text)\(near.isEmpty ? "; help lists what there is" as Text : near)",
          at: word.range.lowerBound)
      }
      return .answer(Answer(lines))
    },
    Command(
      "quit", short: ["q"], elsewhere: ["exit", "q!", "bye"], .session, "quit", "Leaves.", example: "quit",
      effect: .none
    ) { _, _ in
      var answer = Answer()
      answer.isQuit = true
      return .answer(answer)
    },
  ]

  /// The lines that `undo` and `redo` speak of.
  private static func quoted(_ lines: [Line]) -> Text {
    let first = lines.first?.spoken ?? ""
    return lines.count > 1 ? " \(lines.count) lines, the first: \(first)" : ": \(first)"
  }
}

extension Session {
  /// Where one stands now, behind what was said, where that is another place than before.
  fileprivate func whereItStands(since before: Place) -> Text {
    timeline.place == before ? "" : "; now at \(whereItStands)"
  }
}
