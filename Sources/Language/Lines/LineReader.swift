/// Parts bytes into lines, as they come: a line can be run before the next one is there.
package struct LineReader {
  private let read: () -> [UInt8]?
  private var buffer: LineBuffer
  private var isAtEnd = false

  /// Reads from something that gives bytes, and nil at its end.
  package init(source: String, read: @escaping () -> [UInt8]?) {
    self.read = read
    buffer = LineBuffer(source: source)
  }

  /// Reads a text that is there already.
  package init(source: String, text: String) {
    read = { nil }
    buffer = LineBuffer(source: source, bytes: Array(text.utf8))
    isAtEnd = true
  }

  /// The next line, or nil behind the last one.
  /// - Throws: where a line is too long or no UTF-8.
  package mutating func next() throws(CommandError) -> Line? {
    while true {
      if let line = try buffer.next(isAtEnd: isAtEnd) { return line }
      if isAtEnd { return nil }
      if let more = read() { buffer.append(more) } else { isAtEnd = true }
    }
  }
}
