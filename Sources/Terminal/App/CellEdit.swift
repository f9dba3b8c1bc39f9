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

  /// Counts the digit under the caret up or down, or the whole by a twentieth as long as nothing was done to it; of an
  /// expression, what it is worth. A sample's numbers are often classes and counts: they go by their last digit.
  mutating func count(by change: Int, in session: Session) {
    let isOfSample = if case .datum = edit.cell { true } else { false }
    _ = self.change(in: session) { editor in
      editor.count(by: change, byTwentieths: !isOfSample) { CellEdit.literal($0, session) }
      return .edited
    }
  }

  /// What an expression is worth, with a few digits: what can be counted up and down.
  private static func literal(_ text: String, _ session: Session) -> String? {
    guard let expression = try? Expression.parse(text, functions: OwnFunctions(session.definitions)),
      let value = try? expression.evaluate(in: session.scope),
      let number = value.scalar, number.isFinite
    else { return nil }
    return significant(number, digits: 4)
  }
}
