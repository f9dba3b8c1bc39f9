import Engine
import Notation

/// How long a condition may still come to hold on the way ahead, as far as that is told by the numbers that time is counted
/// with: `step == 3000` does not once that is past. What asks for anything else may hold at any later step.
struct Prospect {
  /// The last step at which it may hold; nil where it may at no later one.
  private(set) var lastStep: Int?
  /// The part that cannot hold any more, and why; nil where all of it may.
  private(set) var obstacle: (part: Expression, reason: Text)?

  /// May hold at any later step.
  private static let open = Prospect(lastStep: .max, obstacle: nil)

  private init(lastStep: Int?, obstacle: (part: Expression, reason: Text)?) {
    (self.lastStep, self.obstacle) = (lastStep, obstacle)
  }

  /// The prospect of a condition from where a line of time stands.
  init(of condition: Expression, on line: Timeline) {
    self = .open
    guard case .binary(let sign, let left, let right) = condition.kind else { return }
    switch sign {
    case .and:
      let both = [Prospect(of: left, on: line), Prospect(of: right, on: line)]
      if let lacking = both.first(where: { $0.lastStep == nil }) {
        self = lacking
      } else {
        self = Prospect(lastStep: both.compactMap(\.lastStep).min(), obstacle: nil)
      }
    case .or:
      let either = [Prospect(of: left, on: line), Prospect(of: right, on: line)]
      let lasts = either.compactMap(\.lastStep)
      self = lasts.isEmpty ? either[0] : Prospect(lastStep: lasts.max(), obstacle: nil)
    default:
      if let counted = Counted(sign, left, right) ?? Counted(sign.turned, right, left) {
        self = counted.prospect(of: condition, on: line)
      }
    }
  }

  /// A comparison of what time is counted with and a number that was typed.
  private struct Counted {
    let name: String
    let sign: BinaryOperator
    let number: Double
    /// The phase that was named in its place.
    let phase: Phase?

    init?(_ sign: BinaryOperator, _ left: Expression, _ right: Expression) {
      guard case .name(let name, version: nil) = left.kind else { return nil }
      (self.name, self.sign) = (name, sign)
      switch right.kind {
      case .number(let literal): (number, phase) = (literal.value, nil)
      case .unary(.minus, let operand):
        guard case .number(let literal) = operand.kind else { return nil }
        (number, phase) = (-literal.value, nil)
      case .name(let word, version: nil):
        guard let phase = Phase(rawValue: word) else { return nil }
        (number, self.phase) = (0, phase)
      default: return nil
      }
    }

    func prospect(of whole: Expression, on line: Timeline) -> Prospect {
      let state = line.state
      func judged(_ last: Int?, _ reason: Text) -> Prospect {
        guard let last, last > state.step else { return Prospect(lastStep: nil, obstacle: (whole, reason)) }
        return Prospect(lastStep: last, obstacle: nil)
      }
      if Quantity.Kind.phase.isCalled(name) {
        guard sign == .equal, phase == .start else { return .open }
        return judged(nil, "that is the phase of step 0 alone")
      }
      guard phase == nil else { return .open }
      switch name {
      case Quantity.Kind.step.name: return judged(highest, "this is step \(state.step)")
      case Stride.iteration.name:
        let last = highest.map { $0 < Session.mostStrides ? line.step(at: line.end(ofIteration: $0 - 1)) : .max }
        return judged(last, "this is step \(state.step), in iteration \(state.iteration)")
      case Stride.epoch.name:
        let last = highest.map { $0 < Session.mostStrides ? line.step(at: line.end(ofEpoch: $0)) : .max }
        return judged(last, "this is step \(state.step), in epoch \(state.epoch)")
      case Stride.layer.name:
        let most = line.networks.map(\.layers.count).max() ?? 0
        return judged(isMet(in: 0...most) ? .max : nil, "the layers are 1 to \(most)")
      default: return .open
      }
    }

    /// The highest whole number of 1 and more with which it holds, `Int.max` where there is no end; nil for none.
    private var highest: Int? {
      let bounded = min(max(number, -1), 1e15)
      guard number == number else { return .max }
      let last: Int
      switch sign {
      case .equal: last = bounded == bounded.rounded() ? Int(bounded) : 0
      case .less: last = Int(bounded.rounded(.up)) - 1
      case .atMost: last = Int(bounded.rounded(.down))
      default: return .max
      }
      return last > 0 ? last : nil
    }

    /// Whether it holds of one of some numbers.
    private func isMet(in range: ClosedRange<Int>) -> Bool {
      let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
      switch sign {
      case .equal: return number == number.rounded() && low <= number && number <= high
      case .less: return low < number
      case .atMost: return low <= number
      case .greater: return high > number
      case .atLeast: return high >= number
      default: return true
      }
    }
  }
}

extension BinaryOperator {
  /// The comparison that says the same of both sides the other way round.
  fileprivate var turned: BinaryOperator {
    switch self {
    case .less: .greater
    case .atMost: .atLeast
    case .greater: .less
    case .atLeast: .atMost
    default: self
    }
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
