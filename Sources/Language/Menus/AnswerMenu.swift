import Engine
import Panels

/// An answer as a list from which a place is chosen to go to.
package struct AnswerRows: Hashable, Sendable {
  /// What was asked.
  let title: String
  /// Its lines, in English, and where they lead.
  let lines: [String]
  let leads: [Int: Answer.Lead]

  /// An answer; nil where it leads nowhere.
  package init?(_ answer: Answer, to title: String) {
    guard !answer.leads.isEmpty else { return nil }
    self.title = title
    lines = (answer.lines + answer.warnings.map { "warning: \($0)" }).map(\.description)
    leads = answer.leads
  }
}

extension Session {
  /// The lines of an answer; those that lead somewhere do so when they are taken.
  func menu(of answer: AnswerRows) -> Menu {
    let first = answer.leads.keys.min()
    return Menu(
      Text(verbatim: answer.title),
      answer.lines.indices.map { index in
        let (text, lead) = (Text(verbatim: answer.lines[index]), answer.leads[index])
        let effect = lead.map { MenuRow.Effect.lineAndCell($0.line, $0.cell) }
        return MenuRow(
          text, isMarked: index == first,
          effect ?? .message("this line leads nowhere; those of a step, an update or a sample do"))
      })
  }
}
