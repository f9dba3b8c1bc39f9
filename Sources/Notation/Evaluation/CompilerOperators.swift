import Engine

// Operators between two expressions, and before one.
extension Compiler {
  func compile(_ sign: UnaryOperator, _ operand: Expression, _ names: Names) throws(EvaluationError) -> Code<N> {
    let code = try compile(operand, names)
    switch sign {
    case .minus:
      return { evaluation throws(EvaluationError) in
        let value = try code(evaluation)
        if case .number(let number) = value { return .number(-number) }
        try evaluation.charge(value.count)
        return try value.map { -$0 }
      }
    case .not:
      return { evaluation throws(EvaluationError) in
        try code(evaluation).map { x throws(EvaluationError) in N(try x.isTrue ? 0 : 1) }
      }
    }
  }

  /// Code for an operator. What stands left of it in a chain such as `a + b + …` is compiled here, not further down.
  func compile(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    if sign.isComparison { return try compile(comparison: sign, left, right, range, names) }
    var first = left
    var chain = [(sign: sign, left: left, right: right, range: range)]
    while case .binary(let sign, let left, let right) = first.kind, !sign.isComparison {
      try names.visit(first)
      tally.nodes += 1
      chain.append((sign, left, right, names.place(first.place)))
      first = left
    }
    var code = try compile(first, names)
    for link in chain.reversed() {
      let zeroWins = names.scope.zeroTargetsWin ? try names.isOfTargets(link.left) : false
      let turned = try names.turned(link.sign, link.left, link.right)
      var right = try compile(link.right, names)
      if turned.right { right = transposed(right) }
      if turned.left { code = transposed(code) }
      code = operation(link.sign, code, right, link.range, zeroWins: zeroWins)
    }
    return code
  }

  /// The value with its rows as columns.
  private func transposed(_ code: @escaping Code<N>) -> Code<N> {
    { evaluation throws(EvaluationError) in try code(evaluation).transposed }
  }

  func operation(
    _ sign: BinaryOperator, _ a: @escaping Code<N>, _ b: @escaping Code<N>, _ range: Range<Int>, zeroWins: Bool
  ) -> Code<N> {
    switch sign {
    case .plus: return combined(a, b, range, "+", +)
    case .minus: return combined(a, b, range, "-", -)
    case .times: return product(a, b, range, zeroWins: zeroWins)
    case .timesEach: return zeroWins ? combined(a, b, range, ".*", zeroWinning(*)) : combined(a, b, range, ".*", *)
    case .overEach: return combined(a, b, range, "./", zeroWins ? zeroWinning(N.quotient) : N.quotient)
    case .over:
      let rule = zeroWins ? zeroWinning(N.quotient) : N.quotient
      return combined(a, b, range, rule) { (x, y) throws(EvaluationError) in try .quotient(x, y, rule) }
    case .power: return combined(a, b, range, "^", N.power)
    default: return decision(a, b, range, sign)
    }
  }

  /// The rule of a product or a quotient where a factor of 0 in front makes it 0, whatever stands behind.
  private func zeroWinning(
    _ rule: @escaping (N, N) throws(EvaluationError) -> N
  ) -> (N, N) throws(EvaluationError) -> N {
    { (a, b) throws(EvaluationError) in a.isZero ? N(0) : try rule(a, b) }
  }

  /// Element by element.
  @inline(__always)
  func combined(
    _ a: @escaping Code<N>, _ b: @escaping Code<N>, _ range: Range<Int>, _ sign: String,
    _ rule: @escaping (N, N) throws(EvaluationError) -> N
  ) -> Code<N> {
    combined(a, b, range, rule) { (x, y) throws(EvaluationError) in try .eachWith(x, y, sign, rule) }
  }

  /// Numbers at once, matrices by their own rule.
  @inline(__always)
  private func combined(
    _ a: @escaping Code<N>, _ b: @escaping Code<N>, _ range: Range<Int>,
    _ numbers: @escaping (N, N) throws(EvaluationError) -> N,
    _ values: @escaping (Value<N>, Value<N>) throws(EvaluationError) -> Value<N>
  ) -> Code<N> {
    { evaluation throws(EvaluationError) in
      let (left, right) = (try a(evaluation), try b(evaluation))
      do throws(EvaluationError) {
        if case .number(let x) = left, case .number(let y) = right { return .number(try numbers(x, y)) }
        try evaluation.charge(max(left.count, right.count))
        return try values(left, right)
      } catch {
        throw error.located(range)
      }
    }
  }

  /// The matrix product, whose work is what the result has times what both sides share, a few at once.
  private func product(_ a: @escaping Code<N>, _ b: @escaping Code<N>, _ range: Range<Int>, zeroWins: Bool) -> Code<N> {
    let rule: ((N, N) throws(EvaluationError) -> N)? = zeroWins ? zeroWinning(*) : nil
    return { evaluation throws(EvaluationError) in
      let (left, right) = (try a(evaluation), try b(evaluation))
      if case .number(let x) = left, case .number(let y) = right { return .number(try rule?(x, y) ?? x * y) }
      return try located(range) { () throws(EvaluationError) in
        guard case .matrix(let x, _) = left, case .matrix(let y, _) = right else {
          try evaluation.charge(max(left.count, right.count))
          return try .eachWith(left, right, "*", rule ?? (*))
        }
        try evaluation.charge(Shape(x.rows, y.columns).count, 1 + x.columns / 8)
        return try Value.product(left, right)
      }
    }
  }

  // MARK: - Truth

  /// Code for a comparison: 1 where it holds for all elements, else 0. What is not equal as a whole may be so in parts.
  /// Of two whole numbers it is decided as it stands, whatever numbers are worked in.
  private func compile(
    comparison sign: BinaryOperator, _ left: Expression, _ right: Expression, _ range: Range<Int>, _ names: Names
  ) throws(EvaluationError) -> Code<N> {
    let (left, right) = try phaseNumbered(left, right, names) ?? (left, right)
    if let a = try indexArithmetic(left, names), let b = try indexArithmetic(right, names) {
      let rule = Double.comparison(sign)
      return { evaluation throws(EvaluationError) in
        Value(try rule(Double(try a(evaluation)), Double(try b(evaluation))))
      }
    }
    var (a, b) = (try compile(left, names), try compile(right, names))
    let turned = try names.turned(sign, left, right)
    if turned.left { a = transposed(a) }
    if turned.right { b = transposed(b) }
    let (first, second) = (a, b)
    let isNegated = sign == .unequal
    let (rule, truth) = (N.comparison(isNegated ? .equal : sign), N.truth(isNegated ? .equal : sign))
    return { evaluation throws(EvaluationError) in
      let (left, right) = (try first(evaluation), try second(evaluation))
      return try located(range) { () throws(EvaluationError) in
        if case .number(let x) = left, case .number(let y) = right {
          let truth = try truth(x, y)
          return .number(isNegated ? N(1) - truth : truth)
        }
        try evaluation.charge(max(left.count, right.count))
        return Value(try Value.comparison(left, right, sign.rawValue, rule) != isNegated)
      }
    }
  }

  /// `and` and `or`: the right side is not looked at where the left side decides, so that
  /// `phase == backward and delta1[1] > 0` may be asked in every phase.
  private func decision(
    _ a: @escaping Code<N>, _ b: @escaping Code<N>, _ range: Range<Int>, _ sign: BinaryOperator
  ) -> Code<N> {
    let deciding = sign == .or
    return { evaluation throws(EvaluationError) in
      try located(range) { () throws(EvaluationError) in
        let first = try a(evaluation)
        if case .number(let x) = first {
          if try x.isTrue == deciding { return .number(N(deciding ? 1 : 0)) }
          let second = try b(evaluation)
          return try second.map { y throws(EvaluationError) in N(try y.isTrue ? 1 : 0) }
        }
        let left = try first.map { x throws(EvaluationError) in N(try x.isTrue ? 1 : 0) }
        if left.elements.allSatisfy({ $0.isZero != deciding }) { return left }
        return try .eachWith(left, try b(evaluation), sign.rawValue) { (x, y) throws(EvaluationError) in
          x.isZero != deciding ? x : N(try y.isTrue ? 1 : 0)
        }
      }
    }
  }

  /// Both sides of `phase == backward` with the word as its number in the order of an iteration; nil of other comparisons.
  private func phaseNumbered(
    _ left: Expression, _ right: Expression, _ names: Names
  ) throws(EvaluationError) -> (Expression, Expression)? {
    let isPhase = [left, right].map { $0.names(.phase) && names.indices[Quantity.Kind.phase.name] == nil }
    guard isPhase[0] != isPhase[1], case .name(let word, version: nil) = (isPhase[0] ? right : left).kind else {
      return nil
    }
    guard let number = Names.phases.firstIndex(of: word) else {
      let near = suggestion(for: word, among: Names.phases)
      throw EvaluationError(
        "one of \(Names.phases.joined(separator: ", ")) was expected beside phase\(near)",
        at: names.place((isPhase[0] ? right : left).range))
    }
    let literal = Expression(.number(Literal(Double(number))), range: (isPhase[0] ? right : left).range)
    return isPhase[0] ? (left, literal) : (literal, right)
  }
}
