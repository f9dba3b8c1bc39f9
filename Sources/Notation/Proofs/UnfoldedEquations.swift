import Engine

/// The equations of a network's operations, compiled when they are first asked for, in the form that a page has.
final class UnfoldedEquations<N: Number> {
  private let scope: StateScope
  private var rows: [Quantity: Row] = [:]
  /// The formulas that were compiled, as a page has them.
  private(set) var formulas: [Quantity: String] = [:]
  /// Those of the numbers that move with an element.
  private var moving: AnyObject?

  init(_ scope: StateScope) { self.scope = scope }

  /// An equation over its free letters, whose slots come first.
  struct Row {
    let code: Code<N>
    let compiler: Compiler<N>
    let letters: Int
    /// Whether it reads the weights as they are, and not those of the forward pass.
    let readsPresent: Bool
  }

  func row(_ quantity: Quantity) throws(EvaluationError) -> Row {
    if let row = rows[quantity] { return row }
    let network = scope.state.worked
    guard let equation = Operation.equation(of: quantity, in: network) else {
      throw EvaluationError("\(quantity.name) has no formula", lack: .undecided)
    }
    guard network.alteration(of: quantity)?.samples ?? .each == .each else {
      throw EvaluationError("the mistake in \(quantity.name) reads another sample", lack: .undecided)
    }
    let compiler = Compiler<N>(summed: equation.order)
    var names = Names(UnfoldedNames<N>(base: scope))
    var letters: [String: Expression] = [:]
    for letter in quantity.kind.extent.letters {
      // The page's own letters are the sums'; these have names that none of them has.
      names.indices["unit_" + letter] = compiler.slot()
      letters[letter] = .name("unit_" + letter)
    }
    let layer = Equation.layer(of: quantity, in: network)
    let place = EquationPlace(network: network, layer: layer, letters: letters)
    formulas[quantity] = EquationPlace.formula(of: quantity, by: equation, in: network)
    let row = Row(
      code: try compiler.compile(place.defining(equation), names), compiler: compiler, letters: letters.count,
      readsPresent: equation.readsPresent)
    rows[quantity] = row
    return row
  }

  /// Those in numbers that move with an element.
  var ofMoving: UnfoldedEquations<Dual<N>> {
    if let known = moving as? UnfoldedEquations<Dual<N>> { return known }
    let made = UnfoldedEquations<Dual<N>>(scope)
    moving = made
    return made
  }
}

/// The names of a place without their values: what equations are compiled with.
private struct UnfoldedNames<N: Number>: ScopeOverState {
  let base: StateScope

  func value(of quantity: String, _ reading: Reading) throws(EvaluationError) -> Value<N> {
    throw EvaluationError("\(quantity) is not worked out yet")
  }

  func at(step: Int) throws(EvaluationError) -> any Scope<N> { self }
}

extension EquationPlace {
  /// A quantity and its formula with the letters that a page has for it.
  fileprivate static func formula(of quantity: Quantity, by equation: Equation, in network: Network) -> String {
    let indices = quantity.pageLetters(in: network).map { Expression.name($0) }
    let place = EquationPlace(of: quantity, in: network, at: indices)
    return "\(Expression.name(quantity.name, version: nil, at: indices)) = \(place.defining(equation))"
  }

  /// An equation as the page defines what it gives: computed in another form, it is the same real number.
  fileprivate func defining(_ equation: Equation) -> Expression {
    let definition = equation.definition
    return page(definition) ?? expression(definition)
  }
}
