import Testing

@testable import Notation

@Suite struct LintsTests {
  /// Lints beside the column that they are about.
  @Test(arguments: [
    ("a1[i] = exp(net1[i]) / sum(j, exp(net1[i]))", ["24: j is not used in sum(j, …); did you mean net1[j]?"]),
    ("a1[i] = exp(net1[i]) / sum(j, exp(net1[j]))", []),
    ("loss = sum(k=1..4, y[k])", ["8: k indexes 3 outputs, the sum says 1..4"]),
    ("loss = sum(k=1..3, y[k])", []), ("loss = sum(k=1..2, y[k])", ["8: k indexes 3 outputs, the sum says 1..2"]),
    ("loss = sum(j, w1[1,2])", ["8: j is not used in sum(j, …)"]), ("loss = max(loss, 1)", []),
    ("loss = sum(sample, loss)", []),
    ("loss = sum(i=1..5, x[i])", ["8: i indexes 2 inputs, the sum says 1..5"]),
    ("loss = mean(i=1..1, x[i])", []), ("loss = mean(i=0..1, x[i])", ["8: i indexes 2 inputs, the mean says 0..1"]),
    ("loss = sum(i=1-1..2*2, x[i])", ["8: i indexes 2 inputs, the sum says 0..4"]),
    ("loss = sum(sample=1..3, loss)", ["8: sample indexes 1 samples, the sum says 1..3"]),
    ("loss = sum(k=1..3, sum(i=1..k, x[i]))", []), ("loss = max(loss, -loss)", []),
  ])
  func lints(text: String, expected: [String]) throws {
    let scope = try Sample.softmax(step: 3)
    let lints = try Claim.parse(text).lints(in: scope)
    #expect(lints.map { "\($0.range.lowerBound + 1): \($0.message)" } == expected)
  }

  @Test func anUnusedIndexStillGetsTheRangeThatWasMeant() throws {
    let scope = try Sample.softmax(step: 3)
    #expect(try !Claim.parse("a1[i] = exp(net1[i]) / sum(j, exp(net1[i]))").evaluate(in: scope).holds)
    #expect(try Claim.parse("a1[i] * 0 + 3 = sum(j, net1[i] / net1[i])").evaluate(in: scope).holds)
  }

  @Test func unitsAreNamedByTheirLayer() throws {
    let scope = try Sample.perceptron(step: 5)
    let text = "dw1[j,i] = sum(k=1..4, delta2[k] * w2[k,j]) * f1'(net1[j]) * x[i]"
    #expect(try Claim.parse(text).lints(in: scope).map(\.message) == ["k indexes 3 outputs, the sum says 1..4"])
    #expect(try Claim.parse(text).evaluate(in: scope).holds)
    let hidden = "loss = sum(j=1..3, a1[j])"
    #expect(
      try Claim.parse(hidden).lints(in: scope).map(\.message) == ["j indexes 4 units of layer 1, the sum says 1..3"])
  }
}
