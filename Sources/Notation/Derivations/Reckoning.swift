import Engine

/// Works out a formula over single numbers, in the core's own order, so that the result is the core's to the last bit
/// wherever the formula is what the core computes.
struct Reckoning {
  let figures: Figures
  /// The values of the indices, from 1.
  var indices: [String: Int] = [:]
  /// The rule's own names: settings, and the lines of an optimizer that were worked out.
  var names: [String: Double] = [:]
  /// The sample that is read; nil for the one on show.
  var sample: Int?
  /// Whether sums of products run in eight lanes, as those of a layer's `net` do.
  var isSummedInLanes = false
  /// Whether a factor of 0 in front makes a product 0 even beside an infinity: 0·log 0 = 0 in a loss.
  var zeroWins = false

  /// The number that a formula is worth.
  /// - Throws: where something that it reads is not computed yet.
  func value(_ expression: Expression) throws(NotComputed) -> Double {
    switch expression.kind {
    case .number(let literal): return literal.value
    case .name(let name, _):
      if let index = indices[name] { return Double(index) }
      if let value = names[name] { return value }
      return try element(expression).map { read throws(NotComputed) in try number(read) } ?? .nan
    case .element, .derivative:
      return try element(expression).map { read throws(NotComputed) in try number(read) } ?? .nan
    case .unary(.minus, let operand): return -(try value(operand))
    case .unary(.not, let operand): return try value(operand) == 0 ? 1 : 0
    case .binary(let sign, let left, let right): return combine(sign, try value(left), try value(right))
    case .call(let name, let isDerivative, let arguments): return try call(name, isDerivative, arguments)
    case .fold(.sum, let index, _, let body): return try sum(index, body)
    default: return .nan
    }
  }

  private func combine(_ sign: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch sign {
    case .plus: return a + b
    case .minus: return a - b
    case .times, .timesEach: return zeroWins && a == 0 ? 0 : a * b
    case .over, .overEach: return zeroWins && a == 0 ? 0 : a / b
    case .power: return power(a, b)
    case .equal: return a == b ? 1 : 0
    case .unequal: return a != b ? 1 : 0
    case .less: return a < b ? 1 : 0
    case .atMost: return a <= b ? 1 : 0
    case .greater: return a > b ? 1 : 0
    case .atLeast: return a >= b ? 1 : 0
    case .near: return approximatelyEqual(a, b) ? 1 : 0
    case .and: return a != 0 && b != 0 ? 1 : 0
    case .or: return a != 0 || b != 0 ? 1 : 0
    }
  }

  // MARK: - Calls

  private func call(_ name: String, _ isDerivative: Bool, _ arguments: [Expression]) throws(NotComputed) -> Double {
    guard let first = arguments.first else { return .nan }
    let pair = Fold(rawValue: name)
    if let pair, arguments.count == 1 { return try extreme(of: first, pair) }
    if name == "log", let logSum = try logSum(first) { return logSum }
    let argument = try value(first)
    if let pair { return (try? pair.rule()(argument, try value(arguments[1]))) ?? .nan }
    switch name {
    case "exp": return exponential(argument)
    case "log": return logarithm(argument)
    case "sqrt": return argument.squareRoot()
    case "abs": return abs(argument)
    case "erf": return errorFunction(argument)
    default: break
    }
    let layer = layer(ofActivation: name)
    guard let activation = layer.flatMap(figures.activation) ?? Activation.named(name).map(ActivationChoice.init) else {
      return .nan
    }
    guard isDerivative else { return activation.value(argument) }
    let a = try layer.flatMap { layer in activationBeside(first, layer) }.map { read throws(NotComputed) in
      try number(read)
    }
    return activation.derivative(net: argument, a: a ?? activation.value(argument))
  }

  /// `a2[k]` for `net2[k]`: the derivative reads both.
  func activationBeside(_ net: Expression, _ layer: Int) -> Read? {
    guard var read = element(net), read.element.quantity == Quantity(.net, layer) else { return nil }
    read.element.quantity = Quantity(.a, layer)
    return read
  }

  /// `log(sum(j, exp(…)))` as the core takes it, about the largest exponent, so that the small end is kept; nil for
  /// another argument.
  private func logSum(_ argument: Expression) throws(NotComputed) -> Double? {
    guard case .fold(.sum, let index, _, let body) = argument.kind, case .call("exp", _, let exponents) = body.kind,
      let exponent = exponents.first
    else { return nil }
    var values: [Double] = []
    for place in places(of: index, in: body) { values.append(try binding(index, place).value(exponent)) }
    return values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return nil }
      let (largest, rest) = logSumExponential(first, count: values.count)
      return largest + rest
    }
  }

  private func extreme(of column: Expression, _ pair: Fold) throws(NotComputed) -> Double {
    guard case .name(let name, _) = column.kind, let quantity = Quantity.named(name),
      let rows = figures.shape(quantity)?.rows
    else { return .nan }
    var found: Double?
    for row in 0..<rows {
      let number = try figures.number(Element(quantity, row: row, sample: sample))
      found = found.map { (try? pair.rule()($0, number)) ?? .nan } ?? number
    }
    return found ?? .nan
  }

  // MARK: - Sums

  private func sum(_ index: String, _ body: Expression) throws(NotComputed) -> Double {
    if isSummedInLanes, case .binary(.times, let left, let right) = body.kind {
      var (a, b): ([Double], [Double]) = ([], [])
      for place in places(of: index, in: body) {
        let inner = binding(index, place)
        a.append(try inner.value(left))
        b.append(try inner.value(right))
      }
      return a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
          return dot(first, second, count: a.count)
        }
      }
    }
    var total: Double?
    try add(index, body, to: &total)
    return total ?? 0
  }

  /// Adds the terms of a sum from the first to the last; a sum in a sum goes on where the last one ended.
  private func add(_ index: String, _ body: Expression, to total: inout Double?) throws(NotComputed) {
    for place in places(of: index, in: body) {
      let inner = binding(index, place)
      if case .fold(.sum, let deeper, _, let term) = body.kind {
        try inner.add(deeper, term, to: &total)
      } else {
        let term = try inner.value(body)
        total = total.map { $0 + term } ?? term
      }
    }
  }

  /// With an index at a place, from 1.
  func binding(_ index: String, _ place: Int) -> Reckoning {
    var inner = self
    inner.indices[index] = place
    if index == "sample" { inner.sample = place - 1 }
    return inner
  }

  /// The values that an index runs through in a body: the extent of the first element that it indexes, or the batch.
  func places(of index: String, in body: Expression) -> ClosedRange<Int> {
    1...max(index == "sample" ? figures.state.batch.count : extent(of: index, in: body)?.count ?? 1, 1)
  }

  /// How far an index runs in a body, and what it counts there.
  func extent(of index: String, in body: Expression) -> (count: Int, quantity: Quantity, axis: Int)? {
    if case .element(let base, let indices) = body.kind, case .name(let name, _) = base.kind,
      let axis = indices.firstIndex(of: .name(index)), let quantity = Quantity.named(name),
      let shape = figures.shape(quantity)
    {
      return (axis == 0 ? shape.rows : shape.columns, quantity, axis)
    }
    for child in body.children {
      if let found = extent(of: index, in: child) { return found }
    }
    return nil
  }

  // MARK: - Elements

  /// An element as a formula names it: with the version of a weight, where one is written.
  struct Read {
    var element: Element
    var version: Int?
  }

  func number(_ read: Read) throws(NotComputed) -> Double {
    try figures.number(read.element, version: read.version)
  }

  /// The element that a name or an indexed name stands for; nil where it is none.
  func element(_ expression: Expression) -> Read? {
    switch expression.kind {
    case .name(let name, let version):
      guard indices[name] == nil, names[name] == nil, let quantity = Quantity.named(name) else { return nil }
      return Read(element: Element(quantity, sample: sampleRead(quantity)), version: version)
    case .element(let base, let indices):
      guard case .name(let name, let version) = base.kind, let quantity = Quantity.named(name) else { return nil }
      var places: [Int] = []
      for index in indices {
        guard let place = place(index) else { return nil }
        places.append(place - 1)
      }
      if quantity.kind == .loss { return Read(element: Element(quantity, sample: places[0]), version: nil) }
      return Read(
        element: Element(
          quantity, row: places[0], column: places.count > 1 ? places[1] : 0, sample: sampleRead(quantity)),
        version: version)
    default: return nil
    }
  }

  private func sampleRead(_ quantity: Quantity) -> Int? { quantity.kind.isOfSample ? sample : nil }

  private func place(_ index: Expression) -> Int? {
    switch index.kind {
    case .number(let literal): Int(exactly: literal.value)
    case .name(let name, version: nil): indices[name]
    default: nil
    }
  }
}
