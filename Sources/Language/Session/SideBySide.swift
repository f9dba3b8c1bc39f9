import Engine
import Formats
import Notation
import Panels

/// Two futures that are looked at side by side: wherever one of them is gone along, the other is beside it.
struct SideBySide: Sendable {
  private var one: Int
  private var two: Int
  /// The line of time of the one that stands aside, where it was looked at last.
  let aside = LineAside()

  /// Two futures by their numbers.
  init(one: Int, other: Int) { (self.one, two) = (one, other) }

  /// The one that is beside a future; nil where that is neither of the two.
  func other(than future: Int) -> Int? { future == one ? two : future == two ? one : nil }

  /// Whether a future is one of the two.
  func has(_ future: Int) -> Bool { other(than: future) != nil }

  /// Whoever goes along one of the two, and leaves it by a change in the past, goes on beside the other.
  mutating func go(on next: Int, from future: Int) {
    if future == one { one = next } else if future == two { two = next }
  }
}

extension Session {
  /// The word of `diff` that puts no future beside this one.
  static let noFuture = "none"

  /// The future that is looked at beside this one, as it is at this step; nil where none is. What is only to be looked at
  /// goes nowhere: then it is unknown wherever it does not stand there already.
  func beside(goingThere goes: Bool = true) -> FutureBeside? {
    guard let aside = content.futures.sideBySide?.aside, let (future, line) = content.futures.beside else { return nil }
    func standing() -> FutureBeside.Standing {
      let (here, there) = (content.timeline, line.wrappedValue)
      let parting = here.parting(from: there)
      if let parting, here.state.step < parting.step { return .same(until: parting.step) }
      guard there.place(whereStands: here) <= there.furthest else {
        return .ended(step: there.step(at: there.furthest))
      }
      guard parting != nil else { return .same(until: nil) }
      guard !here.experiment.isLong, !there.experiment.isLong else { return .tooLong }
      return aside.state(of: line, where: here, goingThere: goes).map { .there($0) } ?? .unknown
    }
    return FutureBeside(future.label, standing())
  }

  /// What a move says of the future beside: its loss, where one has just come, and the weight that is furthest apart, ours
  /// against its; else why there is none to be told of.
  func toldBeside() -> (text: Text, field: JSONMember)? {
    guard let beside = beside() else { return nil }
    var fields = [JSONMember("future", .string(beside.label))]
    guard case .there(let state) = beside.standing else {
      return beside.note.map { ($0, JSONMember("beside", .object(fields))) }
    }
    let here = content.timeline.state
    let apart = furthestApart(here, state)
    let difference = apart.map { words(of: $0) } ?? noneApart(here, state)
    if let apart { fields.append(.init("furthest", .string(apart.name))) }
    guard let loss = state.lossJustCome else {
      return ("\(beside.label): \(difference)", JSONMember("beside", .object(fields)))
    }
    fields.append(.init("loss", .number(loss)))
    return (
      "\(beside.label): loss = \(writing.number(loss)); \(difference)", JSONMember("beside", .object(fields))
    )
  }
}
