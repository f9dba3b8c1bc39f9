import Engine
import Notation

extension Session {
  /// `set QUANTITY[INDICES] = EXPR`, `set SETTING = VALUE`.
  mutating func set(_ arguments: inout Arguments) throws(CommandError) {
    let (target, expression) = try arguments.assignment("a quantity was expected here: w1, b1, x, y or rate")
    let (name, indices) = try Session.target(target)
    if indices.isEmpty, let setting = SessionSetting.named(name) { return try give(setting, expression) }
    if Quantity.Kind.rate.isCalled(name), indices.isEmpty { return try setRate(to: expression) }
    try put(try value(of: expression, givenTo: target), into: target, from: expression.range.lowerBound)
  }

  /// Gives a quantity, or an element of it, a value that was computed before; `column` is where that was typed.
  private mutating func put(_ value: Matrix, into target: Expression, from column: Int) throws(CommandError) {
    let assignment = try assignment(of: value, to: target, from: column)
    let (batch, chosen) = (content.timeline.state.batch, content.timeline.state.chosen)
    let sample = batch.isEmpty ? 0 : batch[min(chosen, batch.count - 1)]
    try change(at: target.range.lowerBound) { experiment, parameters throws(CommandError) in
      assignment.make(in: &experiment, &parameters, sample: sample)
    }
  }

  /// The value of an expression as a quantity takes it: an array of one dimension is a column or a row as needed, and a
  /// matrix of weights is in the layout that was said.
  func value(of expression: Expression, givenTo target: Expression) throws(CommandError) -> Matrix {
    let value = try value(of: expression)
    guard case .name(let name, version: nil) = target.kind, let quantity = Quantity.named(name),
      let shape = timeline.state.shape(of: quantity)
    else { return value }
    if quantity.kind.extent == .weights, expression.isTurned(in: scope) { return value.transposed }
    let fits = value.rows == shape.rows && value.columns == shape.columns
    let fitsTransposed = value.columns == shape.rows && value.rows == shape.columns
    // A row of numbers for biases can be meant in one way only: NumPy keeps them as one.
    let isRow = quantity.kind.extent == .biases && value.rows == 1
    return !fits && fitsTransposed && (isRow || expression.isLine(in: scope)) ? value.transposed : value
  }

  /// What it takes to give a quantity, or an element of it, a value; `column` is where the value was typed.
  func assignment(
    of value: Matrix, to target: Expression, from column: Int
  ) throws(CommandError) -> Assignment {
    let (name, indices) = try Session.target(target)
    let place = target.range.lowerBound
    guard let quantity = Quantity.named(name) else {
      throw Session.unknown(name, at: place, or: "; w1, b1, x, y and rate can be set", among: settableNames)
    }
    guard quantity.kind.isSettable else {
      let how: Text = quantity.kind.isInjectable ? "; inject \(name) = … puts a value in for one iteration" : ""
      throw CommandError("\(name) is computed and cannot be set; w1, b1, x, y and rate can\(how)", at: place)
    }
    return try assignment(quantity, indices, to: value, at: place, from: column)
  }

  /// What to say of a name that means no quantity; `how` is what could be given where it is not one of elsewhere.
  static func unknown(_ name: String, at column: Int, or how: Text = "", among names: [String]) -> CommandError {
    if let own = Quantity.known(elsewhereAs: name)?.name ?? Quantity.named(name.lowercased())?.name {
      return CommandError("\(name) is not known; it is called \(own) here", at: column)
    }
    return CommandError("\(name) is not known\(how)\(suggestion(for: name, among: names))", at: column)
  }

  /// Everything that `set` takes.
  var settableNames: [String] {
    parameterNames + Quantity.Kind.all.filter { $0.isSettable && !$0.isOfLayer }.map(\.name) + SessionSetting.names
  }

  /// Takes `w2[1,2]` apart.
  static func target(_ expression: Expression) throws(CommandError) -> (name: String, indices: [Expression]) {
    switch expression.kind {
    case .name(let name, version: nil): return (name, [])
    case .element(let base, let indices):
      if case .name(let name, version: nil) = base.kind { return (name, indices) }
    default: break
    }
    let place = expression.range.lowerBound
    // A name of elsewhere with a hyphen in it reads as a difference.
    if let own = Quantity.known(elsewhereAs: expression.description.filter { $0 != " " })?.name {
      throw CommandError(
        "\(expression.description.filter { $0 != " " }) is not known; it is called \(own) here", at: place)
    }
    throw CommandError("a quantity was expected here: w1, b1[2], x, y or rate", at: place)
  }

  /// Sets the learning rate.
  mutating func setRate(to expression: Expression) throws(CommandError) {
    let rate = try Session.rate(Matrix(try number(of: expression, "a learning rate")), at: expression.range.lowerBound)
    try change(at: expression.range.lowerBound) { experiment, _ throws(CommandError) in
      _ = experiment.network.optimizer.set(Optimizer.rate.name, to: rate)
    }
  }

  /// A value as a learning rate.
  private static func rate(_ value: Matrix, at column: Int) throws(CommandError) -> Double {
    guard let rate = value.scalar else {
      throw CommandError("a learning rate is one number, this is \(value.shape)", at: column)
    }
    var optimizer = OptimizerChoice(Optimizer.all[0])
    guard optimizer.set(Optimizer.rate.name, to: rate) else {
      throw CommandError("a learning rate is a finite number of at least 0, not \(shortest(rate))", at: column)
    }
    return rate
  }

  func assignment(
    _ quantity: Quantity, _ indices: [Expression], to value: Matrix, at column: Int, from valueColumn: Int
  ) throws(CommandError) -> Assignment {
    if quantity.kind == .rate {
      guard indices.isEmpty else { throw CommandError("rate is one number and has no index", at: column) }
      return Assignment(quantity, places: [0], value: Matrix(try Session.rate(value, at: valueColumn)))
    }
    // Asking for the value makes the state say what is wrong with a quantity that is not there.
    let state = content.timeline.state
    do throws(NotComputed) { try state.check(quantity) } catch { throw CommandError(error.message, at: column) }
    guard let shape = state.shape(of: quantity) else {
      throw CommandError("there is no \(quantity.name)", at: column)
    }
    guard value.elements.allSatisfy(\.isFinite) else {
      throw CommandError("\(quantity.name) takes finite numbers", at: valueColumn)
    }
    if let memory = quantity.kind.memory, value.elements.contains(where: { $0 < 0 }),
      state.experiment.network.optimizer.rule.memory.contains(where: { $0.name == memory && $0.isOfSquares })
    {
      throw CommandError("\(quantity.name) is made of squares, and none of them is below 0", at: valueColumn)
    }
    if quantity.kind.countedParameter != nil { try Session.checkCount(value, of: quantity, at: valueColumn) }
    guard indices.isEmpty else {
      guard value.count == 1 else {
        throw CommandError("one element takes one number, this is \(value.shape)", at: valueColumn)
      }
      return Assignment(quantity, places: [try element(quantity, shape, indices)], value: value)
    }
    if value.count > 1 { try requireShape(value, of: quantity, at: valueColumn) }
    return Assignment(quantity, places: Array(0..<shape.rows * shape.columns), value: value)
  }

  /// Refuses a value that has not the shape of a quantity.
  func requireShape(_ value: Matrix, of quantity: Quantity, at column: Int) throws(CommandError) {
    guard let shape = timeline.state.shape(of: quantity), (value.rows, value.columns) != (shape.rows, shape.columns)
    else {
      return
    }
    let isInOut = quantity.kind.extent == .weights && content.layout == .inOut
    // What was given is said, and not what was made of it.
    let given = isInOut ? value.transposed : value
    let wanted = isInOut ? (shape.columns, shape.rows) : (shape.rows, shape.columns)
    let hint: Text =
      value.columns == shape.rows && value.rows == shape.columns
      ? transposedHint(isOfWeights: quantity.kind.extent == .weights) : ""
    throw CommandError(
      "\(quantity.name) is \(wanted.0)×\(wanted.1)\(isInOut ? " in layout in-out" : ""), this is \(given.shape)\(hint)",
      at: column)
  }

  /// Refuses what is no count of updates.
  private static func checkCount(_ value: Matrix, of quantity: Quantity, at column: Int) throws(CommandError) {
    guard let number = value.scalar, let count = Int(exactly: number), (0...1_000_000_000).contains(count) else {
      throw CommandError("\(quantity.name) is a whole number of updates, from 0 on", at: column)
    }
  }

  /// The place of an element, row by row from 0.
  private func element(
    _ quantity: Quantity, _ shape: (rows: Int, columns: Int), _ indices: [Expression]
  ) throws(CommandError) -> Int {
    // As in expressions: one index will do for a row or a column.
    let isLine = shape.rows == 1 || shape.columns == 1
    guard indices.count == 2 || isLine else {
      throw CommandError(
        "\(quantity.name) has two indices: \(quantity.name)[1,2]", at: indices.first?.range.lowerBound ?? 0)
    }
    let extents = indices.count == 2 ? [shape.rows, shape.columns] : [shape.rows * shape.columns]
    var place = 0
    for (index, extent) in zip(indices, extents) {
      place = place * extent + (try self.place(index, in: 1...extent, of: quantity.name))
    }
    return place
  }
}

/// A value for a quantity or for one element of it, of a fitting shape: one number fills.
struct Assignment {
  let quantity: Quantity
  /// The elements that it goes to, row by row from 0.
  let places: [Int]
  let value: Matrix

  init(_ quantity: Quantity, places: [Int], value: Matrix) {
    self.quantity = quantity
    self.places = places
    self.value = value
  }

  /// Makes it; of inputs and targets, in a sample counted from 0.
  func make(in experiment: inout Experiment, _ parameters: inout [LayerParameters], sample: Int) {
    for place in places {
      let number = value.elements[value.count == 1 ? 0 : place]
      switch quantity.kind {
      case .w: parameters[quantity.layer - 1].w.give(number, at: place)
      case .b: parameters[quantity.layer - 1].b.give(number, at: place)
      case .x: experiment.data.setInput(sample, place, number)
      case .y: experiment.data.setTarget(sample, place, number)
      default: setOfOptimizer(number, at: place, in: &experiment, &parameters)
      }
    }
  }

  /// Sets the rate, or what the optimizer keeps of a parameter: its memory, and how many updates it has counted.
  private func setOfOptimizer(
    _ number: Double, at place: Int, in experiment: inout Experiment, _ parameters: inout [LayerParameters]
  ) {
    let kind = quantity.kind
    if let parameter = kind.countedParameter {
      parameters[quantity.layer - 1][parameter].updates = Int(number)
    } else if let memory = kind.memory, let slot = experiment.network.optimizer.memory.firstIndex(of: memory) {
      parameters[quantity.layer - 1][kind].remember(number, in: slot, of: experiment.network.optimizer, at: place)
    } else {
      _ = experiment.network.optimizer.set(Optimizer.rate.name, to: number)
    }
  }
}
