import Engine
import Notation

/// What rows of the history are asked for: expressions, how often, and between which steps.
struct TableQuery: Sendable {
  /// The expressions.
  let expressions: [Expression]
  /// A row for every so many strides.
  private(set) var every = 1
  private(set) var stride = Stride.iteration
  /// The first and the last step; nil where all are.
  private(set) var steps: ClosedRange<Int>?

  /// The words that end the expressions.
  static let words = ["every", "from", "to"]

  /// Reads `EXPR… [every [N] STRIDE] [from A to B]`, of a history of so many steps.
  init(_ arguments: inout Arguments, in session: Session, furthest: Int) throws(CommandError) {
    var expressions: [Expression] = []
    while let word = arguments.peek, !TableQuery.words.contains(word.text) {
      let expression = try arguments.expression()
      try session.requireMeaning(of: expression)
      expressions.append(expression)
    }
    self.expressions = expressions
    if expressions.isEmpty, let word = arguments.peek {
      throw arguments.failure("an expression was expected before \(word.text)")
    }
    if arguments.accept("every") {
      guard !arguments.isAtEnd else { throw arguments.failure("a stride was expected here, as in every 10 iterations") }
      let column = arguments.column
      (every, stride) = try arguments.strides(.layer)
      guard stride >= .layer else {
        throw CommandError("a row stands where a layer step or something longer ends", at: column)
      }
    }
    if arguments.accept("from") {
      let first = try arguments.integer("a step that was reached", in: 0...furthest)
      guard arguments.accept("to") else { throw arguments.failure("to and a step were expected here") }
      let last = try arguments.integer("a step that was reached and is none before the first", in: first...furthest)
      steps = first...last
    }
  }

  /// Where a walk begins and ends on a line of time; the end nil where the line has none before.
  func ends(on line: Timeline) -> (start: Place, end: Place) {
    guard let steps else { return (Place(), line.furthest) }
    return (
      line.lastLayerStep(before: line.place(ofStep: steps.lowerBound)),
      min(line.place(ofStep: steps.upperBound), line.furthest)
    )
  }
}
