import Diagnosis
import Engine
import Formats
import Notation

/// A move along the line of time, which may be taken in slices.
struct Move: Sendable {
  /// Where it goes.
  enum Goal: Sendable {
    case place(Place)
    /// Strides until a condition holds, at most so many.
    case until(Expression, Stride, most: Int)
    /// A place where something holds.
    case search(Search)
  }

  private(set) var goal: Goal
  /// Where it began.
  let start: MoveStart
  /// All there was before it, of a move that changes more than the place.
  private var before: Shared<Session.Content>?
  /// What is recorded where a breakpoint stopped it, of one that was to go to a place; nil of any other.
  private var lineWhereStopped: String?
  /// What the line did before it began to move, as it is typed; empty where a line only moves.
  private let opening: String
  /// What the answer adds, such as that the beginning was met.
  var remark: Text
  /// Whether it trains by whole iterations, so that something comes of it.
  private let isRun: Bool
  /// The strides that are complete, of those that go on until a condition holds.
  private(set) var strides = 0
  private var isMet = false
  /// Where the stride under way ends.
  private var target: Place?
  /// Whether all numbers were finite where it began, so that a run stops where one is none any more, and steps say so.
  private let wasFinite: Bool
  /// The first number that is not finite, which ends a run.
  private var breakdown: Breakdown?

  init(
    _ goal: Goal, from timeline: Timeline, remark: Text = "", isRun: Bool = false,
    before: Shared<Session.Content>? = nil, opening: String = ""
  ) throws(CommandError) {
    self.goal = goal
    self.opening = opening
    self.isRun = isRun
    self.remark = remark
    self.before = before
    start = MoveStart(timeline)
    // Of steps the loss alone is asked: they are many, and the parameters may be too.
    wasFinite = !(timeline.state.computedLoss?.isFinite == false) && (!isRun || timeline.state.hasFiniteParameters)
    let isForward =
      switch goal {
      case .place(let place): place >= timeline.place
      case .until: true
      case .search(let search): search.isAhead
      }
    if isForward, let obstacle = timeline.experiment.obstacle { throw CommandError(obstacle, at: 0) }
  }

  /// The same move as far as one of these breakpoints at most, as what plays by itself is to go.
  func stopping(at breakpoints: [Breakpoint], in session: Session) -> Move {
    guard case .place(let place) = goal, !breakpoints.isEmpty, place != start.place else { return self }
    var move = self
    let isAhead = place > start.place
    move.goal = .search(Search(for: .breakpoints(breakpoints), isAhead ? .ahead(place) : .behind(place)))
    move.before = session.$content
    move.lineWhereStopped = isAhead ? "continue" : "rcontinue"
    return move
  }

  /// The line that is recorded of it once it is over, for the one that began it: one that stopped at a breakpoint went no
  /// further than `continue` would have gone.
  func line(for line: Line) -> Line {
    guard let text = lineWhereStopped, hasMetBreakpoint else { return line }
    return Line(text, source: line.source, number: line.number)
  }

  /// Whether it stopped at a breakpoint.
  private var hasMetBreakpoint: Bool { if case .search(let search) = goal { !search.met.isEmpty } else { false } }

  /// How it is taken back.
  var back: UndoHistory.Back {
    // A stop leaves a mark behind; one that was looked out for and did not come leaves nothing.
    let changesMore = lineWhereStopped == nil || hasMetBreakpoint
    return before.flatMap { changesMore ? .content($0) : nil } ?? .moveStart(start)
  }

  /// Goes on until it is there, or the time has come.
  mutating func advance(_ session: inout Session, until deadline: ContinuousClock.Instant?) throws(CommandError) -> Bool
  {
    switch goal {
    case .place(let place):
      let isThere = try go(to: place, &session.content.timeline, until: deadline)
      return breaksDown(&session.content.timeline) || isThere
    case .until(let condition, let stride, let most):
      if let done = try walk(&session, condition, stride, most: most, until: deadline) { return done }
      // Strides that no walk is asked at, or that a change made by hand lies among.
      var probe: Probe?
      while strides < most {
        let next = target ?? session.content.timeline.place(1, on: stride)
        target = next
        guard try go(to: next, &session.content.timeline, until: deadline) else { return false }
        target = nil
        strides += 1
        isMet = try session.holds(condition.asCondition, &probe)
        if isMet { return true }
        if let deadline, ContinuousClock.now >= deadline { return strides >= most }
      }
      return true
    case .search(var search):
      let arrival = search.advance(&session, stoppingAtNonFinite: isRun && wasFinite, until: deadline)
      goal = .search(search)
      if breaksDown(&session.content.timeline) { return true }
      if case .ahead(let end) = search.direction { try requireArrival(at: end, session.timeline, arrival) }
      if arrival == .stopped, !search.met.isEmpty { session.noteStop(at: search.met) }
      return arrival != .interrupted
    }
  }

  /// Runs, with the condition looked at where each stride ends; nil where strides are smaller than a layer step, or no walk
  /// with it may begin here.
  private mutating func walk(
    _ session: inout Session, _ condition: Expression, _ stride: Stride, most: Int,
    until deadline: ContinuousClock.Instant?
  ) throws(CommandError) -> Bool? {
    guard stride >= .layer, let (goal, probe) = walk(in: session, condition, stride, most: most) else { return nil }
    let (looks, stopsHere) = (Looks(), wasFinite)
    let arrival = session.content.timeline.walk(
      to: goal, until: deadline,
      visiting: probe.visitor(
        at: stride >= .iteration ? .iterations : .layerSteps,
        passing: stride == .iteration ? { looks.count += 1 } : nil
      ) { place in
        guard place.ends(stride) else { return false }
        looks.count += 1
        if stopsHere, !place.latestLoss.isFinite { return true }
        do throws(EvaluationError) { return try probe.holds(at: place) } catch {
          looks.failure = error
          return true
        }
      })
    strides += looks.count
    if breaksDown(&session.content.timeline) { return true }
    isMet = arrival == .stopped
    if let failure = looks.failure {
      throw CommandError(failure.message, at: failure.range?.lowerBound ?? condition.range.lowerBound)
    }
    try requireArrival(at: goal, session.timeline, arrival)
    return arrival != .interrupted
  }

  /// Where a walk ends at the latest, and what it is asked; nil where none may begin. Apart from the walk itself: whoever holds
  /// the line while it moves has all its numbers copied.
  @inline(never)
  private func walk(
    in session: Session, _ condition: Expression, _ stride: Stride, most: Int
  ) -> (goal: Place, probe: Probe)? {
    let goal = session.timeline.place(most - strides, on: stride)
    // A change on the way may make other shapes of it; then each stride is looked at by itself.
    guard let probe = try? Probe(condition.asCondition, in: session.scope), probe.mayBegin(at: session.timeline.state),
      session.timeline.isUnchanged(upTo: goal)
    else { return nil }
    return (goal, probe)
  }

  private func go(
    to place: Place, _ timeline: inout Timeline, until deadline: ContinuousClock.Instant?
  ) throws(CommandError) -> Bool {
    let arrival = timeline.walk(to: place, until: deadline, stoppingAtNonFinite: isRun && wasFinite)
    try requireArrival(at: place, timeline, arrival)
    return arrival != .interrupted
  }

  /// Whether a run has come to a number that is not finite; then it goes back to where that was computed. Steps go where
  /// they were told.
  private mutating func breaksDown(_ timeline: inout Timeline) -> Bool {
    guard wasFinite, !timeline.latestLoss.isFinite, timeline.place > start.place,
      isRun || timeline.state.isComputed(Quantity(.loss)),
      let found = Breakdown(on: timeline, after: start.place)
    else {
      return false
    }
    breakdown = found
    guard isRun else { return false }
    timeline.move(to: found.place)
    return true
  }

  /// Says why the line ends before a place.
  private func requireArrival(
    at place: Place, _ timeline: Timeline, _ arrival: Timeline.Arrival
  ) throws(CommandError) {
    guard arrival == .arrived, timeline.place < place, let obstacle = timeline.experiment.obstacle else { return }
    throw CommandError("\(obstacle) (from step \(timeline.state.step) on)", at: 0)
  }

  /// The line that takes the steps which were really taken, or nil where there were none.
  func record(in session: Session) -> String? {
    let state = session.timeline.state
    guard state.place != start.place else { return opening.isEmpty ? nil : opening }
    let iterations = state.place.iteration + (state.isAtEnd ? 1 : 0) - start.begun
    if iterations > 0, state.isAtEnd || state.place.operation == 0 {
      return (opening.isEmpty ? "" : opening + " ") + "run \(counted(iterations, "iteration"))"
    }
    // Whatever opens a future runs whole iterations from where one begins.
    return opening.isEmpty ? "goto \(state.step)" : opening
  }

  /// What it answers: where the session stands now.
  func answer(in session: Session) -> Answer {
    var news: [Text] = []
    if case .until(let condition, let stride, _) = goal {
      let count = counted(strides, stride == .layer ? "layer step" : stride.name)
      // Whoever knows breaks, which are looked at after every layer step, is told of the difference.
      let looks: Text = stride > .layer ? ", looked at where each ends" : ""
      news.append((isMet ? "\(condition) holds after \(count)" : "\(condition) does not hold after \(count)") + looks)
      if !isMet, let reason = Prospect(of: condition, on: session.timeline, .ahead).obstacle?.reason {
        news.append("nor can it hold any later: \(reason)")
      }
    }
    if !remark.isEmpty { news.append(remark) }
    if let breakdown { news.append(isRun ? "it stops there: \(breakdown.words)" : breakdown.words) }
    let loss = session.lossHere
    var text = session.whereItStands(loss)
    for piece in news { text += "; " + piece }
    var answer = Answer(text)
    answer.fields = loss.map { [JSONMember("loss", .number($0))] } ?? []
    answer.stopsPlaying = hasMetBreakpoint
    if case .search(let search) = goal, breakdown == nil, lineWhereStopped == nil || hasMetBreakpoint {
      news = [search.words(in: session)]
      answer.lines = news
      answer.fields += search.fields
    }
    if let breakdown { answer.lines += session.lines(of: breakdown) }
    if let beside = session.toldBeside() {
      answer.lines.append(beside.text)
      answer.fields.append(beside.field)
      news.append(beside.text)
    }
    if isRun, session.timeline.state.completedIterations > start.begun { answer.news = news }
    if isRun, !wasFinite {
      answer.warnings.append(
        "a number was not finite before this run began, so that none stopped it; find isnan(loss - loss) first says where it came"
      )
    }
    return answer
  }
}

extension Session {
  /// How the number came about at which a run stopped.
  fileprivate func lines(of breakdown: Breakdown) -> [Text] {
    let derivation = try? Derivation(
      of: breakdown.element, in: timeline.state, digits: digits, letters: letters)
    return (derivation?.lines(deep: false) ?? []).map { Text(verbatim: $0) }
  }
}

/// What came of the looks along a walk. They are taken one after another, and by nobody else.
private final class Looks {
  @exclusivity(unchecked) var count = 0
  @exclusivity(unchecked) var failure: EvaluationError?
}

extension Session {
  /// Whether a condition holds here; where something is not computed yet, it does not. What it was compiled to is kept.
  fileprivate func holds(_ condition: Expression, _ probe: inout Probe?) throws(CommandError) -> Bool {
    let scope = scope
    do throws(EvaluationError) {
      let known = if let probe, probe.fits(scope) { probe } else { try Probe(condition, in: scope) }
      probe = known
      return try known.holds(in: scope)
    } catch {
      if error.isNotComputed { return false }
      throw CommandError(error.message, at: error.range?.lowerBound ?? condition.range.lowerBound)
    }
  }
}
