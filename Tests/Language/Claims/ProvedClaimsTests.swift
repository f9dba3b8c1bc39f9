import Engine
import Testing

@testable import Language

/// What is claimed always is proved, refuted or tested.
@Suite struct ProvedClaimsTests {
  private static let softmax = """
    input 3
    dense 3 softmax nobias
    loss cross-entropy
    sample 2 1 0.1 -> 1 0 0
    forward
    backward

    """

  /// What with sets is rounded, and refutes nothing by that.
  @Test(arguments: ["|x| = 1 with x = x/|x|", "sum(abs(x)) = 1 with x = x/sum(abs(x))", "sum(y) = 1 with y = y/sum(y)"])
  func roundingOfWithRefutesNothing(claim: String) {
    let shown = play(
      "input 2\ndense 3 softmax\nloss ce\nsample 0.6 -0.4 -> 1 0 0\nforward\nclaim always \(claim)")
    #expect(shown.contains("#= proved: ") || shown.contains("#= tested: "), "\(shown)")
  }

  /// A setting of as many digits as a number can have is exact among exact numbers, too.
  @Test func settingsAreExact() {
    let shown = answers(
      """
      input 2
      dense 3 softmax
      loss ce
      optimizer sgd rate=1.2345678901234567e-05
      sample 0.6 -0.4 -> 1 0 0
      forward
      backward
      update
      claim always w1 = old(w1) - rate*dw1
      claim always w1 = old(w1)
      """)
    #expect(shown.contains { $0.hasPrefix("proved: w1 = old(w1) - rate * dw1") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("refuted: w1 = old(w1)") }, "\(shown)")
  }

  /// Claims that are false where a relu is 0 all over, where a comparison turns out the other way, or by a constant that is
  /// 0 or 1 in the field: each was once said to be proved.
  @Test(arguments: [
    "loss = 99 where (x[1]>0) == 1", "((x[1]>0) == 1) = 0", "(sign(x[1]) == 1) = 0", "(abs(x[1]) == x[1]) = 0",
    "(sum(j, net1[j]>0) == 8) = 0", "a1[j] = 5 where a1[j] == 0", "(a1[1] == 0) = 0", "sign(net2[k])^2 = 1",
    "x[i] = 1 with x = sign(x)", "sum(y) = 1 with y = y/sum(abs(y))", "b1[j] = 1 with b1 = b1./abs(b1)",
    "2^61 * loss = loss", "x[1] / 2^61 = x[1]", "exp(2305843009213693951 * x[1]) = 1",
    "a1[j] * 4611686018427387902 = 0",
    "(2^30*x[1])*(2^31*x[1]) = x[1]^2", "x[1] + 2305843009213693951*1e-40 = x[1]", "x[1] + 2^61*1e-60 = x[1] + 1e-60",
  ]) func whatIsFalseIsNotProved(claim: String) {
    let shown = play(
      "input 2\ndense 8 relu\ndense 2 relu nobias\nloss mae\nsample 0.6 -0.4 -> 1 0\nforward\nclaim always \(claim)")
    #expect(shown.contains("#= refuted: ") || shown.contains("#= tested: "), "\(shown)")
  }

  @Test func whatDoublesCannotTellIsRefuted() throws {
    let claim = "delta1[k] = a1[k] * sum(i, y[i]) - y[k]"
    try expect([claim], .proved, Self.softmax)
    for slip in ["+ 1e-13", "- 1e-20", "+ 1e-13 * net1[k]", "+ 1e-14 * exp(net1[k])"] {
      try expect(["\(claim) \(slip)"], .refuted, Self.softmax)
    }
    try expect(["delta1[k] = (a1[k] * sum(i, y[i]) - y[k]) * (1 + 1e-10)"], .refuted, Self.softmax)
    let shown = answers(Self.softmax + "claim always \(claim) + 1e-13")
    #expect(shown.contains { $0.hasPrefix("draw 1, with more digits: k=1: ") && $0.hasSuffix(", 1e-13 apart") })
    #expect(shown.contains { $0.hasPrefix("  w1 = [") } && shown.contains { $0.hasPrefix("  y = [") })
  }

  /// Every line of both derivations with a slip in it, too small for doubles too.
  @Test(arguments: PageLine.softmax + PageLine.perceptron)
  func aLineOffByALittleIsRefuted(line: PageLine) throws {
    var session = try line.standing()
    for claim in line.claims {
      let sides = claim.split(separator: " where ", maxSplits: 1)
      let tail = (sides.count > 1 ? " where \(sides[1])" : "") + line.condition
      let equals = try #require(sides[0].firstRange(of: " = "))
      let (left, right) = (sides[0][..<equals.lowerBound], sides[0][equals.upperBound...])
      for wrong in ["\(right) + 1e-13", "(\(right)) * (1 + 1e-10)"] {
        #expect(try grade("\(left) = \(wrong)\(tail)", in: &session) == .refuted, "\(line.name): \(left) = \(wrong)")
      }
    }
  }

  @Test func versionsAreTold() throws {
    let text = "input 2\ndense 2 tanh\ndense 2 sigmoid\nrate 0.5\nsample 0.3 -0.4 -> 0.7 0.2\nupdate\n"
    try expect(
      ["w2 = w2⟨0⟩ - 0.5 * dw2", "w2⟨1⟩ = w2", "da1 = old(w2)' * delta2", "a1 = at(1, a1)", "w2⟨0⟩ = at(3, w2)"],
      .proved, text)
    try expect(["da1 = w2' * delta2", "w2 = w2⟨0⟩"], .refuted, text)
    try expect(["w1 = old(w1)", "uw1 = 0 * uw1"], .proved, text.replacing("update\n", with: "freeze w1\nupdate\n"))
    // Of another iteration are the numbers as they were computed there.
    try expect(["w1 = w1⟨0⟩"], .refuted, text + "run 2\n")
    try expect(["w1⟨0⟩ = w1⟨0⟩"], .tested, text + "run 2\n")
  }

  @Test func withIsCarriedOut() throws {
    for condition in ["y = y / sum(y)", "y[3] = 1 - y[1] - y[2]"] {
      try expect(["delta1[k] = a1[k] - y[k] with \(condition)"], .proved, Self.softmax)
    }
    try expect(["delta1[k] = a1[k] - y[k] with y[1] = 1", "delta1[k] = a1[k] - y[k]"], .refuted, Self.softmax)
    let perceptron = "input 2\ndense 2 tanh\nrate 0.5\nsample 1 2 -> 1 0\nupdate\n"
    try expect(["w1 = old(w1) - dw1 with rate = 1", "net1 = b1⟨0⟩ with w1 = 0"], .proved, perceptron)
    try expect(["w1 = old(w1) - dw1"], .refuted, perceptron)
  }

  @Test func lawsOfExponentialsAreKnown() throws {
    try expect(
      [
        "log(a1[1]) - log(a1[2]) = net1[1] - net1[2]", "log(a1[i]) = net1[i] - log(sum(j, exp(net1[j])))",
        "exp(net1[k] - net1[1]) = a1[k] / a1[1]", "loss = sum(i, y[i] * (log(sum(j, exp(net1[j]))) - net1[i]))",
        "a1[k] = exp(net1[k] - max(net1)) / sum(j, exp(net1[j] - max(net1)))",
      ], .proved, Self.softmax)
    try expect(
      [
        "log(a1[1]) - log(a1[2]) = net1[1] + net1[2]", "log(a1[1]) = net1[1]", "exp(net1[1] - net1[2]) = a1[2] / a1[1]",
      ],
      .refuted, Self.softmax)
  }

  @Test func ownFunctionsAreProved() throws {
    let own = """
      let bipolar(v) = 2 / (1 + exp(-v)) - 1
      let logcosh(y, a) = log((exp(y - a) + exp(a - y)) / 2)
      input 2
      dense 2 bipolar
      dense 1 bipolar
      loss logcosh
      sample 1 2 -> 1
      forward
      backward

      """
    try expect(
      [
        "a1[j] = 2 * sigmoid(net1[j]) - 1", "delta1[j] = da1[j] * (1 - a1[j]^2) / 2", "da2[k] = tanh(a2[k] - y[k])",
        "loss = sum(k, logcosh(y[k], a2[k]))", "dw1[j,i] = d(loss)/d(w1[j,i])", "a1 = tanh(net1 / 2)",
      ], .proved, own)
    try expect(["da2[k] = tanh(y[k] - a2[k])", "a1 = tanh(net1)"], .refuted, own)
  }

  @Test func comparisonsAreGoneThrough() throws {
    let relu =
      "input 2\ndense 3 relu\ndense 2 leaky-relu slope=0.2\nloss huber delta=0.7\nsample 1 2 -> 1 0\nforward\nbackward\n"
    try expect(
      [
        "a1[j] = max(0, net1[j])", "a1[j] = (net1[j] + abs(net1[j])) / 2", "f1'(net1[j]) = (net1[j] > 0)",
        "f1'(net1[j])^2 = f1'(net1[j])", "a2[k] = max(net2[k], 0.2 * net2[k])",
        "max(net1) = max(j, net1[j])", "abs(net1[j]) = net1[j] * sign(net1[j])",
        "a1[j] = net1[j] where net1[j] > 0", "max(a1) + min(-a1) = 0",
      ], .proved, relu)
    try expect(
      [
        "a1[j] = min(0, net1[j])", "f1'(net1[j]) = (net1[j] < 0)", "a1[j] = net1[j]",
        "a2[k] = max(net2[k], 0.1 * net2[k])",
        "a1[j] = net1[j] where net1[j] < 0", "a1[j] = max(0, net1[j]) + 1e-14 * (net1[j] > 0)",
      ], .refuted, relu)
  }

  @Test func whatCannotBeDecidedIsTested() throws {
    let text = "input 2\ndense 3 tanh\nsample 1 2 -> 1 0 0.5\nforward\n"
    for (claim, why) in [
      ("sqrt(net1[j]^2) = abs(net1[j])", "a proof knows few laws of sqrt"),
      ("sin(net1[j])^2 + cos(net1[j])^2 = 1", "a proof knows few laws of cos, sin"),
      ("erf(-net1[j]) = -erf(net1[j])", "a proof knows few laws of erf"),
      ("a1[j] = tanh(net1[j]) + 1e-8 within 1e-6", "within a tolerance"),
      ("accuracy = accuracy * 1", "accuracy is measured over all samples"),
      ("mod(net1[j], 1) = net1[j] - floor(net1[j])", "a proof knows few laws of floor, mod"),
    ] {
      let shown = answers(text + "claim always \(claim)").last ?? ""
      #expect(shown.hasPrefix("tested: ") && shown.contains(why), "\(claim): \(shown)")
    }
  }

  @Test func tooManyOutcomesAreNotGoneThrough() throws {
    let text = "input 2\ndense 16 relu\nsample 1 2 -> \(String(repeating: "1 ", count: 16))\nforward\n"
    let shown = answers(text + "claim always max(net1) = max(j, net1[j])").last ?? ""
    #expect(shown.hasPrefix("tested: ") && shown.contains("may turn out in too many ways"), "\(shown)")
    // Off by a little it is refuted all the same.
    try expect(["max(net1) = max(j, net1[j]) + 1e-13"], .refuted, text)
    try expect(["sum(a1) = sum(j, max(0, net1[j]))"], .tested, text)
    try expect(["a1[j] = f1(net1[j])", "sum(a1) = sum(j, net1[j] * (net1[j] > 0))"], .proved, text)
  }

  /// With a mistake on, a proof is of what the code computes then; of one that is hidden nothing is given away.
  @Test func mistakesAreProvedAsTheyAre() throws {
    let text = "input 2\ndense 3 tanh\ndense 2 sigmoid\nsample 0.1 -0.4 -> 0.7 0.2\n"
    let missing = text + "mistake missing-derivative layer=1\nforward\nbackward\n"
    try expect(["delta1 = da1"], .proved, missing)
    try expect(["delta1[j] = da1[j] * f1'(net1[j])"], .refuted, missing)
    let updated = text + "mistake updated-weights\nforward\nbackward\n"
    try expect(["da1 = w2' * delta2", "da1 = (old(w2) - delta2 * a1')' * delta2"], .proved, updated)
    try expect(["da1 = old(w2)' * delta2"], .refuted, updated)
    var shown = answers(text + "forward\nbackward\ninject delta2 = [1; 2]\nclaim always da1 = w2' * delta2").last ?? ""
    #expect(shown.contains("no proof: delta2 was put in by hand"), "\(shown)")
    shown = answers(text + "hunt 1 seed=1\nforward\nbackward\nclaim always dw2[k,j] = delta2[k] * a1[j]").last ?? ""
    #expect(shown.hasPrefix("tested: ") && shown.contains("not what the formulas give"), "\(shown)")
  }

  @Test func whatHasNoValueIsLeftOut() throws {
    let text = "input 2\ndense 3 tanh\nsample 1 2 -> 1 0 0.5\nforward\n"
    try expect(
      [
        "exp(log(net1[j])) = net1[j]", "sqrt(net1[j])^2 = net1[j]", "sqrt(2)^2 = 2",
        "a1[j] / a1[j] = 1",
      ], .proved, text)
    for claim in ["1 / (x[1] - x[1]) = 1", "log(-net1[j]^2) = 1", "sqrt(-1) = 0"] {
      let shown = answers(text + "claim always \(claim)")
      #expect(
        shown.contains { $0.hasPrefix("fails: ") && $0.contains("a side has no value in any of them") }, "\(shown)")
    }
    // Where one element has none, the others are judged.
    try expect(["1 / (k - 1) * a1[k] * (k - 1) = a1[k]"], .proved, text)
  }

  @Test func theVerdictIsInTheJSONToo() throws {
    var transcript = try session(Self.softmax)
    for (claim, verdict) in [
      ("delta1 = a1 * sum(y) - y", "proved"), ("delta1 = a1 * sum(y) - y + 1e-13", "refuted"),
      ("delta1 = a1", "refuted"), ("erf(-y) = -erf(y)", "tested"),
    ] {
      let line = Line("claim always \(claim)")
      let json = try transcript.execute(line).json(for: line, in: transcript).description
      #expect(json.contains("\"verdict\":\"\(verdict)\""), "\(json)")
      #expect(json.contains("\"left\":") == (verdict == "refuted"), "\(json)")
      #expect(json.contains("\"exponent\":-") == (verdict == "proved"), "\(json)")
      let contrary = Line("refute claim always \(claim)")
      let other = try transcript.execute(contrary).json(for: contrary, in: transcript).description
      #expect(other.contains("\"verdict\":\"\(verdict == "refuted" ? "holds" : "fails")\""), "\(other)")
    }
  }

  /// The field has 2^61 - 1 for 0: what is made of constants as long as that is not proved in it.
  @Test(arguments: [
    "x[1] = x[1] + (x[1] > 30) * (1073741824 * 2147483648 - 1)",
    "net1[1] = net1[1] + (1073741824 * 2147483648 - 1) * 1e-28 * 1e-28",
    "net1[1] = net1[1] + (2 * big * big - 1) * exp(-1000)", "exp(X) = 1", "log(exp(x[1]) + X) = x[1]",
    "x[1] / (1 + X) = x[1]", "x[1]^(2 + X) = x[1]^2", "d(x[1]^2 + x[1] * X)/d(x[1]) = 2 * x[1]", "1 = 1 + X",
    "x[1] * (x[1] > 30) = x[1] * (x[1] > 30) * (1.073741824 * 2.147483648 * 1e18)",
    "(x[1] > 30) * (sum(k=1..8, 268435456 * 1073741824) - 1) = 0",
    "(x[1] > 30) * (2 * rate * rate - 1) = 0",
    "d(x[1] * 1073741824 * 1073741824 * 2)/d(x[1]) * (x[1] > 30) = (x[1] > 30)",
    "(x[1] > 30) * (x[1] * 1073741824 * 2147483648 - x[1]) = 0",
    "exp(x[1]) = exp(x[1]) * exp((x[1] > 30) * (1073741824 * 2147483648 - 1))",
  ])
  func multiplesOfTheFieldsSizeAreNotTakenForZero(claim: String) throws {
    let networks = [
      "input 1\ndense 1 identity\nsample 1 -> 1\n", "input 1\ndense 2 softmax\nloss ce\nsample 1 -> 1 0\n",
      "input 1\ndense 1 sigmoid\nloss bce\nsample 1 -> 1\n",
    ]
    for network in networks {
      let begin =
        network + "set rate = 1073741824\nlet big = 1073741824\nlet X = (2 * big * big - 1) * 1e-28 * 1e-28\nforward\n"
      let shown = play(begin + "claim always \(claim)")
      #expect(!shown.contains("#= proved"), "\(shown)")
      #expect(shown.contains("#= tested") || shown.contains("#= refuted"), "\(shown)")
    }
  }

  @Test func theBoundIsBelowWhatIsAsked() throws {
    for layers in 1...4 {
      let dense = (1...layers).map { "dense \($0 + 1) sigmoid\n" }.joined()
      let targets = (0...layers).map { _ in "1" }.joined(separator: " ")
      let shown =
        answers(
          "input 2\n\(dense)sample 1 2 -> \(targets)\nforward\nbackward\nclaim always dw1[k,j] = d(loss)/d(w1[k,j])"
        ).last ?? ""
      let exponent = try #require(shown.firstMatch(of: #/chance of error below 2\^(-\d+)/#)?.output.1)
      #expect(try #require(Int(exponent)) < -64, "\(shown)")
    }
    // Of a degree at which two points are not enough.
    let high =
      "input 2\ndense 1 tanh\nsample 0.1 0.2 -> 1\nforward\nclaim always ((x[1] + x[2])^1048576)^1024 = ((x[2] + x[1])^1024)^1048576"
    let shown = answers(high).first { $0.hasPrefix("proved: ") } ?? ""
    let exponent = try #require(shown.firstMatch(of: #/chance of error below 2\^(-\d+)/#)?.output.1, "\(answers(high))")
    #expect(try #require(Int(exponent)) < -64, "\(shown)")
  }
}

/// Expects claims that hold always, or don't, to be judged so in a session.
func expect(
  _ claims: [String], _ grade: Verdict.Grade?, _ text: String, _ location: SourceLocation = #_sourceLocation
) throws {
  var session = try session(text)
  for claim in claims {
    let answer = try session.execute(Line("claim always \(claim)"))
    #expect(answer.verdict?.grade == grade, "\(text)\(claim): \(answer.lines)", sourceLocation: location)
  }
}

/// How a claim that is to hold always is judged in a session.
func grade(_ claim: String, in session: inout Session) throws -> Verdict.Grade? {
  try session.execute(Line("claim always \(claim)")).verdict?.grade
}
