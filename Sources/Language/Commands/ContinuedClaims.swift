import Engine
import Formats
import Notation

extension Command {
  /// The command that goes on with a claim.
  static let continuing: [Command] = [
    Command(
      "=", .verify, "= EXPR [where COND] [with QUANTITY = EXPR] [within TOL|digits]",
      """
      Goes on with the claim above: what stood on its right side, or in the = line before, is claimed to be EXPR, always \
      where that was said. The conditions of the lines before hold on. A line that does not follow costs one mark: what comes \
      behind it is judged against that line as it was written, or from before it where it undoes the slip. Indices and whole \
      matrices may alternate.
      """,
      example: small
        + "forward\nbackward\nclaim always delta1[k] = d(loss)/d(net1[k])\n"
        + "= sum(j, delta2[j] * d(net2[j])/d(a1[k])) * d(a1[k])/d(net1[k])\n= sum(j, w2[j,k] * delta2[j]) * f1'(net1[k])\n"
        + "= w2' * delta2 .* f1'(net1)",
      effect: .looks, isVerdict: true,
      complete: { session, _ in session.names + ["where", "with", "within", "digits"] }
    ) { session, arguments throws(CommandError) in try session.goOnClaiming(&arguments) }
  ]
}

extension Session {
  /// `= EXPR [where COND] [with QUANTITY = EXPR]`
  fileprivate func goOnClaiming(_ arguments: inout Arguments) throws(CommandError) -> Command.Outcome {
    guard let derivation = claimed else {
      throw CommandError(
        "a line that begins with = goes on with a claim, and there is none yet; begin with: claim EXPR = EXPR", at: 0)
    }
    guard !arguments.isAtEnd else { throw arguments.failure("an expression was expected here") }
    let place = arguments.column
    var next = try arguments.parse { parser throws(SyntaxError) in try parser.nextSide() }
    next.tolerance = try tolerance(&arguments)
    let (typed, end) = (next, arguments.line.command.count)
    return .look { session throws(CommandError) in
      do throws(CommandError) { return try session.goOn(with: typed, after: derivation) } catch {
        // A place in the line before is none in this one.
        let column = error.column - 1
        throw CommandError(error.message, at: (place..<end).contains(column) ? column : place)
      }
    }
  }

  /// The verdict on a line that goes on, which is one of the derivation from here on.
  private mutating func goOn(
    with next: Claim, after before: ClaimedDerivation
  ) throws(CommandError) -> Answer {
    var derivation = before
    var (claim, answer, undoes): (Claim, Answer, Int?)
    do throws(CommandError) { (claim, answer, undoes) = try judge(next, after: derivation) } catch {
      // What is not known here is an error; what has no value though all of it is known, such as an index that runs too far,
      // is a slip as good as any, and what comes behind it is judged too.
      guard allIsKnown(in: next.right) else { throw error }
      claim = derivation.claim(ofNext: next, in: scope)
      answer = Answer(Verdict(holds: false, "\(Session.text(of: claim)) has no value: \(error.message)"))
      undoes = nil
    }
    derivation.append(ClaimedDerivation.Line(claim, side: next.right, judged: answer, undoes: undoes))
    answer.tellPlace(in: derivation, after: before)
    claimed = derivation
    return answer
  }

  /// Whether every name in an expression has a value of its own here, or is a letter that may be an index.
  private func allIsKnown(in expression: Expression) -> Bool {
    expression.names.allSatisfy { name in
      (try? Expression.name(name).evaluate(in: scope)) != nil || name.count == 1 && Quantity.named(name) == nil
    }
  }

  /// What a line that goes on claims, and the verdict on it, and the number of the line before which that is so and whose slip
  /// it undoes: one slip costs one mark. An index that neither side says the range of has it from the subject, which is the
  /// same as the line before as long as no slip is open.
  func judge(
    _ next: Claim, after derivation: ClaimedDerivation
  ) throws(CommandError) -> (claim: Claim, answer: Answer, undoes: Int?) {
    do throws(CommandError) {
      let (claim, answer) = try judgeAsWritten(next, after: derivation)
      return (answer.hasFailed ? undoing(next, after: derivation) : nil) ?? (claim, answer, nil)
    } catch {
      // A line that has no value is undone like any other slip.
      guard let undoing = undoing(next, after: derivation) else { throw error }
      return undoing
    }
  }

  /// The same against what stands before the last slip that is open, or the first one, where it follows from that.
  private func undoing(
    _ next: Claim, after derivation: ClaimedDerivation
  ) -> (claim: Claim, answer: Answer, undoes: Int?)? {
    let open = derivation.openSlips
    for number in open.count > 1 ? [open[open.count - 1], open[0]] : open {
      let whole = derivation.claim(ofNext: next, of: derivation.before(number), in: scope)
      if let other = try? verdict(on: whole, seed: derivation.seed), !other.hasFailed { return (whole, other, number) }
    }
    return nil
  }

  /// The same against the line before as it was written.
  private func judgeAsWritten(
    _ next: Claim, after derivation: ClaimedDerivation
  ) throws(CommandError) -> (Claim, Answer) {
    let claim = derivation.claim(ofNext: next, in: scope)
    if claim.tolerance == .digits {
      try Session.requireDigits(claim.left, claim.right, at: claim.right.range.lowerBound)
    }
    do throws(CommandError) { return (claim, try verdict(on: claim, seed: derivation.seed)) } catch {
      let whole = derivation.claim(ofNext: next, of: derivation.subject, in: scope)
      guard derivation.openSlips.isEmpty, let answer = try? verdict(on: whole, seed: derivation.seed) else {
        throw error
      }
      return (whole, answer)
    }
  }

  /// The verdict on a claim, here or where a seed is given always.
  func verdict(on claim: Claim, seed: Int?) throws(CommandError) -> Answer {
    if let seed { try verdictAlways(on: claim, seed: seed) } else { try verdict(on: claim) }
  }

  /// Begins a derivation with a claim that was judged.
  mutating func beginDerivation(with claim: Claim, seed: Int?, judged answer: Answer) {
    claimed = ClaimedDerivation(ClaimedDerivation.Line(claim, side: claim.right, judged: answer), seed: seed)
  }
}

extension ClaimedDerivation.Line {
  fileprivate init(_ claim: Claim, side: Expression, judged answer: Answer, undoes: Int? = nil) {
    self.init(claim, side: side, holds: !answer.hasFailed, word: answer.verdict?.word ?? "", undoes: undoes)
  }
}

extension Answer {
  /// Says where its line, the last of a derivation, stands in it, as far as some line of it does not follow.
  fileprivate mutating func tellPlace(in derivation: ClaimedDerivation, after before: ClaimedDerivation) {
    let number = derivation.lines.count
    fields.append(JSONMember("line", .number(Double(number))))
    if let first = derivation.firstBroken { fields.append(JSONMember("broken", .number(Double(first)))) }
    if let undone = derivation.lines.last?.undoes {
      lines.append("it follows from what stands before line \(undone), whose slip it undoes")
      return
    }
    switch (before.openSlips.first, hasFailed) {
    case (nil, false): break
    case (nil, true):
      let what: Text = before.firstBroken == nil ? "is the first that does not follow" : "does not follow"
      lines.append("line \(number) \(what); the next is judged against it as it stands")
    case (let broken?, false): lines.append("it follows from line \(number - 1); line \(broken) broke the derivation")
    case (let broken?, true):
      lines.append(
        "line \(number) does not follow from line \(number - 1) either; the first that broke was line \(broken)")
    }
  }
}
