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
    let table = try CSV.read(bytes: bytes)
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
}
