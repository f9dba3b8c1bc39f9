import Engine

/// Rows before anything is known about a header.
struct RawRows {
  let bytes: [UInt8]
  var fields: [Table.Field]
  let columnCount: Int
  /// What the decimals of a number stand behind.
  var decimalSign = UInt8(ascii: ".")

  /// The words that stand where a number or a class is not known, whatever the case of their letters.
  static let missing: Set<String> = ["", "?", "na", "n/a", "nan", "null"]

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

  func number(_ row: Int, _ column: Int) -> Double? { decimalNumber(inside(row, column), decimalSign: decimalSign) }

  /// A field without its quotes and the blanks in them.
  private func inside(_ row: Int, _ column: Int) -> ArraySlice<UInt8> {
    let slice = slice(row, column)
    guard slice.first == quote else { return slice }
    var inside = slice.dropFirst().dropLast()
    while let byte = inside.first, isBlank(byte) { inside = inside.dropFirst() }
    while let byte = inside.last, isBlank(byte) { inside = inside.dropLast() }
    return inside
  }

  /// Whether a field is a word, or quoted as one, as R writes what it calls its rows.
  func isLabel(_ row: Int, _ column: Int) -> Bool {
    slice(row, column).first == quote || (number(row, column) == nil && !isMissing(row, column))
  }

  func isMissing(_ row: Int, _ column: Int) -> Bool {
    let inside = inside(row, column)
    guard inside.count <= 7 else { return false }
    return inside.isEmpty || RawRows.missing.contains(String(decoding: inside, as: UTF8.self).lowercased())
  }

  private var rowCount: Int { columnCount == 0 ? 0 : fields.count / columnCount }

  /// Whether most of a column's fields are numbers, those that are missing left out.
  func holdsNumbers(_ column: Int, from first: Int) -> Bool {
    var (numbers, known) = (0, 0)
    if StopSign.current?.isUp == true { return false }
    for row in first..<max(rowCount, first) {
      if let number = number(row, column), !number.isNaN {
        numbers += 1
        known += 1
      } else if !isMissing(row, column) {
        known += 1
      }
    }
    return numbers * 2 > known
  }

  /// What the decimals stand behind: a comma where numbers are written so and none with a point. In a table that commas
  /// part such numbers are quoted, and three digits behind each comma may as well be thousands: then it is no decimal sign.
  func signOfDecimals(isCommaPlain: Bool) -> UInt8 {
    let point = UInt8(ascii: ".")
    var isComma = false
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let word = inside(row, column)
        if word.contains(point), decimalNumber(word) != nil { return point }
        guard let place = word.firstIndex(of: comma), decimalNumber(word, decimalSign: comma) != nil else { continue }
        if isCommaPlain || word.endIndex - place != 4 { isComma = true }
      }
    }
    return isComma ? comma : point
  }

  /// Whether the first row says how many rows and how many inputs there are, and what the classes are called, as the files
  /// that come with scikit-learn do: `150,4,setosa,versicolor,virginica`.
  var firstSaysSizes: Bool {
    guard columnCount > 3, rowCount > 1, number(0, 0) == Double(rowCount - 1) else { return false }
    return number(0, 1) == Double(columnCount - 1) && (2..<columnCount).allSatisfy { number(0, $0) == nil }
      && holdsNumbers(columnCount - 1, from: 1)
  }

  /// How many rows stand above those with the numbers: a header, and below it perhaps one more, as of units.
  var headerRows: Int {
    guard firstIsHeader else { return 0 }
    guard rowCount > 3 else { return 1 }
    let numeric = (0..<columnCount).filter { holdsNumbers($0, from: 2) }
    let isSecond =
      !numeric.isEmpty && numeric.count > 1 && numeric.allSatisfy { number(1, $0) == nil && !isMissing(1, $0) }
    return isSecond ? 2 : 1
  }

  /// Whether the first row names the columns. Columns of numbers decide where there are any: over every one of them
  /// the first row must hold something else, for a single word among numbers is a slip of the pen and no header; but where
  /// columns are only counted there (0, 1, 2 …, as pandas names them), one word beside will do. A column of classes decides
  /// nothing by itself, since its name and its classes look alike; but no name comes again below it. Where all columns are
  /// text, a header's names are also all there and all different.
  var firstIsHeader: Bool {
    guard rowCount > 0 else { return false }
    let firstNumbers = (0..<columnCount).filter { number(0, $0) != nil }
    if rowCount == 1 { return firstNumbers.isEmpty && !(0..<columnCount).contains { isMissing(0, $0) } }
    let numeric = (0..<columnCount).filter { holdsNumbers($0, from: 1) }
    if numeric.isEmpty {
      guard firstNumbers.isEmpty, Set((0..<columnCount).map { text(0, $0) }).count == columnCount else { return false }
      guard (0..<columnCount).allSatisfy({ !slice(0, $0).isEmpty }) else { return false }
    } else {
      let named = numeric.filter { !firstNumbers.contains($0) }
      guard named.contains(where: { !isMissing(0, $0) }) else { return false }
      guard named.count == numeric.count || firstOnlyCounts(firstNumbers) else { return false }
    }
    return (0..<columnCount).allSatisfy { column in
      let name = slice(0, column)
      return name.isEmpty || number(0, column) != nil || !(1..<rowCount).contains { slice($0, column) == name }
    }
  }

  /// Whether the numbers in the first row count the columns, from 0 or from 1.
  private func firstOnlyCounts(_ columns: [Int]) -> Bool {
    guard columns.count > 1, let first = columns.first.flatMap({ number(0, $0) }), first == 0 || first == 1 else {
      return false
    }
    return columns.enumerated().allSatisfy { number(0, $1) == first + Double($0) }
  }
}
