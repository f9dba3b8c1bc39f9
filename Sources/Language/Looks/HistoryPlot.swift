import Engine
import Formats
import Notation
import Panels

extension Session {
  /// `plot EXPR… [every [N] STRIDE] [from A [to B]]`: one number over the iterations is kept on the screen; more of them, or
  /// others than where iterations end, are drawn once, each by itself, from what `table` puts into rows.
  mutating func plot(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    let query = try TableQuery(&arguments, in: self, furthest: timeline.step(at: timeline.furthest))
    guard let first = query.expressions.first else { throw arguments.failure("an expression was expected here") }
    for expression in query.expressions { try requireNumber(expression) }
    if query.expressions.count == 1, query.isOfAllIterations { return .answer(try plot(first)) }
    return .look { session throws(CommandError) in try session.drawn(query) }
  }

  /// Refuses what no curve can be drawn of.
  private func requireNumber(_ expression: Expression) throws(CommandError) {
    try requireSense(of: expression) { value throws(CommandError) in
      guard value.scalar == nil else { return }
      throw CommandError(
        "a curve has one number at each place, this is \(value.shape): take |…|, or one element",
        at: expression.range.lowerBound)
    }
  }

  /// What is said of values that no curve shows; nil where there are none.
  static func words(ofNotFinite count: Int, of all: Int) -> Text? {
    count > 0 ? "\(count) of \(counted(all, "value")) \(count == 1 ? "is" : "are") inf or nan and left out" : nil
  }

  /// The curves of a part of the history.
  private func drawn(_ query: TableQuery) throws(CommandError) -> Answer {
    let table = try table(of: query, along: timeline, isWhole: false, showing: Plot.most.looks)
    let (width, height) = Session.plottedSize
    let steps = table.steps
    var answer = Answer()
    for (index, expression) in query.expressions.enumerated() {
      guard let values = table.values(of: index) else {
        throw CommandError(
          "a curve has one number at each place, this is a matrix: take |…|, or one element",
          at: expression.range.lowerBound)
      }
      guard let begin = steps.first, let end = steps.last else {
        return Answer(query.nothingThere(on: timeline))
      }
      let finite = values.filter(\.isFinite)
      var text: Text = "\(expression)"
      if let first = finite.first, let last = finite.last {
        text += " at \(counted(table.count, "place")) from step \(begin) to step \(end)"
        if steps.count < table.count { text += ", one in \(table.spacing) looked at" }
        text += ": from \(writing.number(first)) to \(writing.number(last))"
        if let words = Session.words(ofNotFinite: table.notFinite(of: index), of: values.count) { text += "; " + words }
      } else {
        text += " has no finite value at \(counted(table.count, "place")) from step \(begin) to step \(end)"
      }
      answer.lines.append(text)
      let here = timeline.state.step
      let curve = PlottedCurve(expression.pretty, values: values)
      answer.lines += curve.lines(width: width, height: height, atStep: here, of: steps).map { Text(verbatim: $0) }
      answer.warnings += expression.lints(in: scope).map(\.message)
    }
    answer.fields = [.init("places", .number(Double(table.count)))] + table.fields
    return answer
  }
}
