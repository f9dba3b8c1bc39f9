import Engine
import Notation

/// A condition at which `continue` and `rcontinue` stop.
package struct Breakpoint: Sendable {
  /// The number by which `delete` knows it.
  package let number: Int
  /// The condition, looked at after every layer step.
  package let condition: Expression
  /// Whether it is gone once it has stopped something.
  package let isTemporary: Bool

  /// What it watches: what stands in a `changed(…)` of its condition, alone or joined to others.
  var watched: [Expression] { condition.watched }

  /// The first step at which it can stop, of one that asks for a step or an iteration by its number and for nothing else;
  /// nil of any other.
  func firstStep(on line: Timeline) -> Int? {
    guard case .binary(let sign, let left, let right) = condition.kind, case .name(let name, version: nil) = left.kind,
      case .number(let literal) = right.kind, abs(literal.value) < 1e15
    else { return nil }
    let number = Int(literal.value.rounded(sign == .greater ? .down : .up))
    guard sign != .equal || Double(number) == literal.value, [.equal, .atLeast, .greater].contains(sign) else {
      return nil
    }
    let first = max(sign == .greater ? number + 1 : number, 1)
    if Quantity.Kind.step.isCalled(name) { return first }
    return name == Stride.iteration.name ? line.step(at: Place(iteration: first - 1)) + 1 : nil
  }

  /// What it is called: `break 2`.
  var name: String { "\(isTemporary ? "tbreak" : "break") \(number)" }
  /// The breakpoint as answers name it: `break 2: loss < 0.01`.
  var words: String { "\(name): \(condition)" }
}

/// The breakpoints of a session.
struct Breakpoints: Sendable {
  /// In the order of their numbers.
  private(set) var all: [Breakpoint] = []
  /// The number of the next one; none is given twice.
  private(set) var next = 1

  /// Sets one.
  mutating func set(_ condition: Expression, isTemporary: Bool) -> Breakpoint {
    defer { next += 1 }
    let new = Breakpoint(number: next, condition: condition, isTemporary: isTemporary)
    all.append(new)
    return new
  }

  /// Takes away those whose numbers are given.
  mutating func delete(where isGone: (Breakpoint) -> Bool) { all.removeAll(where: isGone) }
}

/// A place on the line of time that was given a name.
package struct Bookmark: Sendable {
  /// The name.
  package let name: String
  /// The place.
  package let place: Place
  /// The layer steps that are complete there.
  package let step: Int
  /// The number of the future in which it was made.
  package let future: Int
  /// Whether a search has stopped there, and named it by itself.
  package var isStop = false
}

/// The named places of a session. Each stop at a breakpoint is one: `stop1`, `stop2`.
struct Bookmarks: Sendable {
  /// In the order in which they were made.
  private(set) var all = Trail<Bookmark>()
  /// Those that were given by hand; stops come by themselves, and are many.
  private(set) var given = Trail<Bookmark>()
  /// How many stops there were.
  private var stops = 0

  /// What the names of stops begin with.
  static let stop = "stop"

  subscript(name: String) -> Bookmark? { all.last { $0.name == name } }

  /// Names a place; the name is taken from where it was before.
  mutating func make(_ name: String, at state: State, of future: Int) {
    if self[name] != nil { delete(name) }
    let mark = Bookmark(name: name, place: state.place, step: state.step, future: future)
    all.append(mark)
    given.append(mark)
  }

  /// Takes a name away.
  mutating func delete(_ name: String) {
    all = Trail(all.filter { $0.name != name })
    given = Trail(given.filter { $0.name != name })
  }

  /// Takes all names away. No stop's number is given twice.
  mutating func deleteAll() { (all, given) = (Trail(), Trail()) }

  /// How many stops have a name.
  var stopCount: Int { all.count - given.count }

  /// Names the place of a stop.
  mutating func makeStop(at state: State, of future: Int) {
    repeat { stops += 1 } while self["\(Bookmarks.stop)\(stops)"] != nil
    let name = "\(Bookmarks.stop)\(stops)"
    all.append(Bookmark(name: name, place: state.place, step: state.step, future: future, isStop: true))
  }
}

extension Expression {
  /// Whether it is `changed(…)` of that and nothing more.
  func isChange(of expression: Expression) -> Bool {
    guard case .call(Function.changed, isDerivative: false, let arguments) = kind else { return false }
    return arguments == [expression]
  }

  fileprivate var watched: [Expression] {
    switch kind {
    case .call(Function.changed, isDerivative: false, let arguments): arguments
    case .binary(let sign, let left, let right) where sign == .and || sign == .or: left.watched + right.watched
    default: []
    }
  }
}
