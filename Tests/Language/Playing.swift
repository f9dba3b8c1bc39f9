import Engine
import Notation
import Testing

@testable import Language

/// A session as a user would see it: lines in, the transcript out; a failed command ends it with its report.
func play(_ text: String, source: String = "-") -> String {
  var reader = LineReader(source: source, text: text)
  var transcript = Transcript()
  var out: [String] = []
  do throws(CommandError) {
    while let line = try reader.next() {
      out += transcript.echo(of: line)
      out += try transcript.run(line)
    }
  } catch {
    out.append(error.report)
  }
  return out.joined(separator: "\n")
}

/// The answers alone, without the lines.
func answers(_ text: String) -> [String] {
  play(text).split(separator: "\n").filter { $0.hasPrefix("#=") }.map { String($0.dropFirst(3)) }
}

/// What the last line answers, in as many rows as it has.
func lastAnswer(_ text: String) -> String {
  let shown = play(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let rows = shown.reversed().drop { $0.isEmpty }.prefix { $0.hasPrefix("#= ") }
  return rows.reversed().map { String($0.dropFirst(3)) }.joined(separator: "\n")
}

/// A session after some lines.
func session(_ text: String) throws -> Session {
  var session = Session()
  try session.take(text)
  return session
}

/// The column and the message of a line that has to fail after others.
func complaint(_ line: String, after text: String) throws -> String {
  var session = try session(text)
  do throws(CommandError) {
    let answer = try session.execute(Line(line, source: "-"))
    Issue.record("\(line) was taken: \(answer.lines)")
    return ""
  } catch {
    return "\(error.column): \(error.worded())"
  }
}

extension Session {
  /// Executes lines, one after another, as if they stood in a file.
  mutating func take(_ text: String) throws {
    var reader = LineReader(source: "test", text: text)
    while let line = try reader.next() { try execute(line) }
  }

  /// What an expression is worth.
  func value(_ text: String) throws -> Matrix { try Expression.parse(text).evaluate(in: scope) }

  /// The bits of all weights, biases and of what the optimizer keeps of them.
  var bits: [UInt64] {
    timeline.state.parameters.flatMap { [$0.w, $0.b] }.flatMap { parameter -> [UInt64] in
      let numbers: [Double] = parameter.values + parameter.memory.flatMap { $0 }
      return numbers.map(\.bitPattern) + [UInt64(parameter.version)]
    }
  }
}

/// Mazur's network, ready to step: what the screen opens with.
let mazur = Session.firstLines.joined(separator: "\n") + "\n"

/// A small network on the four samples of exclusive or.
let xor = "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\n"
