import Engine

/// A state at which many formulas are worked out: what they read is fetched once, and what was compiled for one such state
/// holds for another of the same network, whatever its formulas.
package final class FormulaGround {
  /// The state.
  package let state: State
  private let scope: StateScope
  private let compilers: Compilers
  // Nobody else looks at it while it is looked at here.
  @exclusivity(unchecked) private var evaluations: [Run: Evaluation<Double>] = [:]

  /// What is shared by all states of a network.
  fileprivate final class Compilers {
    private var all: [SummationOrder: Compiler<Double>] = [:]
    private var letters: [SummationOrder: [String: Int]] = [:]

    subscript(order: SummationOrder) -> Compiler<Double> {
      if let known = all[order] { return known }
      let compiler = Compiler<Double>(summed: order)
      all[order] = compiler
      return compiler
    }

    /// The slot of a letter.
    func slot(of letter: String, _ order: SummationOrder) -> Int {
      if let known = letters[order]?[letter] { return known }
      let slot = self[order].slot()
      letters[order, default: [:]][letter] = slot
      return slot
    }
  }

  /// What an evaluation is kept for.
  private struct Run: Hashable {
    let order: SummationOrder
    let sample: Int
  }

  /// A state, with nothing compiled yet.
  package init(_ state: State) { (self.state, scope, compilers) = (state, StateScope(state), Compilers()) }

  /// Another state of the same network.
  package init(_ state: State, like other: FormulaGround) {
    (self.state, scope, compilers) = (state, StateScope(state), other.compilers)
  }

  /// The state of another one, of which some quantities are read from other samples of the batch.
  package init(_ other: FormulaGround, moved: OtherSampleReading) {
    (state, scope, compilers) = (other.state, StateScope(other.state, moved: moved), other.compilers)
  }

  /// A formula compiled: its code, the slots of its letters, and how many nodes it has.
  fileprivate func compiled(_ formula: ElementFormula) -> (code: Code<Double>, slots: [Int], nodes: Int)? {
    let compiler = compilers[formula.order]
    var names = Names(scope)
    let slots = formula.letters.map { compilers.slot(of: $0, formula.order) }
    for (letter, slot) in zip(formula.letters, slots) { names.indices[letter] = slot }
    let before = compiler.tally.nodes
    guard let code = try? compiler.compile(formula.expression, names) else { return nil }
    return (code, slots, compiler.tally.nodes - before)
  }

  /// A run over formulas in a sample of the batch.
  fileprivate func evaluation(ofSample sample: Int, _ order: SummationOrder) -> Evaluation<Double> {
    let (compiler, run) = (compilers[order], Run(order: order, sample: sample))
    if let known = evaluations[run] {
      known.makeRoom(for: compiler)
      return known
    }
    let new = Evaluation(BoundScope(scope, Reading(sample: sample, isForward: true)), compiler)
    evaluations[run] = new
    return new
  }
}

/// The numbers that a formula gives at a state, worked out one by one as they are asked for.
package final class FormulaNumbers {
  private let ground: FormulaGround
  private let formula: ElementFormula
  private let samples: [Int]
  private let compiled: (code: Code<Double>, slots: [Int], nodes: Int)
  private let evaluations: [Evaluation<Double>]
  private let columns: Int
  private let divisor: Double

  init?(_ formula: ElementFormula, on ground: FormulaGround, samples: [Int]) {
    guard !samples.isEmpty, let shape = ground.state.shape(of: formula.quantity),
      let compiled = ground.compiled(formula)
    else { return nil }
    (self.ground, self.formula, self.compiled) = (ground, formula, compiled)
    let kind = formula.quantity.kind
    // What the batch has once is worked out once.
    self.samples = kind.isOfSample || kind.isOverSamples ? samples : [samples[0]]
    columns = max(shape.columns, 1)
    evaluations = self.samples.map { ground.evaluation(ofSample: $0, formula.order) }
    let isMean = ground.state.experiment.reduction == .mean && kind.isOverSamples
    divisor = isMean ? Double(samples.count) : 1
  }

  private init(_ other: FormulaNumbers, on ground: FormulaGround) {
    (self.ground, formula, samples) = (ground, other.formula, other.samples)
    (compiled, columns, divisor) = (other.compiled, other.columns, other.divisor)
    let order = other.formula.order
    evaluations = other.samples.map { ground.evaluation(ofSample: $0, order) }
  }

  /// The same formula at another state of the same network.
  package func moved(to ground: FormulaGround) -> FormulaNumbers { FormulaNumbers(self, on: ground) }

  /// The element at a place, counted row by row from 0; nil where the formula has no value there. `work` counts the
  /// operations on numbers.
  package func value(_ place: Int, spending work: inout Int) -> Double? {
    var total = 0.0
    for sample in evaluations.indices {
      guard let value = value(place, ofSample: sample, spending: &work) else { return nil }
      total += value
    }
    return total / divisor
  }

  /// The element at a place of one of the samples, counted from 0 among them.
  package func value(_ place: Int, ofSample sample: Int, spending work: inout Int) -> Double? {
    let (row, column) = place.quotientAndRemainder(dividingBy: columns)
    let evaluation = evaluations[sample]
    for (slot, index) in zip(compiled.slots, [row + 1, column + 1]) { evaluation.indices[slot] = index }
    evaluation.refill()
    let value = (try? compiled.code(evaluation))?.number
    work += compiled.nodes + evaluation.work
    return value
  }
}
