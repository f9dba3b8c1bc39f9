import Engine
import Language
import Notation
import Testing

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

/// A session after some lines.
func session(_ text: String) throws -> Session {
  var session = Session()
  try session.take(text)
  return session
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
    timeline.state.parameters.flatMap { layer in
      [layer.w, layer.b].flatMap { parameter in
        (parameter.values + parameter.memory.flatMap { $0 }).map(\.bitPattern) + [UInt64(parameter.version)]
      }
    }
  }
}

/// Mazur's network, ready to step.
let mazur = """
  network mazur
  input 2
  dense 2 sigmoid
  dense 2 sigmoid
  optimizer sgd rate=0.5
  set w1 = [0.15 0.20; 0.25 0.30]
  set b1 = 0.35
  set w2 = [0.40 0.45; 0.50 0.55]
  set b2 = 0.60
  freeze b1
  freeze b2
  sample 0.05 0.10 -> 0.01 0.99

  """

/// A small network on the four samples of exclusive or.
let xor = "input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\n"
