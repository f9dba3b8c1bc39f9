import Engine
import Notation

/// A comparison of what time is counted with and a number that was typed, or the phase that was named in its place:
/// `step == 3000`, `layer < 2`, `phase == loss`.
struct CountedComparison {
  /// All of it, as it was typed.
  let whole: Expression
  /// What is counted.
  let name: String
  let sign: BinaryOperator
  /// The number; of a phase its place in the order of an iteration.
  let number: Double
  /// The phase that was named.
  let phase: Phase?

  /// Reads a comparison, whichever way round it was typed; nil of any other.
  init?(_ comparison: Expression) {
    guard case .binary(let sign, let left, let right) = comparison.kind, sign.isComparison else { return nil }
    if let one = CountedComparison(comparison, sign, left, right) {
      self = one
    } else if let turned = CountedComparison(comparison, sign.turned, right, left) {
      self = turned
    } else {
      return nil
    }
  }

  private init?(_ whole: Expression, _ sign: BinaryOperator, _ left: Expression, _ right: Expression) {
    guard case .name(let name, version: nil) = left.kind else { return nil }
    (self.whole, self.name, self.sign) = (whole, name, sign)
    switch right.kind {
    case .number(let literal): (number, phase) = (literal.value, nil)
    case .unary(.minus, let operand):
      guard case .number(let literal) = operand.kind else { return nil }
      (number, phase) = (-literal.value, nil)
    case .name(let word, version: nil):
      guard let phase = Phase(rawValue: word), let place = Phase.allCases.firstIndex(of: phase) else { return nil }
      (number, self.phase) = (Double(place), phase)
    default: return nil
    }
  }

  /// The highest whole number of 1 and more with which it holds, `Int.max` where there is no end; nil for none.
  var highest: Int? {
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

  /// Whether it holds of one of some whole numbers.
  func isMet(in range: ClosedRange<Int>) -> Bool {
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    switch sign {
    case .equal: return number == number.rounded() && low <= number && number <= high
    case .less: return low < number
    case .atMost: return low <= number
    case .greater: return high > number
    case .atLeast: return high >= number
    case .unequal: return low != high || low != number
    default: return true
    }
  }

  /// What is counted of which no number meets all that a condition joined by `and` asks of it; nil where there is nothing of
  /// the kind: `step` of `step > 20 and step < 10`.
  static func contradiction(in condition: Expression) -> String? {
    let parts = condition.joined.compactMap(CountedComparison.init).filter { abs($0.number) < 1e15 }
    let counts =
      [Quantity.Kind.step, .phase, .layer, .sample].map(\.name) + [Stride.iteration.name, Stride.epoch.name]
    return counts.first { name in
      let own = parts.filter { $0.name == name && (name == Quantity.Kind.phase.name) == ($0.phase != nil) }
      guard own.count > 1 else { return false }
      // Where any number meets them all, one does that is next to one of theirs.
      let near = own.flatMap { part in (-1...1).map { Int(part.number.rounded(.down)) + $0 } }
      let known = name == Quantity.Kind.phase.name ? Array(Phase.allCases.indices) : near.filter { $0 >= 0 } + [0, 1]
      return !known.contains { number in own.allSatisfy { $0.isMet(in: number...number) } }
    }
  }
}

extension Expression {
  /// The parts that `and` joins.
  fileprivate var joined: [Expression] {
    guard case .binary(.and, let left, let right) = kind else { return [self] }
    return left.joined + right.joined
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
