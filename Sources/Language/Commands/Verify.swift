import Engine
import Notation

extension Command {
  /// The commands that assert.
  static let verifying: [Command] = [
    Command(
      "expect", .verify, "expect EXPR [within TOL]",
      "Asserts that a comparison holds, or that all elements of a value are other than 0. `A ~= B` allows 1e-9 of the "
        + "larger, or TOL.",
      example: small + "expect w1 == w1\nexpect rate ~= 1.0000000001", effect: .looks, isVerdict: true,
      complete: { session, _ in session.names + ["within"] }
    ) { session, arguments throws(CommandError) in .answer(try session.expect(&arguments)) },
    Command(
      "refute", .verify, "refute VERDICT", "Asserts that a verdict fails; an error in it is still an error.",
      example: small + "refute expect w1 == b1", effect: .looks, isVerdict: true,
      complete: { session, words in
        guard words.count > 1 else { return all.filter(\.isVerdict).map(\.name) }
        return named(words[1])?.complete(session, Array(words.dropFirst())) ?? []
      }
    ) { session, arguments throws(CommandError) in
      let word = try arguments.word("a verdict (\(all.filter(\.isVerdict).map(\.name).joined(separator: ", ")))")
      guard let command = named(word.text), command.isVerdict else {
        let names = all.filter(\.isVerdict).map(\.name)
        throw CommandError(
          "\(word.text) is no verdict; \(names.joined(separator: ", ")) are" + suggestion(for: word.text, among: names),
          at: word.range.lowerBound)
      }
      guard case .answer(var answer) = try command.act(&session, &arguments), let verdict = answer.verdict else {
        throw CommandError("\(word.text) gives no verdict", at: word.range.lowerBound)
      }
      answer.verdict?.holds = !verdict.holds
      let lead = verdict.holds ? "fails, since this holds: " : "holds, since this fails: "
      if let first = answer.lines.first {
        answer.lines[0] = lead + first.drop { $0 != " " }.dropFirst()
      }
      return .answer(answer)
    },
  ]
}

extension Session {
  /// `expect EXPR [within TOL]`
  func expect(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let expression = try arguments.expression()
    var tolerance: Double?
    if arguments.accept("within") {
      let typed = try arguments.expression("a tolerance")
      let value = try number(of: typed, "a tolerance")
      guard value >= 0, value.isFinite else {
        throw CommandError("a tolerance is a finite number of at least 0", at: typed.range.lowerBound)
      }
      tolerance = value
    }
    guard case .binary(let sign, let left, let right) = expression.kind, sign.isComparison else {
      guard tolerance == nil else {
        throw CommandError("within belongs to a comparison with ~=", at: expression.range.lowerBound)
      }
      return expectation(of: expression, try value(of: expression))
    }
    guard tolerance == nil || sign == .near else {
      throw CommandError("within belongs to ~=, not to \(sign.rawValue)", at: expression.range.lowerBound)
    }
    let isPhase = [left, right].contains { if case .name("phase", _) = $0.kind { true } else { false } }
    if isPhase { return expectation(of: expression, try value(of: expression)) }
    let comparison = Comparison(
      left: left, sign: sign, right: right, tolerance: tolerance, a: try value(of: left), b: try value(of: right))
    var answer = comparison.answer(writing)
    answer.warnings = expression.lints(in: scope).map(\.message)
    return answer
  }

  /// The verdict on a value by itself.
  private func expectation(of expression: Expression, _ value: Matrix) -> Answer {
    let holds = value.count > 0 && value.holdsEverywhere
    let isTruth = value.scalar == 1 || value.scalar == 0
    let detail = isTruth ? "" : " = " + writing.matrix(value)
    return Answer(["\(holds ? "holds" : "fails"): \(expression)\(detail)"], verdict: Verdict(holds: holds))
  }
}

/// Two values compared element by element; a scalar is compared with every element of the other.
struct Comparison {
  let left: Expression
  let sign: BinaryOperator
  let right: Expression
  let tolerance: Double?
  let a: Matrix
  let b: Matrix

  private func holds(_ x: Double, _ y: Double) -> Bool {
    switch sign {
    case .near: approximatelyEqual(x, y, tolerance: tolerance)
    case .equal: x == y
    case .unequal: x != y
    case .less: x < y
    case .atMost: x <= y
    case .greater: x > y
    default: x >= y
    }
  }

  func answer(_ writing: Writing) -> Answer {
    guard a.hasShape(of: b) || a.count == 1 || b.count == 1 else {
      return Answer(
        ["fails: \(left) is \(a.shape), \(right) is \(b.shape)"], verdict: Verdict(holds: sign == .unequal))
    }
    let shape = a.count == 1 ? b : a
    func pair(_ place: Int) -> (Double, Double) {
      (a.elements[a.count == 1 ? 0 : place], b.elements[b.count == 1 ? 0 : place])
    }
    // Of a matrix, == and the like hold where they hold for all elements, and != where it holds for any.
    var firstWrong: Int?
    var (wrong, worst, worstPlace) = (0, 0.0, 0)
    for place in 0..<shape.count {
      let (x, y) = pair(place)
      let error = x == y ? 0 : abs(x - y)
      if !holds(x, y) {
        wrong += 1
        if firstWrong == nil { firstWrong = place }
      }
      if error > worst || error.isNaN && !worst.isNaN { (worst, worstPlace) = (error, place) }
    }
    let holds = sign == .unequal ? wrong < shape.count : wrong == 0
    let verdict = Verdict(holds: holds, worst: sign == .near || sign == .equal ? worst : nil)
    let lead = holds ? "holds: " : "fails: "
    if shape.count == 1 {
      let (x, y) = pair(0)
      let sides = holds ? [writing.number(x), writing.number(y)] : Comparison.apart(x, y, writing)
      return Answer([lead + scalar(sides) + error(worst, writing)], verdict: verdict)
    }
    var text = "\(left) \(sign.rawValue) \(right), \(shape.count) elements"
    if sign == .near || sign == .equal { text += ", largest error \(writing.error(worst))" }
    if worst > 0, holds { text += " at \(Comparison.index(worstPlace, shape))" }
    if let firstWrong, !holds {
      let (x, y) = pair(firstWrong)
      text += "; \(wrong) wrong, the first at \(Comparison.index(firstWrong, shape)): "
      text += Comparison.apart(x, y, writing).joined(separator: " against ")
    }
    if let tolerance { text += ", within \(shortest(tolerance))" }
    return Answer([lead + text], verdict: verdict)
  }

  /// `loss = 0.298371109 ~= 0.3`
  private func scalar(_ sides: [String]) -> String {
    func side(_ expression: Expression, _ value: String) -> String {
      if case .number = expression.kind { return value }
      if case .unary(.minus, let operand) = expression.kind, case .number = operand.kind { return value }
      return "\(expression) = \(value)"
    }
    return "\(side(left, sides[0])) \(sign.rawValue) \(side(right, sides[1]))"
  }

  private func error(_ worst: Double, _ writing: Writing) -> String {
    guard sign == .near || sign == .equal && worst != 0 else { return "" }
    let text = ", error \(writing.error(worst))"
    return tolerance.map { text + ", within \(shortest($0))" } ?? text
  }

  /// Two numbers with so many digits that they can be told apart where they differ.
  private static func apart(_ x: Double, _ y: Double, _ writing: Writing) -> [String] {
    guard x != y, !x.isNaN, !y.isNaN else { return [writing.number(x), writing.number(y)] }
    for digits in writing.digits...17 {
      let both = [x, y].map { significant($0, digits: digits) }
      if both[0] != both[1] { return both }
    }
    return [shortest(x), shortest(y)]
  }

  /// `[2]` or `[2,1]`, counted from 1.
  private static func index(_ place: Int, _ shape: Matrix) -> String {
    shape.isColumn ? "[\(place + 1)]" : "[\(place / shape.columns + 1),\(place % shape.columns + 1)]"
  }
}
