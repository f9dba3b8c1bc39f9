import Engine
import Notation

/// A future: a line of time that a change in the past has parted from another one.
package struct Future: Sendable {
  /// The number by which `switch` knows it.
  package let number: Int
  /// The name that `branch` gave it; empty where none was given.
  package fileprivate(set) var name = ""
  /// The number of the future that it parted from; nil of the first.
  package let parent: Int?
  /// The line that made it; empty of the first.
  package fileprivate(set) var origin = ""
  /// The line of time, as it was left; nil of the one that is gone along.
  fileprivate(set) var timeline: Shared<Timeline>?

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
  private var isNew = false

  /// So many without a name are kept aside; of more, the oldest go.
  static let most = 16
  /// The share of the room of the line of time that those aside may take, all together.
  static let share = 4

  /// About how many bytes those aside take.
  private(set) var bytes = 0

  /// The place in the list of the one that is gone along.
  private var place: Int { all.firstIndex { $0.number == current } ?? 0 }

  /// The one with a name or a number.
  func named(_ name: String) -> Future? { all.first { $0.name == name } ?? all.first { String($0.number) == name } }

  /// What the one that is gone along is called.
  var label: String { all[place].label }

  /// Puts a line of time aside, since a change is about to part another from it.
  mutating func part(from line: Timeline) {
    put(aside: line)
    all.append(Future(number: next, parent: current))
    current = next
    next += 1
    isNew = true
    let unnamed = all.filter { $0.name.isEmpty && $0.number != current }
    if unnamed.count > Futures.most, let oldest = unnamed.first { all.removeAll { $0.number == oldest.number } }
  }

  /// Notes the line that has made the one that is gone along, where one has.
  mutating func noteOrigin(_ line: String) {
    guard isNew else { return }
    all[place].origin = line
    isNew = false
  }

  /// Names the one that is gone along.
  mutating func name(_ name: String) { all[place].name = name }

  /// Goes over to another one, and gives its line of time; nil where that is gone along already.
  mutating func go(to future: Future, from line: Timeline) -> Timeline? {
    guard var there = future.timeline?.wrappedValue else { return nil }
    put(aside: line)
    current = future.number
    all[place].timeline = nil
    there.memory = line.memory
    keep(within: line.memory / Futures.share)
    return there
  }

  private mutating func put(aside line: Timeline) {
    var line = line
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

  /// Puts the line of time aside where a change would leave something behind that was reached.
  mutating func partWhereThereIsAFuture() {
    guard content.timeline.hasFuture else { return }
    content.futures.part(from: content.timeline)
  }
}
