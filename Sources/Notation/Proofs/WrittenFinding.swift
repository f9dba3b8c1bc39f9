import Engine

/// Why a proof is not written down.
package struct NotWritten: Error, Sendable {
  /// The reason, as a part of a sentence.
  package let why: Text
}

extension FieldJudge {
  /// The most operations on numbers that are put down at a point.
  private static let mostSteps = 50_000
  /// The most elements that are put down at a point, in all patterns of comparisons.
  fileprivate static let mostSides = 100_000

  /// A proof of the claim with each operation that was done for it, once more; nil where it is not proved. There may be more
  /// points in it than the proof took, since the bound counts what whoever reads it can count.
  /// - Throws: where it is too large to be written.
  package func written() throws(NotWritten) -> WrittenProof? {
    let result = FormulaCache.$current.withValue(FormulaCache()) { () -> Result<WrittenProof?, NotWritten> in
      do throws(NotWritten) { return .success(try writing()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private func writing() throws(NotWritten) -> WrittenProof? {
    let found = found()
    guard case .equal(let proof) = found.finding, let assumptions = found.assumptions, let compiled = found.compiled
    else { return nil }
    var (points, exponent): ([WrittenProof.Point], Int) = ([], 0)
    while points.count < Proof.mostPoints, points.count < 2 || exponent >= Proof.enough {
      let look = look(at: compiled, atPoint: points.count + 1, under: assumptions, stepsWritten: FieldJudge.mostSteps)
      if case .undecided(let why) = look.finding { throw NotWritten(why: why) }
      guard look.finding == nil, let tape = look.point.tape else { return nil }
      if let lack = tape.lack { throw NotWritten(why: lack) }
      let point = WrittenProof.Point(tape, stream: look.stream, patterns: look.written, degree: look.degree)
      guard let own = point.bound.exponent, point.steps.allSatisfy(\.hasADegree) else {
        throw NotWritten(why: "its fractions have too high a degree, or too many laws are in it")
      }
      points.append(point)
      exponent += own
    }
    guard exponent < Proof.enough else {
      throw NotWritten(why: "what can be counted in it leaves a chance of error of 2^\(exponent)")
    }
    return WrittenProof(
      proof: proof, formulas: equations.formulas.values.sorted(), points: points, exponent: exponent)
  }
}

extension FieldJudge.Look {
  /// Puts down an element of both sides.
  mutating func write(_ left: FieldNumber, _ right: FieldNumber, _ tape: Tape) throws(EvaluationError) {
    compared += 1
    guard compared <= FieldJudge.mostSides, tape.lack == nil else {
      throw EvaluationError(tape.lack ?? "it compares more than \(FieldJudge.mostSides) elements", lack: .undecided)
    }
    written[written.count - 1].sides.append(
      WrittenProof.Sides(left: tape.row(of: left), right: tape.row(of: right)))
  }

  /// Puts down how the comparisons of a pattern turned out.
  mutating func write(_ outcomes: [(gate: FieldNumber, isAbove: Bool)], _ tape: Tape) {
    written[written.count - 1].outcomes = outcomes.map {
      WrittenProof.Outcome(gate: tape.row(of: $0.gate), isAbove: $0.isAbove)
    }
  }
}

extension WrittenStep {
  /// Whether its degrees were not cut off.
  fileprivate var hasADegree: Bool { above < FieldNumber.highest && below < FieldNumber.highest }
}
