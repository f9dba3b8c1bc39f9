import Engine
import Formats
import Notation
import Panels

extension Command {
  /// The command that puts the history into rows.
  static let table = Command(
    "table", elsewhere: ["log", "history"], .look, "table EXPR… [every [N] STRIDE] [from A to B] [to FILE.csv]",
    """
    Puts what expressions are worth into rows, one for every iteration, or for every stride that is named, of all that were \
    ever taken or of the steps from A to B; as if they had been logged. Of many rows \(HistoryTable.mostShown) are shown; \
    with a file all of them are written there. A matrix has a column for each element.
    """,
    example: small + "run 5\ntable loss w2\ntable delta1[1] loss every layer from 1 to 14",
    effect: .looks,
    complete: { session, words in
      words.last == "every"
        ? Stride.allCases.filter { $0 >= .layer }.map(\.name) : session.names + ["every", "from", "to"]
    }
  ) { session, arguments throws(CommandError) in try session.table(&arguments) }
}

extension Session {
  fileprivate func table(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    var expressions: [Expression] = []
    let words = ["every", "from", "to"]
    while let word = arguments.peek, !words.contains(word.text) {
      let expression = try arguments.expression()
      try requireSense(of: expression)
      expressions.append(expression)
    }
    guard !expressions.isEmpty else { throw arguments.failure("an expression was expected here") }
    var (count, stride) = (1, Stride.iteration)
    if arguments.accept("every") {
      guard !arguments.isAtEnd else { throw arguments.failure("a stride was expected here, as in every 10 iterations") }
      let column = arguments.column
      (count, stride) = try arguments.strides(.layer)
      guard stride >= .layer else {
        throw CommandError("a row stands where a layer step or something longer ends", at: column)
      }
    }
    var (start, end): (Place, Place?) = (Place(), nil)
    if arguments.accept("from") {
      let furthest = timeline.step(at: timeline.furthest)
      let first = try arguments.integer("a step that was reached,", in: 0...furthest)
      guard arguments.accept("to") else { throw arguments.failure("to and a step were expected here") }
      let last = try arguments.integer("a step that was reached, and none before the first,", in: first...furthest)
      start = timeline.lastLayerStep(before: timeline.place(ofStep: first))
      end = timeline.place(ofStep: last)
    }
    var file: Word?
    if arguments.accept("to") {
      let word = try arguments.word("a file")
      try HistoryTable.requireOwn(word)
      file = word
    }
    let (columns, firstToEnd) = (expressions, (start, end))
    return .look { [count, stride, file] session throws(CommandError) in
      var table = HistoryTable(columns, isWhole: file != nil, every: count)
      let rows = Rows(table)
      try session.look(at: columns, every: stride, from: firstToEnd.0, to: firstToEnd.1) {
        sight throws(EvaluationError) in try rows.table.note(sight)
      }
      table = rows.table
      guard let file else { return session.answer(showing: table) }
      try session.write(Array(table.csv.utf8), to: file)
      return Answer("\(counted(table.count, "row")) in \(file.text): \(table.names.joined(separator: ", "))")
    }
  }

  /// The table as it is shown.
  private func answer(showing table: HistoryTable) -> Answer {
    let shown = table.cells { writing.number($0) }
    var answer = Answer(verbatim: AlignedRows.lines(shown))
    if table.count == 0 {
      answer.lines = ["no such stride has been completed yet"]
    } else if shown.count - 1 < table.count {
      answer.lines.append("\(shown.count - 1) of \(table.count) rows; to FILE.csv writes them all")
    }
    answer.fields = [.init("rows", .number(Double(table.count)))] + table.fields
    return answer
  }
}

/// A table that is filled along a walk, by nobody else.
private final class Rows {
  @exclusivity(unchecked) var table: HistoryTable
  init(_ table: HistoryTable) { self.table = table }
}

/// Rows of text with their columns below each other, to the right.
private enum AlignedRows {
  static func lines(_ rows: [[String]]) -> [String] {
    let widths = rows.first.map { first in
      first.indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
    }
    return rows.map { row in
      zip(row, widths ?? []).map { $0.padded(to: $1, onTheRight: true) }.joined(separator: "  ")
    }
  }
}
