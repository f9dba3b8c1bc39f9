import Engine
import Notation

extension SlipSearch {
  /// A formula in which slips were made. What it gives is worked out in one place after another.
  final class Candidate {
    let mistakes: [Mistake]
    let right: ElementFormula
    let expression: Expression
    /// The samples of which it is taken, where not of all.
    let samples: [Int]?
    /// What it gives, compiled once.
    var numbers: FormulaNumbers??
    /// The same in parts, for what tells it the soonest.
    var parts: FormulaOfParts?

    init(mistakes: [Mistake], right: ElementFormula, expression: Expression, samples: [Int]? = nil) {
      (self.mistakes, self.right, self.expression, self.samples) = (mistakes, right, expression, samples)
    }

    /// The same formula, with one more reason.
    func with(_ mistake: Mistake) -> Candidate {
      Candidate(mistakes: mistakes + [mistake], right: right, expression: expression, samples: samples)
    }
  }

  /// What was tried, so that it is not tried again.
  struct Tried: Hashable {
    private let mistakes: [Mistake]
    private let expression: Expression
    private let samples: [Int]?

    init(_ candidate: Candidate) {
      (mistakes, expression, samples) = (candidate.mistakes, candidate.expression, candidate.samples)
    }

    static func == (one: Tried, other: Tried) -> Bool {
      one.expression == other.expression && one.samples == other.samples
        && one.mistakes.lazy.map(\.name).elementsEqual(other.mistakes.lazy.map(\.name))
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(expression)
      hasher.combine(samples)
    }
  }

  /// A factor that is a slip.
  struct Factor {
    let mistake: Mistake
    let value: Double
    /// What it divides by, where it does.
    private var divisor: Double?

    /// Nil where a candidate is not the right formula times a number.
    init?(_ candidate: Candidate) {
      guard let mistake = candidate.mistakes.first, candidate.mistakes.count == 1 else { return nil }
      switch candidate.expression.kind {
      case .unary(.minus, candidate.right.expression): (self.mistake, value) = (mistake, -1)
      case .binary(.times, let factor, candidate.right.expression):
        guard case .number(let literal) = factor.kind else { return nil }
        (self.mistake, value) = (mistake, literal.value)
      case .binary(.over, candidate.right.expression, let count):
        guard case .number(let literal) = count.kind else { return nil }
        (self.mistake, value, divisor) = (mistake, 1 / literal.value, literal.value)
      default: return nil
      }
    }

    /// So many times an expression.
    func applied(to expression: Expression) -> Expression {
      divisor.map { expression.over($0) } ?? expression.times(value)
    }
  }

  /// The factors by which a named mistake makes the whole of a formula another.
  var factors: [Factor] {
    guard let right = formulas.first else { return [] }
    return Mistake.all.filter { !$0.isRemote }.flatMap { mistake in
      mistake.wholes(right, subject).compactMap {
        Factor(Candidate(mistakes: [mistake], right: right, expression: $0))
      }
    }
  }
}

extension Expression {
  /// Whether it is another expression times a number, or with the other sign.
  func isMultiple(of other: Expression) -> Bool {
    switch kind {
    case .unary(.minus, other): true
    case .binary(.times, let factor, other), .binary(.over, other, let factor): factor.isNumber
    default: false
    }
  }
}
