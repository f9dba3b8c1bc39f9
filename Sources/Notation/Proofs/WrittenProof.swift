/// All that was worked out to prove a claim, step by step: what a certificate is written of.
package struct WrittenProof: Sendable {
  /// A point of the field, and both sides there.
  package struct Point: Sendable {
    /// Which of the seed's streams its numbers were drawn from; nil where none was.
    package let stream: Int?
    /// What is done there, in order.
    package let steps: [WrittenStep]
    /// What is compared, in each pattern of the comparisons.
    package let patterns: [Pattern]
    /// What the chance is counted from that it shows what is not so.
    package let bound: Bound
  }

  /// A way in which the comparisons may turn out, and what is compared there.
  package struct Pattern: Sendable {
    /// The differences that are above 0 or below, in the order in which they were met.
    package internal(set) var outcomes: [Outcome] = []
    /// The steps of both sides at each element.
    package internal(set) var sides: [Sides] = []
  }

  /// How a comparison turns out.
  package struct Outcome: Sendable {
    /// The step of the difference.
    package internal(set) var gate: Int
    /// Whether that is above 0.
    package let isAbove: Bool
  }

  /// The steps of both sides.
  package struct Sides: Sendable {
    /// The step that gives the left side.
    package internal(set) var left: Int
    /// The step that gives the right side.
    package internal(set) var right: Int
  }

  /// What was shown.
  package let proof: Proof
  /// The formulas of the quantities that both sides are unfolded by.
  package let formulas: [String]
  /// The points at which both sides were worked out.
  package let points: [Point]
  /// The chance that a false claim has such a certificate is below 2 to this power.
  package let exponent: Int
}

extension WrittenProof {
  /// What the chance is made of that both sides agree at a point by chance, in numbers that can be counted in the steps.
  ///
  /// The difference of two sides vanishes with a chance of its degree / p. Besides, what is looked up by its value may be
  /// equal by chance: a pair of arguments, as they are, negated or turned over, or up to a small factor where they are
  /// compared; or an argument and a sum of others, where a law was used. Every relation that could have been put down is
  /// counted, whatever was tried. All is taken four times, for the points that may be drawn again.
  package struct Bound: Sendable {
    /// The largest degree of a difference of two sides.
    package var degree = 0
    /// How many values were looked up.
    package var looked = 0
    /// The largest degree, numerator and denominator together, of what was looked up.
    package var argument = 0
    /// How many others a law was of, at most.
    var cited = 0
    var hasComparisons = false

    /// How many kinds of relation two may have: as many fractions as a factor may be, with either sign.
    private var kinds: Int { hasComparisons ? 4 * FieldGates.mostFactor * FieldGates.mostFactor : 4 }

    /// A power of 2 that the chance is below at this point; nil where that says nothing.
    var exponent: Int? {
      func product(_ factors: [Int]) -> Int? {
        var total = 1
        for factor in factors {
          let (product, overflow) = total.multipliedReportingOverflow(by: factor)
          guard !overflow, product < 1 << 59 else { return nil }
          total = product
        }
        return total
      }
      let more = cited < 2 ? 0 : product([cited + 1] + Array(repeating: 2 * looked, count: cited + 1))
      guard let more, let pairs = product([kinds, looked, looked]), let others = product([argument, pairs + more]),
        let ways = product([4, max(degree + others, 1)])
      else { return nil }
      // p is 2^61 - 1, and so what has so many binary digits is at most 2 to that over 2^61 of it.
      return Int.bitWidth - ways.leadingZeroBitCount - 61
    }
  }
}

// What is left of a tape.
extension WrittenProof.Point {
  /// The steps of a tape that something comes of or that draw something, and what was compared by them.
  init(_ tape: Tape, stream: Int, patterns: [WrittenProof.Pattern], degree: Int) {
    var uses = Array(repeating: 0, count: tape.steps.count + 1)
    for pattern in patterns {
      for outcome in pattern.outcomes { uses[outcome.gate] += 1 }
      for sides in pattern.sides {
        uses[sides.left] += 1
        uses[sides.right] += 1
      }
    }
    // What reads a step stands behind it.
    var isKept = Array(repeating: false, count: uses.count)
    for (place, step) in tape.steps.enumerated().reversed() {
      isKept[place + 1] = uses[place + 1] > 0 || step.operation == .drawn || step.operation == .zero
      guard isKept[place + 1] else { continue }
      for row in step.operands { uses[row] += 1 }
      for row in step.cited { uses[abs(row)] += 1 }
    }
    var rows = Array(repeating: 0, count: uses.count)
    var kept: [WrittenStep] = []
    for (place, var step) in tape.steps.enumerated() where isKept[place + 1] {
      step.operands = step.operands.map { rows[$0] }
      step.cited = step.cited.map { $0 < 0 ? -rows[-$0] : rows[$0] }
      step.uses = uses[place + 1]
      kept.append(step)
      rows[place + 1] = kept.count
    }
    steps = kept
    self.stream = kept.contains { $0.operation == .drawn } ? stream : nil
    self.patterns = patterns.map { pattern in
      WrittenProof.Pattern(
        outcomes: pattern.outcomes.map { .init(gate: rows[$0.gate], isAbove: $0.isAbove) },
        sides: pattern.sides.map { .init(left: rows[$0.left], right: rows[$0.right]) })
    }
    bound = WrittenProof.Bound(kept, self.patterns, degree: degree)
  }
}

extension WrittenProof.Bound {
  /// What is counted in the steps of a point.
  fileprivate init(
    _ steps: [WrittenStep], _ patterns: [WrittenProof.Pattern], degree: Int
  ) {
    self.degree = degree
    func note(_ step: WrittenStep) { argument = max(argument, step.above + step.below) }
    for step in steps {
      let isSquare =
        step.operation == .product && steps[step.operands[0] - 1].value == steps[step.operands[1] - 1].value
      guard step.looksUp || isSquare else { continue }
      looked += 1
      cited = max(cited, step.cited.count)
      if step.operation == .drawn, step.name == ">" { hasComparisons = true }
      note(step)
      for row in step.operands { note(steps[row - 1]) }
    }
    let gates = Set(patterns.flatMap { $0.outcomes.map(\.gate) })
    looked += gates.count
    hasComparisons = hasComparisons || !gates.isEmpty
    for row in gates { note(steps[row - 1]) }
  }
}
