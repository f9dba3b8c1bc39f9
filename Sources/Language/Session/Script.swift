import Engine
import Formats

/// The lines of a file that is being taken in, one after another.
struct Script: Sendable {
  let path: String
  private let lines: [Line]
  private var index = 0
  /// How it was before the file.
  let undoFloor: Int
  let undoMarks: Int
  let linesBefore: Int
  let contentBefore: Shared<Session.Content>

  /// How many files may take in one another.
  static let deepest = 16

  init(_ path: String, lines: [Line], in session: Session) {
    self.path = path
    self.lines = lines
    undoFloor = session.undo.floor
    undoMarks = session.undo.marks.count
    linesBefore = session.entries.count
    contentBefore = session.$content
  }

  /// The next line, or nil behind the last one.
  mutating func next() -> Line? {
    guard index < lines.count else { return nil }
    defer { index += 1 }
    return lines[index]
  }

  /// Reads a file's lines.
  static func read(_ path: String, at column: Int) throws(CommandError) -> [Line] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(path) } catch {
      throw CommandError(error.message, at: column)
    }
    var chunk: [UInt8]? = bytes
    var reader = LineReader(source: path) {
      defer { chunk = nil }
      return chunk
    }
    var lines: [Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }
}

extension Session {
  /// The files that are being taken in, the outermost first, which is the one that a line of it stands in.
  func openFiles(at line: Line) -> [String] {
    let commands = inProgress?.commands ?? []
    let outermost = (commands.first?.line ?? line).source
    let first = outermost == "-" || outermost == Line.prompt ? [] : [Session.wholePath(outermost)]
    return first + commands.compactMap { if case .script(let script) = $0.task { script.path } else { nil } }
  }
}
