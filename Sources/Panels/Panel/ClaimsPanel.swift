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
    let title = {
      let remark: Text =
        claimed.firstBroken.map { "line \($0) does not follow" } ?? "\(counted(claimed.lines.count, "line"))"
      return Title(scene.tongue("Claims"), remark: scene.tongue(remark))
    }
    return Prepared(title: title, columns: Room(40, 100)) { width in
      Fitted(lines: claimed.rows(width: max(width - 2, 20)), of: "claims", scene, more: Cell("…", Style(.muted))) {
        grid, line, row in
        if line.isFirst {
          grid.put(line.holds ? "✓" : "✗", row: row, column: 1, style: Style(line.holds ? .good : .bad))
        }
        let end = grid.put(line.text, row: row, column: 3, style: .plain)
        grid.put(line.word, row: row, column: end + 2, style: Style(line.holds ? .muted : .bad))
      }
    }
  }
  .with(Sign.verdicts)
}

/// A row of a derivation that is written.
private struct ClaimRow {
  let text: String
  let isFirst: Bool
  let holds: Bool
  /// The verdict, at the line's end.
  let word: String
}

extension ClaimedDerivation {
  /// Its rows in so many cells: the subject before the first line's equals sign, the others' below it.
  fileprivate func rows(width: Int) -> [ClaimRow] {
    lines.enumerated().flatMap { place, line -> [ClaimRow] in
      let conditions = line.claim.clauses(after: place > 0 ? lines[place - 1].claim : nil)
      let text = (place == 0 ? "\(subject) = " : "= ") + line.side.description + conditions
      let margin = place == 0 ? "" : "  "
      let wrapped = text.wrapped(to: max(width - 14, 12))
      return wrapped.enumerated().map { row, part in
        ClaimRow(
          text: margin + (row > 0 ? "  " : "") + part, isFirst: row == 0, holds: line.holds,
          word: row == wrapped.count - 1 ? line.word : "")
      }
    }
  }
}
