import Engine
import Testing

@testable import Language

/// True and false claims about sessions drawn at random, in matrix form and in index form, as a user would type them: what
/// follows from the chain rule holds here and always, and with a sign, a factor or a little more it does not.
@Suite struct RandomClaimsTests {
  /// A session's text, with what is claimed of it.
  private struct Drawn {
    var generator: Generator
    let text: String
    /// Each layer's activation, with the way to write the layer before it.
    let layers: [(activation: String, bias: String)]
    let reduction: String

    init(seed: Int) {
      var generator = Generator(seed: seed)
      func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }
      let elementwise = Activation.all.map(\.name).filter { $0 != "softmax" }
      let ends = [
        ("half-squared-error", elementwise[below(elementwise.count)]), ("mean-squared-error", "softmax"),
        ("cross-entropy", "softmax"), ("binary-cross-entropy", "sigmoid"), ("huber delta=0.7", "identity"),
      ]
      let (loss, last) = ends[below(ends.count)]
      reduction = ["mean", "sum"][below(2)]
      let count = 1 + below(3)
      layers = (1...count).map { layer in
        let hidden = below(6) == 0 ? "softmax" : elementwise[below(elementwise.count)]
        return (layer == count ? last : hidden, ["", " nobias", " sharedbias"][below(3)])
      }
      let inputs = 1 + below(3)
      var lines = ["input \(inputs)"] + layers.map { "dense \(2 + below(3)) \($0.activation)\($0.bias)" }
      lines += ["loss \(loss)", "rate \(0.1 + generator.unit())", "init normal std=0.7 seed=\(below(1000))"]
      let outputs = lines[count].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 1
      for _ in 0..<1 + below(3) {
        let numbers = (0..<inputs + outputs).map { _ in String(generator.uniform(0.1, 0.9)) }
        lines.append(
          "sample " + numbers.prefix(inputs).joined(separator: " ") + " -> "
            + numbers.dropFirst(inputs).joined(separator: " "))
      }
      lines += ["batch all", "reduction \(reduction)", "forward", "backward"]
      text = lines.joined(separator: "\n") + "\n"
      self.generator = generator
    }

    /// What is true of a layer, counted from 1.
    func truths(of layer: Int) -> [String] {
      let (own, before, next) = ("\(layer)", layer == 1 ? "x" : "a\(layer - 1)", "\(layer + 1)")
      let (activation, bias) = layers[layer - 1]
      let fold = reduction
      var found = [
        "aL = fL(netL)", "dwL = \(fold)(sample, deltaL * P')", "dwL[k,j] = \(fold)(sample, deltaL[k] * P[j])",
        "dwL[k,j] = d(loss)/d(wL[k,j])", "deltaL = JL' * daL", "deltaL[k] = sum(i, JL[i,k] * daL[i])",
        "JL[i,k] = d(aL[i])/d(netL[k])",
      ]
      switch bias {
      case " nobias": found += ["netL = wL * P", "netL[k] = sum(j, wL[k,j] * P[j])"]
      case " sharedbias":
        found.append("netL[k] = sum(j, wL[k,j] * P[j]) + bL")
        // Under softmax the deltas of a layer sum to 0, and no factor can break that.
        if activation != "softmax" { found.append("dbL = \(fold)(sample, sum(deltaL))") }
      default: found += ["netL = wL * P + bL", "dbL[k] = \(fold)(sample, deltaL[k])"]
      }
      found +=
        activation == "softmax"
        ? ["JL[i,k] = aL[i] * ((i == k) - aL[k])", "JL = diag(aL) - aL * aL'"]
        : ["JL[i,k] = (i == k) * fL'(netL[k])", "deltaL = fL'(netL) .* daL"]
      if layer < layers.count { found += ["daL = wN' * deltaN", "daL[j] = sum(k, wN[k,j] * deltaN[k])"] }
      return found.map { template in
        String(
          template.flatMap { letter -> String in
            switch letter {
            case "L": own
            case "N": next
            case "P": before
            default: String(letter)
            }
          })
      }
    }
  }

  /// Ways to make a claim false: what stands on its right becomes this.
  private static let breaks: [@Sendable (String) -> String] = [
    { "-(\($0))" }, { "1.0001 * (\($0))" }, { "(\($0)) + 0.000001" }, { "2 * (\($0))" },
  ]

  /// Ways to make it false by less than doubles tell.
  private static let smallBreaks: [@Sendable (String) -> String] = [
    { "(\($0)) + 1e-12" }, { "(\($0)) - 1e-13 * x[1]" }, { "\($0) + 1e-15" },
  ]

  @Test(arguments: 1...10) func areJudgedRightly(seed: Int) throws {
    let drawn = Drawn(seed: seed)
    var session = try session(drawn.text)
    func verdict(_ line: String) throws -> Bool {
      let answer = try session.execute(Line(line))
      return try #require(answer.verdict, "seed \(seed): \(line)").holds
    }
    func grade(_ claim: String) throws -> Verdict.Grade? {
      try session.execute(Line("claim always \(claim)")).verdict?.grade
    }
    for layer in 1...drawn.layers.count {
      for (number, claim) in drawn.truths(of: layer).enumerated() {
        let sides = claim.split(separator: " = ", maxSplits: 1).map(String.init)
        let wrong = sides[0] + " = " + Self.breaks[(number + seed) % Self.breaks.count](sides[1])
        #expect(try verdict("claim \(claim)"), "seed \(seed):\n\(drawn.text)\(claim)")
        // What happens to be 0 here may be broken and hold; a hundred draws find that out.
        let isFoundOut = try !verdict("claim \(wrong)") || !verdict("claim always \(wrong)")
        #expect(isFoundOut, "seed \(seed):\n\(drawn.text)\(wrong)")
        guard (number + seed) % 9 == 0 else { continue }
        #expect(try grade(claim) == .proved, "seed \(seed):\n\(drawn.text)claim always \(claim)")
        // What doubles cannot tell is refuted by more digits, as far as these are known of every function in it.
        let slight = sides[0] + " = " + Self.smallBreaks[(number + seed) % Self.smallBreaks.count](sides[1])
        #expect(try grade(slight) == .refuted, "seed \(seed):\n\(drawn.text)claim always \(slight)")
        #expect(try verdict("refute claim always \(wrong)"), "seed \(seed):\n\(drawn.text)claim always \(wrong)")
      }
    }
  }
}
