import Engine
import Language
import Panels

// Keys: to the prompt while that is open, else through the table.
extension App {
  /// Takes a key. `frame` is the last frame that was shown: what the mouse meets is read off it. `isCurrent` says whether it
  /// shows what is there now; keys may come faster than frames.
  package mutating func handle(_ key: Key, on frame: Grid, isCurrent: Bool = true) {
    if isCurrent { view = view.settled(by: frame) }
    if session.isLooking, keepsWaiting(key) { return }
    switch key {
    case .resize, .unknown: return
    case .ended: isOver = true
    case .overlongPaste:
      message = Message(
        "at most \(Key.longestPaste) bytes are pasted at once; save them and take them in with: source FILE",
        .warning)
    case .mouse(let mouse): handle(mouse, on: frame)
    case .paste where view.isBlank:
      view.isBlank = false
      take(key)
    case _ where view.isBlank: view.isBlank = false
    case .paste where question != nil:
      answer(.unknown)
      take(key)
    case _ where question != nil: answer(key)
    default: take(key)
    }
    guide?.follow(session)
  }

  /// A key of the keyboard does what the table says of it here; where text is typed, one that has nothing to do is text.
  private mutating func take(_ key: Key) {
    if case .paste(let text) = key { return paste(text) }
    if isRefused(key) { return }
    countInstead(of: key)
    switch meaning(of: key) {
    case .bound(let name, let row, let effect):
      let isChosen = view.isChoosingPanel
      press(name, of: row, effect)
      if isChosen { view.isChoosingPanel = false }
    case .wayOut:
      closeOverlay()
      take(key)
    case .text(let character): type(character)
    case .nothing(let name, let takesText):
      view.isChoosingPanel = false
      count = nil
      guard let name else { return }
      say("\(name) does nothing here\(takesText ? "" : "; ? shows the keys")")
    }
  }

  /// What a key means where it is pressed.
  private enum Meaning {
    /// What a row of the table says of it.
    case bound(String, Binding, Binding.Effect?)
    /// What lies over the panels is closed before anything comes of it.
    case wayOut
    case text(Character)
    case nothing(String?, takesText: Bool)
  }

  /// What a key means on what is on show now. The scene is let go of before anything comes of the key: while it is there, a
  /// move has to copy all numbers that it writes over, which takes long where samples are many.
  private func meaning(of key: Key) -> Meaning {
    let scene = scene
    if let name = key.name, let row = Binding.bound(to: name, in: scene.keyContexts) {
      // What lies over the panels gives way to whatever else is wanted.
      guard scene.overlay == nil || scene.takesText || row.counts(in: "help") else { return .wayOut }
      return .bound(name, row, row.effect(of: name, in: scene))
    }
    if case .character(let character) = key, scene.takesText { return .text(character) }
    return .nothing(key.name, takesText: scene.takesText)
  }

  /// A character goes to what is being typed.
  private mutating func type(_ character: Character) {
    if isEditingValue {
      changeValue { value in
        value.type(String(character))
        return .edited
      }
    } else if menu != nil {
      narrow(by: character)
    } else {
      editor.type(character)
      mend()
    }
  }

  /// Text that is pasted goes to what is being typed, in a menu to what narrows it down; over the samples lines of numbers become samples, and elsewhere it
  /// opens the prompt.
  private mutating func paste(_ text: String) {
    if isEditingValue {
      changeValue { value in
        value.type(text)
        return .edited
      }
    } else if menu != nil {
      for character in text.prefix(while: { !$0.isNewline }) { narrow(by: character) }
    } else {
      if !isPromptOpen, view.focus == Panel.data.name { return paste(samples: text) }
      if !isPromptOpen { openPrompt(with: "") }
      follow(editor.paste(text))
    }
  }

  /// Says something where it is seen: in the menu, if one is open.
  mutating func say(_ text: Text) {
    if menu == nil { message = Message(text) } else { menu?.message = Message(text) }
  }

  var isEditingValue: Bool { cellEdit != nil || menu?.value != nil }

  /// Lines of numbers become samples.
  private mutating func paste(samples text: String) {
    do throws(CommandError) { give(lines: try session.sampleLines(from: text)) } catch {
      message = Message(error.shown, .warning)
    }
  }

  /// What comes of a key.
  mutating func apply(_ effect: Binding.Effect) {
    switch effect {
    case .line(let line): give(line, from: .key)
    case .view(let wished): look(as: wished)
    case .lineAndView(let line, let wished): if give(line, from: .key) { view.datum = wished.datum }
    case .menu(let page): openMenu(page)
    case .edit(let edit): open(edit)
    case .typing(let edit, let digit):
      open(edit)
      changeValue { value in
        value.type(String(digit))
        return .edited
      }
      cellEdit?.isCount = true
    case .count(let digit): addToCount(digit)
    case .prompt(let text): openPrompt(with: text)
    case .message(let message): self.message = message
    case .refusal(let refused):
      message = refused
      refusal = refused
    case .act(let act): perform(act)
    case .choose(let act): perform(act)
    case .value(let act): perform(act, steps: held.steps(at: .now))
    case .text(let act) where isEditingValue: changeValue { $0.perform(act) }
    case .text(let act): follow(editor.perform(act))
    case .ask(let act): perform(act)
    case .search(let act): editor.perform(act)
    }
  }

  /// Takes another view. A panel is scrolled row by row, and no further than there is something to see.
  mutating func look(as wished: View) {
    if view.isPlaying, !wished.isPlaying, session.isWorking, given?.giver == .player {
      // A pause does not wait for the strides that are under way.
      stopRun()
      view.isPlaying = false
      return message = Message("paused")
    }
    // Nothing plays while something else goes on.
    if wished.isPlaying, !view.isPlaying, isRunning { return message = App.stillRunning }
    if let change = wished.told(after: view) { message = Message(change) }
    var scrolled = view
    scrolled.scrolls = wished.scrolls
    guard scrolled == wished, wished.scrolls != view.scrolls else { return view = wished }
    for (panel, scroll) in wished.scrolls {
      let (rows, columns) = (scroll.rows - view.scroll(of: panel).rows, scroll.columns - view.scroll(of: panel).columns)
      for _ in 0..<max(abs(rows), abs(columns)) {
        let before = (view, frame)
        view = view.scrolled(panel, rows: rows.signum(), columns: columns.signum())
        if frame == before.1 { return view = before.0 }
      }
    }
  }

  private mutating func perform(_ act: Binding.Act) {
    switch act {
    case .stop where isRunning:
      view.isPlaying = false
      stopRun()
    case .stop where view.isZoomed:
      var wished = view
      wished.isZoomed = false
      look(as: wished)
      message = nil
    case .stop where leftList != nil:
      (menu, leftList) = (leftList, nil)
      message = nil
    case .stop:
      view = view.focusing(Panel.layer.name)
      view.isPlaying = false
      view.shown = nil
      message = nil
    case .redraw: needsRedraw = true
    case .quit: quit()
    case .leave, .saveAndLeave, .goAhead: break
    case .close: closeOverlay()
    case .next: presentNext()
    case .previous: presentPrevious()
    case .playOut: playOut()
    case .resume: comeBack()
    case .guide where guide != nil: guide = nil
    case .guide: if give(Guide.beginning, from: .key) { guide = Guide() }
    }
  }

  mutating func closeOverlay() {
    (menu, leftList) = (nil, nil)
    cellEdit = nil
    view.isHelpOpen = false
    sheet = nil
    view.scrolls[Panel.help.name] = nil
    view.scrolls[Panel.sheet.name] = nil
  }

  // MARK: the prompt

  mutating func openPrompt(with text: String) {
    closeOverlay()
    view.isPlaying = false
    isPromptOpen = true
    editor.replace(with: text)
    caret = nil
    message = nil
  }

  /// Does something at the prompt.
  private mutating func perform(_ act: Binding.PromptAct) {
    if act == .interrupt { stopRun() }
    follow(edit(act))
  }

  /// Edits the prompt's line. The session by which it is completed is let go of before the line is given.
  private mutating func edit(_ act: Binding.PromptAct) -> LineEditor.Outcome {
    let session = session
    return editor.perform(act) { text, cursor in
      let found = session.completion(of: text, at: cursor)
      return Completion(start: found.start, candidates: found.candidates)
    }
  }

  /// What came of a key at the prompt.
  private mutating func follow(_ outcome: LineEditor.Outcome) {
    switch outcome {
    case .submitted(let lines): give(lines: lines, tail: editor.text)
    case .cancelled:
      isPromptOpen = false
      isLeavingOnceSaved = false
      caret = nil
      message = nil
    case .edited: mend()
    }
  }

  /// What was in error is being mended.
  private mutating func mend() {
    caret = nil
    if message?.role == .bad { message = nil }
  }
}
