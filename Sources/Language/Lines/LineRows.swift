/// A line may take several rows of its file: those that an open bracket joined to the first.
extension Line {
  /// The rows, as they were given.
  var rows: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The line in one row, each character in its place; of several rows the comments between them are left out,
  /// and semicolons stand where their ends part the rows of an array.
  package var inOneRow: String { text.contains("\n") ? command : text }

  /// How many rows it takes.
  package var rowCount: Int { text.reduce(1) { $1 == "\n" ? $0 + 1 : $0 } }

  /// The row that a column, counted from 1 through all rows, is in, and the place in that row.
  func place(ofColumn column: Int) -> (number: Int, column: Int, row: Substring) {
    var rest = column - 1
    let rows = rows
    for (index, row) in rows.enumerated() {
      if rest <= row.count || index == rows.count - 1 { return (number + index, rest + 1, row) }
      rest -= row.count + 1
    }
    return (number, column, text[...])
  }
}
