import Engine
import Testing

@testable import Notation

/// True and false claims about networks drawn at random, in matrix form and in index form.
@Suite struct RandomClaimTests {
  /// Claims of one layer: with `L` for it, `B` for the one before, `N` for the one after, `P` for the activations before.
  private static let everywhere = [
    "netL = old(wL) * P + old(bL)", "netL[k] = old(sum(j, wL[k,j] * P[j]) + bL[k])", "dwL = mean(sample, deltaL * P')",
    "dwL[k,j] = mean(sample, deltaL[k] * P[j])", "dbL = mean(sample, deltaL)", "dbL[k] = mean(sample, deltaL[k])",
    "aL = fL(netL)", "dwL[k,j] = d(loss)/d(wL[k,j])", "deltaL = d(loss)/d(netL)", "JL = d(aL)/d(netL)",
    "JL' * daL = deltaL", "uwL = -rate * dwL",
  ]
  private static let elementwise = [
    "aL[k] = fL(netL[k])", "deltaL = fL'(netL) .* daL", "deltaL[k] = fL'(netL[k]) * daL[k]",
    "JL[i,k] = (i == k) * fL'(netL[k])",
  ]
  private static let softmax = [
    "JL[i,k] = aL[i] * ((i == k) - aL[k])", "JL = diag(aL) - aL * aL'", "deltaL = JL' * daL",
    "deltaL[k] = sum(i, JL[i,k] * daL[i])", "JL[i,k] = -aL[i] * aL[k] where i != k",
  ]
  private static let hidden = ["daL = old(wN)' * deltaN", "daL[j] = sum(k, old(wN[k,j]) * deltaN[k])"]

  /// Ways to break a claim: on the right side, all of these change the value.
  private static let breaks: [@Sendable (String) -> String] = [
    { "1.01 * (\($0))" }, { "-(\($0)) + 0.01" }, { "(\($0)) + 0.001" }, { "2 * (\($0)) - 0.003" },
  ]

  private func network(_ generator: inout Generator) throws -> Timeline {
    func pick<Element>(_ choices: [Element]) -> Element { choices[Int(generator.unit() * Double(choices.count))] }
    let count = 1 + Int(generator.unit() * 3)
    let sizes = (0..<count + 1).map { _ in 1 + Int(generator.unit() * 4) }
    let names = Activation.all.map(\.name)
    let activations = (0..<count).map { _ in pick(names) }
    let samples = 1 + Int(generator.unit() * 3)
    func draw(_ width: Int) -> [[Double]] {
      (0..<samples).map { _ in (0..<width).map { _ in generator.uniform(0.1, 0.9) } }
    }
    let loss = pick(["half-squared-error", "mean-squared-error", "huber"])
    var line = try Sample.timeline(
      sizes, activations, loss: loss, inputs: draw(sizes[0]), targets: draw(sizes[count]), batch: samples,
      seed: Int(generator.unit() * 1e6))
    line.move(to: line.place(ofStep: 3 * count + 1))
    return line
  }

  @Test func areAllJudgedRightly() throws {
    var judged = 0
    for seed in 1...60 {
      var generator = Generator(seed: seed)
      let line = try network(&generator)
      let (scope, layers) = (StateScope(line), line.experiment.network.layers)
      for (index, layer) in layers.enumerated() {
        let rule = layer.activation.rule
        var claims =
          Self.everywhere + (rule.isElementwise ? Self.elementwise : rule.name == "softmax" ? Self.softmax : [])
        if index + 1 < layers.count { claims += Self.hidden }
        for (number, template) in claims.enumerated() {
          let before = index == 0 ? "x" : "a\(index)"
          let text = String(
            template.map { letter -> [Character] in
              switch letter {
              case "L": Array("\(index + 1)")
              case "N": Array("\(index + 2)")
              case "P": Array(before)
              default: [letter]
              }
            }.joined())
          let agreement = try Claim.parse(text).evaluate(in: scope)
          #expect(agreement.holds, "seed \(seed), \(line.experiment.network.sizes): \(text): \(agreement)")
          judged += agreement.count > 0 ? 1 : 0
          // What is 0 stays 0 under a factor; only a claim with something in it can be broken by one.
          let breaks = Self.breaks[number % Self.breaks.count]
          let sides = text.split(separator: " = ", maxSplits: 1).map(String.init)
          let clause = sides[1].components(before: " where ")
          let wrong = "\(sides[0]) = \(breaks(clause.body))\(clause.rest)"
          let broken = try Claim.parse(wrong).evaluate(in: scope)
          let isZero = try Claim.parse("0 * (\(sides[0])) = \(sides[0])\(clause.rest)").evaluate(in: scope).holds
          #expect(
            !broken.holds || broken.count == 0 || (isZero && number % 4 == 0), "seed \(seed): \(wrong): \(broken)")
        }
      }
    }
    #expect(judged > 1500)
  }
}

extension String {
  fileprivate func components(before word: String) -> (body: String, rest: String) {
    guard let range = firstRange(of: word) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.lowerBound...]))
  }
}
