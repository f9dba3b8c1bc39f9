import Engine

// The forms that run through indices, steps and samples, or take a derivative.
extension Compiler {
  /// Code for `sum(k, …)` and its kin.
  func compile(
    _ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    let ends = try ends(fold, index, bounds, body, range, names)
    let slot = slot()
    let before = nodes
    let code = try compile(body, names.binding(index, slot: slot))
    let cost = nodes - before
    forget(slot)
    let isSample = index == "sample"
    return { evaluation throws(EvaluationError) in
      try located(range) { () throws(EvaluationError) in
        let ends = try ends(evaluation)
        try evaluation.charge(ends.count, cost)
        var total: Value?
        for place in ends {
          evaluation.indices[slot] = place
          let part: Value
          if isSample {
            part = try evaluation.with(.sample(place - 1)) { () throws(EvaluationError) in try code(evaluation) }
          } else {
            part = try code(evaluation)
          }
          if let sum = total { total = try fold.combine(sum, part) } else { total = part }
        }
        return try fold.finish(total, count: ends.count)
      }
    }
  }

  /// The range that an index runs through.
  private func ends(
    _ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> (Evaluation) throws(EvaluationError) -> Range<Int> {
    let inner = names.binding(index, slot: 0)
    guard let bounds else {
      if index == "sample" { return { 1..<max($0.binding.scope.sampleCount, 0) + 1 } }
      var extent = try inner.agreedExtent(of: index, in: [body])
      if extent == nil { extent = try inner.intended(index, in: body) }
      guard let extent else {
        let reason: Text =
          try inner.uses(index, in: body)
          ? "\(index) has no range: it stands nowhere bare as an index; write \(index)=1..N"
          : "\(index) is not used in \(fold.rawValue)(\(index), …), so it has no range; with one, write \(index)=1..N"
        throw EvaluationError(reason, at: names.place(range))
      }
      return { _ in 1..<max(extent.count, 0) + 1 }
    }
    let (first, last) = (try compile(bounds.first, names), try compile(bounds.last, names))
    let shortest = try inner.extentsOfRange(of: index, in: body).min { $0.count < $1.count }
    return { evaluation throws(EvaluationError) in
      let (low, high) = (try first(evaluation), try last(evaluation))
      guard let from = low.wholeNumber, let to = high.wholeNumber else {
        throw EvaluationError("a range goes from one whole number to another, not \(low.text)..\(high.text)")
      }
      guard let shortest, from <= to, from < 1 || to > shortest.count else { return from..<max(from, to + 1) }
      // What is indexed beyond its end does not exist. It adds nothing to a sum, and a lint says so.
      guard fold == .sum else {
        throw EvaluationError(
          "\(index) indexes \(shortest.count) \(shortest.noun), the \(fold.rawValue) says \(from)..\(to)")
      }
      let start = max(from, 1)
      return start..<max(start, min(to, shortest.count) + 1)
    }
  }

  /// Code for `at(STEP, …)`.
  func compile(at step: Expression, _ body: Expression, _ names: Names) throws(EvaluationError) -> Code {
    let (step, place) = (try compile(step, names), names.place(step.range))
    let code = try compile(body, names)
    return { evaluation throws(EvaluationError) in
      let value = try step(evaluation)
      guard let number = value.wholeNumber, number >= 0 else {
        throw EvaluationError("a step is a whole number from 0 on, not \(value.text)", at: place)
      }
      guard evaluation.binding.seed == nil else { throw EvaluationError("at(…) may not stand inside d(…)", at: place) }
      return try located(place) { () throws(EvaluationError) in
        try evaluation.with(.step(number)) { () throws(EvaluationError) in try code(evaluation) }
      }
    }
  }

  // MARK: - Derivatives

  /// Code for `d(EXPR)/d(QUANTITY[…])`. Without indices the result has a derivative for each element of the quantity.
  func compile(
    derivativeOf body: Expression, by quantity: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    let below = names.place(quantity.range)
    let (base, indices) =
      if case .element(let base, let indices) = quantity.kind { (base, indices) } else { (quantity, []) }
    let name = try seedName(base, names)
    var places: [Code] = []
    for index in indices { places.append(try compile(index, names)) }
    let code = try compile(body, names)
    guard let first = places.first else {
      return try whole(code, name, below, names)
    }
    let second = places.count > 1 ? places[1] : nil
    return { evaluation throws(EvaluationError) in
      let (row, column) = (try first(evaluation), try second?(evaluation))
      return try located(below) { () throws(EvaluationError) in
        guard let shape = evaluation.binding.scope.shape(of: name) else {
          throw EvaluationError("there is no \(name) here")
        }
        let place = try shape.place(row, column, name)
        return try evaluation.derivative(code, name, place, shape)
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

  /// The derivatives with respect to all elements: of a number in the quantity's shape, of a column as a Jacobian.
  private func whole(
    _ code: @escaping Code, _ name: String, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    { evaluation throws(EvaluationError) in
      try located(range) { () throws(EvaluationError) in
        guard let shape = evaluation.binding.scope.shape(of: name) else {
          throw EvaluationError("there is no \(name) here")
        }
        var parts: [Matrix] = []
        for place in 0..<shape.count {
          parts.append(try evaluation.derivative(code, name, place, shape).matrix)
        }
        guard let first = parts.first else { throw EvaluationError("\(name) has no elements") }
        if shape == .scalar { return Value(first) }
        if first.count == 1 {
          return Value(Matrix(rows: shape.rows, columns: shape.columns, elements: parts.map { $0.elements[0] }))
        }
        guard first.isColumn, shape.columns == 1 else {
          throw EvaluationError("a column by a column was expected, or an element; here \(first.shape) by \(shape)")
        }
        let jacobian = Matrix(rows: parts.count, columns: first.count, elements: parts.flatMap(\.elements))
        return Value(jacobian.transposed)
      }
    }
  }
}

extension Evaluation {
  /// The derivative of a value with respect to an element of a quantity, by its place row by row.
  func derivative(_ code: Code, _ quantity: String, _ place: Int, _ shape: Shape) throws(EvaluationError) -> Value {
    guard binding.seed == nil else { throw EvaluationError("d(…)/d(…) may not stand inside d(…)") }
    let seed = Seed(
      quantity: quantity, row: place / shape.columns, column: place % shape.columns, sample: binding.reading.sample)
    return Value(try with(.seed(seed)) { () throws(EvaluationError) in try code(self) }.derivative)
  }
}

extension Shape {
  /// Where an element stands, row by row from 0, given its indices from 1.
  func place(_ row: Value, _ column: Value?, _ text: String) throws(EvaluationError) -> Int {
    guard column != nil || columns == 1 else {
      throw EvaluationError("\(text) is \(self) and takes two indices: \(text)[row,column]")
    }
    var place = 0
    for (index, count) in [(row, rows), (column ?? Value(1.0), columns)] {
      guard let number = index.wholeNumber else {
        throw EvaluationError("an index is a whole number, not \(index.text)")
      }
      guard number >= 1, number <= count else {
        throw EvaluationError(
          "\(text) is \(self): it has no element \([row, column].compactMap { $0?.text }.joined(separator: ","))")
      }
      place = place * count + number - 1
    }
    return place
  }
}
