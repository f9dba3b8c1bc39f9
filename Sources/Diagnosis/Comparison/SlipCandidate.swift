import Engine
import Notation

extension SlipSearch {
  /// A formula in which slips were made.
  struct Candidate {
    var mistakes: [Mistake]
    let right: ElementFormula
    let expression: Expression
    var samples: [Int]?
    /// What it gives, once it was worked out somewhere.
    let worked = Worked()
  }

  /// What a formula gives, compiled once.
  final class Worked {
    var numbers: FormulaNumbers??
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
  }

  /// The factors by which a named mistake makes the whole of a formula another.
  var factors: [Factor] {
    guard let right = formulas.first else { return [] }
    return Mistake.all.filter { !$0.isRemote }.flatMap { mistake in
      mistake.wholes(right, subject).compactMap { whole in
        if whole == Expression(.unary(.minus, right.expression)) { return Factor(mistake: mistake, value: -1) }
        guard case .binary(.times, let factor, right.expression) = whole.kind, case .number(let literal) = factor.kind
        else {
          return nil
        }
        return Factor(mistake: mistake, value: literal.value)
      }
    }
  }
}
