import Engine

// Names, elements, and matrices of parts.
extension Compiler {
  func compile(
    name: String, _ version: Int?, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    switch try names.meaning(of: name, at: range) {
    case .index(let slot):
      tally.reads.insert(slot)
      return { .number(N($0.indices[slot])) }
    case .given(let slot):
      tally.reads.insert(-1)
      return { $0.given[slot] }
    case .argument(let argument):
      guard version == nil else { throw EvaluationError("\(name) has no versions: weights and biases have", at: range) }
      tally.reads.insert(-1)
      return { $0.arguments[argument.slot] }
    case .definition(let definition, let inner):
      guard version == nil else { throw EvaluationError("\(name) has no versions: weights and biases have", at: range) }
      return try once(definition, inner, range)
    case .quantity(let name, _):
      let id = tally.id(name, version)
      if version == nil, names.isHere, case .number(let read)? = names.scope.lent(name) {
        return { evaluation throws(EvaluationError) in
          if let number = read() { return .number(N(core: number)) }
          return try located(range) { () throws(EvaluationError) in
            try evaluation.binding.value(of: name, id: id, version: nil)
          }
        }
      }
      return { evaluation throws(EvaluationError) in
        try located(range) { () throws(EvaluationError) in
          try evaluation.binding.value(of: name, id: id, version: version)
        }
      }
    case .unknown: throw EvaluationError(names.complaint(name), at: range)
    }
  }

  /// Code, and whether what it is worth depends on no index and nothing given.
  func alone(_ expression: Expression, _ names: Names) throws(EvaluationError) -> (code: Code<N>, isAlone: Bool) {
    let (code, reads) = try tally.reading { () throws(EvaluationError) in try compile(expression, names) }
    return (code, reads.isDisjoint(with: names.indices.values) && !reads.contains(-1))
  }

  /// Code that runs once for each place it is read at, where its value depends on no index.
  func once(_ expression: Expression, _ names: Names, _ range: Range<Int>) throws(EvaluationError) -> Code<N> {
    let (code, isAlone) = try alone(expression, names)
    guard isAlone else { return code }
    switch expression.kind {
    case .number: return code
    case .name(let name, _):
      // A quantity is remembered as it is.
      if case .quantity = try names.meaning(of: name, at: range) { return code }
    default: break
    }
    let memo = tally.memos
    tally.memos += 1
    return { evaluation throws(EvaluationError) in
      if let known = evaluation.binding.memo[memo] { return known }
      let value = try located(range) { () throws(EvaluationError) in try code(evaluation) }
      evaluation.binding.memo[memo] = value
      return value
    }
  }

  func compile(
    elementOf base: Expression, _ indices: [Expression], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let row = try index(indices[0], names)
    if case .name(let name, let version) = base.kind, Quantity.Kind.loss.isCalled(name), indices.count == 1,
      names.indices[name] == nil, names.arguments[name] == nil
    {
      guard version == nil else { throw EvaluationError("\(name) has no versions: weights and biases have", at: range) }
      return sampleLoss(row, range)
    }
    let column: IndexCode<N>? = if indices.count > 1 { try index(indices[1], names) } else { nil }
    let code = try once(base, names, names.place(base.range))
    let (text, quantity) = (base.description, try names.quantity(namedBy: base))
    if case .name(_, version: nil) = base.kind, names.isHere, let quantity, let shape = names.scope.shape(of: quantity),
      case .numbers(let read)? = names.scope.lent(quantity)
    {
      return { evaluation throws(EvaluationError) in
        guard let numbers = read() else { return try code(evaluation) }
        do throws(EvaluationError) {
          return .number(N(core: numbers[try shape.place(try row(evaluation), try column?(evaluation), of: text)]))
        } catch {
          throw error.located(range)
        }
      }
    }
    var kept: Quantity?
    if case .name(_, version: nil) = base.kind, let known = quantity.flatMap(Quantity.named), known.kind.isKept {
      kept = known
    }
    return { [kept] evaluation throws(EvaluationError) in
      let (r, c): (Int, Int?)
      do throws(EvaluationError) { (r, c) = (try row(evaluation), try column?(evaluation)) } catch {
        throw error.located(range)
      }
      let binding = evaluation.binding
      if let kept, binding.reading.isPresent,
        let number = binding.scope.number(of: kept, r, c, sample: binding.reading.sample)
      {
        return .number(number)
      }
      let value: Value<N>
      do throws(EvaluationError) { value = try code(evaluation) } catch {
        // Of a quantity that is computed in part, the elements that are there can be read.
        guard error.isNotComputed, let quantity, let part = try evaluation.computedRows(of: quantity),
          (1...part.shape.rows).contains(r)
        else { throw error }
        value = part
      }
      do throws(EvaluationError) { return .number(value[try value.shape.place(r, c, of: text)]) } catch {
        throw error.located(range)
      }
    }
  }

  private func sampleLoss(_ sample: @escaping IndexCode<N>, _ range: Range<Int>) -> Code<N> {
    { evaluation throws(EvaluationError) in
      try located(range) { () throws(EvaluationError) in
        let (place, count) = (try sample(evaluation), evaluation.binding.scope.sampleCount)
        guard (1...max(count, 1)).contains(place) else {
          throw EvaluationError(
            "the batch has \(counted(count, "sample")): there is no loss[\(place)]", isNotComputed: true)
        }
        return try evaluation.binding.loss(ofSample: place - 1)
      }
    }
  }

  func compile(
    matrix rows: [[Expression]], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    var codes: [[Code<N>]] = []
    for row in rows { codes.append(try compile(all: row, names)) }
    let places = rows.map { row in
      (row.first?.range.lowerBound ?? range.lowerBound)..<(row.last?.range.upperBound ?? range.upperBound)
    }
    return { evaluation throws(EvaluationError) in
      var values: [[Value<N>]] = []
      var count = 0
      for row in codes {
        var line: [Value<N>] = []
        for code in row {
          line.append(try code(evaluation))
          count += line[line.count - 1].count
        }
        values.append(line)
      }
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(count)
        try Shape(count, 1).requireBounded()
        return try Value.blocks(values, at: places)
      }
    }
  }

  func compile(all expressions: [Expression], _ names: Names) throws(EvaluationError) -> [Code<N>] {
    var codes: [Code<N>] = []
    for expression in expressions { codes.append(try compile(expression, names)) }
    return codes
  }

  // MARK: - Whole numbers

  /// Code for a whole number: an index, an end of a range, a step.
  func index(
    _ expression: Expression, _ names: Names, orElse complaint: @escaping (Value<N>) -> EvaluationError = notAnIndex
  ) throws(EvaluationError) -> IndexCode<N> {
    if let code = try indexArithmetic(expression, names) { return code }
    let code = try compile(expression, names)
    let place = names.place(expression.range)
    return { evaluation throws(EvaluationError) in
      let value = try code(evaluation)
      guard let whole = value.number?.whole else { throw complaint(value).located(place) }
      return whole
    }
  }

  static func notAnIndex(_ value: Value<N>) -> EvaluationError {
    EvaluationError("an index is a whole number, not \(value.text)")
  }

  /// Code for what is made of indices and small whole numbers by adding and subtracting; nil for anything else.
  func indexArithmetic(_ expression: Expression, _ names: Names) throws(EvaluationError) -> IndexCode<N>? {
    try names.visit(expression)
    switch expression.kind {
    case .number(let literal):
      guard let whole = Int(exactly: literal.value), abs(whole) < 1 << 31 else { return nil }
      return { _ in whole }
    case .name(let name, version: nil):
      guard case .index(let slot) = try names.meaning(of: name, at: expression.range) else { return nil }
      tally.reads.insert(slot)
      return { $0.indices[slot] }
    case .binary(let sign, let left, let right) where sign == .plus || sign == .minus:
      guard let a = try indexArithmetic(left, names), let b = try indexArithmetic(right, names) else { return nil }
      return sign == .plus
        ? { (e) throws(EvaluationError) in try a(e) &+ b(e) } : { (e) throws(EvaluationError) in try a(e) &- b(e) }
    default: return nil
    }
  }
}
