import Engine
import Formats
import Testing

@testable import Language

/// Lines that begin with `=` go on with a claim.
@Suite struct ContinuedClaimsTests {
  private static let perceptron = """
    input 2
    dense 4 sigmoid
    dense 3 sigmoid
    loss half-squared-error
    sample 0.5 -0.3 -> 0 1 1
    rate 1
    forward
    backward

    """
  private static let softmax = """
    input 2
    dense 3 softmax
    loss cross-entropy
    sample 0.5 -0.3 -> 0 1 0
    forward
    backward

    """

  /// The first word of each line's verdict, of `claim` and of each `=`.
  private func words(_ lines: String) -> [String] {
    play(lines).split(separator: "\n").compactMap { line in
      ["proved", "tested", "refuted", "holds", "fails"].first { line.hasPrefix("#= \($0): ") }
    }
  }

  /// The page's chain for the hidden layer, and the softmax's with Σy left as it is.
  @Test func aDerivationIsJudgedLineByLine() {
    let hidden = """
      claim always delta1[j] = d(loss)/d(net1[j])
      = sum(k, d(loss)/d(net2[k]) * d(net2[k])/d(a1[j])) * d(a1[j])/d(net1[j])
      = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])
      =sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * f1'(net1[j])
      """
    #expect(words(Self.perceptron + hidden) == Array(repeating: "proved", count: 4))
    let output = """
      claim delta1[k] = -sum(i, y[i] * d(log(a1[i]))/d(net1[k]))
      = -y[k] * (1/a1[k]) * J1[k,k] - sum(i, (i != k) * y[i] * (1/a1[i]) * J1[i,k])
      = -y[k] * (1 - a1[k]) + sum(i, (i != k) * y[i] * a1[k])
      = sum(i, y[i]) * a1[k] - y[k]
      """
    #expect(words(Self.softmax + output) == Array(repeating: "holds", count: 4))
  }

  /// One slip costs one mark: what comes behind it is judged against the writer's own line.
  @Test func oneSlipCostsOneMark() throws {
    let slip = """
      claim always delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])
      = sum(k, delta2[k] * w2[k,j]) * a1[j] * (1 + a1[j])
      = sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * a1[j] * (1 + a1[j])
      = sum(k, (y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * a1[j] * (1 + a1[j])
      """
    #expect(words(Self.perceptron + slip) == ["proved", "refuted", "proved", "refuted"])
    let shown = play(Self.perceptron + slip)
    #expect(shown.contains("#= line 2 is the first that does not follow"))
    #expect(shown.contains("#= it follows from line 2; line 2 broke the derivation"))
    #expect(shown.contains("#= line 4 does not follow from line 3 either; the first that broke was line 2"))
    // The nearest edit that mends it.
    #expect(shown.contains("a1[j] * (1 - a1[j])") || shown.contains("1 - a1[j]"), "\(shown)")
  }

  /// The line before was judged: what mends a line is an edit of that line.
  @Test func onlyTheLineItselfIsMended() {
    let begin = Self.perceptron + "claim always dw1[j,i] = d(loss)/d(w1[j,i])\n"
    let shown = lastAnswer(begin + "= delta1[j]")
    #expect(shown.contains("with delta1[j] * x[i] in place of delta1[j]"), "\(shown)")
    #expect(!shown.contains("in place of w1[j,i]"), "\(shown)")
  }

  /// The condition that is hidden in a step is named, and `with` brings it in, from there on.
  @Test func aHiddenConditionIsNamed() {
    let begin = Self.softmax + "claim always delta1[k] = sum(i, y[i]) * a1[k] - y[k]\n"
    #expect(play(begin + "= a1[k] - y[k]").contains("it holds where the targets sum to 1"))
    #expect(
      words(begin + "= a1[k] - y[k] with y = y / sum(y)\n= -(y[k] - sum(i, y[i]) * a1[k])")
        == ["proved", "proved", "proved"])
  }

  /// What `where` says of the indices holds in the lines behind it.
  @Test func aConditionOfTheIndicesHoldsOn() {
    let lines = "claim always J1[i,k] = -a1[i] * a1[k] where i != k\n= -a1[k] * a1[i]\n= d(a1[i])/d(net1[k])"
    #expect(words(Self.softmax + lines) == ["proved", "proved", "proved"])
    #expect(words(Self.softmax + lines + "\nclaim J1[i,k] = -a1[i] * a1[k]").last == "fails")
  }

  @Test func matricesAndIndicesAlternate() {
    let lines = """
      claim always delta1 = w2' * delta2 .* f1'(net1)
      = sum(k, w2[k,j] * delta2[k]) * f1'(net1[j])
      = w2' * delta2 .* (a1 .* (1 - a1))
      claim dw1[j,i] = delta1[j] * x[i]
      = delta1 * x'
      = x[i] * delta1[j]
      """
    #expect(words(Self.perceptron + lines) == ["proved", "proved", "proved", "holds", "holds", "holds"])
    #expect(words(Self.perceptron + "claim dw1[j,i] = delta1[j] * x[i]\n= 2 * delta1 * x'").last == "fails")
  }

  /// It costs one mark however late it is undone, and what is wrong behind that is another slip.
  @Test func aSlipMayBeUndoneLater() {
    let begin = "claim always delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])\n"
    let late = """
      = sum(k, delta2[k] * w2[k,j]) * (1 - a1[j])
      = (1 - a1[j]) * sum(k, delta2[k] * w2[k,j])
      = a1[j] * (1 - a1[j]) * sum(k, delta2[k] * w2[k,j])

      """
    #expect(words(Self.perceptron + begin + late) == ["proved", "refuted", "proved", "proved"])
    #expect(
      play(Self.perceptron + begin + late).contains("it follows from what stands before line 2, whose slip it undoes"))
    let another =
      late + """
        = a1[j] * (1 + a1[j]) * sum(k, delta2[k] * w2[k,j])
        = a1[j] * sum(k, delta2[k] * w2[k,j]) * (1 + a1[j])
        """
    let told = play(Self.perceptron + begin + another)
    #expect(words(Self.perceptron + begin + another).suffix(2) == ["refuted", "proved"])
    #expect(told.contains("#= line 5 does not follow; the next is judged against it as it stands"), "\(told)")
    #expect(told.contains("it follows from line 5; line 5 broke the derivation"), "\(told)")
    // Of two slips one behind the other both may be undone at once.
    let two = """
      = sum(k, delta2[k] * w2[k,j]) * (1 - a1[j])
      = sum(k, delta2[k] * w2[k,j]) * (2 - a1[j])
      = a1[j] * (1 - a1[j]) * sum(k, delta2[k] * w2[k,j])
      """
    #expect(words(Self.perceptron + begin + two) == ["proved", "refuted", "refuted", "proved"])
  }

  /// An index that runs too far, and shapes that do not fit, are slips: they cost a mark each, and the run goes on.
  @Test func whatHasNoValueCostsAMark() throws {
    let lines = """
      claim always delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])
      = sum(k, delta2[k] * w2[j,k]) * f1'(net1[j])
      = w2' * delta2 .* f1'(net1)
      = w2 * delta2 .* f1'(net1)
      = sum(k, delta2[k] * w2[k,j]) * a1[j] * (1 - a1[j])
      """
    #expect(words(Self.perceptron + lines) == ["proved", "fails", "proved", "fails", "proved"])
    let told = play(Self.perceptron + lines)
    #expect(told.contains("has no value: j runs to 4 in w2[k,j] (units of layer 1) but to 3 in w2[j,k] (outputs)"))
    #expect(told.contains("untransposed-weight"), "\(told)")
    #expect(told.contains("from what stands before line 2, whose slip it undoes"), "\(told)")
  }

  @Test func whatIsWrittenWrongChangesNothing() throws {
    #expect(play(Self.softmax + "= a1[k]").contains("goes on with a claim, and there is none yet"))
    var session = try session(Self.softmax + "claim delta1[k] = a1[k] - y[k]\n= -y[k] + a1[k]")
    let before = session.claimed
    for line in ["=", "= foo", "= a1[", "= a1[k] = y[k]", "= a1[k] where"] {
      #expect(throws: CommandError.self, "\(line)") { try session.take(line) }
      #expect(session.claimed == before, "\(line)")
    }
    // A name in the line before is not looked for in this one.
    let report = play(Self.softmax + "claim delta1[k] = a1[k] - y[k]\n= foo * 2")
    #expect(report.contains("= foo * 2\n  ^"), "\(report)")
  }

  /// What is taken back by a replay may have lines among it that go on with a claim from before.
  @Test func linesBehindManyChangesAreTakenBack() throws {
    let many = String(repeating: "rate 0.5\nrate 0.25\n= -y[k] + a1[k]\n= a1[k] - y[k]\n", count: 100)
    var session = try session(Self.softmax + "claim delta1[k] = a1[k] - y[k]\n" + many)
    for _ in 0..<190 { try session.take("undo") }
    #expect(session.timeline.experiment.network.optimizer.rate == 0.25 && session.lines.count == 7 + 20)
    #expect(throws: CommandError.self) { try session.take("= a1[k]") }
    for _ in 0..<190 { try session.take("redo") }
    #expect(session.lines.count == 7 + 400)
  }

  /// What is refuted is no line of it.
  @Test func aRefutedLineIsNone() throws {
    let session = try session(
      Self.softmax + "claim delta1[k] = a1[k] - y[k]\nrefute = a1[k] + y[k]\n= -(y[k] - a1[k])")
    #expect(session.claimed?.lines.map(\.holds) == [true, true])
  }

  @Test func theDerivationStandsInAPanel() {
    let shown = play(
      Self.softmax
        + "claim always delta1[k] = sum(i, y[i]) * a1[k] - y[k]\n= a1[k] - y[k]\n= -(y[k] - a1[k])\nshow claims")
    #expect(shown.contains("Claims ─") && shown.contains("─ line 2 does not follow"))
    #expect(shown.contains("✓ delta1[k] = sum(i, y[i]) * a1[k] - y[k]  proved"))
    #expect(shown.contains("✗   = a1[k] - y[k]  refuted"))
    #expect(shown.contains("✓   = -(y[k] - a1[k])  proved"))
    #expect(play(Self.softmax + "show claims").contains("no derivation is written here; see: help ="))
  }
}
