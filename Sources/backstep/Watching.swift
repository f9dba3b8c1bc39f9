import Engine
import Glibc
import Language

/// `backstep watch FILE [KEY=VALUE...]`: what `load case` says of the file, now and each time that it is saved.
func watchCase(_ path: String, _ settings: [String]) throws(UsageError) -> ExitStatus {
  guard !path.contains("\"") else {
    throw UsageError("\(path): a file's name with a quote in it cannot be named in a line")
  }
  Interruption.listen()
  let file = try SavedFile(path)
  let line = (["load case", "\"\(path)\""] + settings).joined(separator: " ")
  if file.isThere { tell(line, of: file, path) } else { Output.put(["\(path) is not there yet"]) }
  while !Interruption.hasCome {
    if file.waits() { tell(line, of: file, path) }
  }
  return .interrupted
}

/// How long a file that cannot be read is waited for, in milliseconds: it may be half written.
private let patience: Int32 = 200

/// Says what comes of a file; of one that cannot be taken why, once nothing more is written to it.
private func tell(_ text: String, of file: SavedFile, _ path: String) {
  while !Interruption.hasCome {
    var session = Session()
    do throws(CommandError) {
      let answer = try session.execute(Line(text, source: "-"))
      return Output.put([heading(path)] + answer.lines.map { Tongue.english($0) } + [""])
    } catch {
      guard !file.waits(milliseconds: patience) else { continue }
      // Who watches types no load case.
      let words = error.worded().replacing("as in: load case \"\(path)\"", with: "as in: backstep watch \(path)")
      return Output.put([heading(path), words, ""])
    }
  }
}

/// `case.npz at 12:34:56`
private func heading(_ path: String) -> String {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  let numbers = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
  return "\(path) at \(numbers.joined(separator: ":"))"
}
