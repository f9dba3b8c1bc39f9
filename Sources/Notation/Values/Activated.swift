import Engine

extension Value {
  /// An activation of this value; of its derivative f′ see `slope`.
  func activated(by activation: LayerActivation, _ name: String) throws(EvaluationError) -> Value {
    try checkUnits(activation, name)
    let (choice, net) = (activation.choice, matrix)
    let a = choice.value(of: net)
    guard let tangent else { return Value(a) }
    if choice.rule.isElementwise {
      let slopes = choice.slopes(net: net, a: a)
      return Value(
        a,
        tangent: Matrix(rows: net.rows, columns: net.columns, elements: zip(slopes.elements, tangent.elements).map(*)))
    }
    return Value(a, tangent: choice.jacobian(net: net, a: a).times(tangent))
  }

  /// The derivative of an activation at this value: element by element, or for softmax the Jacobian. Inside `d(…)` it
  /// moves as the formula in its table says.
  func slope(of activation: LayerActivation, _ name: String) throws(EvaluationError) -> Value {
    try checkUnits(activation, name)
    let (choice, net) = (activation.choice, matrix)
    let a = choice.value(of: net)
    let slope = choice.rule.isElementwise ? choice.slopes(net: net, a: a) : choice.jacobian(net: net, a: a)
    guard moves else { return Value(slope) }
    let settings = zip(choice.rule.settings, choice.values).map { ($0.formulaName, Value($1)) }
    let active = try activated(by: activation, name)
    var tangent = Matrix(rows: slope.rows, columns: slope.columns)
    for row in 0..<slope.rows {
      for column in 0..<slope.columns {
        let place = row * slope.columns + column
        let moved =
          choice.rule.isElementwise
          ? try formula(
            choice.rule.derivativeFormula,
            Dictionary(settings + [("net", .number(self[place])), ("a", .number(active[place]))]) { $1 })
          : try formula(choice.rule.derivativeFormula, ["a": active], indices: ["i": row + 1, "k": column + 1])
        tangent[row, column] = moved[0].tangent
      }
    }
    return Value(slope, tangent: tangent)
  }

  /// Softmax takes a whole layer; one unit of it by itself would silently give 1.
  private func checkUnits(_ activation: LayerActivation, _ name: String) throws(EvaluationError) {
    guard !activation.choice.rule.isElementwise else { return }
    guard shape.columns == 1 else { throw EvaluationError("\(name) takes a column; here \(shape)") }
    guard activation.units == 0 || activation.units == count else {
      throw EvaluationError(
        "\(name) is softmax and takes the layer's \(activation.units) units together, not \(count): \(name)(v)[i], \(name)'(v)[i,k]"
      )
    }
  }
}

extension Choice where Row == Activation {
  /// f′ of each element, in the argument's shape.
  func slopes(net: Matrix, a: Matrix) -> Matrix {
    Matrix(
      rows: net.rows, columns: net.columns,
      elements: zip(net.elements, a.elements).map { derivative(net: $0, a: $1) })
  }
}
