import Engine
import Language
import Notation
import Panels

// What there is to see.
extension App {
  /// Everything that the screen is drawn from.
  package var scene: Scene {
    // While a number is edited, all that follows from it is shown as it would be.
    let trial = cellEdit?.trial ?? menu?.trial
    var scene = (trial ?? session).scene(
      trial.map { view.afterChange($0.timeline.state) } ?? view, isBrief: owed != nil)
    scene.health = health
    scene.hasColours = hasColours
    scene.tongue = tongue
    scene.message = message
    scene.question = question?.subject.rawValue
    scene.sheet = sheet?.on(width: size.width)
    scene.prompt = prompt
    scene.run = run
    if let run = scene.run, message == nil {
      scene.message = Message(run.words)
    }
    scene.count = count
    scene.canRedo = session.canRedo
    if let count { scene.message = words(for: count) }
    if view.isPlaying, message == nil { scene.message = Message(view.playing) }
    present(in: &scene)
    if let guide, !scene.isPresenting { scene.narration = guide.text }
    scene.menu = menu?.onShow
    scene.menu?.note = guide?.text ?? ""
    if let cellEdit {
      scene.edited = cellEdit.onShow
      if cellEdit.isCount {
        let count = cellEdit.editor.text
        scene.message = Message("Enter sets \(cellEdit.edit.name) to \(count); n p → hjkl z take it as a count")
      }
      if let complaint = cellEdit.complaint { scene.message = Message(complaint, .warning) }
    }
    scene.leaveMissingPanel()
    scene.hints = Binding.hints(in: scene.panelContexts, of: scene)
    return scene
  }

  /// The frame for the screen's size.
  package var frame: Grid { compose(scene, width: size.width, height: size.height) }

  private var prompt: Prompt {
    var prompt = Prompt()
    if let edited = cellEdit?.onShow {
      prompt.isOpen = true
      prompt.text = "\(edited.lead) \(edited.text)"
      prompt.cursor = edited.lead.count + 1 + edited.cursor
      return prompt
    }
    prompt.isOpen = isPromptOpen
    guard isPromptOpen else { return prompt }
    prompt.isSearching = editor.searchText != nil
    if let searched = editor.searchText { prompt.lead = "(search: \(searched)) " }
    prompt.text = editor.text
    prompt.cursor = editor.cursor
    prompt.candidates = editor.candidates
    prompt.chosen = editor.chosenCandidate
    prompt.caret = caret
    if prompt.candidates.isEmpty, caret == nil, !prompt.isSearching {
      prompt.palette = Session.palette(for: editor.text, at: editor.cursor)
    } else if editor.offersCommands {
      prompt.palette = Session.palette(of: prompt.candidates)
    }
    let words = editor.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    if words.count > 1, let command = App.command(String(words[0])) {
      prompt.message = Message(Text(verbatim: command.usage), .muted)
    }
    return prompt
  }

  /// The run that is under way, once it takes long enough to be seen.
  private var run: LiveRun? {
    var line = session.isWorking ? (session.lineUnderWay ?? given?.line)?.spoken : nil
    // Among lines that wait the share is that of the lines; that of the one under way stands before it.
    if queue?.count ?? 1 > 1 || isPlayingOut {
      let share = LiveRun.text(ofShare: session.shareDone)
      line = line.map { share.isEmpty ? $0 : share + " of " + $0 }
    }
    if let queue, queue.count > 1 {
      var run = LiveRun(queue.progress, share: Double(queue.given) / Double(queue.count))
      if let line { run.text += ": " + line }
      run.line = LiveRun.Counted(queue.given, of: queue.count)
      return run
    }
    if isPlayingOut, let presentation {
      let (next, count) = (presentation.next, presentation.lines.count)
      var run = LiveRun("line \(min(next + 1, count)) of \(count)", share: Double(next) / Double(count))
      if let line { run.text += ": " + line }
      run.line = LiveRun.Counted(min(next + 1, count), of: count)
      return run
    }
    guard let line, let given else { return nil }
    let elapsed = (ContinuousClock.now - given.began) / .seconds(1)
    let iterations = session.timeline.place.iteration - given.place.iteration
    let pace = iterations > 0 ? Double(iterations) / max(elapsed, 1e-3) : nil
    var run = LiveRun(line, share: session.shareDone, pace: pace)
    run.isLook = session.isLooking
    return run
  }

  /// The script's own lines stand for the session's while it is presented.
  private func present(in scene: inout Scene) {
    guard let presentation else { return }
    scene.isPresenting = true
    scene.isDetour = presentation.left != nil
    scene.nextLine = presentation.next
    scene.narration = Text(verbatim: presentation.narration)
    scene.lines = presentation.lines.enumerated().map { index, line in
      SessionLine(line.inOneRow, outcome: line.kind == .narration ? .narration : presentation.outcomes[index] ?? .plain)
    }
    guard scene.message == nil, scene.run == nil else { return }
    if scene.isDetour {
      scene.message = Message(
        "a detour: n f b u step on in it; r returns to the script, → returns and runs its next line")
    } else if let next = presentation.nextLine {
      scene.message = Message("next: \(next.spoken)")
    } else if presentation.isAtEnd {
      scene.message = Presentation.theEnd
    }
  }
}

extension View {
  /// What is to be said of a change that shows nowhere else; nil where there was none.
  func told(after before: View) -> Text? {
    if isZoomed != before.isZoomed {
      return isZoomed
        ? "the panel alone; v or Esc puts the others back, Tab is the next" : "the other panels are back"
    }
    if stride != before.stride { return "→ and ← move by: \(stride.name)" }
    if isPlaying != before.isPlaying { return isPlaying ? playing : "paused" }
    if speed != before.speed || playsBackwards != before.playsBackwards { return playing }
    if isPinned != before.isPinned {
      return isPinned ? "this cell stays selected; m lets it go" : "the selection follows the steps again"
    }
    return nil
  }

  /// What playing is like.
  var playing: Text {
    let (pace, one) = (significant(speed, digits: 3), speed == 1)
    var rate: Text = one ? "\(pace) \(stride.name) a second" : "\(pace) \(stride.name)s a second"
    if !speed.isFinite { rate = "\(stride.name)s flat out" }
    if playsBackwards { rate = "back \(rate)" }
    return isPlaying ? "playing \(rate); Space pauses" : "Space plays \(rate)"
  }
}
