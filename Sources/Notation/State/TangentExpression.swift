import Engine

/// An expression of forward quantities with one number, whose exact derivatives are asked for element by element: compiled
/// once, in dual numbers.
package final class TangentExpression {
  private let compiler = Compiler<Dual<Double>>()
  private let code: Code<Dual<Double>>
  private let scope: StateScope
  private let place: Range<Int>
  private var equations: CompiledEquations?
  /// How many operations on numbers the dearest derivative so far took, as far as they are counted.
  package private(set) var work = 0

  /// Compiles an expression where a state's forward pass is done. The scope is kept.
  /// - Throws: where a name is unknown, or an index has no range or two.
  package init(_ expression: Expression, in scope: StateScope) throws(EvaluationError) {
    self.scope = scope
    place = expression.range
    code = try compiler.compile(expression, Names(scope).elsewhere)
  }

  /// `d(EXPR)/d(q)` of the sample on show, all before q held fixed.
  /// - Throws: where the expression reads what is no forward quantity, or is no single number.
  package func derivative(by element: Element) throws(EvaluationError) -> Double {
    let seed = Seed(
      quantity: element.quantity.name, row: element.row, column: element.column, sample: element.sample)
    let moving = try scope.moving(with: seed, Reading(), by: &equations)
    let evaluation = Evaluation(BoundScope(moving), compiler)
    let value = try code(evaluation)
    work = max(work, evaluation.work)
    guard value.count == 1 else {
      throw EvaluationError("a cost is one number, this is \(value.shape)", at: place)
    }
    return value[0].tangent
  }
}
