import Language
import Panels

@testable import Terminal

extension App {
  /// Presses keys by the names that the screen prints, and waits for what they begin.
  mutating func press(_ names: String...) {
    for name in names {
      handle(Key(printed: name) ?? .unknown, on: App.noFrame)
      settle()
    }
  }

  /// Opens the prompt, types a line and gives it.
  mutating func command(_ line: String) {
    handle(.character(":"), on: App.noFrame)
    type(line)
    press("Enter")
  }

  /// Types text as it stands.
  mutating func type(_ text: String) {
    for character in text { handle(.character(character), on: App.noFrame) }
  }

  /// Lets what is under way come to its end.
  mutating func settle() {
    while isRunning { advance(until: .now + .milliseconds(50)) }
  }

  /// What it shows, as text.
  var shown: String { frame.lines.joined(separator: "\n") }

  /// The lines that were given after the network of the beginning was there.
  var given: [String] { session.lines.dropFirst(Session.first.lines.count).map(\.text) }

  /// Only the mouse asks what was shown.
  private static let noFrame = Grid(width: 0, height: 0)
}
