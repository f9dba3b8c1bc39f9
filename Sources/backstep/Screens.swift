import Language
import Panels
import Terminal

/// `backstep` and `backstep FILE`: the screen with a small network, or with what a file comes to.
func openScreen(on file: String?) throws(UsageError) -> ExitStatus {
  guard let file else {
    return try show(
      App(
        .first,
        message: Message("→ takes the first step, ← takes it back; g guides you, ? shows every key"))
    )
  }
  Interruption.listen()
  var lines = try InputFile(file).lines
  var transcript = Transcript()
  var failures: [Line] = []
  do throws(CommandError) {
    while !transcript.isOver, !Interruption.hasCome, let line = try lines.next() {
      _ = try transcript.run(line) { Interruption.hasCome }
      if transcript.lastVerdictFailed { failures.append(line) }
    }
  } catch {
    Output.complain(error.report)
    return .commandFailed
  }
  if Interruption.hasCome { return .interrupted }
  return try show(App(transcript.session, message: greeting(file, failures)))
}

/// What the screen says of a file that was replayed.
private func greeting(_ path: String, _ failures: [Line]) -> Message {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  guard let first = failures.first else {
    return Message("\(file) is replayed; Home goes to its start, ? shows every key")
  }
  let count = failures.count == 1 ? "a verdict fails" : "\(failures.count) verdicts fail"
  return Message("\(file): \(count), the first in line \(first.number): \(first.spoken)", .bad)
}

/// `backstep present FILE`.
func openPresentation(of file: String) throws(UsageError) -> ExitStatus {
  var reader = try InputFile(file).lines
  var lines: [Line] = []
  do throws(CommandError) {
    while let line = try reader.next() { lines.append(line) }
  } catch {
    Output.complain(error.report)
    return .commandFailed
  }
  return try show(App(presenting: lines))
}

private func show(_ app: App) throws(UsageError) -> ExitStatus {
  guard let screen = Screen() else {
    throw UsageError("the screen needs a terminal on standard input and output; without one: backstep run FILE")
  }
  var loop = Loop(app, on: screen)
  _ = loop.run()
  screen.close()
  return .well
}
