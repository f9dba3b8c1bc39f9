import Engine
import Language
import Panels

/// Something that is asked before it is done: one key answers, any other leaves it undone.
struct Question: Sendable {
  /// What is asked, as a context of the table of keys.
  enum Subject: String, Sendable {
    /// Whether to leave a script that is presented.
    case leaving
    /// Whether to leave lines that are in no file.
    case unsaved
    /// Whether to give the line that does what the last one was kept from.
    case remedy
  }

  let subject: Subject
  /// The line to be given where the answer is yes; empty where there is none.
  var line = ""
}

// Questions, and what comes of their answers.
extension App {
  /// Leaves, but asks where something would be lost: in a script that goes on, and once where lines are in no file.
  mutating func quit() {
    if presentation?.isAtEnd == false {
      question = Question(subject: .leaving)
      message = Message("leave the presentation? q or y leaves, any other key goes on", .warning)
      return
    }
    stopRun()
    // A script is in its file; what was done beside it is not.
    let isBesideScript = presentation.map { $0.left != nil } ?? true
    guard isBesideScript, session.hasUnsavedLines else { return isOver = true }
    question = Question(subject: .unsaved)
    let count = session.unsavedCount
    let lines: Text = count == 1 ? "1 line is in no file" : "\(count) lines are in no file"
    message = Message("\(lines): s saves, q leaves without, any other key stays", .warning)
  }

  /// Asks whether to give the line that does what another one was kept from.
  mutating func ask(about error: CommandError, _ remedy: String) {
    question = Question(subject: .remedy, line: remedy)
    message = Message("\(error.shown): y does, any other key leaves it", .warning)
  }

  /// Does what the key says of the question; any key that says nothing leaves things as they are.
  mutating func answer(_ key: Key) {
    guard let asked = question else { return }
    question = nil
    message = nil
    menu?.message = nil
    let context = asked.subject.rawValue
    let row = key.name.flatMap { Binding.bound(to: $0, in: [context]) }
    guard let row, row.counts(in: context), case .act(let act)? = key.name.flatMap({ row.effect(of: $0, in: scene) })
    else { return isLeavingOnceSaved = false }
    switch act {
    case .leave: isOver = true
    case .saveAndLeave: saveAndLeave()
    case .goAhead:
      menu = nil
      give(asked.line, from: .key)
    default: isLeavingOnceSaved = false
    }
  }

  private mutating func saveAndLeave() {
    isLeavingOnceSaved = true
    guard let line = session.saveLine else {
      openPrompt(with: "save \(session.offeredFile)")
      message = Message("Enter saves there and leaves, Esc stays")
      return
    }
    give(line, from: .key)
  }

  /// Leaves where that was wished once the lines are in a file, and they are.
  mutating func leaveIfSaved() {
    guard isLeavingOnceSaved else { return }
    isLeavingOnceSaved = false
    if !session.hasUnsavedLines { isOver = true }
  }
}
