import Testing

@testable import Language

/// What is right in another form, or within the digits that were typed, and what is not: each right by the equations alone.
@Suite struct ForeignFormsTests {
  private static let small = """
    input 2
    dense 2 sigmoid
    sample 0.5 1 -> 1 0
    set w1 = [0.1 0.2; 0.3 0.4]
    forward
    backward

    """
  private static let batch = """
    input 2
    dense 2 tanh
    dense 2 sigmoid
    init xavier seed=1
    sample 0.5 1 -> 1 0
    sample -0.25 0.75 -> 0 1
    sample -0.5 0.5 -> 0 0
    batch all
    forward
    backward

    """

  private func said(_ lines: String) -> [String] { answers(lines) }

  /// delta1 is -0.1071 and 0.1529: what is made of it as it was typed is right within what that leaves open, and no further.
  @Test func typedDigitsAreCarriedOn() {
    let rounded = ForeignFormsTests.small + "compare delta1 = [-0.11; 0.15]\n"
    #expect(said(rounded + "compare dw1 = [-0.055 -0.11; 0.075 0.15]").suffix(2).allSatisfy { $0.hasPrefix("holds: ") })
    #expect(said(rounded + "compare dw1 = [-0.055 -0.11; 0.075 0.17]").contains { $0.hasPrefix("fails: dw1") })
  }

  /// A matrix that is not square says by its shape which layout it has.
  @Test func theShapeSaysTheLayout() {
    let wide = "input 3\ndense 2 identity\nset w1 = [1 0 2; 0 1 1]\nsample 1 2 3 -> 6 4\nforward\nbackward\n"
    // net is 7 and 5, δ is 1 and 1: each row of ∂L/∂w is x.
    let told = said(wide + "compare dw1 = [1 1; 2 2; 3 3]").suffix(2)
    #expect(told.first?.hasPrefix("holds: dw1, 6 numbers") == true, "\(told)")
    #expect(told.last == "dw1 is given with a row for each input, as x·W has it (layout in-out)")
    #expect(lastAnswer(wide + "compare dw1 = [1 1; 2 2; 3 4]").contains("fails: dw1, 6 numbers, 1 wrong"))
    let turned = said(wide + "layout in-out\ncompare dw1 = [1 2 3; 1 2 3]").suffix(2)
    #expect(turned.first?.hasPrefix("holds: ") == true && turned.last?.contains("as W·x has it") == true, "\(turned)")
  }

  /// The names of PyTorch and NumPy mean at the prompt what they mean in files.
  @Test(arguments: [
    ("dW2 = dw2", "dw2"), ("dZ1 = delta1", "delta1"), ("fc1.weight.grad = dw1", "dw1"), ("2.weight.grad = dw2", "dw2"),
    ("0.bias.grad = db1", "db1"), ("dZ2=delta2", "delta2"),
  ])
  func namesOfElsewhereAreKnown(_ line: String, _ name: String) {
    let told = said(ForeignFormsTests.batch + "compare \(line)").suffix(2)
    #expect(told.first?.hasPrefix("holds: \(name)") == true, "\(told)")
    #expect(told.last == "\(line.prefix { $0 != " " && $0 != "=" }) is \(name) here", "\(told)")
  }

  @Test func aModuleThatSaysNoLayerIsAskedFor() {
    let told = play(ForeignFormsTests.batch + "compare layers.0.weight.grad = dw1")
    #expect(
      told.contains("layers.0.weight.grad does not say by itself of which layer it is: compare dw1 = …"), "\(told)")
  }

  /// One number with one digit says no other form, but for its sign; beside others in that form it is in it.
  @Test func oneDigitIsNoConvention() {
    let batch = """
      input 2
      dense 1 identity
      sample 1 2 -> 1.5
      sample 0.5 -1 -> 0.25
      set w1 = [0.5 0.25]
      set b1 = [0.125]
      batch all
      forward
      backward

      """
    // δ is -0.375 and -0.125: db1 is -0.25 as the mean, -0.5 as the sum; dw1 is -0.21875 and -0.3125, twice that as the sum.
    #expect(lastAnswer(batch + "compare db1 = -0.5").hasPrefix("fails: db1"))
    #expect(lastAnswer(batch + "compare db1 = 0.25").hasPrefix("holds: db1 is given with the opposite sign"))
    #expect(lastAnswer(batch + "compare db1 = -0.500").hasPrefix("holds: db1 is given summed"))
    let both = said(batch + "compare dw1 = [-0.4375 -0.625]\ncompare db1 = -0.5").suffix(2)
    #expect(both.allSatisfy { $0.hasPrefix("holds: ") && $0.contains("given summed over the 2 samples") }, "\(both)")
  }

  /// A slip in what is computed from rounded numbers is found all the same.
  @Test func aSlipAfterTypedDigitsIsFound() {
    let network = """
      input 2
      dense 2 tanh
      dense 2 sigmoid
      init xavier seed=1
      sample 0.5 1 -> 1 0
      forward
      backward

      """
    let rounded = answers(network + "print round(delta2 * 1000) / 1000").last?.split(separator: "= ").last ?? ""
    let shown = said(network + "compare delta2 = \(rounded)\ncompare delta1 = w2' * \(rounded)")
    #expect(
      shown.contains { $0.hasPrefix("holds: delta2") } && shown.contains { $0.hasPrefix("fails: delta1") }, "\(shown)")
    #expect(shown.contains { $0.hasPrefix("missing-derivative: ") }, "\(shown)")
  }

  /// The loss is made of outputs by what a page says, however it is computed here.
  @Test func aLossFollowsFromOutputs() {
    let shown = said(
      """
      input 2
      dense 2 softmax
      loss cross-entropy
      sample 0.5 1 -> 1 0
      forward
      compare a1 = [0.3; 0.9]
      compare loss = 1.2039728043259361
      """)
    #expect(shown.last == "loss follows from it: with a1 as it was given, loss comes out as it was given", "\(shown)")
  }

  /// A form is one of all gradients of a kind, or of none.
  @Test func formsAreNotMixed() {
    let plain = ForeignFormsTests.batch + "compare dw1 = dw1\n"
    #expect(said(plain + "compare db1 = 3 * db1").contains { $0.hasPrefix("mean-or-sum: ") })
    #expect(said(plain + "compare dw2 = -1 * dw2").contains { $0.hasPrefix("sign: ") })
    // By itself each is another form.
    #expect(said(ForeignFormsTests.batch + "compare db1 = 3 * db1").last?.hasPrefix("holds: ") == true)
    // One that was taken for another form before it was known that the others are not in it.
    let late = said(ForeignFormsTests.batch + "compare dw2 = -1 * dw2\ncompare dw1 = dw1\nshow verdict").joined(
      separator: "\n")
    #expect(late.contains("1 of 2 wrong") && late.contains("✗ ∂w2"), "\(late)")
  }

  /// What an update made of sums is right where the gradients are given as sums.
  @Test func anUpdateByGivenSumsIsRight() {
    let shown = said(
      ForeignFormsTests.batch + "let keep begun = w1\nlet keep slope = dw1\nupdate\n"
        + "compare dw1 = 3 * slope\ncompare w1 = begun - rate * 3 * slope")
    #expect(
      shown.suffix(2).allSatisfy { $0.hasPrefix("holds: ") && $0.contains("summed over the 3 samples") }, "\(shown)")
  }

  /// A step up is a slip of the update, and of nothing before it that is right.
  @Test func aStepUpIsASlipOfTheUpdate() {
    let shown = said(
      ForeignFormsTests.batch + "compare dw1 = dw1\ncompare dw2 = dw2\nupdate\ncompare w1 = old(w1) + rate * dw1")
    let reasons = shown.filter { $0.hasPrefix("sign: ") }
    #expect(reasons.count == 1 && reasons[0].contains("w1[j,i] - uw1[j,i], right is w1[j,i] + uw1[j,i]"), "\(shown)")
  }

  /// One number that is smaller is not clipped; several at one bound are.
  @Test func oneNumberAtABoundIsNotClipped() {
    #expect(!said(ForeignFormsTests.small + "compare db1 = [-0.11; 0.12]").contains { $0.contains("clipped") })
    let both = said(ForeignFormsTests.batch + "print dw2\ncompare dw2 = max(min(dw2, 0.01), -0.01)")
    #expect(both.contains { $0.hasPrefix("clipped: ") }, "\(both)")
  }

  @Test func theNumbersOfTheIterationBeforeAreNamed() {
    let start = ForeignFormsTests.batch.replacing("batch all\n", with: "")
    let sum = said(start + "let keep before = dw2\nupdate\nforward\nbackward\ncompare dw2 = before + dw2")
    #expect(sum.contains { $0.hasPrefix("accumulated: ") && $0.contains("dw2 and dw2 of iteration 1") }, "\(sum)")
    let stale = said(start + "let keep before = a1\nupdate\nforward\nbackward\ncompare dw2 = delta2 * before'")
    #expect(stale.contains { $0.hasPrefix("stale-activation: ") && $0.contains("a1 of iteration 1") }, "\(stale)")
  }

  @Test func whatStandsInAnotherOrderIsNamed() {
    let order = said(ForeignFormsTests.batch + "compare db1 = [0 1; 1 0] * db1")
    #expect(order.contains { $0.hasPrefix("permuted: ") && $0.contains("in the order 2, 1") }, "\(order)")
    let shaped = said(
      "input 3\ndense 2 tanh\ninit xavier seed=1\nsample 1 2 3 -> 0 1\nforward\nbackward\ncompare dw1 = reshape(dw1', 2, 3)"
    )
    #expect(shaped.contains { $0.hasPrefix("reshaped: ") }, "\(shaped)")
  }

  /// A row that comes to the same is no mistake to train with.
  @Test func aMistakeThatIsOnChangesNumbers() {
    let shown = said(
      """
      input 3
      dense 3 tanh
      dense 3 softmax
      loss cross-entropy
      init xavier seed=1
      sample 1 2 3 -> 1 0 0
      mistake wrong-loss
      backward
      check
      """)
    #expect(shown.contains { $0.hasPrefix("fails: dw, db and dx against central differences") }, "\(shown)")
  }

  /// A bias of the whole layer has no index.
  @Test func aSharedBiasMayBeMistaken() {
    let shown = said(
      "input 2\ndense 2 tanh sharedbias\ndense 1 sigmoid\ninit xavier seed=3\nsample 0.5 -0.2 -> 1\n"
        + "mistake db1 = 0.5\nforward\nbackward\nexplain db1")
    #expect(shown.contains { $0.contains("= 0.5") }, "\(shown)")
  }
}
