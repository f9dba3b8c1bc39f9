import Engine
import Language
import Panels

// What is said of an answer.
extension App {
  /// What a stop still owes: what comes of it for the training is said once it is seen that it stopped.
  struct Owed: Sendable {
    let answer: Answer
    let given: Given
    /// What was said first.
    let message: Message?
  }

  /// Says that something was stopped, and no more: how training stands takes longer to say than a stop may.
  mutating func sayFirst(_ answer: Answer, of given: Given) {
    say(answer, of: given, isFirst: true)
    owed = Owed(answer: answer, given: given, message: message)
  }

  /// Says the rest of what a stop came to, unless something else is said by now.
  package mutating func sayRest() {
    guard let owed else { return }
    look()
    if message == owed.message, sheet == nil { say(owed.answer, of: owed.given) }
  }

  /// Shows an answer: in the message line, or over the panels where it is too long for that. That a key has moved to where
  /// one sees that one is needs no words.
  mutating func say(_ answer: Answer, of given: Given, isFirst: Bool = false) {
    var lines = answer.lines
    // What a panel shows is brought into view, and needs no words, but for how far it got where it was stopped.
    if let panel = answer.panel {
      view = view.focusing(panel)
      lines = (answer.isCutShort ? Array(lines.prefix(1)) : []) + answer.besidePanel
    }
    // Where a key has led to is seen; what the future beside has there is not, or not all of it.
    if given.giver != .prompt, lines.count <= 2, lines.first == session.whereItStands { lines.removeFirst() }
    func rows(_ lines: [Text]) -> Int {
      lines.reduce(0) { $0 + tongue($1).wrapped(to: max(size.width - 2, 1)).count }
    }
    // What names places to go to is a list of them, but in a script, whose keys go on with it.
    if !isFirst, menu == nil, [.prompt, .key].contains(given.giver),
      let rows = AnswerRows(answer, to: given.line.spoken)
    {
      menu = OpenMenu(.answer(rows), in: session)
      return
    }
    var isRemarked = false
    if let news = answer.news {
      lines = news + [isFirst ? nil : session.outcome(since: given.score)].compactMap(\.self)
      // The header shows that there is one where it has no room here.
      let most = Layout.messageRows(of: size.height)
      if !isFirst, let remark = health?.likeliest.first(where: { rows(lines + $0) <= most }) {
        lines += remark
        isRemarked = true
      }
    }
    lines += answer.warnings.map { "warning: \($0)" }
    guard !lines.isEmpty else { return }
    if rows(lines) > Layout.messageRows(of: size.height) {
      sheet = Sheet(given.line.spoken, lines: lines, table: lines.count < answer.lines.count ? nil : answer.table)
      view.scrolls["sheet"] = nil
    } else {
      let role: Role =
        answer.hasFailed
        ? .bad : !answer.warnings.isEmpty || isRemarked ? .warning : answer.verdict == nil ? .plain : .good
      message = Message(lines.joined(separator: "\n"), role)
    }
  }
}
