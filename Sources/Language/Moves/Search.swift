import Engine
import Notation

/// A search along the line of time for a place where one of some conditions holds, looked at after every layer step. Ahead
/// it goes as training does; behind it looks through the past piece by piece, each from its beginning, so that it stops
/// where the same search would have stopped on its way ahead.
struct Search: Sendable {
  /// Which way it goes.
  enum Direction: Sendable {
    /// On to a place at most.
    case ahead(Place)
    /// Back to a place at most: the beginning, where nothing is said.
    case behind(Place = Place())
  }

  /// What is searched for.
  enum Subject: Sendable {
    /// A place at which a breakpoint's condition holds.
    case breakpoints([Breakpoint])
    /// One at which an expression changed.
    case change(of: Expression)
  }

  let subject: Subject
  let direction: Direction
  /// Which of the conditions hold where it stopped, by their places; none where it did not.
  private(set) var found: [Int] = []
  /// Whether the place where it begins counts too, of one that goes back.
  private let startCounts: Bool
  /// Whether it has stopped where it began.
  private(set) var isHere = false
  /// Whether it has come to its end.
  private(set) var isOver = false
  /// The past as it is being looked through, and the last place that is left of it; nil before the first look.
  private var past: Past?
  /// The last place of the past that is still to be looked through, of one that goes back; nil before the first look.
  var left: Place? { past?.end }
  /// The last place found in the piece under way.
  private var latest: Stop?

  /// Behind a reference: a move goes from piece to piece by value, and where an earlier one held the line, each would copy all
  /// its numbers. Nobody goes on with an earlier one.
  private final class Past: @unchecked Sendable {
    @exclusivity(unchecked) var line: Timeline
    @exclusivity(unchecked) var end: Place

    init(_ line: Timeline, _ end: Place) { (self.line, self.end) = (line, end) }
  }

  /// A place, with the conditions that hold there.
  private struct Stop: Sendable {
    let place: Place
    let holding: [Int]
  }

  init(for subject: Subject, _ direction: Direction, startCounts: Bool = false) {
    (self.subject, self.direction, self.startCounts) = (subject, direction, startCounts)
  }

  private var conditions: [Expression] {
    switch subject {
    case .breakpoints(let breakpoints): breakpoints.map(\.condition.asCondition)
    case .change(let expression): [Expression(.call(Function.changed, isDerivative: false, [expression])).asCondition]
    }
  }

  /// Whether it goes on in time.
  var isAhead: Bool { if case .ahead = direction { true } else { false } }

  /// The breakpoints that it stopped at.
  var met: [Breakpoint] { if case .breakpoints(let all) = subject { found.map { all[$0] } } else { [] } }

  /// Goes on until it has found something or come to its end, or the time has come.
  mutating func advance(
    _ session: inout Session, stoppingAtNonFinite stops: Bool, until deadline: ContinuousClock.Instant?
  ) -> Timeline.Arrival {
    switch direction {
    case .ahead(let goal):
      let (sighted, indices) = (Sighted(), conditions.indices)
      let arrival = probes(in: session).walk(&session.content.timeline, to: goal, until: deadline) { sight in
        if stops, !sight.place.latestLoss.isFinite { return true }
        return sighted.look(at: sight, of: indices)
      }
      found = sighted.latest?.holding ?? []
      isOver = arrival != .interrupted
      return arrival
    case .behind(let goal): return goBack(&session, to: goal, until: deadline)
    }
  }

  private mutating func goBack(
    _ session: inout Session, to goal: Place, until deadline: ContinuousClock.Instant?
  ) -> Timeline.Arrival {
    let (probes, indices) = (probes(in: session), conditions.indices)
    let past = past ?? beginBack(session)
    self.past = past
    while past.end > Place(), past.end >= goal {
      let sighted = Sighted()
      let arrival = probes.walk(&past.line, to: past.end, until: deadline) { sight in
        if sight.place.place >= goal { _ = sighted.look(at: sight, of: indices) }
        return false
      }
      latest = sighted.latest ?? latest
      if arrival == .interrupted { return .interrupted }
      if let latest {
        isHere = latest.place == session.content.timeline.state.place
        session.content.timeline.move(to: latest.place)
        found = latest.holding
        isOver = true
        return .stopped
      }
      past.end = past.line.lastLayerStep(upTo: past.line.knownBeginning(before: past.end))
      if past.end > Place() { past.line.move(to: past.line.knownBeginning(before: past.end)) }
      if let deadline, ContinuousClock.now >= deadline { return .interrupted }
    }
    isOver = true
    // Where nothing changed there is nowhere to go.
    if case .breakpoints = subject { session.content.timeline.move(to: goal) }
    return .arrived
  }

  private func beginBack(_ session: Session) -> Past {
    var line = session.timeline
    let end = startCounts ? line.lastLayerStep(upTo: line.place) : line.lastLayerStep(before: line.place)
    line.move(to: line.knownBeginning(before: end))
    return Past(line, end)
  }

  private func probes(in session: Session) -> Probes {
    Probes(conditions, at: .layerSteps, definitions: session.definitions, layout: session.content.layout)
  }

  /// What was seen along a walk. Its looks are taken one after another, and by nobody else.
  private final class Sighted {
    @exclusivity(unchecked) var latest: Stop?

    /// Whether one of the conditions holds at a place, which is noted.
    func look(at sight: Probes.Sight, of indices: Range<Int>) -> Bool {
      guard let holding = sight.holding(of: indices) else { return false }
      latest = Stop(place: sight.place.place, holding: holding)
      return true
    }
  }
}

extension Probes.Sight {
  /// Which of some conditions hold; nil where none does.
  func holding(of indices: Range<Int>) -> [Int]? {
    var holding: [Int]?
    for index in indices where holds(index) { holding = (holding ?? []) + [index] }
    return holding
  }
}

extension Expression {
  /// The same as a condition: `changed` of a matrix holds where any of its elements has changed.
  var asCondition: Expression {
    switch kind {
    case .call(Function.changed, isDerivative: false, _):
      Expression(.binary(.greater, Expression(.norm(self)), .number(0)), range: range)
    case .binary(let sign, let left, let right) where sign == .and || sign == .or:
      Expression(.binary(sign, left.asCondition, right.asCondition), range: range)
    case .unary(.not, let operand): Expression(.unary(.not, operand.asCondition), range: range)
    default: self
    }
  }
}
