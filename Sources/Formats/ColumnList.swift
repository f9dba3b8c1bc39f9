import Engine

/// Which columns of a table a user means by `inputs=` or `targets=`: names and positions, parted by commas, as in
/// `1..4`, `1,2,5`, `sepal_length,sepal_width`, `sepal_length..petal_width`, `-1`. Positions count from 1, negative
/// ones from the end (`-1` is the last column), and a range holds both its ends. A whole number is always a position.
struct ColumnList {
  let table: Table
  let text: String
  let subject: FormatError.Subject

  /// The columns, counted from 0, in the order given. Throws where one is not there, is given twice, or is no column
  /// at all.
  func columns() throws(FormatError) -> [Int] {
    var result: [Int] = []
    var start = 0
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let blanks = piece.prefix { $0 == " " }.count
      let word = piece.dropFirst(blanks).reversed().drop { $0 == " " }.reversed()
      for column in try range(String(word), at: start + blanks) {
        guard !result.contains(column) else {
          throw error(at: start + blanks, "\(table.label(column)) is given twice")
        }
        result.append(column)
      }
      start += piece.count + 1
    }
    return result
  }

  /// One column, or all from one to another.
  private func range(_ word: String, at offset: Int) throws(FormatError) -> ClosedRange<Int> {
    guard !word.isEmpty else { throw error(at: offset, "a column's name or position is missing here") }
    if !table.names.contains(word), let dots = word.firstRange(of: "..") {
      let first = try column(String(word[..<dots.lowerBound]), at: offset)
      let behind = word[..<dots.upperBound].count
      let last = try column(String(word[dots.upperBound...]), at: offset + behind)
      guard first <= last else { throw error(at: offset, "\(word) runs backwards") }
      return first...last
    }
    let one = try column(word, at: offset)
    return one...one
  }

  private func column(_ word: String, at offset: Int) throws(FormatError) -> Int {
    if word.isEmpty { throw error(at: offset, "a column's name or position is missing here") }
    if let position = Int(word) {
      let column = position < 0 ? table.columnCount + position : position - 1
      if (0..<table.columnCount).contains(column) { return column }
      let reason: Text =
        position == 0 ? "columns count from 1" : "the table has \(counted(table.columnCount, "column"))"
      throw error(at: offset, "there is no column \(word); \(reason)")
    }
    let found = table.names.indices.filter { table.names[$0] == word }
    if let column = found.first, found.count == 1 { return column }
    if found.count > 1 {
      let places = found.map { "\($0 + 1)" }.joined(separator: ", ")
      throw error(at: offset, "columns \(places) are all called \(word); give the position instead")
    }
    throw error(at: offset, "there is no column `\(word)`; \(choices)")
  }

  private var choices: Text {
    if table.names.isEmpty { return "the table has no header, so columns go by position, 1..\(table.columnCount)" }
    let shown = table.names.prefix(8).joined(separator: ", ")
    return table.names.count > 8
      ? "the columns are \(shown), … (\(table.names.count) in all)" : "the columns are \(shown)"
  }

  private func error(at offset: Int, _ message: Text) -> FormatError {
    FormatError(subject: subject, line: 1, column: offset + 1, excerpt: text, message: message)
  }
}
