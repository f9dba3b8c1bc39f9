// Functions that a session made for itself.
extension Compiler {
  /// Code for a call of an own function. One of numbers goes element by element, as those of the table do, where its
  /// arguments are numbers or of one shape; all else is worked out as its body is written, with its arguments whole.
  func compile(
    own function: Definition, _ isDerivative: Bool, _ arguments: [Expression], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let place = names.place(range)
    if let complaint = function.complaint(aboutArguments: arguments.count) {
      throw EvaluationError(complaint, at: place)
    }
    let codes = try compile(all: arguments, names)
    let readsGiven = tally.reads.contains(-1)
    let slots = function.parameters.map { _ in argumentSlot() }
    let before = tally.nodes
    let ofNumbers = try numeric(function, isDerivative, slots, range, names)
    let cost = tally.nodes - before
    let ofWholes = isDerivative ? nil : try whole(function, slots, arguments, range, names, isNumeric: ofNumbers != nil)
    // Whether the arguments depend on what is given is known; the slots that they lie in do not.
    if !readsGiven { tally.reads.remove(-1) }
    return { evaluation throws(EvaluationError) in
      var values: [Value<N>] = []
      for code in codes { values.append(try code(evaluation)) }
      return try located(place) { () throws(EvaluationError) in
        guard let ofNumbers, let shape = Shape.common(to: values.map(\.shape)) else {
          guard let ofWholes else {
            let (name, shapes) = (function.name + (isDerivative ? "'" : ""), values.map(\.shape.description))
            throw EvaluationError(
              "\(name) takes numbers, or values of one shape; here \(shapes.joined(separator: ", "))")
          }
          for (slot, value) in zip(slots, values) { evaluation.arguments[slot] = value }
          return try ofWholes(evaluation)
        }
        try evaluation.charge(shape.count, cost)
        return try .build(shape) { index throws(EvaluationError) in
          for (slot, value) in zip(slots, values) { evaluation.arguments[slot] = .number(value[index]) }
          return try ofNumbers(evaluation)[0]
        }
      }
    }
  }

  private func argumentSlot() -> Int {
    tally.arguments += 1
    return tally.arguments - 1
  }

  /// Code for what a function, or its derivative, makes of numbers; nil where it is no function of numbers.
  private func numeric(
    _ function: Definition, _ isDerivative: Bool, _ slots: [Int], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N>? {
    let body: Expression
    do throws(EvaluationError) { body = try names.numeric(function, isDerivative: isDerivative) } catch {
      guard isDerivative else { return nil }
      throw EvaluationError("\(function.name)' is not known: \(error.message)", at: names.place(range))
    }
    return try compile(body, names.alone(function, slots, in: NoScope<N>(), at: range))
  }

  /// Code for a function's body as it is written. Of a function of numbers, whose arguments may have shapes that go element by
  /// element, it may be missing.
  private func whole(
    _ function: Definition, _ slots: [Int], _ arguments: [Expression], _ range: Range<Int>, _ names: Names,
    isNumeric: Bool
  ) throws(EvaluationError) -> Code<N>? {
    let shapes = try names.shapes(of: arguments)
    // Nothing is gained by a second form where it will not be asked for.
    if isNumeric, arguments.count == 1 || shapes.allSatisfy({ $0 == .scalar }) { return nil }
    let own = zip(slots, shapes).map { Names.Argument(slot: $0, shape: $1) }
    return try compile(function.expression, try names.inside(function, own, at: range))
  }
}
