import Engine

/// A formula for every element of a quantity, over the letters of its indices: the quantity's own, or another one that
/// somebody may have had in its place.
package struct ElementFormula: Sendable {
  /// What it is for.
  package let quantity: Quantity
  /// The letters of its indices, as the page has them: `k`, `j`.
  package let letters: [String]
  /// The right side.
  package let expression: Expression
  let order: SummationOrder

  /// The left side: `dw2[k,j]`.
  package var subject: Expression {
    letters.isEmpty ? .name(quantity.name) : Expression(.element(.name(quantity.name), letters.map { .name($0) }))
  }

  /// The formulas of a computed quantity, each with one more of what it reads written out: δ with ∂L/∂a in it, and dw with
  /// δ, as often as is said. The shortest comes first; none of what is given.
  package static func all(of quantity: Quantity, in network: Network, writingOut times: Int = 2) -> [ElementFormula] {
    guard let equation = Operation.equation(of: quantity, in: network) else { return [] }
    let free = EquationPlace(of: quantity, in: network, at: [])
    let letters = quantity.kind.extent.letters.map(free.pageLetter)
    let place = EquationPlace(of: quantity, in: network, at: letters.map { .name($0) })
    var all: [ElementFormula] = []
    for equation in [equation] + equation.ways {
      var written = place.expression(equation)
      for _ in 0...times {
        all.append(
          ElementFormula(quantity: quantity, letters: letters, expression: written.settled, order: equation.order))
        let next = written.writtenOut(in: network)
        if next == written { break }
        written = next
      }
    }
    return all
  }

  /// No formula: of a quantity that is looked at in what it comes to.
  package init(unknown quantity: Quantity) {
    self.init(quantity: quantity, letters: [], expression: .name(quantity.name), order: .inSequence)
  }

  private init(quantity: Quantity, letters: [String], expression: Expression, order: SummationOrder) {
    (self.quantity, self.letters, self.expression, self.order) = (quantity, letters, expression, order)
  }

  /// The same element by another formula, over the same letters or others.
  package func replaced(by expression: Expression, over letters: [String]? = nil) -> ElementFormula {
    ElementFormula(quantity: quantity, letters: letters ?? self.letters, expression: expression, order: order)
  }

  /// What it gives at a state: of a quantity of one sample in that sample, of others added or averaged over these samples of
  /// the batch. Nil where it means nothing here.
  package func numbers(at state: State, samples: [Int]) -> FormulaNumbers? {
    FormulaNumbers(self, at: state, samples: samples)
  }
}

/// The numbers that a formula gives at a state, worked out one by one as they are asked for.
package final class FormulaNumbers {
  private let code: Code<Double>
  private let nodes: Int
  private let letters: Int
  private let evaluations: [Evaluation<Double>]
  private let columns: Int
  private let divisor: Double

  fileprivate init?(_ formula: ElementFormula, at state: State, samples: [Int]) {
    let compiler = Compiler<Double>(summed: formula.order)
    let scope = StateScope(state)
    var names = Names(scope)
    for letter in formula.letters { names.indices[letter] = compiler.slot() }
    guard !samples.isEmpty, let shape = state.shape(of: formula.quantity),
      let code = try? compiler.compile(formula.expression, names)
    else { return nil }
    (self.code, nodes, letters, columns) = (code, compiler.tally.nodes, formula.letters.count, max(shape.columns, 1))
    evaluations = samples.map { Evaluation(BoundScope(scope, Reading(sample: $0, isForward: true)), compiler) }
    divisor = state.experiment.reduction == .mean && !formula.quantity.kind.isOfSample ? Double(samples.count) : 1
  }

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
    for (slot, index) in zip(0..<letters, [row + 1, column + 1]) { evaluation.indices[slot] = index }
    let value = (try? code(evaluation))?.number
    work += nodes + evaluation.work
    evaluation.refill()
    return value
  }
}

extension Expression {
  /// With ∂L/∂a and δ written out once where they stand.
  fileprivate func writtenOut(in network: Network) -> Expression {
    if case .element(let base, let indices) = kind, case .name(let name, version: nil) = base.kind,
      let quantity = Quantity.named(name), [.da, .delta].contains(quantity.kind),
      let equation = Operation.equation(of: quantity, in: network)
    {
      return EquationPlace(of: quantity, in: network, at: indices).expression(equation)
    }
    return mapChildren { $0.writtenOut(in: network) }
  }

  /// Every expression that comes of one node's being replaced.
  package func rewritten(_ change: (Expression) -> [Expression]) -> [Expression] {
    var all = change(self)
    for (index, child) in children.enumerated() {
      for other in child.rewritten(change) {
        var place = -1
        all.append(
          mapChildren { old in
            place += 1
            return place == index ? other : old
          })
      }
    }
    return all
  }
}
