import Engine
import Formats
import Panels

/// What a command answers: the lines for a transcript, and the same for programs.
package struct Answer: Equatable, Sendable {
  /// What the user reads, one entry a line; in a transcript each stands behind `#= `.
  package var lines: [Text]
  /// What is legal and may not be meant, a sentence each.
  package var warnings: [Text] = []
  /// How an assertion turned out; nil where nothing was asserted.
  package var verdict: Verdict?
  /// More for `--json`, such as `value`.
  package var fields: [JSONMember]
  /// What is said instead where one sees where the session stands, and what a run came to is said besides: on the screen.
  /// Nil where no run ends.
  package var news: [Text]?
  /// Whether those say all that the lines say, so that programs need not have the lines as well.
  var fieldsSayAll = false
  /// Whether it is of what was done until it was stopped.
  package var isCutShort = false
  /// Whether what plays by itself is to stop there.
  package var stopsPlaying = false
  /// The panel that shows on the screen what the lines say, by its name; nil where none does.
  package var panel: String?
  /// The lines that this panel does not show.
  package var besidePanel: [Text] = []
  /// Where the lines lead that name a place, by their places among the lines: on the screen one is chosen and gone to.
  package var leads: [Int: Lead] = [:]
  /// The rows of a table that the first lines are: on the screen they are not broken where they have no room.
  package var table: AlignedRows?
  /// The lines whose assertions failed, those of files that were taken in among them.
  package var failures: [Line] = []
  /// The line that says that no slip explains why an assertion fails; nil where none says so.
  var unexplained: Text?
  /// Whether the session is over.
  package var isQuit = false

  /// Where a line leads.
  package struct Lead: Hashable, Sendable {
    /// The line that goes there.
    package let line: String
    /// The number that is looked at there; nil where it is that of the step.
    package let cell: Selection?
  }

  /// An answer of some lines.
  package init(_ lines: [Text] = [], fields: [JSONMember] = []) {
    self.lines = lines
    self.fields = fields
  }

  /// An answer of lines whose fields say the same.
  init(_ lines: [Text], sayingAll fields: [JSONMember]) {
    self.init(lines, fields: fields)
    fieldsSayAll = true
  }

  /// An answer of one line.
  package init(_ line: Text) { self.init([line]) }

  /// An answer of lines that are the same in every language.
  init(verbatim lines: [String]) { self.init(lines.map { Text(verbatim: $0) }) }

  /// An answer of rows, of whose columns so many say of what each row is.
  init(table rows: [[String]], pinned: Int) {
    let table = AlignedRows(rows, pinned: pinned)
    self.init(verbatim: table.lines)
    self.table = table
  }

  /// What is said of an assertion: the verdict, and more in lines below it.
  init(_ verdict: Verdict, _ details: [Text] = []) {
    self.init([verdict.words] + details)
    self.verdict = verdict
  }

  /// The answer with another verdict in place of its own.
  func asserting(_ verdict: Verdict) -> Answer {
    var answer = self
    answer.lines = [verdict.words] + lines.dropFirst()
    answer.verdict = verdict
    return answer
  }

  /// Whether an assertion failed.
  package var hasFailed: Bool { verdict?.holds == false }

  /// The answer as it stands in a transcript, under its command.
  package var transcript: [String] {
    // What a name out of a file holds may break no line.
    (lines + warnings.map { "warning: \($0)" }).map { text in
      let line = Tongue.english(text)
      return line.isEmpty ? "#=" : "#= " + line.visible
    }
  }

  /// Puts another answer behind this one, as for the lines of a file that was taken in.
  mutating func append(_ other: Answer) {
    lines += other.lines
    warnings += other.warnings
    failures += other.failures
    if let verdict = other.verdict, self.verdict?.holds ?? true { self.verdict = verdict }
    isQuit = isQuit || other.isQuit
  }
}

/// How an assertion turned out.
package struct Verdict: Equatable, Sendable {
  /// Whether it holds.
  package private(set) var holds: Bool
  /// What was asserted, with its numbers: `loss = 0.3 ~= 0.3, error 0`.
  package private(set) var statement: Text
  /// The largest absolute error, where numbers were compared.
  package let worst: Double?
  /// How it was come by, of what is claimed always; nil of what holds or fails here.
  package var grade: Grade?

  /// How a verdict on what is claimed always is come by.
  package enum Grade: String, Sendable {
    /// The sides are the same wherever both are defined.
    case proved
    /// There are numbers at which they differ.
    case refuted
    /// They were the same wherever it was tried, and more is not known.
    case tested
  }

  /// Whether it is asserted that the statement fails.
  package private(set) var isOfTheContrary = false

  /// A verdict on what is asserted.
  init(holds: Bool, _ statement: Text, worst: Double? = nil, grade: Grade? = nil) {
    self.holds = holds
    self.grade = grade
    self.statement = statement
    self.worst = worst
  }

  /// The same with more behind its statement.
  func adding(_ words: Text) -> Verdict {
    var verdict = self
    verdict.statement += words
    return verdict
  }

  /// The verdict on the contrary.
  var turned: Verdict {
    var verdict = self
    verdict.holds.toggle()
    verdict.isOfTheContrary.toggle()
    return verdict
  }

  /// The verdict in one word, for programs.
  var word: String { (isOfTheContrary ? nil : grade)?.rawValue ?? (holds ? "holds" : "fails") }

  /// The verdict as it is said.
  var words: Text {
    switch (isOfTheContrary, grade) {
    case (false, .proved): "proved: \(statement)"
    case (false, .refuted): "refuted: \(statement)"
    case (false, .tested): "tested: \(statement)"
    case (false, nil): holds ? "holds: \(statement)" : "fails: \(statement)"
    case (true, .proved): "fails, since this is proved: \(statement)"
    case (true, .refuted): "holds, since this is refuted: \(statement)"
    case (true, .tested): "fails, since this was tested: \(statement)"
    case (true, nil): holds ? "holds, since this fails: \(statement)" : "fails, since this holds: \(statement)"
    }
  }
}

extension Answer {
  /// The answer as one JSON object: the line, what was asked, where the session stands now, and what came out.
  package func json(for line: Line, in session: Session) -> JSONValue {
    let state = session.timeline.state
    var members = [
      JSONMember("line", .number(Double(line.number))), JSONMember("command", .string(line.spoken)),
      JSONMember("ok", true), JSONMember("step", .number(Double(state.step))),
      JSONMember("iteration", .number(Double(state.iteration))), JSONMember("phase", .string(state.phase.rawValue)),
      JSONMember("layer", .number(Double(state.layer))),
    ]
    members += fields
    if let verdict {
      members.append(JSONMember("verdict", .string(verdict.word)))
      if let worst = verdict.worst { members.append(JSONMember("worst", .number(worst))) }
    }
    if !fieldsSayAll, !lines.isEmpty {
      members.append(JSONMember("text", .array(lines.map { .string(Tongue.english($0).visible) })))
    }
    if !warnings.isEmpty { members.append(JSONMember("warnings", .array(warnings.map { .string($0.description) }))) }
    return .object(members)
  }
}

extension CommandError {
  /// The error as one JSON object.
  package func json() -> JSONValue {
    let place = line?.place(ofColumn: column)
    return [
      "line": .number(Double(place?.number ?? 0)), "ok": false, "error": .string(worded()),
      "column": .number(Double(place?.column ?? column)),
    ]
  }
}
