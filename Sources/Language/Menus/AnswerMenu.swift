import Diagnosis
import Engine
import Notation
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
    lines = answer.lines.map(\.description)
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
          text, isMarked: index == first, effect ?? .message("this line leads nowhere; those of updates do"))
      })
  }

  /// Where the lines lead that name one of some updates of a weight or bias: to the step with which it is complete.
  func leads(to updates: [ParameterOrigin.Update], of element: Element, from lines: [Text]) -> [Int: Answer.Lead] {
    let cell = Selection(element.quantity, row: element.row, column: element.column)
    var leads: [Int: Answer.Lead] = [:]
    for update in updates where update.change != 0 {
      let start = "  iteration \(update.iteration)"
      let index = lines.firstIndex { line in
        let text = line.description
        return text.hasPrefix(start) && text.dropFirst(start.count).first?.isNumber == false
      }
      guard let index else { continue }
      leads[index] = Answer.Lead(line: "goto \(timeline.step(at: update.place))", cell: cell)
    }
    return leads
  }
}
