import Language
import Panels

/// A value while it is edited in its place. As long as nothing was done to it, typing puts another one in its place.
struct ValueEditor: Sendable {
  private var editor = LineEditor()
  /// Whether the whole value gives way to what is typed.
  private(set) var isWhole = true
  /// How far it goes at a time, once it was counted as a whole.
  private var step: WrittenDecimal.Step?

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
    step = nil
    let lines = typed.split(whereSeparator: \.isNewline)
    _ = editor.paste(lines.joined(separator: " "))
  }

  /// Moves the cursor or changes the value; `cancelled` where it is left.
  mutating func perform(_ act: Binding.TextAct) -> LineEditor.Outcome {
    if isWhole, act == .delete { editor.replace(with: "") }
    isWhole = false
    step = nil
    return editor.perform(act)
  }

  /// Counts the digit under the caret up or down, behind the last one that one; as long as nothing else was done to the
  /// value, if so wished, the whole by a twentieth of what it was. `literal` gives a decimal number for a text that is none.
  mutating func count(by change: Int, byTwentieths: Bool = false, literal: (String) -> String? = { _ in nil }) {
    guard let number = WrittenDecimal(text) ?? literal(text).flatMap(WrittenDecimal.init) else { return }
    if isWhole, byTwentieths { step = number.twentieth }
    if let step {
      guard let moved = number.moved(by: change, steps: step) else { return }
      return replace(with: moved.text)
    }
    let isLiteral = WrittenDecimal(text) == nil
    let behind = isLiteral ? 0 : text.count - cursor
    guard let counted = number.counted(by: change, place: isLiteral ? 0 : placeUnderCaret) else { return }
    let after = counted.text
    replace(with: after)
    // The caret stays on its digit, counted from the end.
    for _ in 0..<min(behind, after.count) { _ = editor.perform(.characterBack) }
  }

  /// How many digits stand behind the one under the caret: none behind the last one, where the number has no more.
  private var placeUnderCaret: Int {
    let behind = text.dropFirst(cursor).prefix { $0 != "e" }
    let digits = behind.filter(\.isNumber).count
    return max(digits - 1, behind.first == "." ? digits : 0)
  }

  /// What is drawn of it.
  func onShow(_ lead: String, at cell: Target? = nil) -> EditedValue {
    var shown = EditedValue(lead, text: text, cursor: cursor, at: cell)
    shown.isWhole = isWhole
    return shown
  }
}
