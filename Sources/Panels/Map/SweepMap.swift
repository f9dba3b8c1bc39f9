import Diagnosis
import Engine
import Notation

/// The futures of a sweep as a map: a sign for each, rows and columns with their values.
package struct SweepMap {
  private let sweep: Sweep
  /// The columns before the first sign: the rows' values and a line.
  let left: Int
  /// How many columns each future takes.
  let cell: Int
  private let width: Int

  /// A map of so many columns at most.
  package init(_ sweep: Sweep, width: Int) {
    (self.sweep, self.width) = (sweep, width)
    let rows = 0..<max(sweep.rows, 1)
    let labels = rows.map { SweepMap.label(sweep, row: $0).count } + [SweepMap.head(sweep).count]
    left = (labels.max() ?? 0) + 3
    let free = max(width - left - 1, 1)
    cell = min(max(free / max(sweep.columns, 1), 1), sweep.columns <= 8 ? 8 : 3)
  }

  /// Where a column's sign stands.
  func place(ofColumn column: Int) -> Int { left + column * cell }

  /// The sign of a future: what became of it, or that it was not trained.
  static func sign(_ sweep: Sweep, _ index: Int) -> Character { sweep.outcomes[index]?.fate.sign ?? "·" }

  /// What is swept down, above the rows; where there is one axis, that one.
  static func head(_ sweep: Sweep) -> String { (sweep.down ?? sweep.across).hyperparameter.name }

  /// The value of a row: of the axis down, or of its first future.
  static func label(_ sweep: Sweep, row: Int) -> String {
    if let down = sweep.down { return down.values.indices.contains(row) ? shortest(down.values[row]) : "" }
    let index = row * sweep.columns
    return sweep.across.values.indices.contains(index) ? shortest(sweep.across.values[index]) : ""
  }

  /// A row's value and the line behind it.
  func start(ofRow row: Int) -> String {
    SweepMap.label(sweep, row: row).padded(to: left - 3, onTheRight: true) + " │ "
  }

  /// The line above the rows: what they are, and what the columns are.
  var heading: String {
    let head = SweepMap.head(sweep).padded(to: left - 3, onTheRight: true) + " │ "
    guard sweep.down != nil else { return head + (sweep.isList ? "" : "on from row to row") }
    return head + sweep.across.hyperparameter.name
  }

  /// The line above the rows that says what the line below them would say too, where there is no room for that: with the
  /// values of the columns, and what they are behind them where that fits.
  var shortHeading: String {
    let head = SweepMap.head(sweep).padded(to: left - 3, onTheRight: true) + " │ "
    guard let ticks = ticks(behind: head) else { return heading }
    let name = "  " + sweep.across.hyperparameter.name
    return ticks.count + name.count < width ? ticks + name : ticks
  }

  /// The values of the columns, where each has room; nil where the columns have none of their own.
  var ticks: String? { ticks(behind: String(repeating: " ", count: left - 2) + "└ ") }

  private func ticks(behind lead: String) -> String? {
    guard sweep.down != nil else { return nil }
    var line = Array(lead)
    line += Array(repeating: " ", count: max(width - line.count, 0))
    let values = sweep.across.values
    // The ends say the range, and come first.
    for column in Set([0, values.count - 1]).sorted() + values.indices.dropFirst().dropLast() {
      let label = SweepMap.tick(values[column])
      let start = min(place(ofColumn: column), max(line.count - label.count, left))
      let around = max(start - 1, left)..<min(start + label.count + 1, line.count)
      guard start + label.count <= line.count, around.allSatisfy({ line[$0] == " " }) else { continue }
      line.replaceSubrange(start..<start + label.count, with: label)
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// A value as it stands below its column: with all its digits where they are few.
  private static func tick(_ value: Double) -> String {
    let whole = shortest(value)
    return whole.count <= 6 ? whole : significant(value, digits: 3)
  }

  /// What the signs that are on it mean, so that the row is short enough for any window.
  var legend: String { sweep.tally.map { "\($0.fate.sign) \($0.fate.name)" }.joined(separator: "  ") }

  /// How many came to what: `34 converged, 14 stuck`.
  package static func tally(of sweep: Sweep) -> String {
    sweep.tally.map { "\($0.count) \($0.fate.name)" }.joined(separator: ", ")
  }

  /// What became of one, in words.
  package static func words(of outcome: Sweep.Outcome, _ digits: Int) -> Text {
    var text: Text = "\(outcome.fate.name), loss = \(significant(outcome.loss, digits: digits))"
    if let accuracy = outcome.accuracy { text += ", accuracy = \(significant(accuracy, digits: digits))" }
    return text
  }

  /// What stands behind the sign where each has a row of its own; empty where it has not.
  func rest(ofRow row: Int, _ digits: Int) -> Text {
    guard sweep.isList, sweep.outcomes.indices.contains(row) else { return "" }
    return sweep.outcomes[row].map { SweepMap.words(of: $0, digits) } ?? "not trained"
  }

  /// The most rows that are written out.
  private static let mostRows = 200

  /// The whole of it, as it is printed.
  package func lines(digits: Int) -> [String] {
    let rows = (0..<min(sweep.rows, SweepMap.mostRows)).map { row -> String in
      var line = start(ofRow: row)
      for column in 0..<sweep.columns {
        guard let index = sweep.index(row: row, column: column) else { break }
        line += String(repeating: " ", count: place(ofColumn: column) - line.count)
        line.append(SweepMap.sign(sweep, index))
      }
      if sweep.isList { line += "  \(rest(ofRow: row, digits))" }
      return line
    }
    let left = sweep.rows - rows.count
    return [heading] + rows + (left > 0 ? ["… \(left)"] : []) + (ticks.map { [$0] } ?? [])
      + (sweep.done > 0 ? [legend] : [])
  }
}
