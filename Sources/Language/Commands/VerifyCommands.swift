import Engine
import Notation

extension Command {
  /// The commands that assert.
  static let verifying: [Command] = [
    Command(
      "expect", elsewhere: ["assert"], .verify, "expect EXPR [within TOL|digits]",
      """
      Asserts that a comparison holds, or that all elements of a value are other than 0. `A ~= B` allows 1e-9 of the \
      larger of the two, or TOL; within digits a number that is typed is right up to half a unit of its last digit. Free \
      indices run over their extents.
      """,
      example: small
        + "expect w1 == w1\nexpect rate ~= 1.0000000001\nforward\nexpect net1[k] ~= sum(j, w1[k,j] * x[j]) + b1[k]\nexpect rate ~= 1.00 within digits",
      effect: .looks, isVerdict: true, complete: { session, _ in session.names + ["within", "digits"] }
    ) { session, arguments throws(CommandError) in .answer(try session.expect(&arguments)) },
    Command(
      "claim", elsewhere: ["prove"], .verify,
      "claim [always [seed=N]] EXPR = EXPR [where COND] [with QUANTITY = EXPR] [within TOL|digits]",
      """
      Asserts an equation as it stands on the page: free indices run over their extents, and = is ~=, within TOL where \
      that is said, or within digits: half a unit of the last one of each number that is typed. `where` says for \
      which indices it is claimed; `with` sets a quantity, in every sample of the batch, and takes this iteration's \
      steps again first. `always` claims it whatever the weights, biases, inputs and targets are: it is proved, \
      refuted or tested.
      """,
      details: { Help.ofProofs },
      example: small
        + "forward\nbackward\nclaim dw2[k,j] = delta2[k] * a1[j]\nclaim delta1 = f1'(net1) .* (w2' * delta2)\n"
        + "claim always dw1[j,i] = delta1[j] * x[i]\nclaim always dw2[k,j] = d(loss)/d(w2[k,j])",
      effect: .looks, isVerdict: true,
      complete: { session, words in
        (words.count == 1 ? ["always"] : ["where", "with", "within", "digits"]) + session.names
      }
    ) { session, arguments throws(CommandError) in try session.claim(&arguments) },
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
          "\(word.text) is not a verdict; use \(names.joined(separator: ", "))"
            + suggestion(for: word.text, among: names),
          at: word.range.lowerBound)
      }
      let turned: @Sendable (Answer) throws(CommandError) -> Answer = { answer throws(CommandError) in
        guard let verdict = answer.verdict else {
          throw CommandError("\(word.text) gives no verdict", at: word.range.lowerBound)
        }
        return answer.asserting(verdict.turned)
      }
      switch try command.act(&session, &arguments) {
      case .answer(let answer): return .answer(try turned(answer))
      case .look(let part):
        return .look { session throws(CommandError) in
          let claimed = session.claimed
          // What is refuted is no line of a derivation.
          defer { session.claimed = claimed }
          return try turned(try part(&session))
        }
      case .move, .script: return .answer(try turned(Answer()))
      }
    },
  ]
}

extension Session {
  /// `expect EXPR [within TOL]`
  func expect(_ arguments: inout Arguments) throws(CommandError) -> Answer {
    let expression = try arguments.expression()
    let column = arguments.column
    let tolerance = try tolerance(&arguments)
    guard case .binary(let sign, let left, let right) = expression.kind, sign.isComparison else {
      guard tolerance == nil else {
        throw CommandError("within belongs to a comparison with ~=", at: column)
      }
      return expectation(of: expression, try value(of: expression))
    }
    guard tolerance == nil || sign == .near else {
      throw CommandError("within belongs to ~=, not to \(sign.rawValue)", at: column)
    }
    if tolerance == .digits { try Session.requireDigits(left, right, at: column) }
    if let answer = try expectation(left, sign, right, tolerance) { return answer }
    let isPhase = [left, right].contains { $0.names(.phase) }
    if isPhase { return expectation(of: expression, try value(of: expression)) }
    let fitting = Claim(left, right).fitted(in: scope)
    let (a, b) = (try value(of: fitting.left), try value(of: fitting.right))
    var answer = Comparison(
      left: fitting.left, sign: sign, right: fitting.right, tolerance: tolerance, a: a, b: b,
      hint: transposedHint(left, right, (Shape(a.rows, a.columns), Shape(b.rows, b.columns)))
    ).answer(writing)
    answer.fields = [
      .init("left", .init(a, of: left, in: self)), .init("right", .init(b, of: right, in: self)),
    ]
    if answer.hasFailed, sign == .near || sign == .equal {
      var claim = Claim(left, right)
      claim.isExpected = true
      answer.give(Trial.reasons(for: claim, in: self, at: timeline.state), for: claim, in: self)
    }
    answer.warnings = expression.lints(in: scope).map(\.message)
    return answer
  }

  /// `within TOL`, `within digits`
  func tolerance(_ arguments: inout Arguments) throws(CommandError) -> Tolerance? {
    guard arguments.accept("within") else { return nil }
    if arguments.accept("digits") { return .digits }
    let typed = try arguments.expression("a tolerance, or digits,")
    let value = try number(of: typed, "a tolerance")
    guard value >= 0, value.isFinite else {
      throw CommandError("a tolerance is a finite number of at least 0", at: typed.range.lowerBound)
    }
    return .value(value)
  }

  /// Refuses `within digits` where no side is typed as numbers.
  static func requireDigits(_ left: Expression, _ right: Expression, at column: Int) throws(CommandError) {
    guard left.halfUnits == nil, right.halfUnits == nil else { return }
    throw CommandError("within digits is for numbers that are typed, and neither side is such", at: column)
  }

  /// The verdict on a comparison with free indices; nil where it has none.
  private func expectation(
    _ left: Expression, _ sign: BinaryOperator, _ right: Expression, _ tolerance: Tolerance?
  ) throws(CommandError) -> Answer? {
    var claim = Claim(left, right)
    (claim.sign, claim.tolerance, claim.isExpected) = (sign, tolerance, true)
    do throws(EvaluationError) {
      if try claim.freeIndices(in: scope).isEmpty { return nil }
    } catch {
      throw CommandError(error.message, at: error.range?.lowerBound ?? left.range.lowerBound)
    }
    return try verdict(on: claim)
  }

  /// The verdict on a value by itself.
  private func expectation(of expression: Expression, _ value: Matrix) -> Answer {
    let holds = value.count > 0 && value.holdsEverywhere
    let isTruth = value.scalar == 1 || value.scalar == 0
    let detail = isTruth ? "" : " = " + writing.matrix(value)
    var answer = Answer(Verdict(holds: holds, "\(expression)\(detail)"))
    answer.fields = [.init("value", .init(value, of: expression, in: self))]
    return answer
  }
}
