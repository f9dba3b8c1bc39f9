import Testing

@testable import Language

/// What several wrong quantities have to do with one another, and the forms in which numbers come. The wrong numbers are made by
/// expressions, as somebody's code would make them.
@Suite struct DepartureTests {
  private static let network = """
    input 3
    dense 4 tanh
    dense 3 sigmoid
    dense 2 sigmoid
    init xavier seed=3
    sample 0.5 -0.2 0.8 -> 1 0
    sample 0.1 0.9 -0.3 -> 0 1

    """

  private func said(_ lines: String) -> [String] {
    let shown = play(DepartureTests.network + "forward\nbackward\n" + lines)
    return shown.split(separator: "\n").filter { $0.hasPrefix("#= ") }.map { String($0.dropFirst(3)) }
  }

  /// The second slip is told alone, with the first one known.
  @Test func aSecondSlipIsLookedForBesideTheFirst() {
    let shown = said(
      "compare delta3 = da3\ncompare delta2 = w3' * da3\ncompare dw2 = (w3' * da3) * (2 * a1')")
    #expect(shown.contains("delta2 comes of the same slip as delta3"))
    #expect(
      shown.contains { $0.hasPrefix("missing-half: ") && $0.contains("given is dw2[j,i] = 2 * (delta2[j] * a1[i])") })
    #expect(!shown.contains { $0.contains(" and missing-half") })
  }

  /// Both formulas stand there with their numbers.
  @Test func bothFormulasHaveTheirNumbers() {
    let shown = said("print da3[1]\nprint f3'(net3)[1]\ncompare delta3 = da3")
    let number = shown.first { $0.hasPrefix("delta3[") } ?? ""
    #expect(number.contains(" as given, ") && number.hasSuffix(" right"), "\(shown)")
  }

  /// What is right beside numbers that are wrong is no truth, and is not called one.
  @Test func whatIsRightBesideWrongNumbersIsSaidToBe() {
    let shown = said(
      "compare delta3 = da3\ncompare delta2 = (w3' * da3) .* (1 - f2'(net2))\ncompare delta2 = w3' * da3")
    let number = shown.first { $0.hasPrefix("delta2[") } ?? ""
    #expect(number.isEmpty || number.hasSuffix(" right with delta3 as it was given"), "\(shown)")
    let other = said("compare delta3 = da3\ncompare delta2 = 2 * ((w3' * da3) .* f2'(net2))")
    #expect(other.contains { $0.hasSuffix(" right with delta3 as it was given") }, "\(other)")
  }

  /// A slip of δ that is seen in the gradients of the weights and of the biases is one, whatever it is.
  @Test(arguments: [
    "((w2 - 0.3 * dw2)' * delta2) .* f1'(net1)", "-0.5 * delta1", "0 * delta1 + f1'(net1) .* (dw2' * delta2)",
  ])
  func aSlipOfDeltaIsOne(_ delta: String) {
    let shown = said("compare dw1 = (\(delta)) * x'\ncompare db1 = \(delta)")
    #expect(shown.contains("db1 comes of the same slip as dw1"), "\(shown)")
  }

  /// Nothing was cut off before what has numbers.
  @Test func whatHasNumbersIsNotDetached() {
    #expect(said("compare dw1 = 0 * dw1").contains { $0.hasPrefix("detached: ") })
    let shown = said("compare db1 = 2 * db1\ncompare dw1 = 0 * dw1")
    #expect(
      shown.contains { $0.hasPrefix("frozen-weights: ") } && !shown.contains { $0.hasPrefix("detached") }, "\(shown)")
  }

  @Test func equalReasonsAreToldApartWhereTheDataCan() {
    // Twice and times the two outputs are the same whatever the data.
    #expect(said("compare dw3 = 2 * dw3").contains("nothing that the data has tells these apart"))
    // All units of layer 2 are on in sample 1, so that their slope is none; in sample 2 one is off.
    let relu = play(
      """
      input 2
      dense 2 relu
      dense 2 relu
      dense 1 identity
      set w1 = [1 0; 0 -1]
      set w2 = [1 -1; 1 2]
      set w3 = [1 1]
      rate 0.01
      sample 1 1 -> 0
      sample -1 -1 -> 1
      forward
      backward
      compare delta1 = w2' * delta2
      """)
    #expect(relu.contains("\n#= missing-derivative: ") && relu.contains("\n#= wrong-layer-derivative: "), "\(relu)")
    #expect(relu.contains("\n#= sample 2 would tell these apart, in iteration 2"), "\(relu)")
  }

  /// Reasons whose other forms cancel tell nothing apart, and none needs another form where one does without.
  @Test func aReasonThatNeedsNoOtherFormIsPlainer() {
    let shown = said("rate 0.5\nforward\nbackward\ncompare dw3 = 0.5 * dw3")
    #expect(shown.contains { $0.hasPrefix("learning-rate-included: ") }, "\(shown)")
    #expect(!shown.contains { $0.contains("as what is added in an update") }, "\(shown)")
    #expect(shown.contains("nothing that the data has tells these apart"), "\(shown)")
  }

  /// The sign of one gradient is that of the others.
  @Test func aSignThatOthersHaveIsNoSlip() {
    let shown = said("compare dw3 = -dw3\ncompare delta2 = -(w3' * delta3)")
    #expect(shown.contains { $0.hasPrefix("fails: delta2") && $0.contains("given with the opposite sign") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("missing-derivative: ") })
    #expect(!shown.contains { $0.contains(" and sign") || $0.contains("sign and ") })
  }

  /// Biases in a column of the weights, at either end; and all samples of a batch at once.
  @Test func otherShapesAreRead() {
    for order in ["dw3 db3", "db3 dw3"] {
      let parts = order.split(separator: " ")
      let rows = (1...2).map { row in
        parts.map { part in
          part == "db3" ? "db3[\(row)]" : (1...3).map { "dw3[\(row),\($0)]" }.joined(separator: ", ")
        }.joined(separator: ", ")
      }
      let shown = said("compare dw3 = [\(rows.joined(separator: "; "))]")
      #expect(
        shown.suffix(3).prefix(2).allSatisfy { $0.hasPrefix("holds: ") }
          && shown.last?.contains("with the biases in the") == true,
        "\(shown)")
    }
    let batch = play(
      DepartureTests.network
        + "batch all\nforward\nbackward\nselect 1\nlet keep one = delta3\nselect 2\nlet keep two = delta3\n"
        + "compare delta3 = [one[1], one[2]; two[1], two[2]]")
    #expect(batch.contains("#= holds: delta3 of the 2 samples, 4 numbers"), "\(batch)")
  }

  /// A 0 that is typed is no rounding of a half.
  @Test func aTypedZeroIsExact() {
    #expect(said("compare db1 = [0; 0; 0; 0]").contains { $0.hasPrefix("fails: db1, 4 numbers, 4 wrong") })
    #expect(said("compare db1 = [0; 0; 0; 0]").contains { $0.hasPrefix("frozen-bias: ") })
  }

  /// A failed check and a number that an expectation refuses have the same reasons.
  @Test func checkAndExpectSayWhy() {
    let check = said("mistake derivative-of-activation layer=2\nrefute check")
    #expect(check.contains { $0.hasPrefix("derivative-of-activation: ") && $0.contains("f2'(a2[j])") }, "\(check)")
    let number = said("print da3[1] * a2[2]").last?.split(separator: " ").last ?? ""
    let expect = said("refute expect dw3[1,2] ~= \(number)")
    #expect(expect.contains { $0.hasPrefix("missing-derivative: ") }, "\(expect)")
    #expect(said("refute expect dw3[1,2] ~= 0.5").count == 3)
  }

  /// Each quantity that a mistake of one's own makes wrong is explained, what departs first before the others.
  @Test func checkExplainsEachMistake() {
    let two = said("mistake dw1[j,i] = 2 * delta1[j] * x[i]\nmistake dw3 = delta3 * a3' * [1 2 3; 4 5 6]\nrefute check")
    let first = two.firstIndex { $0.hasPrefix("a mistake of your own: given is dw3[") }
    let second = two.firstIndex { $0.hasPrefix("missing-half: ") && $0.contains("given is dw1[") }
    #expect(first != nil && second != nil, "\(two)")
    if let first, let second { #expect(first < second, "\(two)") }
    #expect(two.contains("dw3 departs first, in the order of computation"), "\(two)")
    #expect(two.contains("dw1 is not made of dw3, and is wrong by itself"), "\(two)")
    let alike = said("mistake dw1 = 2 * dw1\nmistake dw2 = 2 * dw2\nrefute check")
    #expect(alike.contains { $0.hasPrefix("missing-half: ") && $0.contains("given is dw2[") }, "\(alike)")
    #expect(alike.contains("dw1 comes of the same slip as dw2"), "\(alike)")
    // One by itself is told as ever, without saying that it is the first.
    #expect(!said("mistake dw1 = 2 * dw1\nrefute check").contains { $0.contains("departs first") })
  }

  /// One on the way forward and one on the way back are both told.
  @Test func checkExplainsBothWays() {
    let both = said("mistake net2[j] = 2 * sum(i, w2[j,i] * a1[i])\nmistake missing-derivative layer=1\nrefute check")
    #expect(both.contains { $0.contains("given is net2[") }, "\(both)")
    #expect(both.contains { $0.hasPrefix("missing-derivative: ") && $0.contains("given is delta1[") }, "\(both)")
  }

  @Test func aClaimThatDoesNotFitIsMended() {
    let shown = play(
      DepartureTests.network + "forward\nbackward\nclaim delta2[j] = sum(k, delta3[k] * w3[j,k]) * f2'(net2[j])")
    #expect(
      shown.contains("; untransposed-weight: it holds here and in 12 draws with w3[k,j] in place of w3[j,k]"),
      "\(shown)")
  }

  /// A secret is not told by a check.
  @Test func aHuntKeepsItsSecretFromACheck() {
    let shown = said("hunt seed=3\nrefute check")
    #expect(!shown.contains { $0.contains("given is") }, "\(shown)")
  }

  @Test func theVerdictStandsInAPanel() {
    let shown = said("compare delta3 = da3\ncompare dw3 = dw3\nshow verdict").joined(separator: "\n")
    #expect(shown.contains("Verdict") && shown.contains("1 of 2 wrong"), "\(shown)")
    #expect(shown.contains("> ✗ δ3     2 of 2 wrong: missing-derivative"))
    #expect(shown.contains("✓ ∂w3    6 numbers"))
    #expect(said("compare delta1 = da1\nshow layer").joined(separator: "\n").contains("≠"))
    // What was compared is forgotten with its place.
    #expect(
      play(DepartureTests.network + "forward\nbackward\ncompare delta3 = da3\nforward\nforward\nshow verdict").contains(
        "nothing was compared"))
  }

  /// One number is enough, and where the biases stand is said.
  @Test func oneElementIsCompared() {
    let number = said("print da3[1] * a2[2]").last?.split(separator: " ").last ?? ""
    let shown = said("compare dw3[1,2] = \(number)")
    #expect(
      shown.contains { $0.hasPrefix("fails: dw3, 1 number, 1 wrong, the largest error at dw3[1,2]: ") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("missing-derivative: ") })
    #expect(
      play(DepartureTests.network + "forward\nbackward\ncompare dw3[7,1] = 2").contains(
        "one number of dw3 was expected here"))
    let column = said("compare dw3 = [dw3[1,1], dw3[1,2], dw3[1,3], db3[1]; dw3[2,1], dw3[2,2], dw3[2,3], db3[2]]")
    #expect(column.last == "dw3 is given with the biases in the last column", "\(column)")
  }

  /// A mistake may be made of what should be there.
  @Test func aMistakeMayBeMadeOfItself() {
    for line in ["mistake dw3 = 2 * dw3", "mistake dw3[k,j] = 2 * dw3[k,j]"] {
      let shown = said("\(line)\nrefute check")
      #expect(shown.contains { $0.hasPrefix("missing-half: ") && $0.contains("dw3[k,j] = 2 * ") }, "\(shown)")
    }
  }
}
