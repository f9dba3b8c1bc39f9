import Engine
import Testing

@testable import Notation

@Suite struct SharedPartsTests {
  private func shown(_ text: String, names: [String] = ["u", "v"]) throws -> [String] {
    let shared = SharedParts(of: try Expression.parse(text), names: names)
    return shared.parts.map { "\($0.name) = \($0.expression)" } + ["\(shared.body)"]
  }

  @Test func whatStandsTwiceGetsAName() throws {
    #expect(
      try shown("exp(net - max(net)) / sum(exp(net - max(net)))") == ["u = exp(net - max(net))", "u / sum(u)"])
    #expect(try shown("net / (1 + net)") == ["net / (1 + net)"])
  }

  /// The smaller of two parts, one of which stands in the other, comes first.
  @Test func eachPartReadsThoseBeforeIt() throws {
    #expect(
      try shown("exp(2 * net + 1) * exp(2 * net + 1) + (2 * net + 1)")
        == ["v = 2 * net + 1", "u = exp(v)", "u * u + v"])
    #expect(
      try shown("exp(2 * net + 1) * exp(2 * net + 1) + (2 * net + 1)", names: ["u"])
        == ["u = exp(2 * net + 1)", "u * u + (2 * net + 1)"])
  }

  /// With the parts put back it is the formula again.
  @Test(arguments: 1...40) func nothingIsLost(seed: Int) throws {
    var random = RandomBody(seed: seed)
    let (one, other) = (random.tree(1 + seed % 5).text, random.tree(1 + seed % 4).text)
    let formula = try Expression.parse("(\(one)) * (\(other)) + exp(\(one)) - (\(other)) / (\(one))")
    let shared = SharedParts(of: formula, names: ["p", "q", "r"])
    var body = shared.body
    for part in shared.parts.reversed() { body = body.replacing([part.name: part.expression]) }
    #expect(body == formula)
  }
}
