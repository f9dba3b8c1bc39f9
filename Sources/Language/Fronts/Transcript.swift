import Formats

/// Runs lines one by one and gives a transcript: the input with every answer under its command. A transcript is itself a
/// session: old answers are left out and written afresh.
package struct Transcript {
  /// The session so far.
  package private(set) var session = Session()
  /// Whether a verdict has failed.
  package private(set) var hasFailed = false
  /// The lines whose verdicts failed.
  package private(set) var failures: [Line] = []
  /// Whether the last line's did.
  package private(set) var lastVerdictFailed = false
  /// Whether the session is over.
  package private(set) var isOver = false
  private let asJSON: Bool

  /// A transcript with nothing in it; as JSON it is one object a line for each command, and nothing else.
  package init(asJSON: Bool = false) { self.asJSON = asJSON }

  /// Runs a line and gives what is to be printed of it. `isInterrupted` is asked every few milliseconds of a long move;
  /// once it says so, the move stops between two steps and the session is over.
  /// - Throws: what made the command fail.
  package mutating func run(
    _ line: Line, isInterrupted: () -> Bool = { false }
  ) throws(CommandError) -> [String] {
    guard line.kind != .answer else { return [] }
    let answer: Answer
    do throws(CommandError) { answer = try self.answer(to: line, isInterrupted) } catch {
      failures += error.failures
      throw error
    }
    lastVerdictFailed = answer.hasFailed
    if answer.hasFailed {
      hasFailed = true
      failures += answer.failures.isEmpty ? [line] : answer.failures
    }
    if answer.isQuit { isOver = true }
    guard line.kind == .command else { return asJSON ? [] : [line.text] }
    return asJSON ? [answer.json(for: line, in: session).description] : answer.transcript
  }

  /// What stands before the answers: the line itself, row by row, which can be printed before it is run.
  package func echo(of line: Line) -> [String] {
    guard line.kind == .command, !asJSON else { return [] }
    guard line.text.utf8.contains(UInt8(ascii: "\n")) else { return [line.withoutAnswer] }
    return line.withoutAnswer.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func answer(to line: Line, _ isInterrupted: () -> Bool) throws(CommandError) -> Answer {
    if case .done(let answer) = try session.begin(line) { return answer }
    while true {
      if isInterrupted() {
        isOver = true
        return session.stop()
      }
      if let answer = try session.advance(until: .now + .milliseconds(20)) { return answer }
    }
  }
}
