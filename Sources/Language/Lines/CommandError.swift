import Engine
import Panels

/// Why a command failed: what was expected, and where in its line.
package struct CommandError: Error, Equatable, Sendable {
  /// What is wrong, as a user reads it; begins in lower case and has no full stop.
  package let message: Text
  /// The place in the line, counted from 1 in characters.
  package internal(set) var column: Int
  /// The line at fault; filled in by the session. In a file that another one takes in, the line of that file.
  package internal(set) var line: Line?

  /// The lines whose verdicts had failed before it in a file that was being taken in.
  package internal(set) var failures: [Line] = []

  /// The line that does all the same what this one was kept from, where whoever gave it may wish that.
  package internal(set) var remedy: String?

  /// An error at a place of the line, counted from 0 here.
  init(_ message: Text, at column: Int) {
    self.message = message
    self.column = column + 1
  }

  /// An error about a whole line.
  init(_ message: Text, in line: Line) {
    self.message = message
    column = (line.words.first?.range.lowerBound ?? 0) + 1
    self.line = line
  }

  /// The most characters of a message; what a user typed may be quoted in it.
  private static let longest = 1000

  /// The message as a terminal can show it: nothing in it moves the cursor, and of a very long one the middle is left out.
  package func worded(in tongue: Tongue = .english) -> String {
    let text = tongue(message).visible
    guard text.count > CommandError.longest else { return text }
    return "\(text.prefix(CommandError.longest / 2))…\(text.suffix(CommandError.longest / 2))"
  }

  /// The message where it can be shown as it is, else what is left of it.
  package var shown: Text {
    let text = worded()
    return text == message.description ? message : Text(verbatim: text)
  }

  /// The error with more said behind it.
  func adding(_ words: Text) -> CommandError {
    var error = CommandError("\(message); \(words)", at: column - 1)
    (error.line, error.failures, error.remedy) = (line, failures, remedy)
    return error
  }

  /// The error in a line, unless it already has one.
  func placed(in line: Line) -> CommandError {
    guard self.line == nil else { return self }
    var error = self
    error.line = line
    return error
  }

  /// `FILE:LINE:COLUMN: message`, the line, and a caret under the place.
  package var report: String { reportLines.joined(separator: "\n") }

  /// The same, line by line.
  package var reportLines: [String] {
    guard let line else { return [worded()] }
    let place = line.place(ofColumn: column)
    return ["\(line.source):\(place.number):\(place.column): \(worded())".visible]
      + excerpt(place.row, column: place.column)
  }

  /// The most cells of a line that a report shows.
  private static let widest = 160

  /// The line with a caret under it; of a long line, the part around the place.
  private func excerpt(_ row: Substring, column: Int) -> [String] {
    var characters = Array(row)
    var place = max(column - 1, 0)
    if characters.count > CommandError.widest {
      let start = max(0, min(place - CommandError.widest / 2, characters.count - CommandError.widest))
      let end = start + CommandError.widest
      let (before, after) = (start > 0 ? "…" : "", end < characters.count ? "…" : "")
      characters = Array(before) + characters[start..<end] + Array(after)
      place += before.count - start
    }
    let shown = characters.map { String($0).visible }
    // A place behind the line's end is as many blanks further.
    let behind = [String](repeating: " ", count: max(place - shown.count, 0))
    let indent = (shown + behind).prefix(place).map {
      $0 == "\t" ? "\t" : String(repeating: " ", count: $0.displayWidth)
    }
    return [shown.joined(), indent.joined() + "^"]
  }
}

extension CommandError {
  /// Ends work that takes long once somebody asks for that.
  static func heedStopSign() throws(CommandError) {
    guard StopSign.current?.isUp == true else { return }
    throw CommandError("stopped", at: 0)
  }
}
