import Engine

/// A claim ready to be worked out in some numbers, wherever its names mean something.
struct CompiledClaim<N: Number> {
  let free: [Claim.FreeIndex]
  let left: Code<N>
  let right: Code<N>
  let condition: Code<N>?
  let compiler: Compiler<N>
  /// Where the claim begins in what was typed.
  let range: Range<Int>

  /// For how many values of its free indices it is claimed, those included that its condition leaves out.
  var count: Int {
    free.reduce(1) { total, index in
      let (product, overflow) = total.multipliedReportingOverflow(by: index.count)
      return overflow ? .max : product
    }
  }

  /// A run over it.
  /// - Throws: where that would be too much work.
  func evaluation(
    in scope: any Scope<N>, maximumWork: Int = Budget.most
  ) throws(EvaluationError) -> Evaluation<N> {
    let evaluation = Evaluation(BoundScope(scope), compiler, maximumWork: maximumWork)
    try located(range) { () throws(EvaluationError) in try evaluation.charge(count, compiler.tally.nodes) }
    return evaluation
  }

  /// Both sides at some values of the free indices, counted from 0; nil where the condition leaves them out.
  func sides(
    at place: Int, _ evaluation: Evaluation<N>
  ) throws(EvaluationError) -> (left: Value<N>, right: Value<N>)? {
    var rest = place
    for (slot, index) in free.enumerated().reversed() {
      evaluation.indices[slot] = rest % index.count + 1
      rest /= index.count
    }
    if let condition {
      var holds = true
      for number in try condition(evaluation).elements where try !number.isTrue { holds = false }
      if !holds { return nil }
    }
    return (try left(evaluation), try right(evaluation))
  }

  /// Looks at both sides for every value of the free indices that fulfils the condition, as long as that is asked for.
  func eachSides(
    _ evaluation: Evaluation<N>,
    _ look: (
      _ left: Value<N>, _ right: Value<N>, _ indices: () -> [Agreement.Index]
    ) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    for place in 0..<count {
      guard let (left, right) = try sides(at: place, evaluation) else { continue }
      guard try look(left, right, { indices(evaluation) }) else { break }
    }
  }

  /// The values that the free indices have in a run.
  func indices(_ evaluation: Evaluation<N>) -> [Agreement.Index] {
    free.enumerated().map { Agreement.Index(name: $1.name, value: evaluation.indices[$0]) }
  }
}

/// What one evaluation of a claim leaves to the next at the same place of the same network, whatever its numbers: the claim
/// compiled, and the network's equations as far as derivatives have compiled them.
package final class PreparedClaim {
  private(set) var compiled: CompiledClaim<Double>?
  private(set) var equations: CompiledEquations?

  /// Nothing yet.
  package init() {}

  func keep(_ compiled: CompiledClaim<Double>, _ equations: CompiledEquations?) {
    (self.compiled, self.equations) = (compiled, equations)
  }
}
