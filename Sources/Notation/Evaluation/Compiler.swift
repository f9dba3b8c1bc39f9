import Engine

/// Turns an expression into code for one evaluation: names are looked up and ranges inferred once, not for every element.
final class Compiler {
  /// How many slots for indices there are.
  private(set) var slots = 0
  /// How many nodes were compiled: what one run of a body costs.
  private(set) var nodes = 0
  private var ids: [String: Int] = [:]
  private var memos = 0
  /// The slots that what is being compiled reads.
  private var reads: Set<Int> = []

  /// A slot for an index.
  func slot() -> Int {
    slots += 1
    return slots - 1
  }

  /// The number of a quantity's name and version.
  private func id(_ name: String, _ version: Int?) -> Int {
    let key = version.map { "\(name)⟨\($0)⟩" } ?? name
    if let id = ids[key] { return id }
    ids[key] = ids.count
    return ids.count - 1
  }

  /// Code for an expression.
  /// - Throws: where a name is unknown, or an index has no range or two.
  func compile(_ expression: Expression, _ names: Names) throws(EvaluationError) -> Code {
    try names.visit(expression)
    nodes += 1
    let range = names.place(expression.range)
    switch expression.kind {
    case .number(let literal):
      let value = Value(literal.value)
      return { _ in value }
    case .name(let name, let version): return try compile(name: name, version, range, names)
    case .element(let base, let indices): return try compile(elementOf: base, indices, range, names)
    case .matrix(let rows): return try compile(matrix: rows, range, names)
    case .unary(.minus, let operand):
      let code = try compile(operand, names)
      return { evaluation throws(EvaluationError) in
        let value = try code(evaluation)
        if case .number(let number) = value { return .number(-number) }
        try evaluation.charge(value.count)
        return value.map { -$0 }
      }
    case .unary(.not, let operand):
      let code = try compile(operand, names)
      return { evaluation throws(EvaluationError) in
        try code(evaluation).map { Dual($0.isTrue ? 0 : 1) }
      }
    case .binary(let sign, let left, let right): return try compile(sign, left, right, range, names)
    case .transpose(let operand):
      let code = try compile(operand, names)
      return { evaluation throws(EvaluationError) in
        let value = try code(evaluation)
        try evaluation.charge(value.count)
        return value.transposed
      }
    case .norm(let operand):
      let code = try compile(operand, names)
      return { evaluation throws(EvaluationError) in
        let value = try code(evaluation)
        try evaluation.charge(value.count)
        return value.norm
      }
    case .call(let name, let isDerivative, let arguments):
      return try compile(call: name, isDerivative, arguments, range, names)
    case .fold(let fold, let index, let bounds, let body):
      return try compile(fold, index, bounds, body, range, names)
    case .at(let step, let body): return try compile(at: step, body, names)
    case .old(let body):
      let code = try compile(body, names)
      return { evaluation throws(EvaluationError) in
        try evaluation.with(.forward) { () throws(EvaluationError) in try code(evaluation) }
      }
    case .derivative(let body, let quantity):
      return try compile(derivativeOf: body, by: quantity, range, names)
    }
  }

  // MARK: - Names and elements

  private func compile(
    name: String, _ version: Int?, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    switch try names.meaning(of: name, at: range) {
    case .index(let slot):
      reads.insert(slot)
      return { Value(Double($0.indices[slot])) }
    case .definition(let definition, let inner):
      guard version == nil else { throw EvaluationError("\(name) has no versions: weights and biases have", at: range) }
      return try once(definition, inner, range)
    case .quantity(let name, _):
      let id = id(name, version)
      return { evaluation throws(EvaluationError) in
        try located(range) { () throws(EvaluationError) in
          try evaluation.binding.value(of: name, id: id, version: version)
        }
      }
    case .unknown: throw EvaluationError(names.complaint(name), at: range)
    }
  }

  /// Code that runs once for each place it is read at, where its value depends on no index.
  func once(_ expression: Expression, _ names: Names, _ range: Range<Int>) throws(EvaluationError) -> Code {
    let outer = reads
    reads = []
    defer { reads.formUnion(outer) }
    let code = try compile(expression, names)
    guard reads.isDisjoint(with: names.indices.values) else { return code }
    if case .number = expression.kind { return code }
    let memo = memos
    memos += 1
    return { evaluation throws(EvaluationError) in
      if let known = evaluation.binding.memo[memo] { return known }
      let value = try located(range) { () throws(EvaluationError) in try code(evaluation) }
      evaluation.binding.memo[memo] = value
      return value
    }
  }

  private func compile(
    elementOf base: Expression, _ indices: [Expression], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    var places: [Code] = []
    for index in indices { places.append(try compile(index, names)) }
    let (first, second) = (places[0], places.count > 1 ? places[1] : nil)
    if case .name("loss", let version) = base.kind, second == nil, names.indices["loss"] == nil {
      guard version == nil else { throw EvaluationError("loss has no versions: weights and biases have", at: range) }
      return { evaluation throws(EvaluationError) in
        try located(range) { () throws(EvaluationError) in
          let sample = try first(evaluation)
          let count = evaluation.binding.scope.sampleCount
          guard let place = sample.wholeNumber, (1...max(count, 1)).contains(place) else {
            throw EvaluationError(
              "the batch has \(counted(count, "sample")): there is no loss[\(sample.text)]")
          }
          return try evaluation.binding.sampleLoss(place - 1)
        }
      }
    }
    let code = try once(base, names, names.place(base.range))
    let (text, quantity) = (base.description, try names.quantity(namedBy: base))
    return { evaluation throws(EvaluationError) in
      let (row, column) = (try first(evaluation), try second?(evaluation))
      let value: Value
      do throws(EvaluationError) { value = try code(evaluation) } catch {
        // Of a quantity that is computed in part, the elements that are there can be read.
        guard error.isNotComputed, let quantity, let part = try evaluation.computedRows(of: quantity),
          let wanted = row.wholeNumber, (1...part.shape.rows).contains(wanted)
        else { throw error }
        value = part
      }
      return try located(range) { () throws(EvaluationError) in try value.element(row, column, text) }
    }
  }

  private func compile(
    matrix rows: [[Expression]], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    var codes: [[Code]] = []
    for row in rows {
      var line: [Code] = []
      for element in row { line.append(try compile(element, names)) }
      codes.append(line)
    }
    return { evaluation throws(EvaluationError) in
      var values: [[Value]] = []
      var count = 0
      for row in codes {
        var line: [Value] = []
        for code in row {
          line.append(try code(evaluation))
          count += line[line.count - 1].count
        }
        values.append(line)
      }
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(count)
        try bounded(Shape(count, 1))
        return try Value.blocks(values)
      }
    }
  }

  /// Ends the reach of an index: what stands around it does not depend on it.
  func forget(_ slot: Int) { reads.remove(slot) }
}

extension Dual {
  /// Other than 0; what is not a number is not true.
  var isTrue: Bool { value != 0 && !value.isNaN }
}

extension Value {
  /// A value in a message.
  var text: String { number.map { Literal($0.value).text } ?? "\(shape)" }

  /// The number where it is a whole one, of a size that can be counted with.
  var wholeNumber: Int? {
    guard let number, abs(number.value) <= 0x1p53 else { return nil }
    return Int(exactly: number.value)
  }

  /// An element by its indices as they are typed, from 1.
  func element(_ row: Value, _ column: Value?, _ text: String) throws(EvaluationError) -> Value {
    let shape = shape
    guard let column else {
      guard shape.rows == 1 || shape.columns == 1 else {
        throw EvaluationError("\(text) is \(shape) and takes two indices: \(text)[row,column]")
      }
      return .number(self[try place(row, count, "element", text)])
    }
    let (r, c) = (try place(row, shape.rows, "row", text), try place(column, shape.columns, "column", text))
    return .number(self[r * shape.columns + c])
  }

  private func place(_ index: Value, _ count: Int, _ kind: String, _ text: String) throws(EvaluationError) -> Int {
    guard let place = index.wholeNumber else {
      throw EvaluationError("an index is a whole number, not \(index.text)")
    }
    guard place >= 1, place <= count else {
      throw EvaluationError("\(text) is \(shape): it has no \(kind) \(place)")
    }
    return place - 1
  }
}
