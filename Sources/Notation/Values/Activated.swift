import Engine

/// A layer's activation, for `f2(v)`.
package struct LayerActivation: Sendable {
  /// The activation with its settings.
  package let choice: ActivationChoice
  /// The units of the layer; 0 for those of any.
  package let units: Int

  init(_ choice: ActivationChoice, units: Int) {
    self.choice = choice
    self.units = units
  }

  /// The shape of what it, or its derivative, makes of a value.
  func shape(of argument: Shape, isDerivative: Bool) -> Shape {
    isDerivative && !choice.rule.isElementwise ? Shape(argument.count, argument.count) : argument
  }

  /// The activation of a value, or its derivative: element by element, or for a whole layer's the Jacobian.
  func value<N: Number>(
    of net: Value<N>, isDerivative: Bool, _ name: String
  ) throws(EvaluationError) -> Value<N> {
    let choice = choice
    guard choice.rule.isElementwise else {
      try requireLayer(net.shape, name)
      let a = try N.activated(layer: net.elements, by: choice)
      guard isDerivative else { return Value(net.shape, a) }
      return Value(Shape(net.count, net.count), try N.jacobian(of: choice, net: net.elements, a: a))
    }
    return try net.map { net throws(EvaluationError) in
      let a = try N.activated(net, by: choice)
      return try isDerivative ? N.slope(of: choice, net: net, a: a) : a
    }
  }

  /// Softmax and its like take a whole layer; one unit of it by itself would silently give 1.
  private func requireLayer(_ shape: Shape, _ name: String) throws(EvaluationError) {
    guard shape.columns == 1 else { throw EvaluationError("\(name) takes a column; here \(shape)") }
    guard units == 0 || units == shape.count else {
      throw EvaluationError(
        "\(name) is \(choice.rule.name) and takes the layer's \(units) units together, not \(shape.count): \(name)(v)[i], \(name)'(v)[i,k]"
      )
    }
  }
}

extension Choice where Row == Activation {
  /// f′ of one unit as its table's formula says, ready to be worked out at its argument and its value.
  func slopeFormula<N: Number>() throws(EvaluationError) -> (N, N) throws(EvaluationError) -> N {
    let (formula, constants): (GivenFormula<N>, [Value<N>]) = try derivative(over: ["net", "a"])
    return { (net, a) throws(EvaluationError) in try formula.value([.number(net), .number(a)] + constants)[0] }
  }

  /// The Jacobian as its table's formula says, row by row.
  func jacobianFormula<N: Number>(_ net: [N], _ a: [N]) throws(EvaluationError) -> [N] {
    let (formula, constants): (GivenFormula<N>, [Value<N>]) = try derivative(over: ["net", "a", "i", "k"])
    let columns = [net, a].map { Value(Shape($0.count, 1), $0) }
    return try Value.build(Shape(a.count, a.count)) { place throws(EvaluationError) in
      let (row, column) = place.quotientAndRemainder(dividingBy: a.count)
      return try formula.value(columns + [.number(N(row + 1)), .number(N(column + 1))] + constants)[0]
    }.elements
  }

  /// The derivative's formula over these names and the settings, and the settings' values.
  private func derivative<N: Number>(
    over names: [String]
  ) throws(EvaluationError) -> (GivenFormula<N>, [Value<N>]) {
    var constants: [Value<N>] = []
    for value in values { constants.append(.number(try .typed(Literal(value)))) }
    return (
      try GivenFormula(.formula(rule.derivativeFormula), of: names + rule.settings.map(\.formulaName)), constants
    )
  }
}
