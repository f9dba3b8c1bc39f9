import Language
import Panels

// Keys: to the prompt while that is open, else through the table.
extension App {
  /// Takes a key. `frame` is the last frame that was shown: what the mouse meets is read off it.
  public mutating func handle(_ key: Key, on frame: Grid) {
    view = view.settled(by: frame)
    switch key {
    case .resize, .unknown: return
    case .ended: isOver = true
    case .mouse(let mouse): handle(mouse, on: frame)
    case _ where view.isBlank: view.isBlank = false
    case _ where isAskingToQuit: answerQuestion(key)
    case .paste: edit(key)
    default:
      if isPromptOpen { edit(key) } else { act(on: key) }
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
    case .view(let view): self.view = view
    case .prompt(let text): openPrompt(with: text)
    case .message(let message): self.message = message
    case .act(let act): perform(act)
    }
  }

  private mutating func perform(_ act: Binding.Act) {
    switch act {
    case .stop where session.isWorking: stopRun()
    case .stop:
      view.isPlaying = false
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
    }
  }

  private mutating func answerQuestion(_ key: Key) {
    isAskingToQuit = false
    message = nil
    isOver = ["q", "y"].contains(key.name)
  }

  private mutating func closeOverlay() {
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
    if key == .control("c"), session.isWorking { stopRun() }
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
