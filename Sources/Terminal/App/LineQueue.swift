import Engine
import Language
import Panels

/// Lines that wait their turn: what was typed or pasted at the prompt, or a file that is opened on the screen. They are
/// given one after another, never one inside the other; the first that fails ends it.
struct LineQueue: Sendable {
  /// Where the lines come from.
  enum Origin: Equatable, Sendable {
    case prompt
    case file
  }

  let origin: Origin
  /// How many lines there are.
  private(set) var count: Int
  /// How many of them have been given.
  private(set) var given = 0
  /// What was pasted behind the last line's end: it stands at the prompt once all are done.
  private(set) var tail: String
  /// Whether it is a session that was saved: such a file begins with the version of its language.
  private(set) var isSavedSession = false
  /// The file, or the prompt.
  var source: String { buffer.source }
  /// What the last command answered, to be said once all are done.
  var last: (answer: Answer, given: App.Given)?
  private var buffer: LineBuffer
  /// The verdicts that failed: how many, and the first one's line.
  private var failures = 0
  private var firstFailure: Line?

  /// Lines as they were typed or pasted, and what was pasted behind the last line's end.
  init(prompt lines: [String], tail: String = "") {
    self.init(LineBuffer(source: Line.prompt, bytes: LineQueue.bytes(of: lines)), .prompt, tail: tail)
  }

  /// The lines of a file.
  init(file: LineBuffer) { self.init(file, .file) }

  private init(_ buffer: LineBuffer, _ origin: Origin, tail: String = "") {
    self.tail = tail
    self.buffer = buffer
    self.origin = origin
    count = buffer.count
  }

  /// Puts more lines of the prompt behind those that still wait; false where none does, or those are of a file.
  mutating func append(_ lines: [String], tail: String) -> Bool {
    guard origin == .prompt, given < count else { return false }
    buffer.append(LineQueue.bytes(of: lines))
    count += lines.count
    if !tail.isEmpty { self.tail = tail }
    return true
  }

  private static func bytes(of lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  /// Takes the next line that has something to do; nil behind the last one.
  mutating func next() throws(CommandError) -> Line? {
    while let line = try buffer.next() {
      given += line.rowCount
      // Blank lines of a file belong to its session; what it answered once does not.
      if line.kind == .answer || line.kind == .blank && origin == .prompt { continue }
      if given == line.rowCount { isSavedSession = line.spoken == Session.header }
      return line
    }
    return nil
  }

  /// Notes what a line answered.
  mutating func note(_ answer: Answer, _ given: App.Given) {
    last = (answer, given)
    guard answer.hasFailed else { return }
    failures += 1
    if firstFailure == nil { firstFailure = given.line }
  }

  /// Which line is under way, as `line 12 of 130`.
  var progress: String { "line \(given) of \(count)" }

  /// How many pasted lines are named one by one where they are not run.
  private static let mostNamed = 3
  /// How many characters of a line are enough to know it by.
  private static let clip = 40

  /// How many lines have not been given, in words; nil where there are none. Of what was pasted, which.
  var rest: Text? {
    let left = count - given
    guard origin == .prompt else { return left > 0 ? "not run: \(counted(left, "more line"))" : nil }
    let all = left + (tail.isEmpty ? 0 : 1)
    guard all > 0 else { return nil }
    var buffer = buffer
    var named: [String] = []
    while named.count < min(all, LineQueue.mostNamed) {
      // What is no line of text is not named either.
      guard let line = try? buffer.next() else { break }
      named.append(line.inOneRow)
    }
    if named.count < min(all, LineQueue.mostNamed), !tail.isEmpty { named.append(tail) }
    let shown = named.map { line in
      let text = line.trimmingPrefix { $0 == " " }
      return text.count > LineQueue.clip ? text.prefix(LineQueue.clip - 1) + "…" : String(text)
    }
    let list = shown.joined(separator: "; ") + (all > named.count ? "; …" : "")
    return "not run: \(counted(all, "more pasted line")): \(list)"
  }

  /// What is to be said of a file that was replayed.
  func greeting(isAtStart: Bool) -> Message {
    let file = buffer.source.split(separator: "/").last.map(String.init) ?? buffer.source
    guard let firstFailure else {
      return Message(
        isAtStart
          ? "\(file) is replayed; ? shows every key" : "\(file) is replayed; Home goes to its start, ? shows every key")
    }
    let verdicts = failures == 1 ? "a verdict fails" : "\(failures) verdicts fail"
    return Message("\(file): \(verdicts), the first in line \(firstFailure.number): \(firstFailure.spoken)", .bad)
  }
}
