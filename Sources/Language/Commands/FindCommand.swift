import Engine
import Formats
import Notation

extension Command {
  /// The commands that ask the whole history.
  static let asking: [Command] = [
    Command(
      "find", elsewhere: ["grep", "search"], .look, "find COND [first N|last|count]",
      """
      Says after which layer steps a condition holds, of all that were ever taken, as if it had been looked at all along: \
      the first \(Finding.most.usual), or as many as are asked for, the last, or only how many. Where it goes on holding that is \
      said of the step where it begins to. Stopped on the way it says what it has found by then. On the screen Enter goes to a step, and Esc comes back to the list. What is not computed yet at a \
      step does not hold there; `at(step-7, …)` reads other steps.
      """,
      example: small
        + "run 20\nfind loss < 0.15\nfind delta1[1] * at(step-7, delta1[1]) < 0 first 3\nfind loss > 0.1 count",
      effect: .looks, keepsWhatIsDone: true,
      complete: { session, words in session.names + ["first", "last", "count"] }
    ) { session, arguments throws(CommandError) in try session.find(&arguments) },
    table, whyTold,
  ]
}

/// Which of the places found are said.
private enum Finding {
  case first(Int)
  case last
  case count

  /// How many are said where nothing is asked for, and how many may be.
  static let most = (usual: 10, asked: 10_000)
}

extension Session {
  fileprivate func find(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    // All of them, as far as they are listed, is what it says without a word.
    let isOfAll = arguments.accept("all")
    let condition = try arguments.condition()
    var wanted = Finding.first(isOfAll ? Finding.most.asked : Finding.most.usual)
    if arguments.accept("first") {
      wanted = .first(
        arguments.isAtEnd ? 1 : try arguments.integer("how many are to be said", in: 1...Finding.most.asked))
    } else if arguments.accept("last") {
      wanted = .last
    } else if arguments.accept("count") {
      wanted = .count
    }
    try requireCondition(condition)
    try requireProspect(of: condition, .anywhere)
    return .look { [wanted] session throws(CommandError) in try session.found(condition, wanted) }
  }

  /// Where a condition holds along the whole line of time.
  private func found(_ condition: Expression, _ wanted: Finding) throws(CommandError) -> Answer {
    let seen = Seen(keeping: { if case .first(let most) = wanted { most } else { 0 } }())
    let failure = try look(
      at: [condition.asCondition], along: timeline, every: .layer, to: timeline.furthest, keepingWhatIsSeen: true
    ) { sight throws(EvaluationError) in
      let holds = sight.holds(0)
      // What was evaluated while the sign went up may not have been to its end.
      if StopSign.current?.isUp != true { seen.note(sight.place.place, holds: holds) }
    }
    let isStopped = StopSign.current?.isUp == true
    if seen.looks == 0 { try CommandError.heedStopSign() }
    var stops = seen.first
    if case .last = wanted { stops = seen.last.map { [Seen.Stop(place: $0)] } ?? [] }
    var line = timeline
    var (lines, steps): ([Text], [JSONValue]) = ([], [])
    var leads: [Int: Answer.Lead] = [:]
    for stop in stops {
      let run: Text = stop.inARow > 1 ? ", the first of \(stop.inARow) steps in a row" : ""
      let step = timeline.step(at: stop.place)
      steps.append(.number(Double(step)))
      // The first line says of how many steps it holds.
      leads[lines.count + 1] = Answer.Lead(line: "goto \(step)", cell: nil)
      // Whoever stops it does not wait until each was gone to.
      guard !isStopped else {
        lines.append("step \(step)" + run)
        continue
      }
      line.move(to: stop.place)
      // What takes effect between two iterations is there at the step before, which was taken without it.
      let change: Text = line.state.isChangedAtEnd ? ", as it was changed there" : ""
      lines.append(line.state.stepInWords + change + run)
    }
    let looks: Text = counted(seen.looks, "layer step")
    var head: Text =
      isStopped
      ? "stopped: \(condition) holds after \(seen.count) of the first \(looks)"
      : "\(condition) holds after \(seen.count) of \(looks)"
    switch wanted {
    case .count: break
    case .last where seen.count > 1: head += "; the last:"
    case .first(let most) where seen.count > most: head += most == 1 ? "; the first:" : "; the first \(most):"
    default: head += seen.count > 0 ? ":" : ""
    }
    var answer = Answer(
      [head] + lines,
      sayingAll: [
        .init("count", .number(Double(seen.count))), .init("looks", .number(Double(seen.looks))),
        .init("steps", .array(steps)),
      ])
    answer.leads = leads
    answer.isCutShort = isStopped
    answer.warnings = condition.lints(in: scope).map(\.message) + (failure.map { ["at some steps \($0)"] } ?? [])
    return answer
  }

  /// Looks at expressions after every stride between two places of a line of time.
  ///
  /// The answer is why one had no value somewhere, where that was for another reason than that something is not computed yet.
  /// - Throws: where none had a value anywhere for such a reason, what the look throws, or when it is to stop, unless what
  ///   was seen by then is kept.
  @discardableResult
  func look(
    at expressions: [Expression], along line: Timeline, every stride: Stride, from start: Place = Place(),
    to end: Place, keepingWhatIsSeen keeps: Bool = false,
    _ look: @escaping (Probes.Sight) throws(EvaluationError) -> Void
  ) throws(CommandError) -> Text? {
    let (sign, done, failure) = (StopSign.current, ShareDone.current, Failed())
    done?.begin(from: start, to: end)
    let probes = Probes(
      expressions, at: stride >= .iteration ? .iterations : .layerSteps, definitions: definitions,
      layout: content.layout)
    var line = line
    line.move(to: start)
    _ = probes.walk(&line, to: end) { sight in
      guard sight.place.ends(stride) else { return false }
      done?.note(sight.place.place.iteration)
      if sign?.isUp == true { return true }
      do throws(EvaluationError) { try look(sight) } catch {
        failure.error = error
        return true
      }
      return false
    }
    if probes.found == 0 { failure.error = failure.error ?? probes.failure }
    if let error = failure.error {
      throw CommandError(error.message, at: error.range?.lowerBound ?? expressions.first?.range.lowerBound ?? 0)
    }
    if keeps, sign?.isUp == true { return nil }
    try CommandError.heedStopSign()
    // What means nothing in any network that there was is an error of whoever typed it.
    if probes.found == 0 { for expression in expressions { try requireSense(of: expression) } }
    return probes.failure?.message
  }
}

/// Why a look failed. Looks are taken one after another, and by nobody else.
private final class Failed {
  @exclusivity(unchecked) var error: EvaluationError?
}

/// What was seen of a condition along a walk, by nobody else.
private final class Seen {
  private let most: Int
  @exclusivity(unchecked) private(set) var first: [Stop] = []
  @exclusivity(unchecked) private(set) var last: Place?
  @exclusivity(unchecked) private(set) var (looks, count) = (0, 0)
  /// Which of the first the steps in a row belong to that are under way, by where it stands among them; nil of none.
  @exclusivity(unchecked) private var begun: Int?
  /// Whether it held at the step before.
  @exclusivity(unchecked) private var held = false

  /// A place where it holds.
  struct Stop {
    let place: Place
    /// At how many steps from there on it holds, where it did not at the one before; else 0.
    var inARow = 0
  }

  init(keeping most: Int) { self.most = most }

  func note(_ place: Place, holds: Bool) {
    looks += 1
    guard holds else { return held = false }
    count += 1
    last = place
    if !held { begun = first.count < most ? first.count : nil }
    held = true
    if first.count < most { first.append(Stop(place: place)) }
    if let begun { first[begun].inARow += 1 }
  }
}
