import Engine
import Language
import Panels

// Counts: a number that is typed before a key, and what it does to that.
extension App {
  /// The largest number before a key, and how often a key that knows no numbers is pressed at most.
  private static let (mostCounted, mostRepeated) = (999_999, 1000)

  /// A digit more; the largest number takes no more of them.
  mutating func addToCount(_ digit: Int) {
    let next = (count ?? 0) * 10 + digit
    guard next > 0 else { return say("a count begins with 1 to 9") }
    if next <= App.mostCounted { count = next }
    message = nil
  }

  /// What is said while a number waits for its key.
  func words(for count: Int) -> Message {
    let most = count > App.mostCounted / 10 ? " (no more digits)" : ""
    return Message("\(count)\(most): n p steps, ↑↓ hjkl cells, z undoes so many; Esc drops it")
  }

  /// Does what a row says of a key, as often as the number before it says.
  mutating func press(_ name: String, of row: Binding, _ effect: Binding.Effect?) {
    guard let effect else { return }
    if case .count = effect { return apply(effect) }
    guard let times = count else { return applyOrSay(effect, of: row, name) }
    count = nil
    switch (row.counting, effect) {
    case (_, .act(.stop)): return
    case (.told, _): applyOrSay(effect, of: row, name)
    case (.none, _):
      applyOrSay(effect, of: row, name)
      if message == nil, menu == nil, !isPromptOpen, cellEdit == nil {
        say("\(name) takes no count; \(times) is dropped")
      }
    case (.repeated, _):
      applyOrSay(effect, of: row, name)
      for _ in 1..<max(min(times, App.mostRepeated), 1) {
        let before = (view, session.lines.count, session.timeline.place)
        // A line that takes long is not cut short by the next one.
        guard !isRunning, let next = row.effect(of: name, in: self.scene) else { return }
        apply(next)
        if before == (view, session.lines.count, session.timeline.place) { return }
      }
    }
  }

  /// Does something; where nothing comes of it, that is said.
  private mutating func applyOrSay(_ effect: Binding.Effect, of row: Binding, _ name: String) {
    guard case .view = effect, !row.idle.isEmpty else { return apply(effect) }
    let (before, said, frame) = (view, message, frame)
    apply(effect)
    guard message == said, view == before || self.frame == frame else { return }
    view = before
    say(row.idle)
  }

  /// A number that was begun in a cell turns out to be a count: the cell stays as it was.
  mutating func countInstead(of key: Key) {
    guard let edit = cellEdit, edit.isCount, let number = Int(edit.editor.text), number > 0, let name = key.name,
      let row = Binding.bound(to: name, in: scene.panelContexts), row.counting != .none
    else { return }
    switch Binding.bound(to: name, in: ["edit"])?.effect(of: name, in: scene) {
    // Behind the last digit there is nowhere to go on to.
    case nil, .text(.characterOn)?: break
    default: return
    }
    cellEdit = nil
    count = min(number, App.mostCounted)
  }

  /// Whether a key would have been part of the value of an edit that was refused: it is no command then.
  mutating func isRefused(_ key: Key) -> Bool {
    guard let refused = refusal else { return false }
    guard case .character(let character) = key, character.isNumber || "-+.*/()eE ".contains(character), menu == nil,
      !isPromptOpen, question == nil
    else {
      refusal = nil
      return false
    }
    message = refused
    return true
  }
}
