import Engine
import Testing

@testable import Language

/// Why somebody's gradient is wrong. The wrong ones are typed in matrix form or come from NumPy, not from the table of
/// mistakes.
@Suite struct DiagnosisTests {
  static let network = """
    input 2
    dense 3 tanh
    dense 2 sigmoid
    sample 0.5 1 -> 1 0
    sample -0.25 0.75 -> 0 1
    batch all
    set w1 = [.3 -.2; .5 .1; -.4 .7]
    set b1 = [.1; 0; -.2]
    set w2 = [.6 -.3 .2; -.1 .4 .5]
    set b2 = [.05; -.05]
    forward
    backward

    """

  private func answer(_ line: String, to network: String = network) -> String { lastAnswer(network + line) }

  @Test(arguments: [
    ("delta2 = a2 - y", "missing-derivative: "),
    ("delta1 = w2' * delta2", "missing-derivative: "),
    ("delta2 = (a2 - y) .* a2 .* (1 - a2) .* 2", "missing-half: "),
    ("delta2 = (a2 - y) .* f2'(a2)", "derivative-of-activation: "),
    ("delta1 = (w2' * delta2) .* (1 - net1 .* net1)", "activation-formula-at-net: "),
    ("delta1 = (w2' * delta2) .* a1 .* (1 - a1)", "wrong-activation: "),
    ("delta1 = (w2' * delta2) .* a1 .* (2 - a1)", "no slip, and no two"),
    ("delta1 = (w2' * delta2) .* silu'(net1)", "wrong-activation: "),
    ("db1 = 0 * db1", "frozen-bias: "),
    ("dw1 = 0 * dw1", "detached: "),
    ("dw2 = 0 * dw2", "frozen-weights: "),
    ("delta2 = (a2 - y) .* f2'(net2) .* f2'(net2)", "derivative-twice: "),
    ("dw2 = (sum(sample, delta2) / 2) * (sum(sample, a1) / 2)'", "the means over the samples are multiplied"),
    (
      "delta1 = ([w2[1,1] w2[1,3] w2[2,2]; w2[1,2] w2[2,1] w2[2,3]]' * delta2) .* f1'(net1)",
      "the weight matrix is reshaped where it should be transposed"
    ),
    ("dw1 = dw1 + 0.01 * w1", "weight-decay: "),
    ("delta1 = max(min(delta1, 0.05), -0.05)", "clipped: "),
    ("dw1 = dw1 / 2", "mean-twice: "),
    ("delta2 = (a2 - y) ./ a2 ./ (1 - a2) .* f2'(net2) / 2", "wrong-loss: "),
    ("delta2 = (a2 + y) .* a2 .* (1 - a2)", "sign: "),
    ("db1 = (sum(j, delta1[j]) * 0 + sum(sample, sum(j, delta1[j])) / 2) * [1; 1; 1]", "summed-bias: "),
    ("dw2 = delta2 * a1'", "last-sample-only: of"),
    ("delta1 = 1.7 * delta1", "all of it is so many times what it should be; given is delta1[j] = 1.7 * "),
    ("delta1 = 1.71828 * delta1", "no slip, and no two"),
    ("dw1 = delta1 * x' + 0.001", "no slip, and no two"),
    ("delta1 = (w2' * delta2 - 0.31234 * (dw2' * delta2)) .* f1'(net1)", "no slip, and no two"),
    ("delta1 = ((w2 - 0.3 * dw2)' * delta2) .* f1'(net1)", "updated-weights: "),
    ("delta1 = ((w2 - dw2)' * delta2) .* f1'(net1)", "updated-weights: "),
    (
      "delta1 = [1; 1; 1] .* sum(k, dw2[k,1]) .* 0 + [sum(k, dw2[k,1]); sum(k, dw2[k,2]); sum(k, dw2[k,3])] .* f1'(net1)",
      "gradient-for-weight: "
    ),
  ])
  func theSlipIsNamed(_ line: String, _ reason: String) {
    let shown = answer("compare \(line)")
    #expect(shown.contains("\n\(reason)"), "\(shown)")
  }

  /// From one published number to the fault behind it: the error after a step of Mazur's page, which NumPy gives for weights
  /// that have moved before they are gone back through.
  @Test func aPublishedLossTellsItsFault() {
    let mazur = """
      input 2
      dense 2 sigmoid
      dense 2 sigmoid
      optimizer sgd rate=0.5
      set w1 = [0.15 0.20; 0.25 0.30]
      set b1 = 0.35
      set w2 = [0.40 0.45; 0.50 0.55]
      set b2 = 0.60
      freeze b1
      freeze b2
      sample 0.05 0.10 -> 0.01 0.99
      run 1
      forward

      """
    #expect(answer("compare loss = 0.291027924", to: mazur).contains("\nupdated-weights: "))
    #expect(answer("compare loss = 0.291027774", to: mazur).hasPrefix("holds: "))
    #expect(answer("compare loss = 0.291026900", to: mazur).contains("no slip, and no two"))
  }

  static let classes = """
    input 2
    dense 3 tanh
    dense 3 softmax
    loss cross-entropy
    sample 0.5 1 -> 1 0 0.5
    forward
    backward

    """

  /// Single precision is no mistake: NumPy's float32 of the same step.
  @Test func singlePrecisionIsNoMistake() {
    let exact = answer("print delta1").dropFirst("delta1 = [".count).dropLast().components(separatedBy: "; ")
    let single = exact.compactMap(Float.init).map { "\($0.nextUp.nextUp)" }.joined(separator: "; ")
    let shown = answer("compare delta1 = [\(single)]")
    #expect(shown.hasPrefix("holds: ") && shown.contains("single-precision"), "\(shown)")
  }

  /// What is right has no reason, in whatever form it comes.
  @Test(arguments: [
    "delta2 = (a2 - y) .* a2 .* (1 - a2)", "delta1 = (w2' * delta2) .* (1 - a1 .* a1)", "dw1 = -1 * dw1",
    "db1 = 2 * db1",
  ])
  func whatIsRightHasNoReason(_ line: String) {
    let shown = answer("compare \(line)")
    #expect(shown.hasPrefix("holds: ") && !shown.contains("\n"), "\(shown)")
  }

  /// Public cases (../shared/cases 02d and 03d): a slide's hidden gradients, and a derivative that is left out.
  @Test func publicCasesAreDiagnosed() {
    let slide = """
      input 2
      dense 2 sigmoid nobias
      dense 2 sigmoid nobias
      set w1 = [0.2 0.5; -0.4 0.6]
      set w2 = [0.1 -0.3; -0.5 0.8]
      sample 0.5 0.3 -> 0.23 -0.07
      forward
      backward

      """
    let first = answer("compare dw1 = [0.014583332267 0.00874999936; 0.013041100817 0.00782466049]", to: slide)
    #expect(first.contains("\ngradient-for-weight: "), "\(first)")
    let wrong =
      "given is dw1[j,i] = sum(k, dw2[k,j]) * f1'(net1[j]) * x[i], right is sum(k, delta2[k] * w2[k,j]) * f1'(net1[j]) * x[i]"
    #expect(first.contains(wrong), "\(first)")
    let class03 = """
      input 2
      dense 2 sigmoid nobias
      dense 1 sigmoid nobias
      set w1 = [0.9 0.3; 0.1 0.5]
      set w2 = [0.8 0.7]
      sample 1 1 -> 0
      forward
      backward

      """
    let second = answer("compare dw2 = [0.571770091946 0.480357918837]", to: class03)
    #expect(second.contains("\nmissing-derivative: "), "\(second)")
  }

  /// Of the softmax layer only the diagonal of the Jacobian is taken.
  @Test func theDiagonalAloneIsNamed() {
    let network = """
      input 2
      dense 3 softmax
      loss cross-entropy
      sample 1 2 -> 1 0 0
      forward
      backward

      """
    let shown = answer("compare delta1 = a1 .* (1 - a1) .* da1", to: network)
    #expect(shown.contains("\nsoftmax-diagonal: ") && !shown.contains("missing-sum"), "\(shown)")
  }

  /// However many numbers there are, and though most units are off for the sample that is left.
  @Test func theSlipIsFoundInALargeLayer() {
    func numbers(_ from: Int) -> String { (0..<300).map { "\(($0 * 37 + from) % 100)e-2" }.joined(separator: " ") }
    let network = """
      input 300
      dense 100 relu
      dense 5 softmax
      set b1[1] = -100
      set b1[2] = -100
      loss cross-entropy
      sample \(numbers(3)) -> 1 0 0 0 0
      sample \(numbers(50)) -> 0 1 0 0 0
      batch all
      forward
      backward

      """
    let shown = answer("compare dw1 = delta1 * x'", to: network)
    #expect(shown.contains("\nlast-sample-only: "), "\(shown)")
  }

  /// Few digits fit much by chance, and that is said.
  @Test func fewDigitsAreSaid() {
    let shown = answer("compare delta2 = [-0.5; 0.6]")
    #expect(shown.contains("give more of them"), "\(shown)")
  }

  /// One slip in two quantities that do not follow from each other is found in both.
  @Test func aSecondFaultIsExplainedToo() {
    let shown = answer("compare delta2 = a2 - y\ncompare delta1 = w2' * delta2")
    #expect(shown.contains("delta2 departs first") && shown.contains("missing-derivative: "), "\(shown)")
  }

  /// A softmax that NumPy took over the samples, or over all of it (x = [1 2; 0 1; -1 0.5], w the unit matrix over a row of ones).
  @Test(arguments: [
    (
      "[0.665240955775 0.628531719212 0.857976810608; 0.244728471055 0.231223897622 0.116114534674; 0.090030573170 0.140244383166 0.025908654717]",
      "over the samples"
    ),
    (
      "[0.069251053799 0.188243881144 0.511699921433; 0.025476038972 0.069251053799 0.069251053799; 0.009372110980 0.042002887347 0.015451998725]",
      "taken for one layer"
    ),
  ])
  func aSoftmaxAlongTheWrongAxisIsNamed(given: String, words: String) {
    let begin = """
      input 2
      dense 3 softmax nobias
      loss ce
      sample 1 2 -> 1 0 0
      sample 0 1 -> 0 1 0
      sample -1 0.5 -> 0 0 1
      batch 3
      set w1 = [1 0; 0 1; 1 1]
      forward
      compare a1 =\u{20}
      """
    let told = lastAnswer(begin + given)
    #expect(
      told.contains("wrong-axis: the activation is taken along the wrong axis") && told.contains(words), "\(told)")
  }

  /// A loss that is the sum over the samples, or their mean, is no fault.
  @Test func aLossOverTheSamplesMayBeTheirSumOrMean() {
    let begin =
      "input 1\ndense 1 linear nobias\nloss half-squared-error\nsample 1 -> 0\nsample 3 -> 0\nbatch 2\nset w1 = 2\n"
    // ½ (2² + 6²) = 20
    #expect(lastAnswer(begin + "forward\ncompare loss = 20").contains("given summed over the 2 samples"))
    #expect(
      lastAnswer(begin + "reduction sum\nforward\ncompare loss = 10").contains("given as the mean over the 2 samples"))
  }

  // Two samples, one layer of two units with tanh under half the squared error, rate 0.1.
  private static let two = """
    input 2
    dense 2 tanh
    sample 1 2 -> 0.5 -0.4
    sample -0.7 0.3 -> 0.2 0.9
    batch 2
    set rate = 0.1
    set w1 = [0.3 -0.2; 0.5 0.1]
    set b1 = [0.1; -0.3]
    forward
    backward

    """

  /// A factor that is a mean taken twice and the rate is told as both, beside the factor that somebody may have typed.
  @Test func twoFactorsAreNamed() {
    let told = play(Self.two + "compare dw1 = 0.05 * dw1")
    #expect(told.contains("mean-twice and learning-rate-included: "), "\(told)")
  }

  /// Slips that give the same factor are all told: half of two outputs is the 2 of the square, and their mean.
  @Test func equalFactorsAreAllTold() {
    let one = Self.two.replacing("tanh", with: "sigmoid").replacing("sample -0.7 0.3 -> 0.2 0.9\nbatch 2\n", with: "")
    let told = play(one + "compare delta1 = 0.5 * da1 .* net1 .* (1 - net1)")
    #expect(told.contains("activation-formula-at-net and missing-half: "), "\(told)")
    #expect(told.contains("activation-formula-at-net and mean-over-outputs: "), "\(told)")
  }

  /// Rows in another order are told though all of it is too small, and so is what is cut off.
  @Test func slipsWhoseNumbersWereRearrangedAreTold() throws {
    let numbers = try session(Self.two).timeline.state.value(of: Quantity(.dw, 1)).elements
    func line(_ numbers: [Double]) -> String {
      "compare dw1 = [\(numbers[0]) \(numbers[1]); \(numbers[2]) \(numbers[3])]"
    }
    let turned = play(Self.two + line([numbers[2], numbers[3], numbers[0], numbers[1]].map { 0.1 * $0 }))
    #expect(turned.contains("learning-rate-included and permuted: "), "\(turned)")
    let bound = 0.1 * numbers.map(abs).sorted()[1]
    let cut = play(Self.two + line(numbers.map { max(min(0.1 * $0, bound), -bound) }))
    #expect(cut.contains("learning-rate-included and clipped: "), "\(cut)")
  }

  /// What is wrong besides is explained from what was given before it: twice delta, and the rate in what is made of that.
  @Test func aSecondFaultIsSoughtFromTheFirstAsItWasGiven() throws {
    let state = try session(Self.two).timeline.state
    let (delta, dw) = (
      try [0, 1].map { try state.value(of: Quantity(.delta, 1), sample: $0).elements.map { 2 * $0 } },
      try state.value(of: Quantity(.dw, 1)).elements.map { 0.2 * $0 }
    )
    let rows = delta.map { "\($0[0]) \($0[1])" }.joined(separator: "; ")
    let told = play(
      Self.two + "refute compare delta1 = [\(rows)]\ncompare dw1 = [\(dw[0]) \(dw[1]); \(dw[2]) \(dw[3])]")
    #expect(told.contains("dw1 is wrong besides"), "\(told)")
    #expect(told.contains("learning-rate-included: "), "\(told)")
  }
}
