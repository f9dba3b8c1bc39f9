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
    let names: [String]
    let expression: Expression
    let samples: [Int]?

    init(_ candidate: Candidate) {
      names = candidate.mistakes.map(\.name)
      (expression, samples) = (candidate.expression, candidate.samples)
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
