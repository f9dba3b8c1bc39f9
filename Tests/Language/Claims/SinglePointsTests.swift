import Testing

@testable import Language

/// Whether numbers are equal is so at single points, at which no proof looks: what asks for it is not said to be proved.
@Suite struct SinglePointsTests {
  private static let softmax = """
    input 3
    dense 3 softmax
    loss cross-entropy
    sample 2 1 0.1 -> 1 0 0
    forward
    backward

    """
  private static let relu = "input 2\ndense 3 relu\nsample 0.6 -0.4 -> 1 0 0\nforward\nbackward\n"

  @Test(arguments: [
    (softmax, "(y[k] == 1) = 0"), (softmax, "(y[k] != 1) = 1"), (softmax, "(y[k] == y[1] + y[2]) = 0"),
    (softmax, "(y == x) = 0"), (softmax, "delta1[k] = sum(y) * a1[k] - y[k] where y[k] != 0"),
    (softmax, "(not y[k]) = 0"), (softmax, "(a1[k] == 1/3) = 0"), (relu, "(x[1] == 1) = 0"),
    (relu, "(sign(x[1]) == 0) = 0"), (relu, "(net1[1] == 0) = 0"),
  ])
  func equalNumbersAreTested(session text: String, claim: String) throws {
    let shown = lastAnswer(text + "claim always \(claim)")
    #expect(shown.hasPrefix("tested: "), "\(shown)")
    #expect(shown.contains("no proof: == of numbers holds at single points, which a proof leaves out"), "\(shown)")
  }

  /// A name that was given to a comparison asks for the same.
  @Test func soAreThoseThatANameStandsFor() throws {
    try expect(["isone = 0"], .tested, Self.softmax + "let isone = (y[1] == 1)\n")
  }

  /// What is the same everywhere is, and indices are what they are.
  @Test(arguments: [
    (softmax, "(x[1] + x[2] == x[2] + x[1]) = 1"), (softmax, "(y[k] != y[k]) = 0"),
    (softmax, "J1[i,k] = a1[i] * ((i == k) - a1[k])"), (softmax, "J1[i,k] = -a1[i] * a1[k] where i != k"),
    (relu, "d(a1[i])/d(net1[k]) = (i == k) * f1'(net1[k])"), (relu, "d(a1[i])/d(net1[k]) = 0 where i != k"),
    (softmax, "(rate == 7) = 0"),
  ])
  func whatIsTheSameEverywhereIsProved(session text: String, claim: String) throws {
    try expect([claim], .proved, text)
  }
}
