import Engine
import Notation
import Panels

extension Session {
  /// What the map shows in the output's place, with the `let`s as they are now; nil shows the output.
  var mapped: MappedExpression? {
    content.mapped.map { MappedExpression($0, definitions: content.definitions) }
  }

  /// `map [EXPR]`
  mutating func map(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let column = arguments.isAtEnd ? arguments.lastColumn : arguments.column
    content.mapped = arguments.isAtEnd ? nil : try arguments.expression()
    var answer = Answer()
    if let mapped {
      do throws(EvaluationError) {
        let bounds = try mapped.bounds(in: content.timeline.state)
        let range = bounds.map { [$0.lowerBound, $0.upperBound] } ?? [.nan, .nan]
        answer.fields = [.init("range", .array(range.map { .number($0) }))]
      } catch {
        throw CommandError(error.message, at: error.range?.lowerBound ?? column)
      }
      answer.warnings = mapped.expression.lints(in: scope).map(\.message)
    }
    answer.lines = try shown(.map, at: column).map { Text(verbatim: $0) }
    answer.panel = Panel.map.name
    return answer
  }
}
