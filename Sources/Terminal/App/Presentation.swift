import Engine
import Language
import Panels

/// A script that is played a command at a time before an audience. A command in error ends nothing: it is shown and marked,
/// has changed nothing, and the next key goes on behind it.
package struct Presentation: Sendable {
  /// The script's lines.
  package let lines: [Line]
  /// The index of the command that comes next; the lines' count at the end.
  package private(set) var next: Int
  /// Where the script stands while the presenter is elsewhere; nil where nobody has left it.
  package private(set) var left: Mark?
  /// How the lines turned out, by their index.
  private(set) var outcomes: [Int: SessionLine.Outcome] = [:]
  /// Why those that could not be carried out could not be, by their index.
  private var errors: [Int: CommandError] = [:]
  /// Where the script stood before each command that it has run.
  private var marks: [Mark] = []

  /// A place of the script.
  package struct Mark: Sendable {
    /// The command that comes next.
    let next: Int
    /// The session there; nil where it is so long ago that it is made again.
    var session: Session?
  }

  /// How many commands can be taken back without playing the script again.
  private static let kept = 48

  /// A script at its beginning.
  package init(_ lines: [Line]) {
    self.lines = lines.filter { $0.kind != .answer }
    next = 0
    next = command(from: 0)
  }

  /// Whether every command has been run.
  package var isAtEnd: Bool { next >= lines.count }

  /// The first command that could not be carried out, with the reason.
  package var failure: CommandError? { errors.min { $0.key < $1.key }?.value }

  /// Whether a line has failed, as a verdict or as a command.
  package var hasFailed: Bool { outcomes.values.contains(.fails) }

  /// The command that comes next.
  var nextLine: Line? { isAtEnd ? nil : lines[next] }

  /// What is told before the next command: the comments before it, or where there are none the last ones.
  var narration: String {
    var end = min(next, lines.count)
    while end > 0, lines[end - 1].kind != .narration { end -= 1 }
    var start = end
    while start > 0, lines[start - 1].kind != .command { start -= 1 }
    let told = lines[start..<end].drop { $0.kind == .blank }
    return told.map(\.narration).joined(separator: "\n")
  }

  /// The lines that stand before the next command and belong to the session as well.
  var linesBefore: ArraySlice<Line> {
    let start = lines[..<next].lastIndex { $0.kind == .command }.map { $0 + 1 } ?? 0
    return lines[start..<next]
  }

  private func command(from index: Int) -> Int {
    lines[index...].firstIndex { $0.kind == .command } ?? lines.count
  }

  // MARK: moving in it

  /// Notes where the script stands before its next command.
  mutating func mark(_ session: Session) {
    marks.append(Mark(next: next, session: session))
    if marks.count > Presentation.kept { marks[marks.count - 1 - Presentation.kept].session = nil }
  }

  /// The next command is done, and turned out like this.
  mutating func advance(_ outcome: SessionLine.Outcome) {
    guard !isAtEnd else { return }
    outcomes[next] = outcome
    next = command(from: next + 1)
  }

  /// The next command could not be carried out.
  mutating func advance(past error: CommandError) {
    errors[next] = error
    advance(.fails)
  }

  /// Goes back to before the last command, or nil at the beginning.
  mutating func back() -> Session? {
    guard let mark = marks.popLast() else { return nil }
    left = nil
    next = mark.next
    outcomes[next] = nil
    errors[next] = nil
    return mark.session ?? replayed
  }

  /// The session at the place of the script, from its beginning. What failed then fails again and changes nothing.
  private var replayed: Session {
    var session = Session()
    let start = lines[..<next].lastIndex { $0.kind == .command }.map { $0 + 1 } ?? 0
    for line in lines[..<start] { _ = try? session.execute(line) }
    return session
  }

  // MARK: detours

  /// Notes where the script stood before a line of another origin, if that was the first one to change something.
  mutating func leave(_ session: Session, by line: Line) {
    let word = line.command.split(separator: " ").first.map(String.init) ?? ""
    guard left == nil, let command = App.command(word), command.changesState || command.goesAmongLines else { return }
    left = Mark(next: next, session: session)
  }

  /// Whether a detour has been made.
  var isAway: Bool { left != nil }

  /// What is said behind the last command.
  static let theEnd = Message("the script ends here; ← takes a command back, q quits")

  /// Comes back from a detour; nil where there was none.
  mutating func comeBack() -> Session? {
    defer { left = nil }
    return left?.session
  }
}

extension App {
  /// A screen that presents a script.
  package init(presenting lines: [Line]) {
    self.init(Session())
    presentation = Presentation(lines)
  }

  /// What is said where something else has to wait for a run.
  static let stillRunning = Message("still running; Esc stops it")

  /// Runs the script's next command; a detour is left first.
  mutating func presentNext() {
    guard let script = presentation else { return }
    if isRunning {
      message = App.stillRunning
      return
    }
    comeBack()
    guard !script.isAtEnd else {
      message = script.isAway ? message : Presentation.theEnd
      return
    }
    readyNext()
    give("", from: .script)
    guard script.isAway else { return }
    let back: Text = "back in the script: the detour was taken back"
    message = message.map { Message($0.text + "; " + back, $0.role) } ?? Message(back)
  }

  /// Notes where the script stands before its next command, and takes what it tells into the session.
  mutating func readyNext() {
    presentation?.mark(session)
    for line in presentation?.linesBefore ?? [] { _ = try? session.execute(line) }
  }

  /// Takes the script's last command back.
  mutating func presentPrevious() {
    stopRun()
    guard let before = presentation?.back() else {
      message = Message("this is the beginning of the script")
      return
    }
    replaceSession(with: before)
    if let source = presentation?.lines.first?.source { session.noteLesson(source) }
    view = view.afterStep(session.timeline.state)
    message = nil
  }

  /// Goes back from a detour to where the script stands.
  mutating func comeBack() {
    stopRun()
    guard let session = presentation?.comeBack() else { return }
    replaceSession(with: session)
    view = view.afterStep(session.timeline.state)
    message = Message("back in the script")
  }
}
