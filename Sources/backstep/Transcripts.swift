import Engine
import Language

/// `backstep run FILE`: the transcript on standard output, errors on standard error.
func printTranscript(of file: String, asJSON: Bool) throws(UsageError) -> ExitStatus {
  Interruption.listen()
  var lines = try InputFile(file).lines
  var transcript = Transcript(asJSON: asJSON)
  do throws(CommandError) {
    while !transcript.isOver, !Interruption.hasCome, let line = try lines.next() {
      Output.put(transcript.echo(of: line))
      Output.put(try transcript.run(line) { Interruption.hasCome })
    }
  } catch {
    if asJSON { Output.put([error.json().description]) } else { Output.complain(ofVerdicts: transcript.failures) }
    Output.complain(error)
    return .commandFailed
  }
  if Interruption.hasCome { return .interrupted }
  if !asJSON { Output.complain(ofVerdicts: transcript.failures) }
  return transcript.hasFailed ? .verdictFailed : .well
}

/// `backstep test FILE…`: a line for each file, and what differs.
func compareAnswers(of files: [String]) throws(UsageError) -> ExitStatus {
  Interruption.listen()
  var status = ExitStatus.well
  for file in files {
    var lines = try InputFile(file).lines
    var check = AnswerCheck()
    do throws(CommandError) {
      while !Interruption.hasCome, let line = try lines.next() {
        try check.take(line) { Interruption.hasCome }
      }
    } catch {
      Output.complain(error)
      Output.put(["FAILED  \(file): a command failed"])
      status = .commandFailed
      continue
    }
    if Interruption.hasCome { return .interrupted }
    check.finish()
    for failure in check.failures {
      Output.put(["\(file):\(failure.line.number): \(failure.line.spoken)"] + failure.answer)
    }
    for difference in check.differences { Output.put(difference.report) }
    if check.isWell {
      Output.put(["ok      \(file) (\(check.commands) commands, the answers of \(check.compared) compared)"])
    } else {
      let (differ, failed) = (check.differences.count, check.failures.count)
      Output.put([
        "FAILED  \(file): \(counted(differ, "answer differs", "answers differ")), "
          + "\(counted(failed, "verdict fails", "verdicts fail"))"
      ])
      if status == .well { status = .verdictFailed }
    }
  }
  return status
}
