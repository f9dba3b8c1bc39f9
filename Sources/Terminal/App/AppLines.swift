import Engine
import Language
import Panels

// Lines: given by keys, at the prompt or by a script, they all go the same way.
extension App {
  /// How long a line may take before it is shown as a run that is under way.
  private static let patience = Duration.milliseconds(20)

  /// Executes a line. What takes longer stays under way; what is under way is ended first, between two steps.
  mutating func give(_ text: String, from giver: Giver) {
    if session.isWorking { stopRun() }
    if giver != .player { view.isPlaying = false }
    message = nil
    sheet = nil
    caret = nil
    let line = giver == .script ? presentation?.nextLine ?? Line(text) : Line(text)
    given = Given(
      line: line, giver: giver, place: session.timeline.place,
      wasIncomplete: session.timeline.experiment.obstacle != nil, began: .now,
      before: presentation == nil ? nil : session)
    do throws(CommandError) {
      if case .done(let answer) = try session.begin(line) { return done(answer) }
    } catch {
      return failed(error)
    }
    advance(until: .now + App.patience)
  }

  /// Goes on with the line under way until it is done, or the time has come.
  public mutating func advance(until deadline: ContinuousClock.Instant) {
    guard session.isWorking else { return }
    do throws(CommandError) {
      if let answer = try session.advance(until: deadline) { done(answer) }
    } catch {
      failed(error)
    }
  }

  /// Ends the line under way between two steps; what it did stays.
  mutating func stopRun() {
    guard session.isWorking else { return }
    pending = []
    let answer = session.stop()
    done(answer)
  }

  /// Takes in what a line answered, and goes on with what was pasted behind it.
  private mutating func done(_ answer: Answer) {
    guard let given else { return }
    self.given = nil
    if given.giver != .script, let before = given.before { presentation?.leave(before, by: given.line) }
    if given.giver == .prompt || given.giver == .key { editor.remember(given.line.text) }
    let command = given.line.command.split(separator: " ").first.flatMap { App.command(String($0)) }
    if command?.group == .move { lastMove = given.line.spoken }
    let isFirstSight = given.wasIncomplete && session.timeline.experiment.obstacle == nil
    let hasMoved = session.timeline.place != given.place || isFirstSight
    view = hasMoved ? view.afterStep(session.timeline.state) : view.afterChange(session.timeline.state)
    say(answer, of: given)
    if answer.isQuit, given.giver != .script { isOver = true }
    if given.giver == .script { presentation?.advance(answer.verdict.map { $0.holds ? .holds : .fails } ?? .plain) }
    givePending()
  }

  /// Says why a line failed. It changed nothing, and stands at the prompt again if it came from there.
  private mutating func failed(_ error: CommandError) {
    guard let given else { return }
    self.given = nil
    view.isPlaying = false
    let isOwn = error.line == given.line || error.line == nil
    var text = isOwn ? error.message : error.report
    if !pending.isEmpty {
      text += "\nnot run: \(counted(pending.count, "more pasted line"))"
      pending = []
    }
    message = Message(text, given.giver == .key || given.giver == .player ? .warning : .bad)
    switch given.giver {
    case .prompt:
      editor.replace(with: given.line.text)
      isPromptOpen = true
      caret = isOwn ? error.column - 1 : nil
    case .script:
      if isOwn { message = Message("\(given.line.spoken)\n\(error.message)", .bad) }
      presentation?.advance(.fails)
    case .key, .player: break
    }
  }

  /// Lines given at the prompt, one after another; the first that fails ends it.
  mutating func give(lines: [String]) {
    stopRun()
    pending = lines
    isPromptOpen = false
    givePending()
  }

  private mutating func givePending() {
    while !session.isWorking, !isOver, !pending.isEmpty {
      let text = pending.removeFirst()
      if Line(text).kind == .blank {
        // An empty line alone repeats the last move; among pasted lines it is nothing.
        if pending.isEmpty, let lastMove, text.isEmpty { give(lastMove, from: .prompt) }
        continue
      }
      give(text, from: .prompt)
    }
  }

  /// Shows an answer: in the message line, or over the panels where it is too long for that. That a key has moved to where
  /// one sees that one is needs no words.
  private mutating func say(_ answer: Answer, of given: Given) {
    if given.line.command.split(separator: " ").first == "show" { return show(given.line) }
    var lines = answer.lines
    if given.giver != .prompt, lines == [session.whereItStands] { lines = [] }
    lines += answer.warnings.map { "warning: " + $0 }
    guard !lines.isEmpty else { return }
    let rows = lines.reduce(0) { $0 + $1.wrapped(to: max(size.width - 2, 1)).count }
    if rows > Layout.messageRows(of: size.height) {
      sheet = Sheet(given.line.spoken, lines: lines)
      view.scrolls["sheet"] = nil
    } else {
      let role: Role =
        answer.hasFailed ? .bad : !answer.warnings.isEmpty ? .warning : answer.verdict == nil ? .plain : .good
      message = Message(lines.joined(separator: "\n"), role)
    }
  }

  /// On the screen, a panel is shown by giving it the keys.
  private mutating func show(_ line: Line) {
    guard let name = line.command.split(separator: " ").dropFirst().first else { return }
    if let panel = Panel.body.first(where: { $0.name == name }) { view = view.focusing(panel.name) }
  }

  static func command(_ word: String) -> Command? { Command.named(word) ?? Command.shortFor(word) }
}

extension App {
  /// Takes a stride by itself, while playing.
  mutating func play() { give(view.stride == .layer ? "step" : "step \(view.stride.name)", from: .player) }
}
