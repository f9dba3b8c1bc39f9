import Engine
import Language
import Panels

/// Where a file that is opened on the screen is to stand.
package enum OpeningPlace: Equatable, Sendable {
  /// At its beginning: a lesson before its first line, a session before its first step.
  case start
  /// Where all of its lines lead to.
  case end
  /// At a step of it.
  case step(Int)

  /// What is typed for it: `start`, `end` or the number of a step; nil of anything else.
  package init?(_ text: String) {
    switch text {
    case "start": self = .start
    case "end": self = .end
    default:
      guard text.allSatisfy(\.isNumber), let step = Int(text) else { return nil }
      self = .step(step)
    }
  }

  /// The line that goes there once the file is played; nil where that is there.
  var line: String? {
    switch self {
    case .start: "goto start"
    case .end: nil
    case .step(let step): "goto \(step)"
    }
  }
}

/// How a file is opened: as a session that goes on where it was left, or as a lesson that goes on where it begins.
extension App {
  /// A screen on a file. One that tells something, and is no session that was saved from here, is a lesson: what builds its
  /// network is played, the rest is ahead. Any other is replayed, by `advance(until:)`.
  package init(opening file: LineBuffer, at place: OpeningPlace? = nil) {
    guard place == nil || place == .start, let lesson = App.lesson(in: file) else {
      self.init(replaying: file, at: place)
      return
    }
    self.init(presenting: lesson)
    let name = file.source.split(separator: "/").last.map(String.init) ?? file.source
    if place == nil { presentWhatBuilds() }
    guard failure == nil else { return }
    message = Message("\(name) is a lesson: → goes on a line at a time, End plays it to its end")
  }

  /// The lines of a file that tells something; nil where it is a session that was saved, tells nothing, or cannot be read,
  /// which replaying it will say.
  private static func lesson(in file: LineBuffer) -> [Line]? {
    var (file, lines) = (file, [Line]())
    do throws(CommandError) {
      while let line = try file.next() { lines.append(line) }
    } catch {
      return nil
    }
    guard lines.first?.spoken != Session.header, lines.contains(where: { $0.kind == .narration }) else { return nil }
    return lines
  }

  /// Plays a script's lines as far as they build something: up to the first that moves, looks or asserts.
  private mutating func presentWhatBuilds() {
    while let line = presentation?.nextLine, line.builds {
      presentNext()
      guard let error = presentation?.failure else { continue }
      // As of any file in error that is opened.
      failure = error
      isOver = true
      return
    }
  }

  // MARK: playing on

  /// Plays the script to its end, a line after another, with the screen live meanwhile.
  mutating func playOut() {
    guard let presentation, !isRunning else { return }
    comeBack()
    guard !presentation.isAtEnd else { return presentNext() }
    isPlayingOut = true
    message = nil
    advance(until: .now + .milliseconds(20))
  }

  /// Begins the script's next line while it is played to its end; false where it is there.
  mutating func beginNextOfScript() -> Bool {
    guard isPlayingOut, let presentation else { return false }
    guard !presentation.isAtEnd else {
      isPlayingOut = false
      let failed = presentation.outcomes.values.count { $0 == .fails }
      message =
        failed == 0
        ? Message("the script ends here; ← takes a command back, q quits")
        : Message("the script ends here; \(counted(failed, "line")) of it failed", .bad)
      return false
    }
    // What the line before said gives way to how far it is.
    message = nil
    beginScriptLine()
    return true
  }
}
