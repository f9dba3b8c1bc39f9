import Engine
import Notation

// The formulas by which a network is trained with slips in it that are told from numbers alone, where somebody has made them.
extension Mistake.Subject {
  /// Whether a network is trained, and this is the gradient of weights or biases in it.
  private var isTrained: Bool { foreign == nil && quantity.kind.gradientOf?.isParameter == true }

  /// A gradient of weights with a hundredth of them added, as a common decay does.
  func decaying(_ formula: ElementFormula) -> [Expression] {
    guard isTrained, quantity.kind == .dw else { return [] }
    let weight = Expression.element(Quantity(.w, quantity.layer), formula.letters.map { .name($0) })
    return [Expression(.binary(.plus, formula.expression, shareOfSample(of: weight.times(0.01))))]
  }

  /// A gradient that is added to what the iteration before has left.
  func accumulating(_ formula: ElementFormula) -> [Expression] {
    guard isTrained, let kind = Quantity.Kind.all.first(where: { $0.gradientBefore == quantity.kind }) else {
      return []
    }
    let before = Quantity(kind, quantity.layer)
    guard !formula.expression.mentions(before.name) else { return [] }
    let left = Expression.element(before, formula.letters.map { .name($0) })
    return [Expression(.binary(.plus, formula.expression, shareOfSample(of: left)))]
  }

  /// A gradient cut off at a power of ten, the largest first; the first that changes it is taken.
  func clipping(_ formula: ElementFormula) -> [Expression] {
    guard isTrained else { return [] }
    return [1, 0.1, 0.01, 0.001, 0.0001].map { bound in
      let above = Expression(.call("min", isDerivative: false, [ofBatch(formula), .number(bound)]))
      return shareOfSample(of: Expression(.call("max", isDerivative: false, [above, .number(-bound)])))
    }
  }

  /// A gradient with each row in the place of the one before.
  func permuted(_ formula: ElementFormula) -> [Expression] {
    guard isTrained, let letter = formula.letters.first, let rows = state.shape(of: quantity)?.rows, rows > 1 else {
      return []
    }
    let next = Expression.formula("mod(\(letter), \(rows)) + 1")
    return [formula.expression.replacing([letter: next])]
  }

  /// A gradient of weights with the numbers of its transpose laid out in its own shape.
  func reshaped(_ formula: ElementFormula) -> [Expression] {
    guard isTrained, formula.letters.count == 2, let shape = state.shape(of: quantity), shape.rows != shape.columns,
      shape.rows > 1, shape.columns > 1
    else { return [] }
    let (row, column) = (formula.letters[0], formula.letters[1])
    let place = "(\(row) - 1) * \(shape.columns) + \(column) - 1"
    return [
      formula.expression.replacing([
        row: .formula("mod(\(place), \(shape.rows)) + 1"), column: .formula("floor((\(place)) / \(shape.rows)) + 1"),
      ])
    ]
  }

  /// What a formula of one sample comes to for the batch.
  private func ofBatch(_ formula: ElementFormula) -> Expression {
    guard state.batch.count > 1 else { return formula.expression }
    let fold: Fold = state.experiment.reduction == .mean ? .mean : .sum
    return Expression(.fold(fold, index: Fold.overBatch, bounds: nil, formula.expression))
  }

  /// The part that each sample has in what is one number for the batch.
  private func shareOfSample(of number: Expression) -> Expression {
    state.batch.count > 1 && state.experiment.reduction == .sum
      ? Expression(.binary(.over, number, .number(Double(state.batch.count)))) : number
  }
}
