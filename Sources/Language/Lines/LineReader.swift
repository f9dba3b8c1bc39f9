import Formats

/// Parts bytes into lines, as they come: a line can be run before the next one is there. Lines end with LF or CR LF.
public struct LineReader {
  /// The longest line that is read, in bytes.
  public static let longest = 1 << 20

  private let source: String
  private let read: () -> [UInt8]?
  private var buffer: [UInt8] = []
  private var position = 0
  private var number = 0
  private var isAtEnd = false

  /// Reads from something that gives bytes, and nil at its end.
  public init(source: String, read: @escaping () -> [UInt8]?) {
    self.source = source
    self.read = read
  }

  /// Reads a text that is there already.
  public init(source: String, text: String) {
    self.init(source: source) { nil }
    buffer = Array(text.utf8)
    isAtEnd = true
  }

  /// The next line, or nil behind the last one.
  /// - Throws: where a line is too long or no UTF-8.
  public mutating func next() throws(CommandError) -> Line? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return try line(buffer[position..<end])
      }
      searched = buffer.count
      if buffer.count - position > LineReader.longest { return try line(buffer[position...]) }
      if isAtEnd {
        guard position < buffer.count else { return nil }
        defer { position = buffer.count }
        return try line(buffer[position...])
      }
      if position > 0 {
        buffer.removeFirst(position)
        searched -= position
        position = 0
      }
      if let more = read() { buffer += more } else { isAtEnd = true }
    }
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>) throws(CommandError) -> Line {
    number += 1
    var bytes = bytes
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard bytes.count <= LineReader.longest else {
      throw failure("a line of at most \(LineReader.longest) bytes was expected")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("this line is not UTF-8 text")
    }
    guard !bytes.contains(0) else { throw failure("this line holds a zero byte; a text was expected") }
    return Line(text, source: source, number: number)
  }

  private func failure(_ message: String) -> CommandError {
    CommandError(message, in: Line("", source: source, number: number))
  }
}
