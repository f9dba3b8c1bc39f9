import Engine
import Testing

@testable import Notation

@Suite struct ClaimTests {
  /// Derivation A, as `../shared/DERIVATIONS.md` has it, after the backward pass.
  @Test(arguments: [
    "a1[i] = exp(net1[i]) / sum(j, exp(net1[j]))",
    "loss = sum(i, -y[i] * log(a1[i]))",
    "delta1[k] = -sum(i, y[i] * d(log(a1[i]))/d(net1[k]))",
    "delta1[k] = -y[k] * (1 / a1[k]) * J1[k,k] - sum(i, (i != k) * y[i] * (1 / a1[i]) * J1[i,k])",
    "delta1[k] = -y[k] * (1 / a1[k]) * d(a1[k])/d(net1[k]) - sum(i, (i != k) * y[i] / a1[i] * d(a1[i])/d(net1[k]))",
    "J1[k,k] = (exp(net1[k]) * sum(j, exp(net1[j])) - exp(net1[k]) * exp(net1[k])) / sum(j, exp(net1[j]))^2",
    "J1[k,k] = a1[k] * (1 - a1[k])",
    "J1[i,k] = -exp(net1[i]) * exp(net1[k]) / sum(j, exp(net1[j]))^2 where i != k",
    "J1[i,k] = -a1[i] * a1[k] where i != k",
    "J1[i,k] = a1[i] * ((i == k) - a1[k])",
    "delta1[k] = -y[k] * (1 - a1[k]) + sum(i, (i != k) * y[i] * a1[k])",
    "delta1[k] = y[k] * a1[k] + sum(i, (i != k) * y[i] * a1[k]) - y[k]",
    "delta1[k] = sum(i, y[i]) * a1[k] - y[k]",
    "delta1[k] = a1[k] - y[k]",
    "delta1 = a1 - y", "J1 = diag(a1) - a1 * a1'", "J1 = f1'(net1)", "delta1 = J1' * da1", "δ1[k] = ∂L/∂net1[k]",
    "d(log(a1[i]))/d(net1[k]) = -a1[k] where i != k", "∂a1[i]/∂net1[k] = J1[i,k]",
    "d(f1'(net1)[i,k])/d(net1[m]) = (i == k) * J1[i,m] - J1[i,m] * a1[k] - a1[i] * J1[k,m]",
  ])
  func derivationA(text: String) throws {
    let agreement = try Claim.parse(text).evaluate(in: Sample.softmax(step: 3))
    #expect(agreement.holds && agreement.count > 0, "\(text): \(agreement)")
  }

  /// Derivation B on a 2-4-3 network, after the backward pass.
  @Test(arguments: [
    "loss = sum(k, (y[k] - a2[k])^2) / 2", "net1[j] = sum(i, w1[j,i] * x[i])", "a1[j] = f1(sum(i, w1[j,i] * x[i]))",
    "net2[k] = sum(j, w2[k,j] * a1[j])", "a2[k] = f2(sum(j, w2[k,j] * a1[j]))",
    "d(loss)/d(w2[k,j]) = (y[k] - a2[k]) * -1 * d(a2[k])/d(w2[k,j])",
    "dw2[k,j] = -(y[k] - a2[k]) * d(a2[k])/d(net2[k]) * d(net2[k])/d(w2[k,j])",
    "dw2[k,j] = -(y[k] - a2[k]) * f2'(net2[k]) * a1[j]",
    "dw1[j,i] = d(loss)/d(a1[j]) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i])",
    "dw1[j,i] = sum(k, d(loss)/d(net2[k]) * d(net2[k])/d(a1[j])) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i])",
    "dw1[j,i] = sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * f1'(net1[j]) * x[i]",
    "dw1[j,i] = (Σk δ2[k] · w2⟨0⟩[k,j]) · f1′(net1[j]) · x[i]",
    "delta1[j] = sum(k, delta2[k] * w2[k,j]) * f1'(net1[j])",
    "d(sigmoid'(net1[j]))/d(net1[j]) = f1'(net1[j]) * (1 - 2 * a1[j])",
  ])
  func derivationB(text: String) throws {
    let agreement = try Claim.parse(text).evaluate(in: Sample.perceptron(step: 5))
    #expect(agreement.holds && agreement.count > 0, "\(text): \(agreement)")
  }

  @Test func afterTheUpdateTheOldWeightsAreStillRead() throws {
    let scope = try Sample.perceptron(step: 7)
    for text in [
      "w2[k,j] = old(w2[k,j]) + (y[k] - a2[k]) * f2'(net2[k]) * a1[j]", "w2 = w2⟨0⟩ - rate * dw2", "w2<1> = w2",
      "dw1[j,i] = sum(k, δ2[k] * w2⟨0⟩[k,j]) * f1'(net1[j]) * x[i]", "dw2[k,j] = d(loss)/d(w2[k,j])",
      "net2 = old(w2) * a1", "uw2 = w2 - old(w2)",
    ] {
      let agreement = try Claim.parse(text).agreement(in: scope)
      #expect(agreement.holds, "\(text): \(agreement)")
    }
    #expect(try !Claim.parse("dw1[j,i] = sum(k, δ2[k] * w2[k,j]) * f1'(net1[j]) * x[i]").agreement(in: scope).holds)
  }

  @Test func aFalseClaimNamesTheFirstWrongIndexAndBothValues() throws {
    let scope = try Values(["a": "[1; 2; 3]", "b": "[1; 5; 4]", "m": "[1 2; 3 4]", "n": "[1 2; 3 5]"])
    let agreement = try Claim.parse("a[k] = b[k]").agreement(in: scope)
    #expect(!agreement.holds)
    #expect((agreement.count, agreement.wrongCount, agreement.worst) == (3, 2, 3))
    let wrong = try #require(agreement.firstWrong)
    #expect(wrong.indices == [Agreement.Index(name: "k", value: 2)])
    #expect((wrong.left, wrong.right) == (2, 5))
    #expect(wrong.element == nil)
    let matrices = try Claim.parse("m = n").agreement(in: scope)
    #expect(matrices.firstWrong?.element == Agreement.Element(row: 2, column: 2))
    #expect(try Claim.parse("a[k] = b[k]").agreement(in: scope, by: .init(tolerance: 3)).holds)
    #expect(try Claim.parse("a[k] = b[k] where k == 1").agreement(in: scope).count == 1)
    let order = try Claim.parse("m[i,j] = m[j,i]").agreement(in: scope)
    #expect(order.firstWrong?.indices.map(\.value) == [1, 2])
    #expect(order.count == 4)
  }

  @Test func aDifferenceOfShapeFails() throws {
    let scope = try Values(["a": "[1; 2]", "b": "[1 2]"])
    let agreement = try Claim.parse("a = b").agreement(in: scope)
    #expect(!agreement.holds)
    #expect(agreement.shapes?.left == Shape(2, 1))
    #expect(agreement.shapes?.right == Shape(1, 2))
  }

  @Test func notANumberMatchesNothing() throws {
    let agreement = try Claim.parse("0/0 = 0/0").agreement(in: Values())
    #expect(!agreement.holds)
    #expect(agreement.worst.isNaN)
    #expect(try Claim.parse("1/0 = 2/0").agreement(in: Values()).holds)
  }

  @Test func clausesAreParsed() throws {
    let claim = try Claim.parse("delta1[k] = a1[k] - y[k] where k > 1 with y = y / sum(y)")
    #expect(claim.condition == (try Expression.parse("k > 1")))
    #expect(claim.substitutions.map(\.quantity.description) == ["y"])
    #expect(claim.substitutions.map(\.value.description) == ["y / sum(y)"])
  }

  @Test(arguments: [
    ("a[k]", "5: = and the other side of the claim were expected"),
    ("a[k] = ", "8: a value was expected before the end"),
    ("a = 1 with 3 = 2", "12: a quantity was expected after with, as in with y = y / sum(y)"),
    ("a = 1 = 2", "7: an operator or the end was expected; to compare, write == or ~="),
  ])
  func errorsOfSyntax(text: String, expected: String) throws {
    let error = try #require(throws: SyntaxError.self) { try Claim.parse(text) }
    #expect("\(error.range.lowerBound + 1): \(error.message)" == expected)
  }

  @Test(arguments: [
    (
      "w[k,j] = a[k] * b[j]",
      "17: j runs to 2 in w[k,j] (elements) but to 3 in b[j] (elements)"
    ),
    ("a[k] = b[k]", "8: k runs to 2 in a[k] (elements) but to 3 in b[k] (elements)"),
    ("a[k] = q", "8: q is not known here; as an index of the claim it has to stand bare somewhere, as in a1[q]"),
  ])
  func indicesThatDisagree(text: String, expected: String) throws {
    let scope = try Values(["w": "[1 2; 3 4]", "a": "[1; 2]", "b": "[1; 2; 3]"])
    let claim = try Claim.parse(text)
    let error = try #require(throws: EvaluationError.self) { try claim.agreement(in: scope) }
    #expect("\((error.range?.lowerBound ?? -1) + 1): \(error.message)" == expected)
  }
}
