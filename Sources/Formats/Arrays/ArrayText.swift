import Engine

/// Arrays of text files: JSON with its names, and tables of numbers.
enum ArrayText {
  /// The arrays of a JSON text: the members of an object by their names, those of objects inside it with a point between.
  static func json(_ bytes: [UInt8]) throws(FormatError) -> [ArrayFile.Entry] {
    var entries: [ArrayFile.Entry] = []
    collect(try JSONReader.read(bytes), "", into: &entries)
    return entries
  }

  private static func collect(_ tree: JSONTree, _ name: String, into entries: inout [ArrayFile.Entry]) {
    func inside(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
    switch tree {
    case .numbers(let shape, let numbers):
      let array = NumberArray(name: name, shape: shape, elements: numbers)
      entries.append(ArrayFile.Entry(name: name) { array })
    case .object(let members): for member in members { collect(member.value, inside(member.key), into: &entries) }
    case .list(let values):
      for (index, value) in values.enumerated() { collect(value, inside(String(index)), into: &entries) }
    // What is text or nothing is no array, and none of those that are looked for.
    case .string, .null: break
    }
  }

  /// The numbers of a table: the whole without a name, and each column by its name where there is a header. A table of one
  /// row is an array of one dimension.
  static func table(_ bytes: [UInt8]) throws(FormatError) -> [ArrayFile.Entry] {
    let table = try CSV.read(bytes: partedByCommas(bytes))
    guard table.rowCount > 0 else {
      throw FormatError(ofFile: "it holds no row of numbers")
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(table.rowCount * table.columnCount)
    for row in 0..<table.rowCount {
      for column in 0..<table.columnCount {
        guard let number = table.number(row, column) else {
          let text = table.text(row, column)
          throw table.error(
            row, column,
            text.isEmpty
              ? "a number was expected in \(table.label(column)), there is nothing"
              : "a number was expected in \(table.label(column)), not \(text)")
        }
        numbers.append(number)
      }
    }
    let (rows, columns) = (table.rowCount, table.columnCount)
    let whole = NumberArray(shape: rows == 1 ? [columns] : [rows, columns], elements: numbers)
    let all = whole.elements
    var entries = [ArrayFile.Entry(name: "") { whole }]
    for (column, name) in table.names.enumerated() where !name.isEmpty {
      entries.append(
        ArrayFile.Entry(name: name) {
          NumberArray(name: name, shape: [rows], elements: (0..<rows).map { all[$0 * columns + column] })
        })
    }
    return entries
  }

  /// A table whose columns are parted by blanks alone, as `numpy.savetxt` writes it, with commas instead, its comments
  /// left out; any other as it is.
  private static func partedByCommas(_ bytes: [UInt8]) -> [UInt8] {
    let hasSeparator = bytes.contains { [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "\"")].contains($0) }
    guard !hasSeparator else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let words = line.prefix { $0 != UInt8(ascii: "#") }.split { $0 == 0x20 || $0 == 0x0D }
      for (index, word) in words.enumerated() {
        if index > 0 { result.append(UInt8(ascii: ",")) }
        result += word
      }
      result.append(0x0A)
    }
    return result
  }
}
