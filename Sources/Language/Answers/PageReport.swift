import Engine
import Formats
import Notation

/// What is said of a page: a line for each equality, with what else is to be said below it, notes, and a count.
struct PageReport {
  private let page: Page
  private let name: String
  private var lines: [Text] = []
  private var notes: [Text] = []
  private var rows: [JSONValue] = []
  private var guesses: [[String]] = []
  private var counts: [JudgedEquality.Verdict: Int] = [:]
  /// What letters that are limits stood for where they stood first.
  private var limits: [String: ReadStatement.Limit] = [:]

  init(_ page: Page, name: String) { (self.page, self.name) = (page, name) }

  /// Says which network was built from the definitions.
  mutating func tell(guess lines: [String]) {
    guesses.append(lines)
    limits = [:]
    self.lines.append("read as: \(lines.joined(separator: "; "))")
  }

  /// Says which network of the session's it is read with.
  mutating func tell(sizes: String) { lines.append("read at \(sizes), the session's network") }

  /// Takes the equalities of a statement, and the limits in it.
  mutating func take(_ equalities: [JudgedEquality], _ found: [ReadStatement.Limit]) {
    for equality in equalities { take(equality) }
    for limit in found {
      guard let first = limits[limit.text] else {
        limits[limit.text] = limit
        continue
      }
      guard first.count != limit.count || first.noun != limit.noun else { continue }
      let line = page.place(of: limit.range.lowerBound).line
      notes.append(
        "line \(line): \(limit.index) runs up to \(limit.text), which is \(first.noun) in line \(page.place(of: first.range.lowerBound).line), but counts \(limit.noun) here"
      )
    }
  }

  private mutating func take(_ equality: JudgedEquality) {
    counts[equality.verdict, default: 0] += 1
    let (line, column) = page.place(of: equality.range.lowerBound)
    let place = equality.verdict == .notUnderstood ? "\(name):\(line):\(column)" : "\(name):\(line)"
    let said: Text = equality.claim.map { ": " + Text(verbatim: $0.text) } ?? ""
    lines.append(Text(verbatim: "\(place): \(equality.verdict.rawValue)") + said)
    lines += equality.remarks.map { "  " + $0 }
    var members = [
      JSONMember("line", .number(Double(line))), JSONMember("column", .number(Double(column))),
      JSONMember("verdict", .string(equality.verdict.rawValue)),
    ]
    if let claim = equality.claim { members.append(JSONMember("claim", .string(claim.text))) }
    if !equality.remarks.isEmpty {
      members.append(JSONMember("remarks", .array(equality.remarks.map { .string($0.description) })))
    }
    rows.append(.object(members))
  }

  /// All of it, with the verdict on the page as a whole.
  var answer: Answer {
    let total = counts.values.reduce(0, +)
    let parts = JudgedEquality.Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\($0) \(verdict.rawValue)" }
    }
    let holds = (counts[.refuted] ?? 0) + (counts[.notUnderstood] ?? 0) == 0
    var answer = Answer(
      Verdict(holds: holds, "\(name), \(counted(total, "equality", "equalities")): \(parts.joined(separator: ", "))"))
    answer.lines = lines + notes.map { "note: " + $0 } + answer.lines
    answer.fields = [
      JSONMember("equalities", .array(rows)), JSONMember("notes", .array(notes.map { .string($0.description) })),
      JSONMember("guessed", .array(guesses.flatMap { $0 }.map { .string($0) })),
    ]
    return answer
  }
}

extension Claim {
  /// What is claimed, as it is typed.
  fileprivate var text: String { "\(left) = \(right)\(clauses())" }
}
