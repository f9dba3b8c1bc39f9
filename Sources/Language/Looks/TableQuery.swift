import Engine
import Notation

/// What rows of the history are asked for: expressions, how often, and between which places.
struct TableQuery: Sendable {
  /// The expressions.
  let expressions: [Expression]
  /// A row for every so many strides.
  private(set) var every = 1
  private(set) var stride = Stride.iteration
  /// The first place and the last; nil where all the history is asked for.
  private var bounds: (first: Bound, last: Bound)?

  /// A place that has a meaning on every line of time.
  private enum Bound: Sendable {
    case step(Int)
    /// The end of an iteration, counted from 0.
    case iteration(Int)
    case furthest

    var isStep: Bool { if case .step = self { true } else { false } }

    func place(on line: Timeline) -> Place {
      switch self {
      case .step(let step): line.place(ofStep: step)
      case .iteration(let iteration): line.end(ofIteration: iteration)
      case .furthest: line.furthest
      }
    }
  }

  /// Where it is said how often, or else between which places; nil where neither is.
  private(set) var column: Int?

  /// Whether it asks for what lies between two places.
  var isOfRange: Bool { bounds != nil }

  /// Whether every iteration is asked for, from the first to the last.
  var isOfAllIterations: Bool { every == 1 && stride == .iteration && bounds == nil }

  /// What is said where no such stride ends between the places that were asked for.
  func nothingThere(on line: Timeline) -> Text {
    guard let bounds else {
      return every > 1 ? "\(counted(every, stride.name)) are not complete yet" : "no \(stride.name) is complete yet"
    }
    let steps = [bounds.first, bounds.last].map { line.step(at: $0.place(on: line)) }
    let none: Text =
      every > 1
      ? "none of every \(counted(every, stride.name)) ends from step \(steps[0]) to step \(steps[1])"
      : "no \(stride.name) ends from step \(steps[0]) to step \(steps[1])"
    return bounds.first.isStep || bounds.last.isStep ? none + "; " + TableQuery.countsSteps : none
  }

  /// How numbers are taken that stand alone.
  private static let countsSteps: Text = "a number alone counts layer steps, iteration 20 iterations"

  /// The words that end the expressions.
  static let words = ["every", "from", "to"]

  /// Reads `EXPR… [every [N] STRIDE] [from A [to B]]`, of a history of so many steps.
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
    try readStride(&arguments)
    try readBounds(&arguments, in: session, furthest: furthest)
    // The other way round it is as plain.
    if bounds != nil { try readStride(&arguments) }
  }

  /// Reads `every [N] STRIDE`, where it stands there.
  private mutating func readStride(_ arguments: inout Arguments) throws(CommandError) {
    guard arguments.accept("every") else { return }
    guard !arguments.isAtEnd else { throw arguments.failure("a stride was expected here, as in every 10 iterations") }
    let column = arguments.column
    self.column = column
    // A number alone counts layer steps, whatever follows it.
    if let next = arguments.next, TableQuery.words.contains(next.text), arguments.peek.flatMap({ Int($0.text) }) != nil
    {
      (every, stride) = (try arguments.integer("a number of strides", in: 1...Session.mostStrides), .layer)
      return
    }
    (every, stride) = try arguments.strides(.layer)
    guard stride >= .layer else {
      throw CommandError("a row stands where a layer step or something longer ends", at: column)
    }
  }

  /// Reads `from A [to B]`, where it stands there.
  private mutating func readBounds(
    _ arguments: inout Arguments, in session: Session, furthest: Int
  ) throws(CommandError) {
    let start = arguments.column
    guard arguments.accept("from") else { return }
    column = column ?? start
    let first = try TableQuery.bound(&arguments, in: session, furthest: furthest)
    // Behind `to` there may be a file as well.
    guard arguments.accept("to") else {
      bounds = (first.bound, .furthest)
      return
    }
    if let word = arguments.peek, word.text.contains("."), !word.text.hasSuffix("%") {
      arguments.unread()
      bounds = (first.bound, .furthest)
      return
    }
    let column = arguments.column
    let last = try TableQuery.bound(&arguments, in: session, furthest: furthest)
    guard last.step >= first.step else {
      throw CommandError(
        "that is step \(last.step), and the rows begin at step \(first.step); a later place was expected here",
        at: column)
    }
    bounds = (first.bound, last.bound)
  }

  /// Reads a place that was reached, as `goto` takes it.
  private static func bound(
    _ arguments: inout Arguments, in session: Session, furthest: Int
  ) throws(CommandError) -> (bound: Bound, step: Int) {
    let (column, word) = (arguments.column, arguments.peek?.text)
    let place = try session.place(&arguments)
    let step = session.timeline.step(at: place)
    if word == "end" { return (.furthest, furthest) }
    guard step <= furthest else {
      let number: Text = word.flatMap { Int($0) } == nil ? "" : "; " + countsSteps
      throw CommandError(
        "step \(step) was not reached; a place up to step \(furthest) was expected\(number)", at: column)
    }
    let isCounted = Session.countedStrides.contains { $0.name == word }
    return (isCounted ? .iteration(place.iteration) : .step(step), step)
  }

  /// How many rows there are at least on a line of time, as far as the program of an iteration says it.
  func rowsAtLeast(on line: Timeline) -> Int {
    // What is begun and what is over are counted with those between.
    max(strides(on: line) / every - 2, 0)
  }

  /// Why there would be more rows than may be, with what would fit; nil where there would not.
  func excess(on line: Timeline, over most: Int) -> Text? {
    let rows = rowsAtLeast(on: line)
    guard rows > most else { return nil }
    let fitting = (strides(on: line) + most) / most
    return
      "that is more than \(rows - 1) rows, and a file takes at most \(most): every \(counted(fitting, stride.name)) fits"
  }

  /// How many strides lie between the ends, but for one or two at each of them.
  private func strides(on line: Timeline) -> Int {
    let (start, end) = ends(on: line)
    let (steps, program) = (line.step(at: end) - line.step(at: start), line.state.program)
    let perIteration = max(program.steps.count, 1)
    return switch stride {
    case .unit, .operation, .layer: steps
    case .phase: steps / perIteration * program.phaseEnds.count
    case .iteration: steps / perIteration
    case .epoch: steps / perIteration / max(line.experiment.batchesPerEpoch, 1)
    }
  }

  /// Where a walk begins and ends on a line of time; the end nil where the line has none before.
  func ends(on line: Timeline) -> (start: Place, end: Place) {
    guard let bounds else { return (Place(), line.furthest) }
    return (
      line.lastLayerStep(before: bounds.first.place(on: line)), min(bounds.last.place(on: line), line.furthest)
    )
  }
}
