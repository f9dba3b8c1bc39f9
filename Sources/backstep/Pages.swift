import Engine
import Language

/// `backstep verify PAGE... [--session SESSION]`: what each page's equations come to, read with a session's network and letters.
func verifyPages(_ pages: [String], with sessionFile: String?) throws(UsageError) -> ExitStatus {
  Interruption.listen()
  for page in pages where page.contains("\"") {
    throw UsageError("\(page): a file's name with a quote in it cannot be named in a line")
  }
  var transcript = Transcript()
  var status = ExitStatus.well
  if let sessionFile {
    var lines = try InputFile(sessionFile).lines
    do throws(CommandError) {
      while !transcript.isOver, !Interruption.hasCome, let line = try lines.next() {
        _ = try transcript.run(line) { Interruption.hasCome }
      }
    } catch {
      Output.complain(error)
      return .commandFailed
    }
  }
  for page in pages where !Interruption.hasCome {
    var session = transcript.session
    do throws(CommandError) {
      let answer = try session.execute(Line("verify \"\(page)\"", source: "-"))
      Output.put(answer.lines.map { Tongue.english($0) })
      if answer.hasFailed, status == .well { status = .verdictFailed }
    } catch {
      Output.complain(error.worded())
      status = .commandFailed
    }
  }
  return Interruption.hasCome ? .interrupted : status
}
