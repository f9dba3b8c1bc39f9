import Engine
import Glibc
import Language

/// A session's file, or standard input, read as it comes.
struct InputFile {
  private let descriptor: Int32
  /// The name for messages: `-` is standard input.
  let name: String

  /// Opens a file; `-` is standard input.
  /// - Throws: a sentence that says why it cannot be read.
  init(_ name: String) throws(UsageError) {
    self.name = name
    let shown = name == "-" ? "standard input" : name
    descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw UsageError("\(shown): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw UsageError("\(shown) is a directory, and a session's lines are expected")
    }
  }

  /// Its lines, one by one.
  var lines: LineReader { LineReader(source: name, read: next) }

  /// The most bytes that are read at once where all of them are needed.
  private static let largest = 64 << 20

  /// All of it.
  /// - Throws: where there is too much of it.
  func bytes() throws(UsageError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = next() {
      bytes += more
      guard bytes.count <= InputFile.largest else {
        throw UsageError("\(name) is too large for the screen; at most \(InputFile.largest) bytes are read")
      }
    }
    return bytes
  }

  /// The bytes that come next; nil at the end.
  private func next() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 { return Array(buffer[..<count]) }
      if count < 0, errno == EINTR, !Interruption.hasCome { continue }
      return nil
    }
  }
}

/// The program was called in a way that it does not know.
struct UsageError: Error {
  let message: Text

  init(_ message: Text) { self.message = message }
}
