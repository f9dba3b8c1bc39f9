import Language
import Panels

// Lines as they were typed or pasted: those that are whole are given, one that is still open stays at the prompt.
extension App {
  /// Gives lines that were typed or pasted, and what was pasted behind their end; behind those that wait, where some do.
  /// A line whose bracket is open stays at the prompt, to go on there; given once more as it is, it is carried out, which
  /// says what is wrong with it.
  mutating func give(lines given: [String], tail behind: String = "") {
    var (lines, tail) = (given, behind)
    let (whole, open) = OpenBrackets.part(lines)
    if let open, lines.count == 1, tail.isEmpty, open.hasSuffix("  ") {
      // Without the semicolon that its end became.
      if open.hasSuffix(";  ") { lines = [String(open.dropLast(3))] }
    } else if let open {
      (lines, tail) = (whole, Line(open + "\n" + tail).inOneRow + (tail.isEmpty ? "  " : ""))
    }
    if lines.isEmpty, open != nil {
      editor.replace(with: tail)
      isPromptOpen = true
      if OpenBrackets.part([tail]).open != nil {
        message = Message(
          OpenBrackets(tail).awaitsRows
            ? "rows are still to come: the line goes on here; Enter once more carries it out as it is"
            : "a bracket is open: the line goes on here; Enter once more carries it out as it is")
      }
      return
    }
    if queue?.append(lines, tail: tail) == true { return isPromptOpen = false }
    if let waiting {
      if lines.count == 1 { editor.replace(with: lines[0]) }
      return message = waiting
    }
    // An empty line alone repeats the last move; among pasted lines it is nothing.
    guard lines == [""], tail.isEmpty, let lastMove else { return give(LineQueue(prompt: lines, tail: tail)) }
    editor.remember(lastMove)
    give(LineQueue(prompt: [lastMove]))
  }
}
