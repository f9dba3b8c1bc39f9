import Engine
import Testing

@testable import Language

/// Wrong claims about sessions drawn at random, made from true ones by the slips that people make. Whatever reason is said
/// of one, a session that meets the condition in so many words has to bear it out at other numbers.
@Suite struct RandomReasonsTests {
  /// A session in parts, so that each condition can be met by writing another line.
  private struct Drawn {
    var generator: Generator
    var loss: String
    var rate: String
    var samples: [String]
    let selected: Int
    let network: [String]

    init(seed: Int) {
      var generator = Generator(seed: seed)
      func below(_ count: Int) -> Int { Int(generator.unit() * Double(count)) }
      let (loss, last) = [
        ("half-squared-error", "tanh"), ("mean-squared-error", "sigmoid"), ("cross-entropy", "softmax"),
      ][below(3)]
      self.loss = loss
      rate = ["1", "0.5", "0.125"][below(3)]
      let outputs = 3 + below(2)
      network = ["input 2", "dense 3 tanh", "dense \(outputs) \(last)", "init normal std=0.8 seed=\(below(1000))"]
      samples = (0..<1 + below(3)).map { _ in
        let numbers = (0..<2 + outputs).map { _ in String(generator.uniform(0.1, 0.9)) }
        return "sample \(numbers.prefix(2).joined(separator: " ")) -> \(numbers.dropFirst(2).joined(separator: " "))"
      }
      selected = 1 + below(samples.count)
      self.generator = generator
    }

    /// The session up to the end of the update, where the claim is made.
    func text(samples: [String]? = nil, loss: String? = nil, rate: String? = nil) -> String {
      let lines =
        network + (samples ?? self.samples) + ["loss \(loss ?? self.loss)", "rate \(rate ?? self.rate)", "batch all"]
        + ["select \(samples == nil ? selected : 1)", "forward", "backward", "update"]
      return lines.joined(separator: "\n") + "\n"
    }

    /// A claim that is true of some such session, with a slip made in it now and then.
    mutating func claim() -> String {
      func pick(_ all: [String]) -> String { all[Int(generator.unit() * Double(all.count)) % all.count] }
      let claim = pick([
        "w2 = old(w2) - dw2", "w1[j,i] = old(w1[j,i]) - rate * dw1[j,i]", "da1 = w2' * delta2",
        "da1[j] = sum(k, delta2[k] * old(w2[k,j]))", "dw2 = delta2 * a1'", "db2 = mean(sample, delta2)",
        "loss = sum(k, (y[k] - a2[k])^2) / 2", "delta2 = a2 - y", "delta2[k] = a2[k] * sum(i, y[i]) - y[k]",
        "loss = mean(sample, sum(k, (y[k] - a2[k])^2)) / 3", "net1 = w1 * x + b1", "uw1 = -dw1", "old(w2) = w2 - uw2",
        "loss[1] = loss", "dw1[j,i] = delta1[j] * x[i]", "delta1 = sum(sample, delta1)",
      ])
      let sides = claim.split(separator: " = ", maxSplits: 1).map(String.init)
      return pick([
        claim, claim, claim, "\(sides[0]) = -(\(sides[1]))", "\(sides[0]) = 2 * (\(sides[1]))",
        "\(sides[0]) = \(sides[1]) / 2", "-(\(sides[0])) = \(sides[1])",
      ])
    }

    /// Lines that meet a condition in so many words and claim always, or nil where it is none that is known.
    func meeting(_ reason: String, _ claim: String) -> String? {
      let always = "claim always seed=77 "
      let sides = claim.split(separator: " = ", maxSplits: 1).map(String.init)
      if reason.contains("at rate 1;") { return text(rate: "1") + always + claim }
      if reason.contains("where the targets sum to 1") { return text() + always + claim + " with y = y / sum(y)" }
      if reason.contains("for a batch of one sample") { return text(samples: [samples[selected - 1]]) + always + claim }
      if reason.contains("the weights that the forward pass read") {
        return text() + always + "old(\(sides[0])) = old(\(sides[1]))"
      }
      for loss in Loss.all where reason.contains("it holds under \(loss.name);") {
        return text(loss: loss.name) + always + claim
      }
      return nil
    }
  }

  @Test(arguments: 1...4) func whateverIsSaidIsSo(batch: Int) throws {
    var said = 0
    for seed in batch * 1000..<batch * 1000 + 36 {
      var drawn = Drawn(seed: seed)
      let claim = drawn.claim()
      for reason in answers(drawn.text() + "claim \(claim)")
      where reason.hasPrefix("it holds ") && !reason.contains("in place of") {
        said += 1
        let lines = try #require(drawn.meeting(reason, claim), "seed \(seed): \(reason)")
        #expect(answers(lines).contains { $0.hasPrefix("proved: ") }, "seed \(seed): \(claim): \(reason)")
        let plain = answers(drawn.text() + "claim always seed=77 \(claim)")
        #expect(plain.contains { $0.hasPrefix("refuted: ") }, "seed \(seed): \(claim): \(reason)")
      }
    }
    #expect(said > 0, "batch \(batch): no reason was said at all")
  }
}
