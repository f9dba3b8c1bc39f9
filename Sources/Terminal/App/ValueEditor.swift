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

  /// Takes a key. What an editor of one value has no use for is left to the caller.
  mutating func handle(_ key: Key) -> LineEditor.Outcome {
    switch key {
    case .named(.enter): return .submitted([text])
    case .named(.tab), .named(.backTab), .control("r"), .named(.up), .named(.down): return .ignored
    case .character, .paste, .named(.delete):
      if isWhole { editor.replace(with: "") }
    default: break
    }
    isWhole = false
    if case .paste(let pasted) = key {
      editor.replace(with: editor.text + pasted.filter { !$0.isNewline })
      return .edited
    }
    return editor.handle(key)
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
