import Engine
import Notation
import Panels

/// An expression that is plotted over iterations; its values are among the line of time's records. Which iterations are
/// looked at depends only on how many there are, and each is looked at once.
struct Plot: Sendable {
  let expression: Expression
  /// What the values were found with: the `let`s, and the sample on show.
  private var definitions = Definitions()
  private var selected = 0
  private let kept = KeptProbe()

  /// The most iterations that are looked at, and how many operations on numbers each look may take.
  static let most = (looks: 128, work: 500_000)

  init(_ expression: Expression) { self.expression = expression }

  /// The loss is recorded anyway.
  private var isLoss: Bool { expression.names(.loss) }

  /// How many iterations are complete.
  private static func complete(_ timeline: Timeline) -> Int {
    let (furthest, operations) = (timeline.furthest, timeline.state.program.operations.count)
    return furthest.iteration + (operations > 0 && furthest.operation == operations ? 1 : 0)
  }

  /// Every so many iterations one is looked at: a power of two.
  private static func spacing(_ count: Int) -> Int {
    var spacing = 1
    while (count + spacing - 1) / spacing > most.looks { spacing *= 2 }
    return spacing
  }

  /// The iterations that are looked at, of so many complete ones.
  private static func looks(_ count: Int, _ spacing: Int) -> [Int] {
    (0..<(count + spacing - 1) / spacing).map { Curve.iteration(ofIndex: $0, spacing: spacing) }.filter { $0 < count }
  }

  /// Looks at the iterations that were reached since, and puts what it finds among the records.
  /// On the way of a run the last one of all is passed over: it would be another at each look.
  mutating func update(
    _ records: inout Records, _ timeline: Timeline, _ definitions: Definitions, isOnTheWay: Bool = false
  ) {
    guard !isLoss else { return }
    if self.definitions != definitions || selected != timeline.state.selected { records = Records() }
    (self.definitions, selected) = (definitions, timeline.state.selected)
    let count = Plot.complete(timeline)
    let spacing = Plot.spacing(count)
    var looks = Plot.looks(count, spacing)
    if count > 0, looks.last != count - 1, !isOnTheWay { looks.append(count - 1) }
    if records.values.count > looks.count {
      let wanted = Set(looks)
      records.values = records.values.filter { wanted.contains($0.key) }
    }
    var ahead = timeline
    for iteration in looks where records.values[iteration] == nil {
      // Whoever waits for a slice of a long run does not wait for another way to there: what is on show is looked at as it
      // goes by, the rest once the run is over.
      if isOnTheWay, isSlow(timeline, at: iteration) { continue }
      // Behind the place the way is short from a checkpoint, ahead of it one goes on from the iteration before.
      if iteration < timeline.place.iteration {
        var line = timeline
        records.values[iteration] = value(&line, iteration)
      } else {
        records.values[iteration] = value(&ahead, iteration)
      }
    }
  }

  /// Whether a look takes so long that it is felt.
  private func isSlow(_ timeline: Timeline, at iteration: Int) -> Bool {
    let experiment = timeline.experiment
    if experiment.isLarge, expression.names.contains(where: { Quantity.named($0)?.kind.isMeasured == true }) {
      return true
    }
    return experiment.isLong && (iteration != timeline.place.iteration || !timeline.state.isAtEnd)
  }

  /// The value at an iteration's end.
  private func value(_ line: inout Timeline, _ iteration: Int) -> Double {
    if line.place.iteration != iteration || !line.state.isAtEnd {
      line.move(to: Place(iteration: iteration, operation: 1))
      line.move(to: Place(iteration: iteration, operation: line.state.program.operations.count))
    }
    let scope = StateScope(line, definitions: definitions)
    return (try? kept.value(of: expression, in: scope, maximumWork: Plot.most.work))?.scalar ?? .nan
  }

  /// What there is to draw.
  func curve(_ timeline: Timeline) -> PlottedCurve {
    if isLoss {
      let (values, end) = timeline.losses.whole
      return PlottedCurve(expression.pretty, values: values, spacing: timeline.losses.spacing, end: end)
    }
    let count = Plot.complete(timeline)
    let spacing = Plot.spacing(count)
    var looks = Plot.looks(count, spacing)
    // While a run is under way its last iteration is not looked at.
    var end = looks.last == count - 1 ? nil : timeline.records.values[count - 1].map { _ in count - 1 }
    if count == 0 { end = nil }
    if let end { looks.append(end) }
    let found = looks.map { timeline.records.values[$0] ?? .nan }
    return PlottedCurve(expression.pretty, values: found, spacing: spacing, end: end)
  }
}

extension Session {
  /// The size of a curve in a transcript.
  static let plottedSize = (width: 60, height: 8)

  /// Looks at what has been reached since, for the curve on the screen.
  mutating func updatePlot() {
    guard var plot = content.plot else { return }
    var records = content.timeline.records
    plot.update(&records, content.timeline, definitions, isOnTheWay: inProgress?.commands.isEmpty == false)
    content.timeline.records = records
    content.plot = plot
  }

  /// Draws an expression over all iterations, and keeps it on the screen.
  mutating func plot(_ expression: Expression) throws(CommandError) -> Answer {
    content.plot = Plot(expression)
    content.timeline.records = Records()
    updatePlot()
    guard let curve = content.plot?.curve(timeline) else { return Answer() }
    let place = timeline.place.iteration
    let drawn = curve.lines(width: Session.plottedSize.width, height: Session.plottedSize.height, at: place)
    let finite = curve.values.filter(\.isFinite)
    var text: Text = "\(expression)"
    let leftOut = Session.words(ofNotFinite: curve.values.count - finite.count, of: curve.values.count)
    if let first = finite.first, let last = finite.last {
      text += " in iterations \(curve.iteration(0)) to \(curve.iteration(curve.values.count - 1))"
      if curve.spacing > 1 { text += ", one in \(curve.spacing)" }
      text += ": from \(writing.number(first)) to \(writing.number(last))"
      if let leftOut { text += "; " + leftOut }
    } else {
      text += curve.values.isEmpty ? ": no iteration is complete yet" : " has no finite value at any iteration's end"
    }
    var answer = Answer([text] + drawn.map { Text(verbatim: $0) })
    answer.warnings = expression.lints(in: scope).map(\.message)
    if !curve.values.isEmpty { answer.panel = Panel.plot.name }
    if !finite.isEmpty { answer.besidePanel = leftOut.map { [$0] } ?? [] }
    answer.fields = [
      .init("spacing", .number(Double(curve.spacing))),
      .init("iterations", .array(curve.values.indices.map { .number(Double(curve.iteration($0))) })),
      .init("values", .array(curve.values.map { .number($0) })),
    ]
    return answer
  }

  /// Looks at an expression's value where it has one. What is not computed yet may be watched and plotted; what never will
  /// be may not.
  func requireSense(
    of expression: Expression, _ look: (Matrix) throws(CommandError) -> Void = { _ in }
  ) throws(CommandError) {
    let value: Matrix
    do throws(EvaluationError) { value = try expression.evaluate(in: scope) } catch {
      if error.isNotComputed { return }
      throw CommandError(error.message, at: error.range?.lowerBound ?? expression.range.lowerBound)
    }
    try look(value)
  }
}
