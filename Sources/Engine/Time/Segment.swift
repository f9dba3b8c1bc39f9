/// A stretch of the line of time between two changes made by hand: from `start` on, this experiment, beginning with these
/// parameters. A reference, since the line is asked for it again and again.
final class Segment: Sendable {
  /// The iterations before it.
  let start: Int
  /// The layer steps before it.
  let steps: Int
  let experiment: Experiment
  let parameters: [LayerParameters]
  let schedule: Schedule
  let sharedProgram: Shared<Program>
  /// Whether the change left nothing of the iteration before it to be shown: another network or other data.
  let isFresh: Bool
  /// The step that was completed last before it.
  let arrivedBy: LayerStep?

  /// Whether an iteration takes so long that its layer steps are taken in pieces where somebody waits.
  let isLong: Bool

  /// What was put in by hand in its first iteration.
  let injections: [Injection]

  init(
    start: Int, steps: Int, experiment: Experiment, parameters: [LayerParameters], schedule: Schedule,
    program: Shared<Program>, isFresh: Bool, arrivedBy: LayerStep?, injections: [Injection] = []
  ) {
    (self.start, self.steps, self.experiment, self.parameters) = (start, steps, experiment, parameters)
    (self.schedule, sharedProgram, self.isFresh, self.arrivedBy) = (schedule, program, isFresh, arrivedBy)
    self.injections = injections
    isLong = experiment.isLong
  }

  /// What an iteration consists of.
  var program: Program { _read { yield sharedProgram.wrappedValue } }

  /// How many operations an iteration has.
  var operations: Int { program.operations.count }

  /// The state at its beginning; with samples that are put in place `later`, one that is only to go on in pieces.
  func begin(later: Bool = false) -> State {
    var state = State(
      experiment, parameters, iteration: start, stepsBefore: steps, schedule: schedule, program: sharedProgram,
      later: later)
    state.arrivedBy = arrivedBy
    state.injections = injections
    return state
  }
}

extension Segment {
  /// Where it can be taken up: at a checkpoint, or at its own beginning where that is later.
  func beginning(_ checkpoint: Checkpoint?) -> (parameters: [LayerParameters], iteration: Int, steps: Int) {
    guard let checkpoint, checkpoint.iteration > start else { return (parameters, start, steps) }
    return (checkpoint.parameters, checkpoint.iteration, steps + (checkpoint.iteration - start) * program.steps.count)
  }
}

extension Trail where Element == Segment {
  /// The index of the first segment that begins with an iteration or after it; the count where none does.
  func firstIndex(from iteration: Int) -> Int { index { $0.start >= iteration } }

  /// The index of the first segment that is far enough along the line; the count where none is. What holds of one has to
  /// hold of those behind it.
  func index(ofFirst isFar: (Segment) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isFar(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The parameters at the beginning of an iteration, kept so that going back is short.
struct Checkpoint: Sendable {
  let iteration: Int
  let parameters: [LayerParameters]
}

/// Checkpoints within a budget: when they are too many, every second one is dropped, and between two of them the iterations
/// are computed again, to the same bits.
struct Checkpoints: Sendable {
  private(set) var list: [Checkpoint] = []
  /// Every so many iterations one is kept; a power of two.
  private(set) var spacing = 1
  /// The bytes that they may take, as long as there are more than eight.
  var budget: Int {
    didSet { thin() }
  }
  /// About how many bytes one takes.
  private var each = 0
  /// About how many bytes they take.
  var bytes: Int { list.count * each }
  /// The most iterations between two of them while the budget has room, a power of two.
  var longestStretch = longestOfAll
  static let longestOfAll = 1024
  /// How many there may be, whatever the budget.
  var most = 65_536
  /// What was dropped, whose arrays the next ones take.
  private var dropped: [[LayerParameters]] = []

  init(budget: Int) { self.budget = budget }

  /// Whether the beginning of this iteration should be kept, where as many as `stretch` are soon taken again.
  func wants(_ iteration: Int, stretch: Int) -> Bool {
    iteration & (distance(stretch) - 1) == 0 && iteration > (list.last?.iteration ?? -1)
  }

  /// The next iteration after one whose beginning may have to be kept.
  func next(after iteration: Int, stretch: Int) -> Int { (iteration | (distance(stretch) - 1)) + 1 }

  /// How far apart they are, a power of two.
  private func distance(_ stretch: Int) -> Int { max(spacing, min(stretch, longestStretch)) }

  /// Arrays that the next one's parameters may be noted in.
  private mutating func arrays() -> [LayerParameters] { dropped.popLast() ?? [] }

  /// Keeps the beginning of an iteration, at which a state stands.
  mutating func record(_ state: State) {
    var parameters = arrays()
    state.note(in: &parameters)
    record(Checkpoint(iteration: state.place.iteration, parameters: parameters))
  }

  private mutating func record(_ checkpoint: Checkpoint) {
    list.append(checkpoint)
    each = checkpoint.parameters.reduce(0) { total, layer in
      total + 400 + 8
        * (layer.w.values.count * (1 + layer.w.memory.count) + layer.b.values.count * (1 + layer.b.memory.count))
    }
    thin()
  }

  /// Drops every second one until they are within their budget.
  private mutating func thin() {
    while bytes > budget || list.count > most, list.count > 8 {
      spacing *= 2
      var kept = 0
      for index in list.indices {
        if list[index].iteration % spacing == 0 {
          list.swapAt(index, kept)
          kept += 1
        }
      }
      dropped += list[kept...].map(\.parameters)
      list.removeLast(list.count - kept)
    }
    // What the budget has no room for is not kept for its arrays either.
    let room = max(budget - bytes, 0) / max(each, 1)
    if dropped.count > room { dropped.removeLast(dropped.count - room) }
  }

  /// The last one at or before an iteration.
  func last(upTo iteration: Int) -> Checkpoint? {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle].iteration <= iteration { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : list[low - 1]
  }

  /// Forgets those after an iteration.
  mutating func forget(after iteration: Int) {
    dropped = []
    while let last = list.last, last.iteration > iteration { list.removeLast() }
  }
}
