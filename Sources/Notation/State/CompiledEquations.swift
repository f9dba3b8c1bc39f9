import Engine

/// The equations of a network's operations, compiled when they are first asked for: the forward ones in dual numbers, the
/// gradients of the loss in the core's own.
final class CompiledEquations {
  private let scope: StateScope
  private var forward: [Quantity: Row<Dual<Double>>] = [:]
  private var gradients: [Quantity: Row<Double>] = [:]

  init(_ scope: StateScope) { self.scope = scope }

  /// An equation over its free letters.
  struct Row<N: Number> {
    /// The quantities that it reads.
    let reads: Set<Quantity>
    let code: Code<N>
    let compiler: Compiler<N>

    /// A run over it, in which values are fetched once.
    func evaluation(_ binding: BoundScope<N>) -> Evaluation<N> { Evaluation(binding, compiler) }

    /// The value where the letters, in their order, stand for these indices, counted from 1.
    func value(_ places: [Int], _ evaluation: Evaluation<N>) throws(EvaluationError) -> N {
      for (slot, place) in places.enumerated() { evaluation.indices[slot] = place }
      guard let number = try code(evaluation).number else { throw EvaluationError("an element is one number") }
      return number
    }
  }

  /// The equation of a forward operation.
  func forward(_ quantity: Quantity) -> Row<Dual<Double>>? { row(quantity, &forward) }

  /// The equation of a gradient.
  func gradient(_ quantity: Quantity) -> Row<Double>? { row(quantity, &gradients) }

  private func row<N: Number>(_ quantity: Quantity, _ known: inout [Quantity: Row<N>]) -> Row<N>? {
    if let row = known[quantity] { return row }
    let network = scope.state.worked
    guard let equation = Operation.equation(of: quantity, in: network) else { return nil }
    let layer = Equation.layer(of: quantity, in: network)
    let compiler = Compiler<N>(summed: equation.order)
    var names = Names(scope)
    var letters: [String: Expression] = [:]
    for letter in quantity.kind.extent.letters {
      // The page's own letters are the sums'; these have names that none of them has.
      names.indices["unit_" + letter] = compiler.slot()
      letters[letter] = .name("unit_" + letter)
    }
    let written = EquationPlace(network: network, layer: layer, letters: letters).expression(equation)
    guard let code = try? compiler.compile(written, names) else { return nil }
    let row = Row(reads: equation.reads(layer), code: code, compiler: compiler)
    known[quantity] = row
    return row
  }
}
