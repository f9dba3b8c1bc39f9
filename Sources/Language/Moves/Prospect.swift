import Engine
import Notation

/// How long a condition may still come to hold, as far as that is told by the numbers that time is counted with: `step == 3000`
/// does not once that is past, and `layer == 7` nowhere where there are two. What asks for anything else may hold at any step.
struct Prospect {
  /// The last step at which it may hold; nil where it may at none.
  private(set) var lastStep: Int?
  /// What keeps it from holding; nil where it may hold.
  private(set) var obstacle: Obstacle?

  /// Why a condition cannot hold.
  struct Obstacle {
    /// The part that cannot.
    let part: Expression
    let reason: Text
    /// Whether it is so only as things stand: another network, or other data, may make it hold.
    let mayGo: Bool
  }

  /// Where a condition is looked at.
  enum Reach {
    /// From where the line of time stands on.
    case ahead
    /// Anywhere along it, behind as well.
    case anywhere
  }

  /// May hold at any later step.
  static let open = Prospect(lastStep: .max)

  /// May hold up to a step.
  init(lastStep: Int) { self.lastStep = lastStep }

  /// Holds at no step.
  init(never part: Expression, _ reason: Text, mayGo: Bool = false) {
    obstacle = Obstacle(part: part, reason: reason, mayGo: mayGo)
  }

  /// The prospect of a condition on a line of time.
  init(of condition: Expression, on line: Timeline, _ reach: Reach) {
    guard !condition.isAlwaysFalse else {
      self.init(never: condition, "nothing in it changes from step to step")
      return
    }
    self = .open
    guard case .binary(let sign, let left, let right) = condition.kind else { return }
    switch sign {
    case .and:
      let both = [Prospect(of: left, on: line, reach), Prospect(of: right, on: line, reach)]
      let obstacles = both.compactMap(\.obstacle)
      if let lacking = obstacles.first(where: { !$0.mayGo }) ?? obstacles.first {
        self.init(never: lacking.part, lacking.reason, mayGo: lacking.mayGo)
      } else if let name = CountedComparison.contradiction(in: condition) {
        self.init(never: condition, "no \(name) is all of that at once")
      } else {
        lastStep = both.compactMap(\.lastStep).min()
      }
    case .or:
      let either = [Prospect(of: left, on: line, reach), Prospect(of: right, on: line, reach)]
      let lasts = either.compactMap(\.lastStep)
      if let last = lasts.max() {
        lastStep = last
      } else {
        self = either.first { $0.obstacle?.mayGo == true } ?? either[0]
      }
    default:
      if let counted = CountedComparison(condition) { self = counted.prospect(on: line, reach) }
    }
  }
}

extension Expression {
  /// Whether it is a comparison of numbers that were typed, and does not hold.
  fileprivate var isAlwaysFalse: Bool {
    guard case .binary(let sign, _, _) = kind, sign.isComparison, names.isEmpty else { return false }
    return (try? evaluate(in: StateScope(Timeline())))?.holdsEverywhere == false
  }
}

extension CountedComparison {
  /// How long it may still come to hold.
  fileprivate func prospect(on line: Timeline, _ reach: Prospect.Reach) -> Prospect {
    let state = line.state
    if Quantity.Kind.phase.isCalled(name) {
      guard sign == .equal, phase == .start else { return .open }
      return Prospect(never: whole, "that is the phase of step 0 alone")
    }
    guard phase == nil else { return .open }
    /// What is counted from 1 on and goes on without an end.
    func judged(_ here: Text, _ last: (Int) -> Int) -> Prospect {
      guard let highest else { return Prospect(never: whole, "\(name)s are counted 1, 2, 3 and on") }
      guard reach == .ahead, highest < Session.mostStrides else { return .open }
      let last = last(highest)
      return last > state.step ? Prospect(lastStep: last) : Prospect(never: whole, here)
    }
    switch name {
    case Quantity.Kind.step.name: return judged("this is step \(state.step)") { $0 }
    case Stride.iteration.name:
      return judged("this is step \(state.step), in iteration \(state.iteration)") {
        line.step(at: line.end(ofIteration: $0 - 1))
      }
    case Stride.epoch.name:
      return judged("this is step \(state.step), in epoch \(state.epoch)") { line.step(at: line.end(ofEpoch: $0)) }
    case Stride.layer.name: return bounded("the layers are", by: line.networks.map(\.layers.count).max(), on: line)
    case Quantity.Kind.sample.name: return bounded("the samples are", by: line.mostSamples, on: line)
    default: return .open
    }
  }

  /// Of what there are so many, as things stand.
  private func bounded(_ words: Text, by most: Int?, on line: Timeline) -> Prospect {
    // What is still being built has none yet.
    guard let most, line.experiment.obstacle == nil, !isMet(in: 0...most) else { return .open }
    return Prospect(never: whole, "\(words) 1 to \(most)", mayGo: isMet(in: 0...Session.mostStrides))
  }
}

extension Timeline {
  /// Where an epoch ends, counted from 1 at the beginning.
  func end(ofEpoch number: Int) -> Place {
    var line = self
    line.move(to: Place())
    return line.place(number, on: .epoch)
  }
}
