import Notation
import Testing

@testable import Language

/// A line of the derivations in shared/DERIVATIONS.md, with every equality that it states.
struct PageLine: Sendable, CustomTestStringConvertible {
  let name: String
  /// The steps before the place where it is claimed.
  let step: Int
  let claims: [String]
  /// What `claim always` has to be told besides.
  var condition = ""

  var testDescription: String { name }

  /// The lines of derivation A, on one layer of softmax under cross-entropy.
  static let softmax: [PageLine] = [
    PageLine(name: "A1", step: 3, claims: ["a1[i] = exp(net1[i]) / sum(j, exp(net1[j]))"]),
    PageLine(name: "A2", step: 3, claims: ["loss = sum(i, -y[i] * log(a1[i]))"]),
    PageLine(name: "A3", step: 3, claims: ["delta1[k] = -sum(i, y[i] * d(log(a1[i]))/d(net1[k]))"]),
    PageLine(
      name: "A4", step: 3,
      claims: [
        "delta1[k] = -y[k] * (1/a1[k]) * d(a1[k])/d(net1[k]) - sum(i, (i != k) * y[i] * (1/a1[i]) * d(a1[i])/d(net1[k]))",
        "delta1[k] = -y[k] * (1/a1[k]) * J1[k,k] - sum(i, (i != k) * y[i] * (1/a1[i]) * J1[i,k])",
      ]),
    PageLine(
      name: "A5", step: 3,
      claims: [
        "J1[k,k] = (exp(net1[k]) * sum(j, exp(net1[j])) - exp(net1[k]) * exp(net1[k])) / sum(j, exp(net1[j]))^2",
        "d(a1[k])/d(net1[k]) = (exp(net1[k]) * sum(j, exp(net1[j])) - exp(net1[k]) * exp(net1[k])) / sum(j, exp(net1[j]))^2",
      ]),
    PageLine(
      name: "A6", step: 3,
      claims: [
        "J1[k,k] = exp(net1[k]) / sum(j, exp(net1[j])) * (1 - exp(net1[k]) / sum(j, exp(net1[j])))",
        "J1[k,k] = a1[k] * (1 - a1[k])",
      ]),
    PageLine(
      name: "A7", step: 3,
      claims: [
        "J1[i,k] = -exp(net1[i]) * exp(net1[k]) / sum(j, exp(net1[j]))^2 where i != k",
        "J1[i,k] = -a1[i] * a1[k] where i != k",
      ]),
    PageLine(
      name: "A8", step: 3,
      claims: [
        "delta1[k] = -y[k] * (1/a1[k]) * a1[k] * (1 - a1[k]) - sum(i, (i != k) * y[i] * (1/a1[i]) * (-a1[i] * a1[k]))"
      ]),
    PageLine(
      name: "A9", step: 3, claims: ["delta1[k] = -y[k] * (1 - a1[k]) + sum(i, (i != k) * y[i] * a1[k])"]),
    PageLine(name: "A10", step: 3, claims: ["delta1[k] = y[k] * a1[k] + sum(i, (i != k) * y[i] * a1[k]) - y[k]"]),
    PageLine(
      name: "A11", step: 3,
      claims: ["delta1[k] = sum(i, y[i] * a1[k]) - y[k]", "delta1[k] = sum(i, y[i]) * a1[k] - y[k]"]),
    PageLine(name: "A12", step: 3, claims: ["delta1[k] = a1[k] - y[k]"], condition: " with y = y / sum(y)"),
  ]

  /// The lines of derivation B, on a 2-4-3 perceptron at rate 1.
  static let perceptron: [PageLine] = [
    PageLine(
      name: "B1", step: 5, claims: ["loss = sum(k, (y[k] - a2[k])^2) / 2", "loss = 1/2 * |y - a2|^2"]),
    PageLine(name: "B2", step: 5, claims: ["net1[j] = sum(i, w1[j,i] * x[i])"]),
    PageLine(name: "B3", step: 5, claims: ["a1[j] = f1(net1[j])", "a1[j] = f1(sum(i, w1[j,i] * x[i]))"]),
    PageLine(name: "B4", step: 5, claims: ["net2[k] = sum(j, w2[k,j] * a1[j])"]),
    PageLine(name: "B5", step: 5, claims: ["a2[k] = f2(net2[k])", "a2[k] = f2(sum(j, w2[k,j] * a1[j]))"]),
    PageLine(
      name: "B6", step: 5, claims: ["d(loss)/d(w2[k,j]) = (y[k] - a2[k]) * -1 * d(a2[k])/d(w2[k,j])"]),
    PageLine(
      name: "B7", step: 5,
      claims: ["dw2[k,j] = -(y[k] - a2[k]) * d(a2[k])/d(net2[k]) * d(net2[k])/d(w2[k,j])"]),
    PageLine(name: "B8", step: 5, claims: ["dw2[k,j] = -(y[k] - a2[k]) * f2'(net2[k]) * a1[j]"]),
    PageLine(
      name: "B9", step: 7, claims: ["w2[k,j] = old(w2[k,j]) + (y[k] - a2[k]) * f2'(net2[k]) * a1[j]"]),
    PageLine(
      name: "B10", step: 5,
      claims: ["dw1[j,i] = d(loss)/d(a1[j]) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i])"]),
    PageLine(
      name: "B11", step: 5,
      claims: [
        "dw1[j,i] = sum(k, d(loss)/d(net2[k]) * d(net2[k])/d(a1[j]) * d(a1[j])/d(net1[j]) * d(net1[j])/d(w1[j,i]))",
        "d(loss)/d(a1[j]) = sum(k, d(loss)/d(net2[k]) * d(net2[k])/d(a1[j]))",
      ]),
    PageLine(
      name: "B12", step: 5,
      claims: ["dw1[j,i] = sum(k, -(y[k] - a2[k]) * f2'(net2[k]) * w2[k,j]) * f1'(net1[j]) * x[i]"]),
  ]

  /// The lesson's network, at the line's place.
  func standing() throws -> Session {
    let isSoftmax = name.hasPrefix("A")
    let network =
      isSoftmax
      ? """
      input 3
      dense 3 softmax nobias
      loss cross-entropy
      set w1 = [1 0 0; 0 1 0; 0 0 1]
      sample 2 1 0.1 -> 1 0 0

      """
      : """
      input 2
      dense 4 sigmoid nobias
      dense 3 sigmoid nobias
      loss half-squared-error
      optimizer sgd rate=1
      set w1 = [0.1 -0.2; 0.3 0.4; -0.5 0.6; 0.7 -0.8]
      set w2 = [0.2 -0.1 0.4 0.3; -0.3 0.5 0.1 -0.2; 0.6 0.2 -0.4 0.1]
      sample 0.6 -0.4 -> 0.9 0.1 0.5

      """
    return try session(network + "goto \(step)\n")
  }

  /// Copies of a claim with one thing changed on its right side: a sign, a factor, an index.
  static func mutants(of claim: String) -> [String] {
    guard let equals = claim.firstRange(of: " = ") else { return [] }
    let (left, rest) = (claim[..<equals.upperBound], String(claim[equals.upperBound...]))
    let clause = rest.firstRange(of: " where ")?.lowerBound ?? rest.endIndex
    let (right, tail) = (String(rest[..<clause]), String(rest[clause...]))
    var found = ["-(\(right))", "2 * (\(right))", "1.000001 * (\(right))"]
    for (old, new) in [
      (" - ", " + "), (" + ", " - "), (" * ", " * 2 * "), ("[k]", "[i]"), ("[i]", "[k]"), ("[j]", "[k]"),
      ("[k,j]", "[j,k]"), ("[j,i]", "[i,j]"), ("'(", "("), ("exp(", "("), ("^2", ""),
    ] {
      for range in right.ranges(of: old) { found.append(right.replacingCharacters(in: range, with: new)) }
    }
    return found.map { left + $0 + tail }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

@Suite struct DerivationLinesTests {
  @Test func noLineIsForgotten() {
    let names = (PageLine.softmax + PageLine.perceptron).map(\.name)
    #expect(names == (1...12).map { "A\($0)" } + (1...12).map { "B\($0)" })
  }

  @Test(arguments: PageLine.softmax + PageLine.perceptron)
  func everyEqualityHoldsHereAndAlways(line: PageLine) throws {
    var session = try line.standing()
    for claim in line.claims {
      let here = try session.execute(Line("claim \(claim)"))
      #expect(here.verdict?.holds == true, "\(here.lines)")
      let always = try session.execute(Line("claim always \(claim)\(line.condition)"))
      #expect(always.verdict?.grade == .proved, "\(always.lines)")
      guard !line.condition.isEmpty else { continue }
      let unsaid = try session.execute(Line("claim always \(claim)"))
      #expect(
        unsaid.verdict?.holds == false && unsaid.lines.contains { $0.description.contains("the targets sum to 1") })
    }
  }

  @Test(arguments: PageLine.softmax + PageLine.perceptron)
  func oneSignIndexOrFactorChangedFails(line: PageLine) throws {
    var session = try line.standing()
    for claim in line.claims {
      var judged = 0
      for mutant in PageLine.mutants(of: claim) {
        // An index that has no range, or two, is an error and no verdict.
        guard let agreement = try? session.agreement(on: Claim.parse(mutant)) else { continue }
        let holdsAlways =
          agreement.holds ? try session.execute(Line("claim always \(mutant)")).verdict?.holds : false
        #expect(holdsAlways == false, "\(line.name): \(mutant)")
        judged += 1
      }
      #expect(judged >= 3, "\(claim)")
      var transcript = Transcript()
      for text in try line.standing().lines + [
        Line("claim 2 * (\(claim.replacing(" = ", with: ") = ", maxReplacements: 1))")
      ] {
        _ = try transcript.run(text)
      }
      #expect(transcript.hasFailed)
    }
  }
}
