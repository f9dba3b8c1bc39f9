import Engine
import Language
import Panels

// Lines: given by keys, at the prompt or by a script, they all go the same way.
extension App {
  /// How long a line may take before it is shown as a run that is under way.
  private static let patience = Duration.milliseconds(20)

  /// Executes a line; false where it fails. What takes longer stays under way; what is under way is ended first, between
  /// two steps.
  @discardableResult
  mutating func give(_ text: String, from giver: Giver) -> Bool {
    // Lines that wait are not lost by a key.
    if let waiting {
      message = waiting
      return false
    }
    // Neither is a run that somebody waits for; a line that is typed out is meant.
    if giver == .key, isInRun {
      message = App.stillRunning
      return false
    }
    stopRun()
    if giver != .player { view.isPlaying = false }
    forgetAnswer()
    session.noteWatchedValues()
    let hasBegun = begin(giver == .script ? presentation?.nextLine ?? Line(text) : Line(text), from: giver)
    return hasBegun && advanceLine(until: .now + App.patience)
  }

  /// Gives lines one after another; the first that fails ends it.
  mutating func give(_ lines: LineQueue) {
    let endsRun = isInRun
    stopRun()
    forgetAnswer()
    view.isPlaying = false
    isPromptOpen = false
    session.noteWatchedValues()
    queue = lines
    advance(until: .now + App.patience)
    guard endsRun, !isRunning, let said = message else { return }
    message = Message("\(said.text)\nthe run was stopped for it", said.role)
  }

  /// Whether something is under way that was asked for, and not begun by what plays.
  var isInRun: Bool { isPlayingOut || session.isWorking && given?.giver != .player }

  /// Goes on with the line under way and those that wait behind it, until all are done or the time has come.
  package mutating func advance(until deadline: ContinuousClock.Instant) {
    defer { takeWaitingKeys() }
    repeat {
      if session.isWorking {
        advanceLine(until: deadline)
      } else if !beginNext() {
        return
      }
    } while ContinuousClock.now < deadline && !isOver
    // The last line's answer does not wait for another turn.
    if !session.isWorking, queue?.rest == nil { endQueue() }
  }

  /// The most keys that wait until something is worked out; more are lost.
  private static let mostWaitingKeys = 1000

  /// Lets a key wait until what is worked out is done; false of one that must not, such as the one that ends it. What the
  /// mouse is on may be elsewhere by then, so that it does nothing meanwhile.
  mutating func keepsWaiting(_ key: Key) -> Bool {
    switch key {
    case .resize, .ended, .overlongPaste, .unknown: return false
    case .mouse: return true
    case _ where key.name.flatMap({ Binding.bound(to: $0, in: ["run"]) })?.contexts == ["run"]: return false
    default:
      if waitingKeys.count < App.mostWaitingKeys { waitingKeys.append(key) }
      return true
    }
  }

  /// The keys that came while something was worked out do what they do, until one of them begins such a thing again.
  private mutating func takeWaitingKeys() {
    guard !session.isWorking, !waitingKeys.isEmpty else { return }
    let keys = waitingKeys
    waitingKeys = []
    for (index, key) in keys.enumerated() {
      if session.isWorking { return waitingKeys += keys[index...] }
      handle(key, on: Grid(width: 0, height: 0), isCurrent: false)
    }
  }

  /// Goes on with the line under way; false where it fails.
  @discardableResult
  private mutating func advanceLine(until deadline: ContinuousClock.Instant) -> Bool {
    guard session.isWorking else { return true }
    do throws(CommandError) {
      if let answer = try session.advance(until: deadline) { done(answer) }
      return true
    } catch {
      failed(error)
      return false
    }
  }

  /// Begins the next of the lines that wait; false where none does.
  private mutating func beginNext() -> Bool {
    guard queue != nil else { return beginNextOfScript() }
    do throws(CommandError) {
      guard let line = try queue?.next() else {
        endQueue()
        return false
      }
      begin(line, from: queue?.origin == .file ? .file : .prompt)
    } catch {
      failed(error)
    }
    return true
  }

  /// Begins a line; false where it fails.
  @discardableResult
  private mutating func begin(_ line: Line, from giver: Giver) -> Bool {
    // What the line before answered does not cover what comes of this one.
    if giver == .script { forgetAnswer() }
    let moves = giver != .file && App.command(of: line)?.moves == true
    given = Given(
      line: line, giver: giver, place: session.timeline.place,
      wasIncomplete: session.timeline.experiment.obstacle != nil,
      score: moves ? session.timeline.latestScore()?.trained : nil, began: .now,
      before: presentation == nil ? nil : session)
    do throws(CommandError) {
      let progress = try session.begin(line, stoppingAtBreakpoints: giver == .player)
      if case .done(let answer) = progress { done(answer) }
      return true
    } catch {
      failed(error)
      return false
    }
  }

  private mutating func forgetAnswer() {
    owed = nil
    message = nil
    sheet = nil
    caret = nil
  }

  /// Why no line can be given now: others wait to be.
  var waiting: Message? {
    queue?.rest == nil ? nil : Message("lines are still being carried out; Esc stops there", .warning)
  }

  /// Ends the line under way between two steps, and lets go of those that wait; what was done stays.
  mutating func stopRun() {
    isPlayingOut = false
    let (rest, tail, isOfFile) = (queue?.rest, queue?.tail, queue?.origin == .file)
    queue = nil
    waitingKeys = []
    let answer = session.isWorking ? session.stop() : nil
    if let answer { done(answer, wasStopped: true) }
    guard let rest else { return }
    // What was played of a file is in that file.
    if isOfFile { session.noteOpened() }
    if let tail, !tail.isEmpty { editor.remember(tail) }
    let stopped = answer == nil ? "stopped" : message?.text ?? "stopped"
    message = Message("\(stopped)\n\(rest)", .warning)
  }

  /// All lines are done: the last one's answer is told.
  private mutating func endQueue() {
    guard let ended = queue else { return }
    queue = nil
    look()
    switch ended.origin {
    case .file:
      if let openingLine { goWhereItOpens(openingLine) }
      session.noteOpened(ended.source, isOwn: ended.isSavedSession)
      message = message ?? ended.greeting(isAtStart: session.timeline.place == Place())
      view = view.afterStep(session.timeline.state)
    case .prompt:
      if let last = ended.last { say(last.answer, of: last.given) }
      putAtPrompt(ended.tail)
    }
  }

  /// Goes to where a file was to be opened; what is wrong with that place is said.
  private mutating func goWhereItOpens(_ line: String) {
    openingLine = nil
    do throws(CommandError) { try session.execute(Line(line)) } catch {
      message = Message(error.shown, .warning)
    }
  }

  /// Begins the script's next line, which is taken in as if its key had been pressed.
  mutating func beginScriptLine() {
    readyNext()
    if let line = presentation?.nextLine { begin(line, from: .script) }
  }

  /// The last line of what was pasted, which has no end, waits for one; what is typed there meanwhile comes first.
  private mutating func putAtPrompt(_ tail: String) {
    guard !tail.isEmpty, !isOver else { return }
    guard !isPromptOpen, menu == nil, cellEdit == nil else { return editor.remember(tail) }
    editor.replace(with: tail)
    isPromptOpen = true
  }

  /// Takes in what a line answered, and goes on with what was pasted behind it.
  private mutating func done(_ answer: Answer, wasStopped: Bool = false) {
    guard let given else { return }
    self.given = nil
    if message == App.stillRunning { message = nil }
    if given.giver != .script, let before = given.before { presentation?.leave(before, by: given.line) }
    switch given.giver {
    case .key: editor.remember(given.line.inOneRow)
    case .file where given.line.kind == .command: editor.remember(given.line.spoken)
    case .player:
      joinPlayed()
      if answer.stopsPlaying { view.isPlaying = false }
    case .file, .prompt, .script: break
    }
    if App.command(of: given.line)?.moves == true, given.giver != .file, given.giver != .player {
      lastMove = given.line.spoken
    }
    let isFirstSight = given.wasIncomplete && session.timeline.experiment.obstacle == nil
    let hasMoved = session.timeline.place != given.place || isFirstSight
    view = hasMoved ? view.afterStep(session.timeline.state) : view.afterChange(session.timeline.state)
    if queue != nil {
      queue?.note(answer, given)
    } else if wasStopped, isShownBetweenKeys {
      sayFirst(answer, of: given)
    } else {
      look()
      say(answer, of: given)
    }
    switch given.giver {
    case .file:
      fileHasFailed = fileHasFailed || answer.hasFailed
      if answer.isQuit { endQueue() }
    case .script:
      session.noteLesson(given.line.source)
      presentation?.advance(answer.verdict.map { $0.holds ? .holds : .fails } ?? .plain)
    case .key, .player, .prompt:
      leaveIfSaved()
      guard answer.isQuit else { break }
      queue = nil
      quit()
    }
  }

  /// Says why a line failed. It changed nothing, and stands at the prompt again if it came from there.
  private mutating func failed(_ error: CommandError) {
    let (given, ended) = (given, queue)
    self.given = nil
    queue = nil
    view.isPlaying = false
    guard let given, given.giver != .file else {
      failure = error
      return isOver = true
    }
    if let remedy = error.remedy, given.giver == .key || given.giver == .prompt { return ask(about: error, remedy) }
    let isOwn = error.line == given.line || error.line == nil
    let text = [isOwn ? error.shown : Text(verbatim: error.report), ended?.rest].compactMap(\.self).joined(
      separator: "\n")
    message = Message(text, given.giver == .key || given.giver == .player ? .warning : .bad)
    switch given.giver {
    case .prompt:
      if let tail = ended?.tail, !tail.isEmpty { editor.remember(tail) }
      editor.replace(with: given.line.inOneRow)
      isPromptOpen = true
      caret = isOwn ? error.column - 1 : nil
    case .script:
      let reason = isOwn ? error.shown : Text(verbatim: error.report)
      message = Message(
        "\(given.line.spoken)\n\(reason)\nline \(given.line.number) of the file; it changed nothing, → goes on", .bad)
      presentation?.advance(past: error)
    case .key, .player, .file: break
    }
  }

  private static func command(of line: Line) -> Command? {
    line.command.split(separator: " ").first.flatMap { App.command(String($0)) }
  }

  static func command(_ word: String) -> Command? { Command.named(word) ?? Command.shortFor(word) }
}
