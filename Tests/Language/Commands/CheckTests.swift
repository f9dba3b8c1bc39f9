import Diagnosis
import Engine
import Testing

@testable import Language

@Suite struct CheckTests {
  private let batch =
    "input 2\ndense 3 tanh\ndense 2 sigmoid\nbatch all\nsample 0.5 -1 -> 1 0.2\nsample 1.5 0.25 -> 0 0.7\n"
    + "sample -0.75 2 -> 0.5 0.1\n"

  private func verdict(_ line: String, after text: String) throws -> Answer {
    var session = try session(text)
    return try session.execute(Line(line))
  }

  @Test func everyActivationUnderEveryLossHolds() throws {
    for (index, activation) in Activation.all.enumerated() {
      for loss in Loss.all {
        let last =
          switch loss.targets {
          case .distribution: ["softmax", "sigmoid", "softplus"]
          case .probabilities: ["sigmoid", "softmax"]
          case .any: [activation.name, "identity"]
          }
        for (number, output) in last.enumerated() {
          let bias = ["", " sharedbias", " nobias"][(index + number) % 3]
          let text = """
            input 2
            dense 3 \(activation.name)\(bias)
            dense 2 \(output)
            loss \(loss.name)
            reduction \(number == 0 ? "mean" : "sum")
            init normal std=0.7 seed=\(index + 1)
            batch all
            freeze w1
            sample 0.51 -1.03 -> 0.9 0.2
            sample 1.52 0.27 -> 0.1 0.7
            sample -0.76 2.01 -> 0.5 0.3
            select 2

            """
          let answer = try verdict("check", after: text)
          #expect(answer.verdict?.holds == true, "\(activation.name) \(output) \(loss.name): \(answer.lines)")
          #expect(answer.transcript[0].contains("central differences, 1"), "\(answer.lines)")
          guard number == 0 else { continue }
          let cost = try verdict("check loss + 0.05 * sum(w1 .* w1) + mean(sample, a1[1] * net2[2])", after: text)
          #expect(cost.verdict?.holds == true, "\(activation.name) \(output) \(loss.name): \(cost.lines)")
        }
      }
    }
  }

  @Test func itSaysLayerByLayerHowFarOffAndWhere() throws {
    // ½(0.1056 − 0.88)²: dw = −(0.1056 − 0.88)·x = [0.7744 0], db = 0.7744, dx = 0.7744·w.
    let shown = answers(
      "input 2\ndense 1 identity\nset w1 = [0.34 0.56]\nset b1 = 0.54\nsample 1 0 -> 0.1056\ncheck eps=0.0001")
    #expect(shown.count == 4)
    #expect(shown[0].hasPrefix("holds: dw, db and dx against central differences, 5 numbers, largest relative error "))
    #expect(shown[1].hasPrefix("layer 1: relative error ") && shown[1].contains(", 0.7744"))
    #expect(shown[2].hasPrefix("inputs: relative error ") && shown[2].contains(" at dx["))
    #expect(shown[3] == "10 forward passes, h = 0.0001")
  }

  @Test func aKinkIsSaidInEachOfTheFiveRows() throws {
    let kinks: [(network: String, words: String)] = [
      ("dense 1 relu\nset w1 = 1\nset b1 = -1\nsample 1 -> 2", "relu's kink where net1[1] = 0"),
      ("dense 1 leaky-relu slope=0.1\nset w1 = 1\nset b1 = -1\nsample 1 -> 2", "leaky-relu's kink where net1[1] = 0"),
      ("dense 1 elu alpha=2\nset w1 = 1\nset b1 = -1\nsample 1 -> 2", "elu's kink where net1[1] = 0"),
      (
        "dense 1 identity\nloss huber delta=0.5\nset w1 = 1\nset b1 = 0.5\nsample 1 -> 2",
        "huber's kink where a - y = -0.5"
      ),
      (
        "dense 1 identity\nloss mae\nset w1 = 1\nset b1 = 1\nsample 1 -> 2",
        "mean-absolute-error's kink where a - y = 0"
      ),
    ]
    for (network, words) in kinks {
      let shown = answers("input 1\n\(network)\ncheck")
      #expect(shown[0].hasPrefix("holds: "), "\(shown)")
      #expect(
        shown.contains {
          $0.hasPrefix("unit a1[1] crosses \(words) between w1[1,1]+h and w1[1,1]-h (and with 2 other")
        },
        "\(words): \(shown)")
    }
    // Where the slopes agree at 0 there is nothing to say.
    for smooth in ["elu", "leaky-relu slope=1"] {
      let shown = answers("input 1\ndense 1 \(smooth)\nset w1 = 1\nset b1 = -1\nsample 1 -> 2\ncheck")
      #expect(shown[0].hasPrefix("holds: ") && !shown.contains { $0.contains("kink") }, "\(shown)")
    }
  }

  @Test func aKinkOfTheCostItselfIsSaidToo() throws {
    let shown = answers(batch + "set w1[1,1] = 0\ncheck loss + 0.1 * sum(max(w1, 0))")
    #expect(shown[0].hasPrefix("holds: d(loss + 0.1 * sum(max(w1, 0)))/d(q) against central differences"), "\(shown)")
    #expect(shown.contains { $0.hasPrefix("the cost itself has a kink at w1[1,1]: ") }, "\(shown)")
  }

  @Test func theSessionStaysAsItIs() throws {
    for moves in ["", "step", "forward", "backward", "step 2 units", "update", "run 3\nback 2"] {
      let before = try session(batch + moves)
      var after = before
      let first = try after.execute(Line("check"))
      _ = try after.execute(Line("check sweep eps=1e-5"))
      _ = try after.execute(Line("check loss + sum(w2^2)"))
      #expect(after.bits == before.bits && after.timeline.place == before.timeline.place, "\(moves)")
      #expect(after.timeline.furthest == before.timeline.furthest && after.timeline.losses == before.timeline.losses)
      #expect(after.content.timeline.state.forward == before.content.timeline.state.forward)
      #expect(try after.execute(Line("check")) == first && first.verdict?.holds == true)
      try after.take("run 2")
      var twin = before
      try twin.take("run 2")
      #expect(after.bits == twin.bits, "\(moves)")
    }
  }

  @Test func afterTheUpdateTheWeightsAreThoseOfTheForwardPass() throws {
    let (before, after) = (answers(batch + "backward\ncheck"), answers(batch + "update\ncheck"))
    #expect(before.suffix(4) == after.suffix(5).dropLast())
    #expect(after.last == "the weights are those that the forward pass read, before the update")
  }

  @Test func aSweepIsATableOfSteps() throws {
    let shown = answers(batch + "check sweep")
    let head = try #require(shown.firstIndex { $0.hasPrefix("eps ") })
    #expect(shown.count - head - 1 == GradientCheck.sweep.count)
    #expect(shown[head + 1].hasPrefix("0.1     ") && shown.last?.hasPrefix("1e-12   ") == true)
  }

  @Test func refutingWhatHoldsFails() throws {
    let answer = try verdict("refute check loss + sum(b1)", after: batch)
    #expect(answer.verdict?.holds == false)
    #expect(answer.transcript[0].hasPrefix("#= fails, since this holds: d(loss + sum(b1))/d(q) against central"))
  }

  @Test func programsGetTheNumbers() throws {
    let line = Line("check sweep")
    var session = try session(batch)
    let json = try session.execute(line).json(for: line, in: session).description
    for part in [
      "\"verdict\":\"holds\"", "\"worst\":", "\"passes\":494", "\"numbers\":19", "\"of\":19", "\"wrong\":0",
      "\"layers\":[{\"layer\":1,\"at\":\"d", "\"sweep\":[{\"eps\":0.1,",
    ] {
      #expect(json.contains(part), "\(part): \(json)")
    }
  }

  @Test func whatItCannotTakeItSaysWithItsPlace() throws {
    #expect(try complaint("check", after: "") == "1: there is no network yet; begin with: input 2")
    #expect(try complaint("check out", after: batch) == "7: a cost is one number, this is 2×1")
    #expect(
      try complaint("check delta1", after: batch)
        == "7: check takes a cost, and delta1 is a derivative of one; check alone compares all gradients of the loss")
    #expect(try complaint("check eps=0", after: batch).hasPrefix("11: a finite number above 0"))
    #expect(try complaint("check tol=-1", after: batch).hasPrefix("11: a finite number of at least 0"))
    #expect(
      try complaint("check h=1e-4", after: batch) == "7: there is no setting h; there are eps=E and tol=T")
    #expect(try complaint("check eps=1 eps=2", after: batch) == "13: eps is given twice")
    #expect(try complaint("check loss swep", after: batch).hasSuffix("there is swep; did you mean sweep?"))
    #expect(try complaint("refute check lss", after: batch).hasPrefix("14: lss is not known here"))
  }
}
