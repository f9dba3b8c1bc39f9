import Language
import Panels

// Keys: to the prompt while that is open, else through the table.
extension App {
  /// Takes a key. `frame` is the last frame that was shown: what the mouse meets is read off it. `isCurrent` says whether it
  /// shows what is there now; keys may come faster than frames.
  public mutating func handle(_ key: Key, on frame: Grid, isCurrent: Bool = true) {
    if isCurrent { view = view.settled(by: frame) }
    switch key {
    case .resize, .unknown: return
    case .ended: isOver = true
    case .overlongPaste:
      message = Message(
        "at most \(Key.longestPaste) characters are pasted at once; save them and take them in with: source FILE",
        .warning)
    case .mouse(let mouse): handle(mouse, on: frame)
    case _ where view.isBlank: view.isBlank = false
    case _ where isAskingToQuit: answerQuestion(key)
    default: take(key)
    }
    guide?.follow(session)
  }

  /// A key of the keyboard goes to what is open.
  private mutating func take(_ key: Key) {
    if cellEdit != nil { return editCell(key) }
    if menu != nil { return choose(key) }
    if case .paste(let text) = key, !isPromptOpen, view.focus == "data" { return paste(samples: text) }
    if isPromptOpen { return edit(key) }
    if case .paste = key { return edit(key) }
    act(on: key)
  }

  /// Lines of numbers become samples.
  private mutating func paste(samples text: String) {
    do throws(CommandError) { give(lines: try session.sampleLines(from: text)) } catch {
      message = Message(error.message, .warning)
    }
  }

  /// A key by the table.
  private mutating func act(on key: Key) {
    guard let name = key.name else { return }
    let scene = scene
    guard let row = Binding.bound(to: name, in: scene.keyContexts), let effect = row.effect else { return }
    let isOfOverlay = row.contexts.contains("help")
    if scene.overlay != nil, !isOfOverlay {
      // What lies over the panels gives way to whatever else is wanted.
      closeOverlay()
      return act(on: key)
    }
    switch effect(scene) {
    case .line(let line): give(line, from: .key)
    case .view(let wished): look(as: wished)
    case .lineAndView(let line, let wished):
      give(line, from: .key)
      if message?.role != .warning { view.datum = wished.datum }
    case .menu(let page): openMenu(page)
    case .edit(let edit): open(edit)
    case .prompt(let text): openPrompt(with: text)
    case .message(let message): self.message = message
    case .act(let act): perform(act)
    }
  }

  /// Takes another view. A panel is scrolled row by row, and no further than there is something to see.
  mutating func look(as wished: View) {
    if let change = wished.told(after: view) { message = Message(change) }
    guard wished.scrolls != view.scrolls, wished.focus == view.focus, wished.selection == view.selection else {
      return view = wished
    }
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
    case .stop where isRunning: stopRun()
    case .stop:
      view = view.focusing("layer")
      view.isPlaying = false
      view.shown = nil
      message = nil
    case .redraw: needsRedraw = true
    case .quit where presentation?.isAtEnd == false:
      isAskingToQuit = true
      message = Message("leave the presentation? q or y leaves, any other key goes on", .warning)
    case .quit:
      stopRun()
      isOver = true
    case .close: closeOverlay()
    case .next: presentNext()
    case .previous: presentPrevious()
    case .resume: comeBack()
    case .guide where guide != nil: guide = nil
    case .guide:
      give(Guide.beginning, from: .key)
      guide = Guide()
    }
  }

  private mutating func answerQuestion(_ key: Key) {
    isAskingToQuit = false
    message = nil
    isOver = ["q", "y"].contains(key.name)
  }

  mutating func closeOverlay() {
    menu = nil
    cellEdit = nil
    view.isHelpOpen = false
    sheet = nil
    view.scrolls["help"] = nil
    view.scrolls["sheet"] = nil
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

  /// A key in the prompt. Pasting opens it.
  private mutating func edit(_ key: Key) {
    if !isPromptOpen { openPrompt(with: "") }
    if key == .control("l") { needsRedraw = true }
    if key == .control("c") { stopRun() }
    let session = session
    let outcome = editor.handle(key) { text, cursor in
      let found = session.completion(of: text, at: cursor)
      return Completion(start: found.start, candidates: found.candidates)
    }
    switch outcome {
    case .submitted(let lines): give(lines: lines)
    case .cancelled:
      isPromptOpen = false
      caret = nil
      message = nil
    case .edited:
      // What was in error is being mended.
      caret = nil
      if message?.role == .bad { message = nil }
    case .ignored: break
    }
  }
}
