import Engine
import Notation

/// A future: a line of time that a change in the past has parted from another one.
package struct Future: Sendable {
  /// The number by which `switch` knows it.
  package let number: Int
  /// The name that `branch` gave it; empty where none was given.
  package fileprivate(set) var name = ""
  /// The number of the future that it parted from; nil of the first.
  package fileprivate(set) var parent: Int?
  /// The layer steps before the change that made it: there it parts from that one.
  package fileprivate(set) var parting = 0
  /// How far it had gone when it was left; nil of the one that is gone along.
  package fileprivate(set) var end: End?
  /// The line that made it; empty of the first.
  package fileprivate(set) var origin = ""
  /// The line of time, as it was left; nil of the one that is gone along.
  fileprivate(set) var timeline: Shared<Timeline>?

  /// How far a future has gone.
  package struct End: Sendable {
    /// The layer steps.
    package let steps: Int
    /// The loss there, as far as it is known without going there: over all samples where there are several.
    package let loss: Double?

    /// The end of a line, whose `score` is that of the place where it stands.
    init(of line: Timeline, score: @autoclosure () -> ScoreCurve.Point?) {
      steps = line.step(at: line.furthest)
      let hasMany = line.experiment.data.count > 1
      let here = hasMany && line.place == line.furthest ? score() : nil
      let known = hasMany ? here ?? line.scores.points.last : nil
      loss = known?.trained.loss ?? line.losses.latest?.value
    }
  }

  /// What it is called: its name, else its number.
  package var label: String { name.isEmpty ? String(number) : name }
}

/// The futures of a session: the one that is gone along, and those that stand aside.
struct Futures: Sendable {
  /// In the order of their numbers.
  private(set) var all = [Future(number: 1, parent: nil)]
  /// The number of the one that is gone along.
  private(set) var current = 1
  private var next = 2
  /// Whether the line under way has made the one that is gone along.
  private(set) var isNew = false

  /// So many without a name are kept aside; of more, the oldest go.
  static let most = 16
  /// The share of the room of the line of time that those aside may take, all together.
  static let share = 4

  /// The two that are looked at side by side; nil where no `diff` asks for it.
  private(set) var sideBySide: SideBySide?

  /// About how many bytes those aside take.
  private(set) var bytes = 0

  /// The place in the list of the one that is gone along.
  private var place: Int { all.firstIndex { $0.number == current } ?? 0 }

  /// The one with a name or a number.
  func named(_ name: String) -> Future? { all.first { $0.name == name } ?? all.first { String($0.number) == name } }

  /// What the one that is gone along is called.
  var label: String { all[place].label }

  /// The one that it parted from; nil where it has none, or that is gone.
  var leftBehind: Future? { all.first { $0.number == all[place].parent } }

  /// Puts a line of time aside, since a change is about to part another from it.
  mutating func part(from line: Timeline) {
    put(aside: line)
    all.append(Future(number: next, parent: current))
    sideBySide?.go(on: next, from: current)
    current = next
    next += 1
    isNew = true
    let unnamed = all.filter { $0.name.isEmpty && $0.number != current }
    if unnamed.count > Futures.most, let oldest = unnamed.first { forget(oldest) }
  }

  /// Lets one go that stands aside. Those that parted from it now part from where it came from; of those that parted from
  /// the first, the others from the first of them.
  private mutating func forget(_ future: Future) {
    all.removeAll { $0.number == future.number }
    if sideBySide?.has(future.number) == true { sideBySide = nil }
    let children = all.indices.filter { all[$0].parent == future.number }
    let (heir, parting) =
      future.parent.map { ($0, future.parting) } ?? children.first.map { (all[$0].number, all[$0].parting) } ?? (0, 0)
    for child in children {
      all[child].parent = all[child].number == heir ? nil : heir
      all[child].parting = min(all[child].parting, parting)
    }
  }

  /// Notes the line that has made the one that is gone along, where one has, and where that parts from the one before.
  mutating func noteOrigin(_ line: String, of timeline: Timeline) {
    isNew = false
    all[place].origin = line
    let parent = all.first { $0.number == all[place].parent }
    all[place].parting =
      parent?.timeline.flatMap { timeline.parting(from: $0.wrappedValue)?.step } ?? timeline.state.step
  }

  /// Looks at two side by side from here on, wherever one of them is gone along.
  mutating func put(_ one: Future, beside other: Future) {
    sideBySide = SideBySide(one: one.number, other: other.number)
  }

  /// Looks at none beside the one that is gone along.
  mutating func putNoneBeside() { sideBySide = nil }

  /// The one beside the one that is gone along, with its line of time; nil where none is.
  var beside: (future: Future, line: Shared<Timeline>)? {
    guard let number = sideBySide?.other(than: current), let future = all.first(where: { $0.number == number }),
      let line = future.timeline
    else { return nil }
    return (future, line)
  }

  /// Names the one that is gone along.
  mutating func name(_ name: String) { all[place].name = name }

  /// Goes over to another one, and gives its line of time; nil where that is gone along already.
  mutating func go(to future: Future, from line: Timeline) -> Timeline? {
    guard var there = future.timeline?.wrappedValue else { return nil }
    put(aside: line)
    current = future.number
    (all[place].timeline, all[place].end) = (nil, nil)
    there.memory = line.memory
    keep(within: line.memory / Futures.share)
    return there
  }

  private mutating func put(aside line: Timeline) {
    var line = line
    all[place].end = Future.End(of: line, score: line.latestScore())
    let room = line.memory / Futures.share
    line.memory = room
    all[place].timeline = Shared(wrappedValue: line)
    keep(within: room)
  }

  /// Keeps those aside within so many bytes, each within its part.
  mutating func keep(within room: Int) {
    let count = max(all.count { $0.timeline != nil }, 1)
    bytes = 0
    for index in all.indices {
      guard let own = all[index].timeline?.wrappedValue.memory else { continue }
      if own != room / count { all[index].timeline?.wrappedValue.memory = room / count }
      bytes += all[index].timeline?.wrappedValue.bytes ?? 0
    }
  }

  /// The line of time of a future, given that of the one that is gone along.
  func timeline(of future: Future, here: Timeline) -> Timeline { future.timeline?.wrappedValue ?? here }
}

extension Session {
  /// The futures, in the order of their numbers.
  package var futures: [Future] { content.futures.all }

  /// Whether a change here would leave something behind that was reached. Read from the parts of the line of time: what is
  /// asked of the whole of it copies it, which every line would pay for.
  var hasFuture: Bool { content.timeline.furthest > content.timeline.state.place }

  /// Puts the line of time aside where a change would leave something behind that was reached.
  mutating func partWhereThereIsAFuture() {
    guard hasFuture else { return }
    content.futures.part(from: content.timeline)
  }
}
