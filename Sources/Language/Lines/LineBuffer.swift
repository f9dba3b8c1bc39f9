import Engine
import Formats

/// Bytes that are parted into lines one by one, so that what was read at once need not be understood at once. Lines end
/// with LF or CR LF; a bracket that is open goes on with the next one.
package struct LineBuffer: Sendable {
  /// The longest line that is read, in bytes.
  package static let longest = 1 << 20

  /// The name of what the lines come from, for messages.
  package let source: String
  private var bytes: [UInt8] = []
  /// Where the next line begins.
  private var position = 0
  /// How far its end was looked for in vain.
  private var searched = 0
  private var number = 0
  /// The rows of a line whose end is not there yet: an open bracket goes on.
  private var open: (text: String, brackets: OpenBrackets, number: Int)?

  /// Nothing yet.
  package init(source: String) { self.source = source }

  /// All the bytes that there are.
  package init(source: String, bytes: [UInt8]) {
    self.source = source
    self.bytes = bytes
  }

  /// How many lines are left, as far as the bytes are there.
  package var count: Int {
    let rest = bytes[position...]
    let ends = rest.reduce(into: 0) { count, byte in if byte == LineBuffer.newline { count += 1 } }
    return rest.isEmpty || rest.last == LineBuffer.newline ? ends : ends + 1
  }

  /// Puts more bytes behind those that are there.
  package mutating func append(_ more: [UInt8]) {
    bytes.removeFirst(position)
    searched -= position
    position = 0
    bytes += more
  }

  /// The next line; nil where its end is not there yet, or behind the last one.
  /// - Parameter isAtEnd: whether no more bytes come, so that the last line needs no end.
  /// - Throws: where a line is too long or no UTF-8.
  package mutating func next(isAtEnd: Bool = true) throws(CommandError) -> Line? {
    while true {
      let (position, searched, number) = (position, searched, number)
      guard let row = try nextRow(isAtEnd: isAtEnd) else { return isAtEnd ? takeOpen() : nil }
      guard open != nil else {
        let brackets = OpenBrackets(row)
        guard brackets.goOn else { return Line(row, source: source, number: self.number) }
        open = (row, brackets, self.number)
        continue
      }
      if OpenBrackets.beginsCommand(row) {
        // What is open was never closed, which reading it will say. The command is the next line.
        (self.position, self.searched, self.number) = (position, searched, number)
        return takeOpen()
      }
      // In its place, so that a long array is not copied with every row of it.
      open?.text += "\n" + row
      open?.brackets.read(row)
      if let line = open, line.text.utf8.count > LineBuffer.longest {
        open = nil
        throw CommandError(
          "a line of at most \(LineBuffer.longest) bytes was expected, with all that stands in its brackets",
          in: Line("", source: source, number: line.number))
      }
      if open?.brackets.goOn == false { return takeOpen() }
    }
  }

  /// The line that is open, as far as it goes.
  private mutating func takeOpen() -> Line? {
    defer { open = nil }
    return open.map { Line($0.text, source: source, number: $0.number) }
  }

  /// The next row; see `next(isAtEnd:)`.
  private mutating func nextRow(isAtEnd: Bool) throws(CommandError) -> String? {
    if let end = bytes[max(position, searched)...].firstIndex(of: LineBuffer.newline) {
      return try line(to: end, followedBy: end + 1)
    }
    searched = bytes.count
    let isTooLong = bytes.count - position > LineBuffer.longest
    guard position < bytes.count, isAtEnd || isTooLong else { return nil }
    return try line(to: bytes.count, followedBy: bytes.count)
  }

  private static let newline = UInt8(ascii: "\n")

  private mutating func line(to end: Int, followedBy next: Int) throws(CommandError) -> String {
    var bytes = bytes[position..<end]
    position = next
    number += 1
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard bytes.count <= LineBuffer.longest else {
      throw failure("a line of at most \(LineBuffer.longest) bytes was expected")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("this line is not UTF-8 text")
    }
    guard !bytes.contains(0) else { throw failure("this line holds a zero byte; a text was expected") }
    return text
  }

  private func failure(_ message: Text) -> CommandError {
    CommandError(message, in: Line("", source: source, number: number))
  }
}
