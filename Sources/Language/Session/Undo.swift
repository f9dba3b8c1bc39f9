import Engine

/// What `undo` and `redo` go by. The lines alone define the session; what is kept beside them makes going back quick.
struct UndoHistory: Sendable {
  /// How to take a line back.
  enum Back: Sendable {
    /// To all there was before it.
    case content(Shared<Session.Content>)
    /// A move, to where it began.
    case moveStart(MoveStart)
    /// By replaying the lines before it.
    case replay
  }

  /// A line that changed state.
  struct Mark: Sendable {
    /// How many lines stood before it.
    let lines: Int
    var back: Back {
      didSet { bytes = back.bytes }
    }
    /// About how many bytes it takes to keep that.
    private(set) var bytes: Int

    init(lines: Int, back: Back) {
      self.lines = lines
      self.back = back
      bytes = back.bytes
    }
  }

  /// Lines that were taken back.
  struct Undone: Sendable {
    /// The lines, the changing one first.
    let entries: [Entry]
    let mark: Mark
  }

  /// What can be done again, the line taken back last at the end.
  struct Ahead: Sendable {
    private(set) var lines = Trail<Undone>()
    /// What the last of them had come to, by their places; of those before only the lines are kept.
    private var contents: [(place: Int, content: Shared<Session.Content>, bytes: Int)] = []
    /// About how many bytes it takes to keep that.
    private(set) var bytes = 0

    mutating func put(_ undone: Undone, _ content: Shared<Session.Content>) {
      lines.append(undone)
      let taken = content.wrappedValue.bytes
      contents.append((lines.count - 1, content, taken))
      bytes += taken + undone.mark.bytes
      if contents.count > UndoHistory.kept { forgetFirstContent() }
    }

    mutating func popLast() -> (lines: Undone, content: Shared<Session.Content>?)? {
      guard let last = lines.last else { return nil }
      lines.truncate(to: lines.count - 1)
      bytes -= last.mark.bytes
      guard contents.last?.place == lines.count, let kept = contents.popLast() else { return (last, nil) }
      bytes -= kept.bytes
      return (last, kept.content)
    }

    /// The next one to be done again is the last, so that the first go first.
    mutating func keep(within room: Int) {
      while bytes > room, !contents.isEmpty { forgetFirstContent() }
    }

    private mutating func forgetFirstContent() { bytes -= contents.removeFirst().bytes }
  }

  private(set) var marks: [Mark] = []
  private(set) var undone = Ahead()
  /// The first of the last marks, all of which are kept, and what all marks take.
  private var (firstKept, bytes) = (0, 0)
  /// Those before it that hold what there was, one in so many, so that a replay begins near by. They are few.
  private var (anchors, spacing) = ([Int](), UndoHistory.kept)
  /// How many bytes all that is kept here may take.
  private(set) var room = SettingValues().memory
  /// Marks below this one belong to what came before a file that is being taken in.
  var floor = 0

  /// How many lines can be taken back, or done again, without a replay.
  static let kept = 64

  /// About how many bytes what is kept takes.
  var bytesKept: Int { bytes + undone.bytes }

  /// Keeps to so many bytes from here on: what is oldest goes first, and is found again by replaying the lines.
  mutating func keep(within room: Int) {
    self.room = room
    thin()
  }

  /// Whether there is a line to take back.
  var canUndo: Bool { marks.count > floor }

  /// Notes a line that changed state.
  mutating func mark(lines: Int, _ back: Back) {
    append(Mark(lines: lines, back: back))
    if !undone.lines.isEmpty { undone = Ahead() }
  }

  private mutating func append(_ mark: Mark) {
    marks.append(mark)
    bytes += mark.bytes
    thin()
  }

  private mutating func removeLast(_ count: Int) {
    for mark in marks.suffix(count) { bytes -= mark.bytes }
    marks.removeLast(count)
    firstKept = min(firstKept, marks.count)
    while let last = anchors.last, last >= marks.count { anchors.removeLast() }
  }

  /// Takes back what a line that fails has marked.
  mutating func restore(marks count: Int, undone: Ahead, floor: Int) {
    if marks.count > count { removeLast(marks.count - count) }
    self.undone = undone
    self.floor = floor
  }

  /// The last mark, taken off.
  mutating func popMark() -> Mark? {
    guard canUndo, let mark = marks.last else { return nil }
    removeLast(1)
    return mark
  }

  /// Makes one mark of all from an index on.
  mutating func merge(from index: Int, lines: Int, _ content: Shared<Session.Content>) {
    guard marks.count > index else { return }
    removeLast(marks.count - index)
    mark(lines: lines, .content(content))
  }

  /// Takes off the last mark, so that the one before stands for both; false where they are not the last two lines'.
  mutating func joinLastMarks(of lines: Int) -> Bool {
    guard marks.count - floor > 1, marks.suffix(2).map(\.lines) == [lines - 2, lines - 1] else { return false }
    removeLast(1)
    return true
  }

  /// Puts a mark back that was taken off.
  mutating func putBack(_ mark: Mark) { append(mark) }

  /// Notes lines that were taken back, and what they had come to.
  mutating func put(_ lines: Undone, _ content: Shared<Session.Content>) {
    undone.put(lines, content)
    thin()
  }

  /// The lines that were taken back last, to be done again, and what they had come to where that was kept.
  mutating func popUndone() -> (lines: Undone, content: Shared<Session.Content>?)? {
    guard let last = undone.popLast() else { return nil }
    append(last.lines.mark)
    return last
  }

  /// Takes over how lines can be taken back from a session that has replayed them, `end` lines in all.
  mutating func refresh(from replayed: UndoHistory, end: Int) {
    defer {
      firstKept = max(firstKept - UndoHistory.kept, 0)
      bytes = marks.reduce(0) { $0 + $1.bytes }
      anchors.removeAll { $0 >= firstKept }
      thin()
    }
    var end = end
    var known = replayed.marks[...]
    for index in marks.indices.reversed() {
      let lines = marks[index].lines
      defer { end = lines }
      let inside = known.reversed().prefix { $0.lines >= lines && $0.lines < end }
      known.removeLast(inside.count)
      if let first = inside.last, first.lines == lines {
        // Where one mark stands for many lines, going back by a single move is not enough.
        if case .moveStart = first.back, inside.count > 1 { continue }
        marks[index].back = first.back
      }
      if known.isEmpty { return }
    }
  }

  /// Where a replay of the lines before a line may begin: how many lines there were, and all there was then; nil where it has
  /// to begin with the first.
  func beginning(before lines: Int) -> (lines: Int, content: Shared<Session.Content>)? {
    for mark in marks.reversed() where mark.lines <= lines {
      if case .content(let content) = mark.back { return (mark.lines, content) }
    }
    return nil
  }

  /// Leaves replay to what is old, or large.
  private mutating func thin() {
    let ahead = undone.bytes
    while !anchors.isEmpty, bytes + ahead > room { leaveToReplay(anchors.removeFirst()) }
    while firstKept < marks.count, marks.count - firstKept > UndoHistory.kept || bytes + ahead > room {
      let isAnchor = firstKept % spacing == 0 && marks[firstKept].bytes > 0 && bytes + ahead <= room
      if isAnchor { anchors.append(firstKept) } else { leaveToReplay(firstKept) }
      firstKept += 1
    }
    if anchors.count > UndoHistory.kept {
      spacing *= 2
      for index in anchors where index % spacing != 0 { leaveToReplay(index) }
      anchors.removeAll { $0 % spacing != 0 }
    }
    if bytes + ahead > room { undone.keep(within: room - bytes) }
  }
}

extension UndoHistory {
  /// Where a move began is kept always: it takes next to nothing.
  private mutating func leaveToReplay(_ index: Int) {
    bytes -= marks[index].bytes
    if case .content = marks[index].back { marks[index].back = .replay }
  }
}

extension UndoHistory.Back {
  /// About how many bytes keeping it takes.
  fileprivate var bytes: Int {
    switch self {
    // Read where it lies: to ask the whole of it would copy it.
    case .content(let content): Session.Content.bytes(of: content.wrappedValue.timeline.state.experiment)
    case .moveStart, .replay: 0
    }
  }
}

/// Where a move began: enough to take it back, since the state is a function of the place.
struct MoveStart: Sendable {
  let place: Place
  let furthest: Place
  /// The iteration, from 0, in which the next unit lies.
  let begun: Int

  init(_ timeline: Timeline) {
    place = timeline.place
    begun = place.iteration + (timeline.state.isAtEnd && !timeline.state.program.operations.isEmpty ? 1 : 0)
    furthest = timeline.furthest
  }
}

extension Shared where Value == Session.Content {
  /// The same for `undo` to keep, beside what came of it. The line of time is shared with that; where a change has taken most of
  /// it away, it is kept as one that stands aside is.
  func kept(beside after: Shared) -> Shared {
    let line = wrappedValue.timeline
    let room = line.memory / (4 * UndoHistory.kept)
    guard line.bytes > after.wrappedValue.timeline.bytes + room else { return self }
    var content = wrappedValue
    content.timeline.memory = room
    return Shared(wrappedValue: content)
  }
}

extension Session.Content {
  /// About how many bytes keeping it takes.
  var bytes: Int { Session.Content.bytes(of: timeline.state.experiment) }

  /// About how many bytes keeping what there is with an experiment takes.
  fileprivate static func bytes(of experiment: Experiment) -> Int {
    let units = experiment.network.layers.reduce(experiment.network.inputs) { $0 + $1.units }
    return 8 * (6 * experiment.network.parameterCount + 6 * units * experiment.samplesPerBatch)
  }
}
