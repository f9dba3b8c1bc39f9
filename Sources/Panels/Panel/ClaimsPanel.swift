import Engine
import Notation

extension Panel {
  /// A derivation as it is written, line by line, with a mark at each line.
  package static let claims = Panel(
    "claims", "the derivation that claim begins and = goes on with, a mark at each line",
    .main(.then(1), asking: .inOneColumn)
  ) { scene throws(Missing) in
    guard let claimed = scene.claimed else {
      throw Missing(reason: "no derivation is written here; see: help =")
    }
    let count = claimed.lines.count
    let shown = scene.lineOfDerivation
    let title = {
      let remark: Text =
        shown.map { "line \($0) of \(count)" } ?? claimed.firstBroken.map { "line \($0) does not follow" }
        ?? "\(counted(count, "line"))"
      return Title(scene.tongue("Claims"), remark: scene.tongue(remark))
    }
    // What each line is worth here, under it.
    let scope = StateScope(scene.state, definitions: scene.definitions)
    // What a line sets is not so here.
    let numbers = claimed.lines.map {
      $0.claim.substitutions.isEmpty ? $0.claim.numbersOfRight(in: scope, most: Panel.mostNumbers) : []
    }
    return Prepared(title: title, columns: Room(40, 100)) { width in
      let rows = claimed.rows(width: max(width - 2, 20), numbers, upTo: shown ?? count, scene.tongue)
      // Whoever goes through it sees the line that came last.
      return Fitted(
        lines: rows, of: "claims", scene, from: shown == nil ? 0 : rows.count, more: Cell("…", Style(.muted))
      ) {
        grid, line, row in
        if line.isFirst {
          grid.put(line.holds ? "✓" : "✗", row: row, column: 1, style: Style(line.holds ? .good : .bad))
        }
        let isLast = line.number == shown && !line.isOfNumbers
        let end = grid.put(
          line.text, row: row, column: 3,
          style: line.isOfNumbers ? Style(.muted) : isLast ? Style(.plain, .bold) : .plain)
        grid.put(line.word, row: row, column: end + 2, style: Style(line.holds ? .muted : .bad))
      }
    }
  }
  .with(Sign.verdicts)

  /// Under a line, at most so many numbers stand.
  private static let mostNumbers = 12
}

/// A row of a derivation that is written.
private struct ClaimRow {
  let text: String
  let isFirst: Bool
  let holds: Bool
  /// The verdict, at the line's end.
  let word: String
  /// The number of its line, from 1.
  let number: Int
  /// Whether it has what the line above is worth.
  var isOfNumbers = false
}

extension ClaimedDerivation {
  /// Its rows in so many cells: the subject before the first line's equals sign, the others' below it.
  fileprivate func rows(
    width: Int, _ numbers: [[Claim.Number]], upTo count: Int, _ say: Tongue
  ) -> [ClaimRow] {
    lines.prefix(count).enumerated().flatMap { place, line -> [ClaimRow] in
      let conditions = line.claim.clauses(after: place > 0 ? lines[place - 1].claim : nil)
      let text = (place == 0 ? "\(subject) = " : "= ") + line.side.description + conditions
      let margin = place == 0 ? "" : "  "
      let wrapped = text.wrapped(to: max(width - 14, 12))
      let written = wrapped.enumerated().map { row, part in
        ClaimRow(
          text: margin + (row > 0 ? "  " : "") + part, isFirst: row == 0, holds: line.holds,
          word: row == wrapped.count - 1 ? line.word : "", number: place + 1)
      }
      func note(_ text: String) -> ClaimRow {
        ClaimRow(text: "    " + text, isFirst: false, holds: true, word: "", number: place + 1, isOfNumbers: true)
      }
      let rule = say(line.rule).wrapped(to: max(width - 8, 12)).map(note)
      return written + (line.rule.isEmpty ? [] : rule) + (numbers[place].row(width: width - 8).map { [note($0)] } ?? [])
    }
  }
}

extension [Claim.Number] {
  /// As many as have room, `k=1: 0.2447  k=2: -0.31 …`; nil of none.
  fileprivate func row(width: Int) -> String? {
    guard !isEmpty else { return nil }
    var text = ""
    for (place, number) in enumerated() {
      let label = number.label.isEmpty ? "" : number.label + ": "
      let next = (place > 0 ? "  " : "") + label + significant(number.value, digits: 4)
      guard text.displayWidth + next.displayWidth <= width - 2 else { return text.isEmpty ? nil : text + " …" }
      text += next
    }
    return text
  }
}
