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
  /// What the decimals of its numbers stand behind: a point or a comma.
  let decimalSign: UInt8
  /// What the classes are called that its last column holds as 0, 1, 2 …, where the file says so above its rows.
  let classNames: [String]

  /// The columns' names where the file has a header, else empty. A name may be empty, and two may be alike.
  package let names: [String]
  /// The number of fields in a row.
  package let columnCount: Int
  /// The number of rows, without the header.
  package let rowCount: Int

  /// Whether the first row is a header is found out here; `RawRows.firstIsHeader` says how. Where it is none, a comment
  /// above it may be.
  init(
    bytes: [UInt8], fields: [Field], columnCount: Int, comment: [Field], sizes: [Field], mayHaveDecimalCommas: Bool,
    separator: Separator
  ) {
    var raw = RawRows(bytes: bytes, fields: fields, columnCount: columnCount)
    if mayHaveDecimalCommas { raw.decimalSign = raw.signOfDecimals(isCommaPlain: separator != .character(comma)) }
    var sizes = RawRows(bytes: bytes, fields: sizes, columnCount: sizes.count)
    if sizes.fields.isEmpty, raw.firstSaysSizes {
      sizes = RawRows(bytes: bytes, fields: Array(fields[..<columnCount]), columnCount: columnCount)
      raw.fields.removeFirst(columnCount)
    }
    classNames = sizes.fields.isEmpty ? [] : (2..<sizes.columnCount).map { sizes.text(0, $0) }
    var headerRows = raw.headerRows
    if headerRows == 0, !comment.isEmpty {
      raw.fields.insert(contentsOf: comment, at: 0)
      headerRows = 1
    }
    self.bytes = bytes
    self.columnCount = columnCount
    self.headerRows = headerRows
    self.fields = raw.fields
    decimalSign = raw.decimalSign
    names = headerRows == 0 ? [] : (0..<columnCount).map { raw.text(0, $0) }
    rowCount = (columnCount == 0 ? 0 : raw.fields.count / columnCount) - headerRows
  }

  private var raw: RawRows {
    RawRows(bytes: bytes, fields: fields, columnCount: columnCount, decimalSign: decimalSign)
  }

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

  /// Whether a field holds nothing, or a word that says so: see `RawRows.missing`.
  func isMissing(_ row: Int, _ column: Int) -> Bool { raw.isMissing(row + headerRows, column) }

  /// Whether the first column only numbers or names the rows: it has no name where the others have one, and holds words,
  /// or the whole numbers from 0 or 1 on. That is how pandas and R write a table's index.
  var firstNamesTheRows: Bool {
    guard names.count > 2, names[0].isEmpty, names.dropFirst().allSatisfy({ !$0.isEmpty }) else { return false }
    guard holdsNumbers(0), let first = number(0, 0) else { return rowCount > 0 && !holdsNumbers(0) }
    guard first == 0 || first == 1 else { return false }
    return (0..<rowCount).allSatisfy { number($0, 0) == first + Double($0) }
  }

  /// An error at a field; the message is put behind the number of its line.
  func error(_ row: Int, _ column: Int, _ message: Text) -> FormatError {
    let field = fields[(row + headerRows) * columnCount + column]
    let place = TextPosition(of: Int(field.start), in: bytes)
    return FormatError(
      subject: .file, line: place.line, column: place.column, excerpt: place.excerpt,
      message: "line \(place.line): \(message)")
  }
}
