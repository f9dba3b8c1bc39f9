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
  let source = try InputFile(file)
  var app = App(replaying: LineBuffer(source: file, bytes: try source.bytes()))
  // What is done soon is shown when it is done; what takes longer is shown at once, and how far it is.
  app.advance(until: .now + .milliseconds(100))
  if Interruption.hasCome { return .interrupted }
  return try show(app)
}

/// `backstep present FILE`.
func openPresentation(of file: String) throws(UsageError) -> ExitStatus {
  var reader = try InputFile(file).lines
  var lines: [Line] = []
  do throws(CommandError) {
    while let line = try reader.next() { lines.append(line) }
  } catch {
    Output.complain(error)
    return .commandFailed
  }
  return try show(App(presenting: lines))
}

private func show(_ app: App) throws(UsageError) -> ExitStatus {
  if let failure = app.failure { return complain(failure) }
  let screen: Screen
  do throws(Screen.NoScreen) { screen = try Screen() } catch { throw UsageError(error.message) }
  var loop = Loop(app, on: screen)
  let end = loop.run()
  screen.close()
  return end.failureOfFile.map(complain) ?? (end.hasFailedVerdict ? .verdictFailed : .well)
}

private func complain(_ error: CommandError) -> ExitStatus {
  Output.complain(error)
  return .commandFailed
}
