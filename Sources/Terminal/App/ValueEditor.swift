import Language
import Panels

/// A value while it is edited in its place. As long as nothing was done to it, typing puts another one in its place.
struct ValueEditor: Sendable {
  private var editor = LineEditor()
  /// Whether the whole value gives way to what is typed.
  private(set) var isWhole = true

  init(_ text: String) { editor.replace(with: text) }

  var text: String { editor.text }
  var cursor: Int { editor.cursor }

  /// Puts another value in place.
  mutating func replace(with text: String) {
    editor.replace(with: text)
    isWhole = false
  }

  /// Takes what is typed or pasted; of many lines one is made, with blanks for their ends.
  mutating func type(_ typed: String) {
    if isWhole { editor.replace(with: "") }
    isWhole = false
    let lines = typed.split(whereSeparator: \.isNewline)
    _ = editor.paste(lines.joined(separator: " "))
  }

  /// Moves the cursor or changes the value; `cancelled` where it is left.
  mutating func perform(_ act: Binding.TextAct) -> LineEditor.Outcome {
    if isWhole, act == .delete { editor.replace(with: "") }
    isWhole = false
    return editor.perform(act)
  }

  /// Counts the last digit up or down. `literal` gives a decimal number for a text that is none.
  mutating func count(by change: Int, literal: (String) -> String? = { _ in nil }) {
    let base = nudged(text, by: 0) != nil ? text : literal(text)
    if let counted = base.flatMap({ nudged($0, by: change) }) { replace(with: counted) }
  }

  /// What is drawn of it.
  func onShow(_ lead: String, at cell: Target? = nil) -> EditedValue {
    var shown = EditedValue(lead, text: text, cursor: cursor, at: cell)
    shown.isWhole = isWhole
    return shown
  }
}
