import Engine
import Notation

extension Session {
  /// What comes of beginning a line.
  package enum Progress: Equatable, Sendable {
    /// It is done.
    case done(Answer)
    /// It takes longer: go on with `advance(until:)`, or `stop()` it.
    case underWay
  }

  /// Executes a line to its end. What fails changes nothing.
  @discardableResult
  package mutating func execute(_ line: Line) throws(CommandError) -> Answer {
    if case .done(let answer) = try begin(line) { return answer }
    while true {
      if let answer = try advance() { return answer }
      try CommandError.heedStopSign()
    }
  }

  /// Begins a line; what takes long is left under way. Strides that are played by themselves stop at breakpoints.
  package mutating func begin(_ line: Line, stoppingAtBreakpoints stops: Bool = false) throws(CommandError) -> Progress
  {
    if isWorking { _ = stop() }
    inProgress = LineInProgress(in: self)
    inProgress?.stopsAtBreakpoints = stops
    lastFolder = Session.folder(of: line) ?? lastFolder
    try guarded { session throws(CommandError) in try session.start(line) }
    updatePlot()
    return takeAnswer().map(Progress.done) ?? .underWay
  }

  /// Goes on with the line under way until it is done, or the time has come; then the answer is nil.
  package mutating func advance(until deadline: ContinuousClock.Instant? = nil) throws(CommandError) -> Answer? {
    guard isWorking else { return Answer() }
    try guarded { session throws(CommandError) in try session.proceed(until: deadline) }
    updatePlot()
    return takeAnswer()
  }

  /// Ends the line under way where it stands, between two steps. The steps that were really taken are recorded.
  package mutating func stop() -> Answer {
    while let command = inProgress?.commands.popLast() {
      switch command.task {
      case .move(let move):
        content.timeline.leaveUnderway()
        var answer = move.answer(in: self)
        let told: Text? = answer.lines.first.map { "stopped: \($0)" }
        answer.lines = (told.map { [$0] } ?? []) + answer.lines.dropFirst()
        answer.news = answer.news.map { _ in told.map { [$0] } ?? [] }
        guard let text = move.record(in: self) else {
          note(answer)
          continue
        }
        // What is recorded may be a line of another command.
        let line = Line(text, source: command.line.source, number: command.line.number)
        finish(line, (try? Session.command(of: line)) ?? command.command, answer, back: move.back)
      case .script(let script): leave(script)
      case .look(let look):
        note(look.stop(&self) ?? Answer("stopped: \(command.line.spoken)"))
      }
    }
    return takeAnswer() ?? Answer()
  }

  /// Whether a line is under way.
  package var isWorking: Bool { inProgress != nil }

  /// Whether what is under way only looks, and is worked beside the screen: a proof, say.
  package var isLooking: Bool { if case .look? = inProgress?.commands.last?.task { true } else { false } }

  /// The line under way; in a file that is taken in, the line of that file.
  package var lineUnderWay: Line? { inProgress?.commands.last?.line }

  /// How much of the move or the look under way is done, from 0 to 1; nil where the end is not known.
  package var shareDone: Double? {
    switch inProgress?.commands.last?.task {
    case .move(let move): move.share(at: content.timeline.place)
    case .look(let look): look.shareDone
    case .script, nil: nil
    }
  }

  // MARK: the parts of it

  private mutating func takeAnswer() -> Answer? {
    guard let inProgress, inProgress.commands.isEmpty else { return nil }
    self.inProgress = nil
    return inProgress.answer ?? Answer()
  }

  /// Does something, and restores what there was where it fails.
  private mutating func guarded(_ part: (inout Session) throws(CommandError) -> Void) throws(CommandError) {
    do throws(CommandError) { try part(&self) } catch {
      if let inProgress {
        switch inProgress.back {
        case .content(let before): $content = before
        case .moveStart(let start): content.timeline.takeBack(to: start.place, furthest: start.furthest)
        case .replay, nil: break
        }
        if entries.count > inProgress.lines { entries.removeLast(entries.count - inProgress.lines) }
        undo.restore(marks: inProgress.marks, undone: inProgress.undone, floor: inProgress.floor)
      }
      var failed = error
      failed.failures = inProgress?.answer?.failures ?? []
      inProgress = nil
      throw failed
    }
  }

  /// Starts one line: the outermost, or one of a file.
  private mutating func start(_ line: Line) throws(CommandError) {
    guard line.kind == .command else {
      if line.kind != .answer { entries.append(Entry(line: line, verdict: nil)) }
      return
    }
    do throws(CommandError) {
      let command = try Session.command(of: line)
      guard takesLong(command, line) else { return take(try outcome(of: command, line), of: command, line) }
      let look = LongLook(keepingWhatIsDone: command.keepsWhatIsDone) { session throws(CommandError) in
        let began = try session.outcome(of: command, line)
        guard case .look(let part) = began else { return began }
        return .answer(try part(&session), before: nil)
      }
      inProgress?.commands.append(CommandInProgress(line: line, command: command, task: .look(look)))
    } catch {
      throw error.placed(in: line)
    }
  }

  /// Goes on with what came of beginning a command.
  private mutating func take(_ began: Began, of command: Command, _ line: Line) {
    switch began {
    case .answer(let answer, let before):
      finish(line, command, answer, back: before.map { .content($0.kept(beside: $content)) })
    case .move(var move):
      if inProgress?.stopsAtBreakpoints == true { move = move.stopping(at: breakpoints, in: self) }
      if inProgress?.commands.isEmpty == true { inProgress?.back = move.back }
      inProgress?.commands.append(CommandInProgress(line: line, command: command, task: .move(move)))
    case .script(let script):
      if inProgress?.commands.isEmpty == true { inProgress?.back = .content(script.contentBefore) }
      inProgress?.commands.append(CommandInProgress(line: line, command: command, task: .script(script)))
      undo.floor = undo.marks.count
    case .look(let part):
      let look = LongLook(keepingWhatIsDone: command.keepsWhatIsDone, part)
      inProgress?.commands.append(CommandInProgress(line: line, command: command, task: .look(look)))
    }
  }

  /// What came of a command, with what there was before it where it changed that at once.
  enum Began: Sendable {
    case answer(Answer, before: Shared<Content>?)
    case move(Move)
    case script(Script)
    case look(LongLook.Part)
  }

  /// Begins a command. One that fails changes nothing. What there was before is held no longer than it is needed: a move
  /// would have to copy what it shares.
  private mutating func outcome(of command: Command, _ line: Line) throws(CommandError) -> Began {
    var arguments = Arguments(
      line, readFile: fileReader(for: line), functions: OwnFunctions(content.definitions))
    let (before, claimedBefore) = ($content, claimed)
    do throws(CommandError) {
      let outcome = try command.act(&self, &arguments)
      try arguments.end(expecting: command.keywords)
      switch outcome {
      case .answer(var answer):
        guard command.effect == .changes else { return .answer(answer, before: nil) }
        answer.lines = arguments.notes + answer.lines
        let (old, new) = (before.wrappedValue.timeline.state.experiment, content.timeline.state.experiment)
        if new != old {
          answer.lines += encodingSaid(from: old.data)
          answer.warnings += newWarnings(from: old, to: new)
        }
        answer.lines += remarks(since: before.wrappedValue)
        return .answer(answer, before: before)
      case .move(let move): return .move(move)
      case .script(let script): return .script(script)
      case .look(let part): return .look(part)
      }
    } catch {
      ($content, claimed) = (before, claimedBefore)
      throw command.complaintAboutSign(in: line) ?? error
    }
  }

  /// The command that a line begins with.
  static func command(of line: Line) throws(CommandError) -> Command {
    guard let word = line.words.first else { throw CommandError("a command was expected", at: 0) }
    if let command = Command.named(word.text) { return command }
    if line.source == Line.prompt, let command = Command.shortFor(word.text) { return command }
    throw CommandError(Session.complaint(about: line), at: word.range.lowerBound)
  }

  private mutating func proceed(until deadline: ContinuousClock.Instant?) throws(CommandError) {
    while let command = inProgress?.commands.last {
      switch command.task {
      case .move(var move):
        inProgress?.commands.removeLast()
        do throws(CommandError) {
          if try move.advance(&self, until: deadline) {
            let line = move.line(for: command.line)
            finish(
              line, (try? Session.command(of: line)) ?? command.command, move.answer(in: self), back: move.back)
          } else {
            inProgress?.commands.append(
              CommandInProgress(line: command.line, command: command.command, task: .move(move)))
          }
        } catch {
          throw error.placed(in: command.line)
        }
      case .script(var script):
        inProgress?.commands.removeLast()
        if let line = script.next() {
          inProgress?.commands.append(
            CommandInProgress(line: command.line, command: command.command, task: .script(script)))
          try start(line)
        } else {
          leave(script)
        }
      case .look(let look):
        do throws(CommandError) {
          guard let began = try look.advance(&self, until: deadline) else { return }
          inProgress?.commands.removeLast()
          take(began, of: command.command, command.line)
        } catch {
          throw (command.command.complaintAboutSign(in: command.line) ?? error).placed(in: command.line)
        }
      }
      if let deadline, ContinuousClock.now >= deadline { return }
    }
  }

  /// Records a command that is done.
  private mutating func finish(_ line: Line, _ command: Command, _ answer: Answer, back: UndoHistory.Back?) {
    if command.effect == .changes, content.futures.isNew {
      content.futures.noteOrigin(line.spoken, of: content.timeline)
    }
    if command.effect == .changes, let back {
      undo.mark(lines: entries.count, back)
      let room = roomForUndo
      if undo.room != room { undo.keep(within: room) }
    }
    if command.effect != .none {
      entries.append(Entry(line: line.spelledOut(command), verdict: answer.verdict?.holds))
    }
    var noted = answer
    if answer.hasFailed { noted.failures = [line] }
    note(noted)
    if answer.isQuit {
      while case .script(let script)? = inProgress?.commands.popLast()?.task { leave(script) }
    }
  }

  private mutating func note(_ answer: Answer) {
    if inProgress?.answer == nil { inProgress?.answer = answer } else { inProgress?.answer?.append(answer) }
  }

  /// What a whole file did is taken back by one `undo`.
  private mutating func leave(_ script: Script) {
    undo.floor = script.undoFloor
    undo.merge(from: script.undoMarks, lines: script.linesBefore, script.contentBefore)
    if inProgress?.answer == nil { inProgress?.answer = Answer() }
  }
}
