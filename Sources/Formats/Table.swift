import Engine

/// Rows of fields as a file holds them, all rows with the same number of fields. Fields are kept as places in the
/// file's own bytes and read when they are asked for, so that a large table costs eight bytes a field, and an error
/// knows where its field stood.
package struct Table: Sendable {
  /// Where a field stands in the bytes, quotes included.
  struct Field: Sendable {
    var start: UInt32
    var end: UInt32
  }

  let bytes: [UInt8]
  /// The fields of all rows, the header's first where there is one.
  let fields: [Field]
  /// 1 where the first row is a header, else 0.
  private let headerRows: Int

  /// The columns' names where the file has a header, else empty. A name may be empty, and two may be alike.
  package let names: [String]
  /// The number of fields in a row.
  package let columnCount: Int
  /// The number of rows, without the header.
  package let rowCount: Int

  /// Whether the first row is a header is found out here; `RawRows.firstIsHeader` says how.
  init(bytes: [UInt8], fields: [Field], columnCount: Int) {
    self.bytes = bytes
    self.fields = fields
    self.columnCount = columnCount
    let rows = columnCount == 0 ? 0 : fields.count / columnCount
    let raw = RawRows(bytes: bytes, fields: fields, columnCount: columnCount)
    headerRows = raw.firstIsHeader ? 1 : 0
    names = headerRows == 0 ? [] : (0..<columnCount).map { raw.text(0, $0) }
    rowCount = rows - headerRows
  }

  private var raw: RawRows { RawRows(bytes: bytes, fields: fields, columnCount: columnCount) }

  /// A field as text, its quotes taken off; row and column are counted from 0.
  package func text(_ row: Int, _ column: Int) -> String { raw.text(row + headerRows, column) }

  /// A field as a number, or nil where it is not written as one; `nan` and `inf` are numbers here.
  package func number(_ row: Int, _ column: Int) -> Double? { raw.number(row + headerRows, column) }

  /// What to call a column in a message: its name, else `column 3`, counted from 1.
  package func label(_ column: Int) -> String {
    names.indices.contains(column) && !names[column].isEmpty ? names[column] : "column \(column + 1)"
  }

  /// Whether most fields of a column are numbers. A stray word does not make it a column of text, so that the word
  /// can be pointed at.
  package func holdsNumbers(_ column: Int) -> Bool { raw.holdsNumbers(column, from: headerRows) }

  /// An error at a field; the message is put behind the number of its line.
  func error(_ row: Int, _ column: Int, _ message: Text) -> FormatError {
    let field = fields[(row + headerRows) * columnCount + column]
    let place = TextPosition(of: Int(field.start), in: bytes)
    return FormatError(
      subject: .file, line: place.line, column: place.column, excerpt: place.excerpt,
      message: "line \(place.line): \(message)")
  }
}

/// Rows before anything is known about a header.
struct RawRows {
  let bytes: [UInt8]
  let fields: [Table.Field]
  let columnCount: Int

  private func slice(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let field = fields[row * columnCount + column]
    return bytes[Int(field.start)..<Int(field.end)]
  }

  func text(_ row: Int, _ column: Int) -> String {
    let slice = slice(row, column)
    guard slice.first == quote else { return String(decoding: slice, as: UTF8.self) }
    var plain: [UInt8] = []
    plain.reserveCapacity(slice.count)
    var isSecondQuote = false
    for byte in slice.dropFirst().dropLast() {
      // Of two quotes inside a quoted field the first is kept.
      if byte == quote && isSecondQuote {
        isSecondQuote = false
      } else {
        isSecondQuote = byte == quote
        plain.append(byte)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  func number(_ row: Int, _ column: Int) -> Double? {
    let slice = slice(row, column)
    guard slice.first == quote else { return decimalNumber(slice) }
    var inside = slice.dropFirst().dropLast()
    while let byte = inside.first, isBlank(byte) { inside = inside.dropFirst() }
    while let byte = inside.last, isBlank(byte) { inside = inside.dropLast() }
    return decimalNumber(inside)
  }

  private var rowCount: Int { columnCount == 0 ? 0 : fields.count / columnCount }

  func holdsNumbers(_ column: Int, from first: Int) -> Bool {
    var numbers = 0
    for row in first..<max(rowCount, first) where number(row, column) != nil { numbers += 1 }
    return numbers * 2 > rowCount - first
  }

  /// Whether the first row names the columns. Columns of numbers decide where there are any: over every one of them
  /// the first row must hold something else, for a single word among numbers is a slip of the pen and no header. A
  /// column of classes decides nothing by itself, since its name and its classes look alike; but no name comes again
  /// below it. Where all columns are text, a header's names are also all there and all different.
  var firstIsHeader: Bool {
    guard rowCount > 0 else { return false }
    let firstNumbers = (0..<columnCount).filter { number(0, $0) != nil }
    if rowCount == 1 { return firstNumbers.isEmpty }
    let numeric = (0..<columnCount).filter { holdsNumbers($0, from: 1) }
    if numeric.isEmpty {
      guard firstNumbers.isEmpty, Set((0..<columnCount).map { text(0, $0) }).count == columnCount else { return false }
      guard (0..<columnCount).allSatisfy({ !slice(0, $0).isEmpty }) else { return false }
    } else {
      guard Set(numeric).isDisjoint(with: firstNumbers), numeric.contains(where: { !slice(0, $0).isEmpty })
      else { return false }
    }
    return (0..<columnCount).allSatisfy { column in
      let name = slice(0, column)
      return name.isEmpty || !(1..<rowCount).contains { slice($0, column) == name }
    }
  }
}

let quote = UInt8(ascii: "\"")

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
