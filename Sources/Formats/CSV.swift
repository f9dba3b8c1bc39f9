import Engine

/// Comma-separated values as RFC 4180 describes them, and as programs really write them: fields may be quoted, a quote
/// inside quotes is doubled, quoted fields may hold separators and line ends; lines end with LF, CR LF or CR; a byte
/// order mark, blank lines and lines that begin with `#` are passed over, above the first row those with `%` too, and so
/// are blanks around a field. The separator is the comma, or what the first row has in its place: see `Separator`. The
/// names of the columns may also stand in the last comment before the first row, as `savetxt` writes them, and may lack
/// one for the rows' own labels, as in R.
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
    return Table(
      bytes: bytes, fields: reader.fields, columnCount: reader.columnCount, comment: reader.comment,
      sizes: reader.sizes, mayHaveDecimalCommas: reader.mayHaveDecimalCommas, separator: reader.separator)
  }
}

/// The walk over the bytes: one field after the other, one row after the other.
private struct CSVReader {
  let bytes: [UInt8]
  let separator: Separator
  private var position: Int
  private var lastComment: Int?
  private(set) var fields: [Table.Field] = []
  private(set) var columnCount = 0
  /// The fields of the last comment before the first row, where it has as many as that.
  private(set) var comment: [Table.Field] = []
  /// The fields of a first row that only says how much there is and what the classes are called.
  private(set) var sizes: [Table.Field] = []
  /// Whether a comma can stand inside a field.
  private(set) var mayHaveDecimalCommas: Bool

  init(bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    separator = Separator(ofFirstRowIn: bytes[position...])
    mayHaveDecimalCommas = separator != .character(comma)
  }

  mutating func readRows() throws(FormatError) {
    while skipBlankLines() {
      try FormatError.heedStopSign()
      let first = fields.count
      while try readField() {}
      let count = fields.count - first
      if columnCount == 0 {
        columnCount = count
        comment = try fieldsOfLastComment()
      }
      if count != columnCount, !hasTakenAsFirst(rowOf: count, from: first) { throw unevenRow(from: first) }
      guard fields.count <= CSV.mostFields else {
        throw error(at: Int(fields[first].start)) { "line \($0): the file has more than \(CSV.mostFields) fields" }
      }
    }
  }

  /// Whether a second row with another number of fields is the first of the table's own, since what stands above it is of
  /// another kind: names without one for the rows' labels, or how much there is, with the names of the classes.
  private mutating func hasTakenAsFirst(rowOf count: Int, from first: Int) -> Bool {
    guard first == columnCount else { return false }
    let above = RawRows(bytes: bytes, fields: Array(fields[..<first]), columnCount: columnCount)
    let below = RawRows(bytes: bytes, fields: Array(fields[first...]), columnCount: count)
    if count == columnCount + 1, below.isLabel(0, 0), (0..<columnCount).allSatisfy({ above.number(0, $0) == nil }) {
      let start = fields[0].start
      fields.insert(Table.Field(start: start, end: start), at: 0)
    } else if columnCount > 2, above.number(0, 1) == Double(count - 1), above.number(0, 0) != nil,
      (2..<columnCount).allSatisfy({ above.number(0, $0) == nil })
    {
      sizes = Array(fields[..<first])
      fields.removeFirst(first)
    } else {
      return false
    }
    columnCount = count
    return true
  }

  /// What the last comment before the first row holds, read as a row of its own.
  private func fieldsOfLastComment() throws(FormatError) -> [Table.Field] {
    guard let lastComment else { return [] }
    var reader = self
    (reader.position, reader.fields) = (lastComment, [])
    do throws(FormatError) { while try reader.readField() {} } catch { return [] }
    return reader.fields.count == columnCount ? reader.fields : []
  }

  /// Moves to the next line that holds something; false at the end of the text.
  private mutating func skipBlankLines() -> Bool {
    var probe = position
    while probe < bytes.count {
      if isLineBreak(bytes[probe]) {
        position = probe + 1
      } else if bytes[probe] == commentSign || fields.isEmpty && bytes[probe] == headSign {
        if fields.isEmpty { lastComment = probe + 1 }
        probe = bytes[probe...].firstIndex(where: isLineBreak) ?? bytes.count
        continue
      } else if !isBlank(bytes[probe]) || (separator != .blanks && separator.ends(bytes[probe])) {
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
      mayHaveDecimalCommas = true
      end = position
      let isParted = position < bytes.count && separator.ends(bytes[position])
      skipBlanks()
      if position < bytes.count, !isParted, !separator.ends(bytes[position]), !isLineBreak(bytes[position]) {
        let name = separator.words
        throw error(at: position) { "line \($0): after a closing quote comes \(name) or the end of the line" }
      }
    } else {
      while position < bytes.count, !separator.ends(bytes[position]), !isLineBreak(bytes[position]) {
        position += 1
        if !isBlank(bytes[position - 1]) { end = position }
      }
    }
    fields.append(Table.Field(start: UInt32(start), end: UInt32(end)))
    if separator == .blanks { skipBlanks() }
    guard position < bytes.count else { return false }
    if separator == .blanks, !isLineBreak(bytes[position]) { return true }
    position += 1
    return separator.ends(bytes[position - 1])
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
    while position < bytes.count, isBlank(bytes[position]), separator == .blanks || !separator.ends(bytes[position]) {
      position += 1
    }
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
