import Engine

extension Compiler {
  /// Code for an operator between two expressions.
  func compile(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    if let phase = try compile(phase: sign, left, right, names) { return phase }
    let (a, b) = (try compile(left, names), try compile(right, names))
    switch sign {
    case .or: return decide(a, b, range, sign) { $0.isTrue || $1.isTrue }
    case .and: return decide(a, b, range, sign) { $0.isTrue && $1.isTrue }
    case .equal: return compare(a, b, range, sign, ==)
    case .unequal:
      // Not equal, as a whole: an element that differs is enough.
      let equal = compare(a, b, range, sign, ==)
      return { evaluation throws(EvaluationError) in Value(!(try equal(evaluation)).matrix.holdsEverywhere) }
    case .less: return compare(a, b, range, sign, <)
    case .atMost: return compare(a, b, range, sign, <=)
    case .greater: return compare(a, b, range, sign, >)
    case .atLeast: return compare(a, b, range, sign, >=)
    case .near: return compare(a, b, range, sign) { approximatelyEqual($0, $1) }
    case .plus: return combine(a, b, range, +) { (x, y) throws(EvaluationError) in try .eachWith(x, y, "+", +) }
    case .minus: return combine(a, b, range, -) { (x, y) throws(EvaluationError) in try .eachWith(x, y, "-", -) }
    case .timesEach: return combine(a, b, range, *) { (x, y) throws(EvaluationError) in try .eachWith(x, y, ".*", *) }
    case .overEach: return combine(a, b, range, /) { (x, y) throws(EvaluationError) in try .eachWith(x, y, "./", /) }
    case .times: return product(a, b, range)
    case .over: return combine(a, b, range, /, Value.quotient)
    case .power:
      return combine(a, b, range, Dual.power) { (x, y) throws(EvaluationError) in try .eachWith(x, y, "^", Dual.power) }
    }
  }

  /// Arithmetic: numbers at once, matrices by their own rule.
  private func combine(
    _ a: @escaping Code, _ b: @escaping Code, _ range: Range<Int>, _ numbers: @escaping (Dual, Dual) -> Dual,
    _ values: @escaping (Value, Value) throws(EvaluationError) -> Value
  ) -> Code {
    { evaluation throws(EvaluationError) in
      let (left, right) = (try a(evaluation), try b(evaluation))
      if case .number(let x) = left, case .number(let y) = right { return .number(numbers(x, y)) }
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(max(left.count, right.count))
        return try values(left, right)
      }
    }
  }

  /// The matrix product, whose work is what the result has times what both sides share, a few at once.
  private func product(_ a: @escaping Code, _ b: @escaping Code, _ range: Range<Int>) -> Code {
    { evaluation throws(EvaluationError) in
      let (left, right) = (try a(evaluation), try b(evaluation))
      if case .number(let x) = left, case .number(let y) = right { return .number(x * y) }
      return try located(range) { () throws(EvaluationError) in
        let result = Shape(left.shape.rows, right.shape.columns)
        if left.number == nil, right.number == nil {
          try bounded(result)
          try evaluation.charge(result.count, 1 + left.shape.columns / 8)
        } else {
          try evaluation.charge(max(left.count, right.count))
        }
        return try Value.product(left, right)
      }
    }
  }

  private func compare(
    _ a: @escaping Code, _ b: @escaping Code, _ range: Range<Int>, _ sign: BinaryOperator,
    _ rule: @escaping (Double, Double) -> Bool
  ) -> Code {
    { evaluation throws(EvaluationError) in
      let (left, right) = (try a(evaluation), try b(evaluation))
      if case .number(let x) = left, case .number(let y) = right { return Value(rule(x.value, y.value)) }
      return try located(range) { () throws(EvaluationError) in
        try evaluation.charge(max(left.count, right.count))
        return try Value.comparison(left, right, sign.rawValue, rule)
      }
    }
  }

  /// `and` and `or`: the right side is not looked at where the left side decides, so that
  /// `phase == backward and delta1[1] > 0` may be asked in every phase.
  private func decide(
    _ a: @escaping Code, _ b: @escaping Code, _ range: Range<Int>, _ sign: BinaryOperator,
    _ rule: @escaping (Dual, Dual) -> Bool
  ) -> Code {
    { evaluation throws(EvaluationError) in
      let left = try a(evaluation)
      if (0..<left.count).allSatisfy({ left[$0].isTrue == (sign == .or) }) {
        return left.map { Dual($0.isTrue ? 1 : 0) }
      }
      let right = try b(evaluation)
      return try located(range) { () throws(EvaluationError) in
        try .eachWith(left, right, sign.rawValue) { Dual(rule($0, $1) ? 1 : 0) }
      }
    }
  }

  /// `phase == backward`: the word stands for its number in the order of an iteration.
  private func compile(
    phase sign: BinaryOperator, _ left: Expression, _ right: Expression, _ names: Names
  ) throws(EvaluationError) -> Code? {
    let isPhase = [left, right].map { $0.kind == .name("phase", version: nil) && names.indices["phase"] == nil }
    guard sign.isComparison, isPhase[0] != isPhase[1] else { return nil }
    let other = isPhase[0] ? right : left
    guard case .name(let word, version: nil) = other.kind else { return nil }
    guard let number = Names.phases.firstIndex(of: word) else {
      let near = suggestion(for: word, among: Names.phases)
      throw EvaluationError(
        "one of \(Names.phases.joined(separator: ", ")) was expected beside phase\(near)", at: names.place(other.range))
    }
    let literal = Expression(.number(Literal(Double(number))), range: other.range)
    return isPhase[0]
      ? try compile(sign, left, literal, names.place(left.range), names)
      : try compile(sign, literal, right, names.place(left.range), names)
  }

  // MARK: - Calls

  /// Code for a function or an activation.
  func compile(
    call name: String, _ isDerivative: Bool, _ arguments: [Expression], _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    var codes: [Code] = []
    for argument in arguments { codes.append(try compile(argument, names)) }
    let first = codes[0]
    switch Function.named[name]?.rule {
    case .elementwise(let value, let slope):
      return { evaluation throws(EvaluationError) in
        let argument = try first(evaluation)
        if case .number = argument {} else { try evaluation.charge(argument.count) }
        return argument.map { x in
          let y = value(x.value)
          return x.through(y, slope: slope(x.value, y))
        }
      }
    case .fold(let fold) where codes.count == 1:
      return { evaluation throws(EvaluationError) in
        let value = try first(evaluation)
        try evaluation.charge(value.count)
        return try located(range) { () throws(EvaluationError) in try value.folded(fold) }
      }
    case .fold(let fold):
      return pair(fold, first, codes[1], range)
    case .whole(let rule):
      return { evaluation throws(EvaluationError) in
        var values: [Value] = []
        for code in codes { values.append(try code(evaluation)) }
        return try located(range) { () throws(EvaluationError) in
          let result = try rule(values)
          try evaluation.charge(result.count)
          return result
        }
      }
    case .form: return changed(first)
    case nil: return try apply(name, isDerivative, first, range, names)
    }
  }

  /// The larger or smaller of each pair.
  func pair(_ fold: Fold, _ a: @escaping Code, _ b: @escaping Code, _ range: Range<Int>) -> Code {
    let rule = fold == .max ? Dual.larger : Dual.smaller
    return combine(a, b, range, rule) { (x, y) throws(EvaluationError) in try .eachWith(x, y, fold.rawValue, rule) }
  }

  /// An activation or its derivative.
  private func apply(
    _ name: String, _ isDerivative: Bool, _ argument: @escaping Code, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code {
    guard names.scope.activation(named: name) != nil else {
      throw EvaluationError("there is no layer \(name.dropFirst()) here", at: range)
    }
    return { evaluation throws(EvaluationError) in
      let value = try argument(evaluation)
      try evaluation.charge(value.count)
      return try located(range) { () throws(EvaluationError) in
        guard let activation = evaluation.binding.scope.activation(named: name) else {
          throw EvaluationError("there is no layer \(name.dropFirst()) at that step")
        }
        return try isDerivative ? value.slope(of: activation, name) : value.activated(by: activation, name)
      }
    }
  }

  /// 1 where a value differs from what it was one step ago, else 0. What was not computed then has changed.
  private func changed(_ code: @escaping Code) -> Code {
    { evaluation throws(EvaluationError) in
      let now = try code(evaluation)
      let step = evaluation.binding.scope.step
      guard step > 0 else { return now.map { _ in Dual(0) } }
      let before: Value
      do throws(EvaluationError) {
        before = try evaluation.with(.step(step - 1)) { () throws(EvaluationError) in try code(evaluation) }
      } catch {
        guard error.isNotComputed else { throw error }
        return now.map { _ in Dual(1) }
      }
      guard before.shape == now.shape else { return now.map { _ in Dual(1) } }
      return .build(now.shape, moves: false) { index in
        let (a, b) = (now[index].value, before[index].value)
        return Dual(a == b || (a.isNaN && b.isNaN) ? 0 : 1)
      }
    }
  }
}
