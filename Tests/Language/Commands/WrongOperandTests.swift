import Engine
import Testing

@testable import Language

/// What stands in the place of an operand, or of a part of one: another layer's activation in an outer product, a part of a
/// derivative. The wrong numbers are worked out of the values that the page prints, by arithmetic that knows no formula of ours.
@Suite struct WrongOperandTests {
  private static func network(_ first: String = "sigmoid", _ more: String = "") -> String {
    """
    input 3
    dense 3 \(first)
    dense 3 sigmoid
    init xavier seed=3
    sample 0.5 -0.2 0.8 -> 1 0 1
    sample 0.1 0.9 -0.3 -> 0 1 0
    \(more)
    forward
    backward

    """
  }

  private func reasons(_ network: String, _ line: String) throws -> [[String]] {
    try #require(ToldFault.all(in: lastAnswer(network + line)).first).reasons
  }

  /// A quantity's numbers at the sample on show.
  private func numbers(_ name: String, of sample: Int, in session: Session) throws -> [Double] {
    var session = session
    try session.take("select \(sample)")
    return try session.value(name).elements
  }

  @Test(arguments: [
    ("dw2", "delta2", "x"), ("dw2", "delta2", "a2"), ("dw1", "delta1", "a1"), ("dw1", "delta1", "a2"),
  ])
  func anotherLayersActivationIsNamed(gradient: String, delta: String, activation: String) throws {
    let network = Self.network("tanh", "batch all\nrate 0.1")
    let session = try session(network)
    var products = [[Double]](repeating: [0, 0, 0], count: 3)
    for sample in 1...2 {
      let (deltas, others) = (
        try numbers(delta, of: sample, in: session), try numbers(activation, of: sample, in: session)
      )
      for (row, one) in deltas.enumerated() {
        for (column, other) in others.enumerated() { products[row][column] += one * other / 2 }
      }
    }
    func line(_ factor: Double) -> String {
      let rows = products.map { $0.map { "\(factor * $0)" }.joined(separator: " ") }
      return "compare \(gradient) = [\(rows.joined(separator: "; "))]"
    }
    #expect(try reasons(network, line(1)) == [["wrong-layer-activation"]])
    // With the rate in it, that is told too.
    let both = try reasons(network, line(0.1))
    #expect(both.contains { Set($0) == ["wrong-layer-activation", "learning-rate-included"] }, "\(both)")
  }

  /// It is in the formula that is shown beside the right one, and where no other activation fits there is none.
  @Test func theFormulaHasIt() {
    let told = lastAnswer(Self.network() + "compare dw2 = delta2 * a2'")
    #expect(told.contains("given is dw2[k,j] = delta2[k] * a2[j], right is delta2[k] * a1[j]"), "\(told)")
    let narrow = "input 3\ndense 2 tanh\ndense 4 sigmoid\nsample 1 2 3 -> 1 0 0 1\n"
    #expect(play(narrow + "mistake wrong-layer-activation").contains("wrong-layer-activation changes nothing"))
  }

  @Test(arguments: [
    ("sigmoid", "1 - a1", "1 - a1[j]"), ("tanh", "1 - a1", "1 - a1[j]"), ("tanh", "1 + a1", "1 + a1[j]"),
    ("tanh", "-a1 .* a1", "-a1[j]^2"), ("silu", "1 + net1 .* (1 - 1 ./ (1 + exp(-net1)))", "1 + net1[j]"),
  ])
  func aPartOfADerivativeIsTold(activation: String, part: String, shown: String) {
    let told = lastAnswer(Self.network(activation) + "compare delta1 = (w2' * delta2) .* (\(part))")
    #expect(told.contains("\na part of the activation's derivative is left out; given is delta1[j] = "), "\(told)")
    #expect(told.contains(shown), "\(told)")
  }

  /// The whole of it has a name, and so has the other half of sigmoid's.
  @Test func whatHasANameIsCalledByIt() throws {
    #expect(try reasons(Self.network(), "compare delta1 = w2' * delta2") == [["missing-derivative"]])
    #expect(try reasons(Self.network(), "compare delta1 = (w2' * delta2) .* a1") == [["activation-for-derivative"]])
  }

  /// a - y is half the squared error's without the derivative, and cross-entropy's with it.
  @Test(arguments: ["", "loss mean-squared-error outputs=sum"])
  func anErrorAloneMayBeOfAnotherLoss(loss: String) throws {
    let told = try reasons(Self.network("sigmoid", loss), "compare delta2 = \(loss.isEmpty ? "" : "2 * ")(a2 - y)")
    #expect(told.first == ["missing-derivative"], "\(told)")
    #expect(told.contains(["wrong-loss"]) == loss.isEmpty, "\(told)")
    // Of a hidden layer no loss says anything.
    #expect(!(try reasons(Self.network("sigmoid", loss), "compare delta1 = w2' * delta2").contains(["wrong-loss"])))
  }

  /// Where two reasons give the same whatever the data, no sample is offered that would tell them apart.
  @Test(arguments: ["", "batch all"]) func whatNothingTellsApartIsSaidSo(batch: String) {
    let turned = lastAnswer(Self.network("tanh", batch) + "compare dw1 = dw1\ncompare dw2 = dw2'")
    #expect(turned.contains("\ntransposed: ") && turned.contains("\nreshaped: "), "\(turned)")
    #expect(turned.contains("\nnothing that the data has tells these apart"), "\(turned)")
    #expect(!turned.contains("would tell"), "\(turned)")
    let error = lastAnswer(Self.network("tanh", batch) + "compare delta2 = a2 - y")
    #expect(error.contains("\nnothing that the data has tells these apart"), "\(error)")
  }

  /// Cross-entropy gives a·Σy - y, which is another thing where the targets do not sum to 1.
  @Test func aSampleThatTellsThemApartIsOffered() {
    let network = """
      input 2
      dense 2 identity
      dense 2 softmax
      sample 1 2 -> 1 0
      sample 2 -1 -> 1 0.5
      batch all
      forward
      backward

      """
    let told = lastAnswer(network + "compare delta2 = a2 - y")
    #expect(told.contains("\nmissing-derivative: ") && told.contains("\nwrong-loss: "), "\(told)")
    #expect(told.contains("\nsample 2 would tell "), "\(told)")
    let alone = lastAnswer(network.replacing("sample 2 -1 -> 1 0.5\n", with: "") + "compare delta2 = a2 - y")
    #expect(alone.contains("\nnothing that the data has tells these apart"), "\(alone)")
  }

  /// Half of it is the mean over two samples taken twice, or the 2 of the square: the last batch, of one sample, tells them apart.
  @Test func aBatchOfAnotherSizeTellsThemApart() {
    let network = """
      input 2
      dense 2 tanh
      sample 1 2 -> 0.5 -0.4
      sample -0.7 0.3 -> 0.2 0.9
      sample 0.4 0.6 -> 0.3 0.1
      batch 2
      rate 0.1
      forward
      backward

      """
    let told = lastAnswer(network + "compare dw1 = dw1 / 2")
    #expect(told.contains("\nmean-twice: ") && told.contains("\nmissing-half: "), "\(told)")
    // Half the square and the mean over two outputs are the same in any batch.
    #expect(told.contains("\nmean-over-outputs: ") && told.contains("would tell some of these apart"), "\(told)")
    #expect(told.contains(", in iteration 2"), "\(told)")
  }
}
