// Derivatives: what stands in d(…) is worked out in dual numbers.
extension Compiler {
  /// Code for `d(EXPR)/d(QUANTITY[…])`. Without indices the result has a derivative for each element of the quantity.
  func derivative(
    of body: Expression, by quantity: Expression, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let below = names.place(quantity.range)
    let (base, indices) =
      if case .element(let base, let indices) = quantity.kind { (base, indices) } else { (quantity, []) }
    let name = try seedName(base, names)
    var places: [IndexCode<N>] = []
    for place in indices { places.append(try index(place, names)) }
    let code = try Compiler<Dual<N>>(summed: order, tally).compile(body, names.elsewhere)
    guard let row = places.first else {
      return { evaluation throws(EvaluationError) in
        try located(below) { () throws(EvaluationError) in try evaluation.derivatives(code, name) }
      }
    }
    let column = places.count > 1 ? places[1] : nil
    return { evaluation throws(EvaluationError) in
      try located(below) { () throws(EvaluationError) in
        let (row, column) = (try row(evaluation), try column?(evaluation))
        let shape = try evaluation.shape(of: name)
        return try evaluation.derivative(code, name, shape, try shape.place(row, column, of: name))
      }
    }
  }

  /// The quantity under the line, seen through a let that only names it.
  private func seedName(_ base: Expression, _ names: Names) throws(EvaluationError) -> String {
    if let name = try names.quantity(namedBy: base) { return name }
    let place = names.place(base.range)
    if case .name(let name, version: nil) = base.kind, case .unknown = try names.meaning(of: name, at: base.range) {
      throw EvaluationError(names.complaint(name), at: place)
    }
    throw EvaluationError("an element of x, w, b, net, a, out or loss was expected under the line", at: place)
  }
}

extension Evaluation {
  fileprivate func shape(of quantity: String) throws(EvaluationError) -> Shape {
    guard let shape = binding.scope.shape(of: quantity) else { throw EvaluationError("there is no \(quantity) here") }
    return shape
  }

  /// The derivative of a value with respect to an element of a quantity, by its place row by row.
  fileprivate func derivative(
    _ code: Code<Dual<N>>, _ quantity: String, _ shape: Shape, _ place: Int
  ) throws(EvaluationError) -> Value<N> {
    let (row, column) = place.quotientAndRemainder(dividingBy: shape.columns)
    let (moved, cost) = try binding.moved(
      with: Seed(quantity: quantity, row: row, column: column, sample: binding.reading.sample))
    try charge(cost)
    switch try code(Evaluation<Dual<N>>(moved, within: self)) {
    case .number(let number): return .number(number.tangent)
    case .matrix(let shape, let elements): return .matrix(shape, elements.map(\.tangent))
    }
  }

  /// The derivatives with respect to all elements: of a number in the quantity's shape, of a column as a Jacobian.
  fileprivate func derivatives(_ code: Code<Dual<N>>, _ quantity: String) throws(EvaluationError) -> Value<N> {
    let shape = try shape(of: quantity)
    var parts: [Value<N>] = []
    for place in 0..<shape.count { parts.append(try derivative(code, quantity, shape, place)) }
    guard let first = parts.first else { throw EvaluationError("\(quantity) has no elements") }
    if shape == .scalar { return first }
    if first.count == 1 { return Value(shape, parts.map { $0[0] }) }
    guard first.shape.columns == 1, shape.columns == 1 else {
      throw EvaluationError("a column by a column was expected, or an element; here \(first.shape) by \(shape)")
    }
    return Value(Shape(parts.count, first.count), parts.flatMap(\.elements)).transposed
  }
}
