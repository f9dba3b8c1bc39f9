/// Runs a transcript again and compares the answers that it holds with fresh ones. A command that holds none is run and
/// not compared.
package struct AnswerCheck {
  /// A command whose answers differ.
  package struct Difference: Equatable, Sendable {
    /// The command.
    package let line: Line
    /// The answers that the file holds.
    package let held: [String]
    /// Those that it gives now.
    package let fresh: [String]

    /// The difference as a few lines: what is gone with `-`, what is new with `+`.
    package var report: [String] {
      var (first, last) = (0, 0)
      while first < min(held.count, fresh.count), held[first] == fresh[first] { first += 1 }
      while last < min(held.count, fresh.count) - first,
        held[held.count - 1 - last] == fresh[fresh.count - 1 - last]
      { last += 1 }
      return ["\(line.source):\(line.number): \(line.spoken)"]
        + held[first..<held.count - last].map { "- " + $0 } + fresh[first..<fresh.count - last].map { "+ " + $0 }
    }
  }

  /// The answers that differ.
  package private(set) var differences: [Difference] = []
  /// The verdicts that failed: the commands and what they answered.
  package private(set) var failures: [(line: Line, answer: [String])] = []
  /// How many commands were run.
  package private(set) var commands = 0
  /// How many of them hold answers.
  package private(set) var compared = 0

  private var transcript = Transcript()
  private var last: (line: Line, held: [String], fresh: [String])?

  /// Nothing checked yet.
  package init() {}

  /// Whether the session is over.
  package var isOver: Bool { transcript.isOver }

  /// Whether all is as it was, and every verdict holds.
  package var isWell: Bool { differences.isEmpty && failures.isEmpty }

  /// Takes the next line of the file: a command is run, an answer is kept to be compared.
  /// - Throws: what made a command fail.
  package mutating func take(_ line: Line, isInterrupted: () -> Bool = { false }) throws(CommandError) {
    if line.kind == .answer {
      last?.held.append(String(line.text.drop { $0 == " " || $0 == "\t" }))
      return
    }
    guard !isOver else { return }
    guard line.kind == .command else {
      _ = try transcript.run(line)
      return
    }
    finish()
    commands += 1
    let answer = try transcript.run(line, isInterrupted: isInterrupted)
    if transcript.lastVerdictFailed { failures.append((line: line, answer: answer)) }
    last = (line: line, held: line.heldAnswer.map { [$0] } ?? [], fresh: answer)
  }

  /// Compares what is left to be compared.
  package mutating func finish() {
    defer { last = nil }
    guard let last, !last.held.isEmpty else { return }
    compared += 1
    if last.held != last.fresh {
      differences.append(Difference(line: last.line, held: last.held, fresh: last.fresh))
    }
  }
}
