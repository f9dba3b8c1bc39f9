import Engine
import Notation

extension Session {
  /// `set QUANTITY[INDICES] = EXPR`, `set digits = N`.
  mutating func set(_ arguments: inout Arguments) throws(CommandError) {
    guard !arguments.isAtEnd else { throw arguments.failure("a quantity was expected here: w1, b1, x, y or rate") }
    let line = arguments.line
    let column = arguments.column
    let (target, expression): (Expression, Expression)
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column)
      target = try parser.expression()
      guard try parser.acceptEquals() else {
        throw SyntaxError("= was expected here", at: parser.position..<parser.position)
      }
      expression = try parser.expression()
      try parser.expectEnd()
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
    arguments.skip()
    let (name, indices) = try Session.target(target)
    if name == "digits", indices.isEmpty { return try setDigits(to: expression) }
    if name == "rate", indices.isEmpty { return try setRate(to: expression) }
    try put(try value(of: expression), into: target, from: expression.range.lowerBound)
  }

  /// Gives a quantity, or an element of it, a value that was computed before; `column` is where that was typed.
  mutating func put(_ value: Matrix, into target: Expression, from column: Int) throws(CommandError) {
    let (name, indices) = try Session.target(target)
    let place = target.range.lowerBound
    guard let quantity = Quantity.named(name) else {
      let near = suggestion(for: name, among: parameterNames + ["x", "y", "rate", "digits"])
      throw CommandError("\(name) is not known; w1, b1, x, y and rate can be set\(near)", at: place)
    }
    guard quantity.kind.isParameter || quantity.kind == .x || quantity.kind == .y else {
      throw CommandError("\(name) is computed and cannot be set; w1, b1, x, y and rate can", at: place)
    }
    try set(quantity, indices, to: value, at: place, from: column)
  }

  /// Takes `w2[1,2]` apart.
  private static func target(_ expression: Expression) throws(CommandError) -> (name: String, indices: [Expression]) {
    switch expression.kind {
    case .name(let name, version: nil): return (name, [])
    case .element(let base, let indices):
      if case .name(let name, version: nil) = base.kind { return (name, indices) }
    default: break
    }
    throw CommandError("a quantity was expected here: w1, b1[2], x, y or rate", at: expression.range.lowerBound)
  }

  private mutating func setDigits(to expression: Expression) throws(CommandError) {
    let value = try number(of: expression, "a number of digits")
    guard let digits = Int(exactly: value), (1...17).contains(digits) else {
      throw CommandError("digits are a whole number from 1 to 17", at: expression.range.lowerBound)
    }
    content.digits = digits
  }

  /// Sets the learning rate.
  mutating func setRate(to expression: Expression) throws(CommandError) {
    let rate = try number(of: expression, "a learning rate")
    let column = expression.range.lowerBound
    try change(at: column) { experiment, _ throws(CommandError) in
      guard experiment.network.optimizer.set("rate", to: rate) else {
        throw CommandError("a learning rate is a finite number of at least 0, not \(shortest(rate))", at: column)
      }
    }
  }

  private mutating func set(
    _ quantity: Quantity, _ indices: [Expression], to value: Matrix, at column: Int, from valueColumn: Int
  ) throws(CommandError) {
    let state = timeline.state
    // Asking for the value makes the state say what is wrong with a quantity that is not there.
    do throws(NotComputed) { _ = try state.partialValue(of: quantity) } catch {
      throw CommandError(error.message, at: column)
    }
    guard let shape = state.shape(of: quantity) else { throw CommandError("there is no \(quantity.name)", at: column) }
    guard value.elements.allSatisfy(\.isFinite) else {
      throw CommandError("\(quantity.name) takes finite numbers", at: valueColumn)
    }
    let places: [Int]
    if indices.isEmpty {
      guard value.count == 1 || value.rows == shape.rows && value.columns == shape.columns else {
        throw CommandError(
          "\(quantity.name) is \(shape.rows)×\(shape.columns), this is \(value.shape)", at: valueColumn)
      }
      places = Array(0..<shape.rows * shape.columns)
    } else {
      guard value.count == 1 else {
        throw CommandError("one element takes one number, this is \(value.shape)", at: valueColumn)
      }
      places = [try element(quantity, shape, indices)]
    }
    func put(_ place: Int) -> Double { value.elements[value.count == 1 ? 0 : place] }
    let sample = state.batch.indices.contains(state.selected) ? state.batch[state.selected] : 0
    try change(at: column) { experiment, parameters throws(CommandError) in
      for place in places {
        switch quantity.kind {
        case .w: parameters[quantity.layer - 1].w.values[place] = put(place)
        case .b: parameters[quantity.layer - 1].b.values[place] = put(place)
        case .x: experiment.data.setInput(sample, place, put(place))
        default: experiment.data.setTarget(sample, place, put(place))
        }
      }
    }
  }

  /// The place of an element, row by row from 0.
  private func element(
    _ quantity: Quantity, _ shape: (rows: Int, columns: Int), _ indices: [Expression]
  ) throws(CommandError) -> Int {
    let extents = quantity.kind == .w ? [shape.rows, shape.columns] : [shape.rows]
    guard indices.count == extents.count else {
      let example = extents.count == 2 ? "\(quantity.name)[1,2]" : "\(quantity.name)[1]"
      throw CommandError(
        "\(quantity.name) has \(extents.count == 2 ? "two indices" : "one index"): \(example)",
        at: indices.first?.range.lowerBound ?? 0)
    }
    var place = 0
    for (index, extent) in zip(indices, extents) {
      place = place * extent + (try self.place(index, in: 1...extent, of: quantity.name))
    }
    return place
  }
}
