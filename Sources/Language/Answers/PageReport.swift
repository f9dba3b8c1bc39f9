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
  /// The session's network, where it is read with that; nil where it is read with a guess.
  private var sizesOnShow: String?
  private var counts: [JudgedEquality.Verdict: Int] = [:]
  /// What letters that are limits stood for where they stood first.
  private var limits: [String: ReadStatement.Limit] = [:]

  /// What letters were read as that nobody gave.
  private var conventions: [String: String] = [:]
  /// The letters that stand for two things.
  private var doubles: Set<String> = []
  /// Whether the network is a guess with rate 1, since no rate is on the page, and whether that has been said.
  private var (isAtGuessedRate, hasToldRate) = (false, false)

  init(_ page: Page, name: String) { (self.page, self.name) = (page, name) }

  /// Says which network was built from the definitions.
  mutating func tell(guess lines: [String]) {
    guesses.append(lines)
    sizesOnShow = nil
    isAtGuessedRate = lines.contains(Page.Reading.lineWithoutRate)
    (limits, doubles) = ([:], [])
    self.lines.append("read as: \(lines.joined(separator: "; "))")
  }

  /// Says which network of the session's it is read with, once for as long as it is.
  mutating func tell(sizes: String) {
    guard sizes != sizesOnShow else { return }
    (sizesOnShow, isAtGuessedRate) = (sizes, false)
    lines.append("read at \(sizes), the session's network")
  }

  /// Takes the equalities of a statement, and how it was read.
  mutating func take(_ equalities: [JudgedEquality], _ read: ReadStatement?) {
    for equality in equalities { take(equality) }
    guard let read else { return }
    for limit in read.limits { take(limit) }
    if isAtGuessedRate, !hasToldRate, read.isUpdate, let update = equalities.first {
      hasToldRate = true
      let line = page.place(of: update.range.lowerBound).line
      notes.append("line \(line): the update has no learning rate, which makes it one at rate 1")
    }
    conventions.merge(read.conventions) { first, _ in first }
    for (letter, ways) in read.doubles.sorted(by: { $0.key < $1.key }) where doubles.insert(letter).inserted {
      notes.append("\(letter) stands for two things, told apart by the index: \(ways)")
    }
  }

  /// Says what a letter counts where it is met first, and where it counts something else later.
  private mutating func take(_ limit: ReadStatement.Limit) {
    let line = page.place(of: limit.range.lowerBound).line
    guard let first = limits[limit.text] else {
      limits[limit.text] = limit
      notes.append("line \(line): \(limit.text) is taken for the number of \(limit.noun), \(limit.count)")
      return
    }
    guard first.count != limit.count || first.noun != limit.noun else { return }
    let before = page.place(of: first.range.lowerBound).line
    notes.append(
      """
      line \(line): \(limit.index) runs up to \(limit.text), which is \(first.noun) in line \(before), but counts \
      \(limit.noun) here
      """)
  }

  private mutating func take(_ equality: JudgedEquality) {
    counts[equality.verdict, default: 0] += 1
    let (line, column) = page.place(of: equality.range.lowerBound)
    let place = equality.verdict == .notUnderstood ? "\(name):\(line):\(column)" : "\(name):\(line)"
    let said: Text = equality.claim.map { ": " + Text(verbatim: $0.typed) } ?? ""
    lines.append(Text(verbatim: "\(place): \(equality.verdict.rawValue)") + said)
    lines += equality.remarks.map { "  " + $0 }
    var members = [
      JSONMember("line", .number(Double(line))), JSONMember("column", .number(Double(column))),
      JSONMember("verdict", .string(equality.verdict.rawValue)),
    ]
    if let claim = equality.claim { members.append(JSONMember("claim", .string(claim.typed))) }
    if !equality.remarks.isEmpty {
      members.append(JSONMember("remarks", .array(equality.remarks.map { .string($0.description) })))
    }
    rows.append(.object(members))
  }

  /// What letters were read as by what everybody calls so.
  private var readings: [Text] {
    guard !conventions.isEmpty else { return [] }
    let list = conventions.sorted { $0.key < $1.key }.map { "\($0.key) as \($0.value)" }.joined(separator: ", ")
    return ["read by what is usual, since no let says it: \(list)"]
  }

  /// All of it, with the verdict on the page as a whole.
  var answer: Answer {
    let notes = notes + readings
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
