import Engine
import Language
import Notation
import Panels

/// A number that is being edited in its place. Everything downstream is recomputed on a copy of the session at each key;
/// the session itself changes by one line, at Enter.
struct CellEdit: Sendable {
  /// Where it stands, and the line around it.
  let edit: ValueEdit
  private(set) var editor: ValueEditor
  /// Whether it was begun by a digit and is nothing but digits yet: it may turn out to be a count.
  var isCount = false
  private var tried: TriedLine

  init(_ edit: ValueEdit, in session: Session) {
    self.edit = edit
    editor = ValueEditor(edit.text)
    tried = TriedLine(on: session)
  }

  /// The session as the number on show would make it.
  var trial: Session { tried.session }

  /// Why it cannot be taken.
  var complaint: Text? { tried.complaint }

  /// The line that it comes to; nil where the number is the one that was there.
  var line: String? { editor.text == edit.text ? nil : "\(edit.lead) \(editor.text)\(edit.tail)" }

  /// What is drawn of it.
  var onShow: EditedValue { editor.onShow(edit.lead, at: edit.cell) }

  /// Changes the number, and tries what it comes to.
  mutating func change(in session: Session, _ change: (inout ValueEditor) -> LineEditor.Outcome) -> LineEditor.Outcome {
    let before = editor.text
    let outcome = change(&editor)
    isCount = isCount && editor.text.count > before.count && editor.text.allSatisfy { $0.isASCII && $0.isNumber }
    if editor.text != before { tried.retry(line, on: session) }
    return outcome
  }

  /// Counts the last digit up or down; of an expression, that of what it is worth.
  mutating func count(by change: Int, in session: Session) {
    _ = self.change(in: session) { editor in
      editor.count(by: change) { CellEdit.literal($0, session) }
      return .edited
    }
  }

  /// What an expression is worth, with a few digits: what can be counted up and down.
  private static func literal(_ text: String, _ session: Session) -> String? {
    guard let expression = try? Expression.parse(text), let value = try? expression.evaluate(in: session.scope),
      let number = value.scalar, number.isFinite
    else { return nil }
    return significant(number, digits: 4)
  }
}

/// A decimal number with its last digit counted up or down: `0.15` becomes `0.16`, `2` becomes `3`, `1e-3` becomes
/// `2e-3`. Nil where the text is no decimal number, or a very long one.
func nudged(_ text: String, by change: Int) -> String? {
  let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
  guard let mantissa = parts.first, parts.count == 1 || Int(parts[1]) != nil else { return nil }
  let pieces = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard let whole = pieces.first, mantissa.count <= 17, !mantissa.isEmpty else { return nil }
  let fraction = pieces.count > 1 ? String(pieces[1]) : ""
  let digits = whole.drop { $0 == "-" || $0 == "+" } + fraction
  guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), !digits.isEmpty,
    whole.count - whole.drop(while: { $0 == "-" || $0 == "+" }).count <= 1,
    let magnitude = Int(digits)
  else { return nil }
  let value = (whole.hasPrefix("-") ? -magnitude : magnitude) + change
  var written = String(abs(value))
  while written.count <= fraction.count { written = "0" + written }
  let point = written.index(written.endIndex, offsetBy: -fraction.count)
  let result = (value < 0 ? "-" : "") + written[..<point] + (fraction.isEmpty ? "" : "." + written[point...])
  return result + (parts.count > 1 ? "e" + parts[1] : "")
}
