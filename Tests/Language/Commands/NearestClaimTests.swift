import Testing

@testable import Language

/// What a claim that fails would have to say.
@Suite struct NearestClaimTests {
  private static let network = """
    input 3
    dense 3 tanh
    dense 3 sigmoid
    sample 0.5 1 -0.3 -> 1 0 0.5
    set rate = 0.5
    forward
    backward

    """

  @Test(arguments: [
    ("delta1[j] = sum(k, delta2[k] * w2[j,k]) * f1'(net1[j])", "w2[k,j] in place of w2[j,k]"),
    (
      "delta1[j] = sum(k, delta2[k] * w2[k,j])",
      "sum(k, delta2[k] * w2[k,j]) * f1'(net1[j]) in place of sum(k, delta2[k] * w2[k,j])"
    ),
    ("delta1 = (w2 * delta2) .* f1'(net1)", "w2' in place of w2"),
    ("delta2[k] = (y[k] - a2[k]) * f2'(net2[k])", "a2[k] - y[k] in place of y[k] - a2[k]"),
    ("delta2[k] = (a2[k] - y[k]) * f2'(a2[k])", "f2'(net2[k]) in place of f2'(a2[k])"),
    ("dw1[j,i] = delta1[j] * x[j]", "x[i] in place of x[j]"),
    ("delta1[j] = sum(k, delta1[k] * w2[k,j]) * f1'(net1[j])", "delta2 in place of delta1"),
    ("dw2[k,j] = 2 * delta2[k] * a1[j]", "delta2[k] * a1[j] in place of 2 * delta2[k] * a1[j]"),
    (
      "delta1[j] = delta2[k] * w2[k,j] * f1'(net1[j])",
      "sum(k, delta2[k] * w2[k,j] * f1'(net1[j])) in place of delta2[k] * w2[k,j] * f1'(net1[j])"
    ),
    ("dw1[j,i] = delta1[j] * a1[i]", "x in place of a1"),
    ("dw1[j,i] = delta1[j]", "delta1[j] * x[i] in place of delta1[j]"),
    ("delta1[j] = sum(k, delta2[k]) * f1'(net1[j])", "sum(k, delta2[k] * w2[k,j]) in place of sum(k, delta2[k])"),
    ("delta1[j] = sum(k, delta2[k] * w2[k,j]) * (1 - a1[j])^2", "1 - a1[j]^2 in place of (1 - a1[j])^2"),
    (
      "delta1[j] = sum(k, delta2[k] * w2[k,j]) * (1 + a1[j])",
      "sum(k, delta2[k] * w2[k,j]) * (1 + a1[j]) * (1 - a1[j]) in place of sum(k, delta2[k] * w2[k,j]) * (1 + a1[j])"
    ),
    ("delta2 = (a2 - y) .* a2", "(a2 - y) .* a2 .* (1 - a2) in place of (a2 - y) .* a2"),
    ("a1[j]^4 = 1 - f1'(net1[j])^2", "(1 - f1'(net1[j]))^2 in place of 1 - f1'(net1[j])^2"),
    ("delta1[j] = da1[j] * a1[j] * (1 - a1[j])", "da1[j] * f1'(net1[j]) in place of da1[j] * a1[j] * (1 - a1[j])"),
  ])
  func theEditIsNamed(_ claim: String, _ edit: String) {
    for (line, verdict) in [("claim \(claim)", "fails: "), ("claim always \(claim)", "refuted: ")] {
      let shown = lastAnswer(Self.network + line)
      #expect(shown.hasPrefix(verdict) && shown.contains("draws with \(edit)"), "\(shown)")
    }
  }

  @Test func aBiasThatIsLeftOutIsNamed() {
    let shown = lastAnswer(Self.network + "set b2 = [0.1; 0.2; 0.3]\nforward\nclaim net2[k] = sum(j, w2[k,j] * a1[j])")
    #expect(shown.contains("sum(j, w2[k,j] * a1[j]) + b2[k] in place of sum(j, w2[k,j] * a1[j])"), "\(shown)")
  }

  /// Of a batch it is said how a claim that holds for one sample would hold for all.
  @Test(arguments: [
    ("dw2[k,j] = sum(sample, delta2[k] * a1[j])", "mean(sample, delta2[k] * a1[j]) in place of sum(sample"),
    ("db1[j] = delta1[j]", "mean(sample, delta1[j]) in place of delta1[j]"),
  ])
  func theSamplesAreTakenTogether(_ claim: String, _ edit: String) {
    let batch = Self.network.replacing("set rate", with: "sample -0.5 0.25 1 -> 0 0.5 1\nbatch all\nset rate")
    let shown = lastAnswer(batch + "claim \(claim)")
    #expect(shown.contains("it holds for a batch of one sample") && shown.contains("draws with \(edit)"), "\(shown)")
  }

  /// A slip that has a name is called by it, in words and for programs.
  @Test(arguments: [
    ("delta1[j] = sum(k, delta2[k] * w2[j,k]) * f1'(net1[j])", "untransposed-weight"),
    ("delta1[j] = sum(k, delta2[k] * w2[k,j])", "missing-derivative"),
    ("delta2[k] = (y[k] - a2[k]) * f2'(net2[k])", "sign"),
    ("delta2[k] = (a2[k] - y[k]) * f2'(a2[k])", "derivative-of-activation"),
    ("delta1[j] = sum(k, delta2[k] * w2[k,j]) * (1 - net1[j] * net1[j])", "activation-formula-at-net"),
    ("delta1[j] = sum(k, dw2[k,j]) * f1'(net1[j])", "gradient-for-weight"),
    ("delta1[j] = sum(k, delta2[k] * w2[k,j]) * f2'(net1[j])", "wrong-layer-derivative"),
    ("dw1[j,i] = delta1[j] * a1[i]", "wrong-layer-activation"),
    ("dw2 = delta2 * a2'", "wrong-layer-activation"),
    ("delta1[j] = delta2[k] * w2[k,j] * f1'(net1[j])", "missing-sum"),
    ("dw2[k,j] = 2 * delta2[k] * a1[j]", "missing-half"),
    ("dw2[k,j] = 3 * delta2[k] * a1[j]", "mean-over-outputs"),
  ])
  func theMistakeIsNamed(_ claim: String, _ name: String) {
    let shown = lastAnswer(Self.network + "claim \(claim)")
    #expect(shown.contains("\n\(name): it holds here and in"), "\(shown)")
  }

  /// Of an update it is the old weights that were meant, at a rate of 1 too, where a factor of its logarithm leaves out a term.
  @Test(arguments: ["0.5", "1"]) func anUpdateIsOfTheOldWeights(rate: String) {
    for (claim, name) in [("w2 = w2 - rate*dw2", "w2"), ("b1[j] = b1[j] - rate*db1[j]", "b1")] {
      for word in ["claim", "claim always"] {
        let shown = lastAnswer(Self.network + "rate \(rate)\nupdate\n\(word) \(claim)")
        #expect(shown.contains("updated-weights: "), "\(shown)")
        #expect(shown.contains("draws with old(\(name)) in place of \(name)"), "\(shown)")
        #expect(!shown.contains("(rate) in place of rate"), "\(shown)")
      }
    }
  }

  @Test func anExpectationIsMendedToo() {
    let shown = lastAnswer(Self.network + "expect loss ~= sum(k, (y[k] - a2[k])^2)")
    #expect(shown.contains("sum(k, (y[k] - a2[k])^2) / 2 in place of sum(k, (y[k] - a2[k])^2)"), "\(shown)")
  }

  /// Of what needs a condition besides the sign is told with it, whether the condition is met here or not.
  @Test(arguments: [
    ("1 0 0", "where the targets sum to 1"), ("0.7 0.2 0.5", "where the targets sum to 1; here they sum to 1.4"),
  ])
  func aSignIsNamedWithItsCondition(targets: String, condition: String) {
    let network = "input 2\ndense 3 softmax\nloss cross-entropy\nsample 1 2 -> \(targets)\nforward\nbackward\n"
    for word in ["claim", "claim always"] {
      let shown = lastAnswer("\(network)\(word) delta1[k] = y[k] - a1[k]")
      let said =
        "sign: it holds with the opposite sign, a1[k] - y[k] in place of y[k] - a1[k], where the targets sum to 1"
      #expect(shown.contains("\n\(said)"), "\(shown)")
      if word == "claim" { #expect(shown.hasSuffix(condition), "\(shown)") }
    }
    #expect(!lastAnswer("\(network)claim delta1[k] = y[k] - 2 * a1[k]").contains("opposite sign"))
  }

  /// Where no edit makes it hold always, none is named: by luck it may hold here.
  @Test(arguments: [
    "delta2[k] = 0.3", "delta1[j] = sum(k, dw2[k,j]) * f1'(net1[j]) * 1.37", "w1[1,1] = 0.123", "a1[j] = x[j] * 2",
  ])
  func noEditIsMadeUp(_ claim: String) {
    let shown = lastAnswer(Self.network + "claim \(claim)")
    #expect(shown.hasPrefix("fails: ") && !shown.contains("in place of"), "\(shown)")
  }
}
