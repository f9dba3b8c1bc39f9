import Engine
import Language
import Panels

// What is put on the clipboard: the app says what, the loop hands it to the terminal.
extension App {
  /// The most bytes that are copied: more is refused by terminals that take no more than 100,000 letters.
  static let mostCopied = 74_000

  /// Has a text put on the clipboard, and says so.
  mutating func copy(_ text: String, _ what: String) {
    guard text.utf8.count <= App.mostCopied else {
      message = Message(
        "\(what): \(text.utf8.count) bytes are too many for the clipboard, which takes \(App.mostCopied)", .warning)
      return
    }
    copied = text
    message = Message("copied \(what); where the terminal keeps its clipboard shut, Shift and the mouse select", .good)
  }

  /// What is to be put on the clipboard; nil once it was asked for.
  mutating func takeCopied() -> String? {
    defer { copied = nil }
    return copied
  }
}
