import Engine
import Formats
import Notation
import Panels

extension Command {
  /// The command that puts the history into rows.
  static let table = Command(
    "table", elsewhere: ["log", "history"], .look, "table EXPR… [every [N] STRIDE] [from A [to B]] [to FILE.csv]",
    """
    Puts what expressions are worth into rows, one for every iteration, or for every stride that is named, of all that were \
    ever taken or of those from A to B, places as `goto` takes them, a number alone a step; as if they had been logged. Of many rows \
    \(HistoryTable.mostShown) at most are shown, one in so many that all samples come by; with a file all of them are \
    written there. A matrix has a column for each element.
    """,
    example: small
      + "run 5\ntable loss w2\ntable delta1[1] loss every layer from 1 to 14\ntable loss from iteration 2 to end",
    effect: .looks,
    complete: completeQuery
  ) { session, arguments throws(CommandError) in try session.table(&arguments) }

  /// What may follow in a question about the history.
  @Sendable static func completeQuery(_ session: Session, _ words: [String]) -> [String] {
    switch words.last {
    case "every": Stride.allCases.filter { $0 >= .layer }.map(\.name)
    case "from" where words.count > 1, "to" where words.contains("from"):
      Session.placeWords + session.bookmarks.map(\.name)
    default: session.names + TableQuery.words
    }
  }
}

extension Session {
  fileprivate func table(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let query = try TableQuery(&arguments, in: self, furthest: timeline.step(at: timeline.furthest))
    guard !query.expressions.isEmpty else { throw arguments.failure("an expression was expected here") }
    var file: Word?
    if arguments.accept("to") {
      let word = try arguments.word("a file")
      // The second half of a range whose first was forgotten is no file's name.
      if !query.isOfRange, Int(word.text) != nil || ["start", "end", "iteration"].contains(word.text) {
        throw CommandError(
          "\(word.text) is a place and no file: from A to \(word.text) was expected here, or a name as in loss.csv",
          at: word.range.lowerBound)
      }
      try HistoryTable.requireOwn(word)
      // Nobody should wait for what is refused in the end.
      if let excess = query.excess(on: timeline, over: HistoryTable.mostWritten) {
        throw CommandError(excess, at: query.column ?? word.range.lowerBound)
      }
      file = word
    }
    return .look { [file] session throws(CommandError) in
      let table = try session.table(of: query, along: session.timeline, isWhole: file != nil)
      guard let file else { return session.answer(showing: table, of: query) }
      try session.write(Array(table.csv.utf8), to: file)
      return Answer("\(counted(table.count, "row")) in \(file.text): \(table.names.joined(separator: ", "))")
    }
  }

  /// The rows that are asked for, along a line of time.
  func table(
    of query: TableQuery, along line: Timeline, isWhole: Bool, showing most: Int = HistoryTable.mostShown
  ) throws(CommandError) -> HistoryTable {
    let thinning = Thinning(most: most, period: line.period(of: query.stride))
    let rows = Rows(HistoryTable(query.expressions, isWhole: isWhole, every: query.every, query.stride, thinning))
    let (start, end) = query.ends(on: line)
    try look(at: query.expressions, along: line, every: query.stride, from: start, to: end) {
      sight throws(EvaluationError) in try rows.table.note(sight)
    }
    return rows.table
  }

  /// The table as it is shown.
  private func answer(showing table: HistoryTable, of query: TableQuery) -> Answer {
    let shown = table.cells(writing)
    var answer = Answer(table: shown, pinned: HistoryTable.places.count)
    if table.count == 0 {
      answer = Answer(query.nothingThere(on: timeline))
    } else if shown.count - 1 < table.count {
      answer.lines.append(
        "\(shown.count - 1) of \(table.count) rows, one in \(table.spacing); to FILE.csv writes them all")
    }
    answer.fields = [.init("rows", .number(Double(table.count)))] + table.fields
    return answer
  }
}

extension Timeline {
  /// After how many strides the samples come round, as far as they do.
  fileprivate func period(of stride: Stride) -> Int {
    let (batches, program) = (max(experiment.batchesPerEpoch, 1), state.program)
    return switch stride {
    case .epoch: 1
    case .iteration: batches
    case .phase: program.phaseEnds.count * batches
    case .unit, .operation, .layer: program.steps.count * batches
    }
  }
}

/// A table that is filled along a walk, by nobody else.
private final class Rows {
  @exclusivity(unchecked) var table: HistoryTable
  init(_ table: HistoryTable) { self.table = table }
}
