import Engine

/// Comma-separated values as RFC 4180 describes them, and as programs really write them: fields may be quoted, a quote
/// inside quotes is doubled, quoted fields may hold separators and line ends; lines end with LF, CR LF or CR; a byte
/// order mark and blank lines are passed over, and so are blanks around a field. The separator is the comma, or the
/// semicolon or tab where the first line has those alone.
package enum CSV {
  /// The largest text that is read, in bytes: 64 MB.
  package static let largestSize = 64 << 20
  /// The largest number of fields in a file.
  package static let mostFields = 10_000_000

  /// Reads a text; see `read(bytes:)`.
  package static func read(_ text: String) throws(FormatError) -> Table { try read(bytes: Array(text.utf8)) }

  /// Reads UTF-8 text into a table, whose rows all have as many fields as the first. Throws where a row has not, where
  /// a quote is not closed or something follows a closing one, where the text is not UTF-8, and beyond the bounds.
  package static func read(bytes: [UInt8]) throws(FormatError) -> Table {
    guard bytes.count <= largestSize else {
      throw FormatError(
        subject: .file, line: 1, column: 1, excerpt: "",
        message: "the file has \(bytes.count) bytes; at most \(largestSize) are read")
    }
    if let bad = firstInvalidByte(bytes) {
      let place = TextPosition(of: bad, in: bytes)
      let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      throw FormatError(
        subject: .file, line: place.line, column: place.column, excerpt: place.excerpt,
        message: isUTF16 ? "the file is UTF-16; save it as UTF-8" : "line \(place.line) is not UTF-8 text")
    }
    var reader = CSVReader(bytes: bytes)
    try reader.readRows()
    return Table(bytes: bytes, fields: reader.fields, columnCount: reader.columnCount)
  }
}

/// The walk over the bytes: one field after the other, one row after the other.
private struct CSVReader {
  let bytes: [UInt8]
  private let separator: UInt8
  private var position: Int
  private(set) var fields: [Table.Field] = []
  private(set) var columnCount = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    separator = separatorOfFirstLine(bytes[position...])
  }

  mutating func readRows() throws(FormatError) {
    while skipBlankLines() {
      let first = fields.count
      while try readField() {}
      let count = fields.count - first
      if columnCount == 0 { columnCount = count }
      if count != columnCount { throw unevenRow(from: first) }
      guard fields.count <= CSV.mostFields else {
        throw error(at: Int(fields[first].start)) { "line \($0): the file has more than \(CSV.mostFields) fields" }
      }
    }
  }

  /// Moves to the next line that holds something; false at the end of the text.
  private mutating func skipBlankLines() -> Bool {
    var probe = position
    while probe < bytes.count {
      if isLineBreak(bytes[probe]) {
        position = probe + 1
      } else if !isBlank(bytes[probe]) || bytes[probe] == separator {
        return true
      }
      probe += 1
    }
    return false
  }

  /// Reads one field and what ends it; true where a separator did, so that another field follows in the row.
  private mutating func readField() throws(FormatError) -> Bool {
    skipBlanks()
    let start = position
    var end = start
    if position < bytes.count, bytes[position] == quote {
      try skipQuoted()
      end = position
      skipBlanks()
      if position < bytes.count, bytes[position] != separator, !isLineBreak(bytes[position]) {
        let name = separator == UInt8(ascii: "\t") ? "tab" : "`\(Character(UnicodeScalar(separator)))`"
        throw error(at: position) { "line \($0): after a closing quote comes \(name) or the end of the line" }
      }
    } else {
      while position < bytes.count, bytes[position] != separator, !isLineBreak(bytes[position]) {
        position += 1
        if !isBlank(bytes[position - 1]) { end = position }
      }
    }
    fields.append(Table.Field(start: UInt32(start), end: UInt32(end)))
    guard position < bytes.count else { return false }
    position += 1
    return bytes[position - 1] == separator
  }

  /// Moves behind the closing quote of the quoted field that begins here.
  private mutating func skipQuoted() throws(FormatError) {
    let opening = position
    position += 1
    while position < bytes.count {
      if bytes[position] == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else {
          position += 1
          return
        }
        position += 1
      }
      position += 1
    }
    throw error(at: opening) { "line \($0): this quote is never closed" }
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlank(bytes[position]), bytes[position] != separator { position += 1 }
  }

  private func unevenRow(from first: Int) -> FormatError {
    let count = fields.count - first
    let above = RawRows(bytes: bytes, fields: Array(fields[..<first]), columnCount: columnCount)
    let model: Text =
      above.firstIsHeader ? "the header" : "line \(TextPosition(of: Int(fields[0].start), in: bytes).line)"
    // The caret stands under the first field too many, or behind the last of too few.
    let offset = count > columnCount ? fields[first + columnCount].start : fields[fields.count - 1].end
    let line = TextPosition(of: Int(fields[first].start), in: bytes).line
    return error(at: Int(offset)) { _ in
      "line \(line) has \(counted(count, "field")), \(model) has \(columnCount)"
    }
  }

  private func error(at offset: Int, _ message: (_ line: Int) -> Text) -> FormatError {
    let place = TextPosition(of: offset, in: bytes)
    return FormatError(
      subject: .file, line: place.line, column: place.column, excerpt: place.excerpt, message: message(place.line))
  }
}

/// LF and CR both end a line; of CR LF the LF is then a blank line, which is passed over.
private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

/// The comma, unless the first line that holds something has tabs alone or semicolons alone; commas between two digits,
/// the decimal commas of some countries, do not count beside semicolons.
private func separatorOfFirstLine(_ text: ArraySlice<UInt8>) -> UInt8 {
  let (comma, semicolon, tab) = (UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"))
  var counts: [UInt8: Int] = [:]
  var decimalCommas = 0
  var isQuoted = false
  var holdsSomething = false
  for (position, byte) in zip(text.indices, text) {
    if byte == quote { isQuoted.toggle() }
    if isQuoted { continue }
    if isLineBreak(byte) {
      if holdsSomething { break }
      counts = [:]
      continue
    }
    if !isBlank(byte) { holdsSomething = true }
    if byte == comma || byte == semicolon || byte == tab { counts[byte, default: 0] += 1 }
    if byte == comma, isDigit(text, position - 1), isDigit(text, position + 1) { decimalCommas += 1 }
  }
  let (commas, semicolons, tabs) = (counts[comma] ?? 0, counts[semicolon] ?? 0, counts[tab] ?? 0)
  if semicolons > 0 && commas == decimalCommas { return semicolon }
  return tabs > 0 && commas == 0 && semicolons == 0 ? tab : comma
}

private func isDigit(_ text: ArraySlice<UInt8>, _ position: Int) -> Bool {
  text.indices.contains(position) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position])
}
