import Language
import Panels
import Terminal

/// `backstep` and `backstep FILE`: the screen with a small network, or with what a file comes to, at a place of it.
func openScreen(on file: String?, at place: OpeningPlace?) throws(UsageError) -> ExitStatus {
  guard let file else {
    guard place == nil else { throw UsageError("--at is for a file: backstep FILE --at start") }
    return try show(
      App(
        .first,
        message: Message("→ takes the first step, ← takes it back; g guides you, ? shows every key"))
    )
  }
  Interruption.listen()
  let source = try InputFile(file)
  var app = App(opening: LineBuffer(source: file, bytes: try source.bytes()), at: place)
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
