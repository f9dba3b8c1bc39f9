import Engine
import Testing

@testable import Language

@Suite struct ClaimAlwaysTests {
  private let softmax = "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 0 1 0\nforward\nbackward\n"

  @Test func itSaysHowManyDrawsAndElementsHeld() {
    #expect(
      answers(softmax + "claim always delta1[k] = sum(i, y[i]) * a1[k] - y[k]").last?
        .contains(
          #/^proved: delta1\[k\] = sum\(i, y\[i\]\) \* a1\[k\] - y\[k\], at 2-3 with softmax, chance of error below 2\^-(\d+); in 100 draws \(seed 1\), 300 elements, largest error /#
        ) == true)
  }

  /// Where a condition leaves out all, nothing is shown, neither by the claim nor by a line that goes on with it.
  @Test func aClaimOfNothingDoesNotHold() {
    let nothing = "in 100 draws (seed 1), for no element: the condition is never fulfilled, so that nothing is shown"
    #expect(
      answers(softmax + "claim always a1[i] = 1 where i > 3").last == "fails: a1[i] = 1 where i > 3, \(nothing)")
    let ofValues = "; a condition on values is stated by with, as in with y = y / sum(y)"
    let begin = "claim always delta1[k] = "
    #expect(
      answers(softmax + begin + "5 where sum(y) == 1").last
        == "fails: delta1[k] = 5 where sum(y) == 1, \(nothing)\(ofValues)")
    let shown = lastAnswer(softmax + begin + "sum(y) * a1[k] - y[k]\n= a1[k] - y[k] where sum(y) == 1")
    #expect(shown.hasPrefix("fails: ") && shown.contains(nothing + ofValues), "\(shown)")
    #expect(shown.contains("line 2 is the first that does not follow"), "\(shown)")
    // What with sets is met in every draw.
    let met = lastAnswer(softmax + begin + "a1[k] - y[k] with y = y / sum(y)")
    #expect(met.hasPrefix("proved: "), "\(met)")
  }

  @Test func aFailingDrawIsShownAndCanBeSet() throws {
    let shown = answers(softmax + "claim always seed=7 delta1[k] = a1[k] - y[k]").suffix(7)
    #expect(shown.first?.hasPrefix("refuted: delta1[k] = a1[k] - y[k], 0 of 100 draws hold (seed 7), 0 of 300") == true)
    #expect(shown.dropFirst().first?.hasPrefix("draw 1: 3 wrong, the first at k=1: ") == true)
    #expect(shown.last?.hasPrefix("it holds where the targets sum to 1; here they sum to ") == true)
    let numbers = shown.filter { $0.hasPrefix("  ") }.map { "set " + $0.drop { $0 == " " } }
    #expect(numbers.count == 4)
    var session = try session(softmax + numbers.joined(separator: "\n"))
    #expect(try session.execute(Line("claim delta1[k] = a1[k] - y[k]")).verdict?.holds == false)
    #expect(try session.execute(Line("claim delta1[k] = sum(y) * a1[k] - y[k]")).verdict?.holds == true)
  }

  /// What is not computed here is taken where this iteration has computed it, and the session stays where it is.
  @Test func noPlaceHasToBeGoneTo() throws {
    for (claim, place) in [
      ("a1 = f1(net1)", "step 2 (loss, iteration 1)"),
      ("delta1[k] = sum(y) * a1[k] - y[k]", "step 3 (backward, layer 1"),
      ("uw1 = -dw1", "step 4 (update, layer 1"),
    ] {
      var session = try session(softmax + "goto start")
      let answer = try session.execute(Line("claim always \(claim)"))
      let said = answer.lines.first?.description ?? ""
      #expect(answer.verdict?.holds == true && said.contains("; taken after \(place)"), "\(said)")
      #expect(session.timeline.state.step == 0)
      // There it says the same, and no place.
      try session.take("forward\nbackward\nupdate")
      let there = try session.execute(Line("claim always \(claim)")).lines.first?.description ?? ""
      #expect(!there.contains("taken after"), "\(there)")
    }
    #expect(lastAnswer(softmax + "claim always uw1 = dw1").hasPrefix("refuted: "))
  }

  @Test func theSessionStaysAsItIsAndTheAnswerToo() throws {
    let before = try session(mazur + "run 3\nforward\nbackward")
    var after = before
    let first = try after.execute(Line("claim always dw2[k,j] = delta2[k] * a1[j]"))
    #expect(after.bits == before.bits && after.timeline.place == before.timeline.place)
    #expect(after.timeline.furthest == before.timeline.furthest && after.timeline.losses == before.timeline.losses)
    #expect(try after.execute(Line("claim always dw2[k,j] = delta2[k] * a1[j]")) == first)
    #expect(first.verdict?.holds == true)
  }

  @Test func whatHoldsByLuckIsFoundOut() throws {
    // The target is 0 and the weights are symmetric: both hide an error here.
    let lucky = "input 2\ndense 2 tanh nobias\nset w1 = [0.1 0.2; 0.2 0.3]\nsample 1 2 -> 0 0\nforward\nbackward\n"
    var session = try session(lucky)
    for claim in ["net1 = w1' * x", "delta1 = f1'(net1) .* (a1 + y)"] {
      #expect(try session.execute(Line("claim \(claim)")).verdict?.holds == true)
      #expect(try session.execute(Line("claim always \(claim)")).verdict?.holds == false)
    }
  }

  @Test func theOptimizersMemoryIsEmpty() throws {
    var session = try session(
      "input 2\ndense 3 tanh\ndense 1 sigmoid\noptimizer adam rate=0.01\ndata xor\nrun 5 iterations")
    // Adam's first update, whatever the iteration.
    let first = "uw2 = -rate * dw2 ./ (abs(dw2) + 1e-8)"
    #expect(try session.execute(Line("claim \(first)")).verdict?.holds == false)
    #expect(try session.execute(Line("claim always \(first)")).verdict?.holds == true)
  }

  @Test(arguments: ["", "step 1 op", "step 1 unit", "step 3 units", "step 2", "forward", "run 1", "run 2\nstep 1 unit"])
  func itIsTriedWhereverOneStands(moves: String) throws {
    var session = try session(mazur + moves)
    let place = session.timeline.place
    let answer = try session.execute(Line("claim always w1 = w1⟨0⟩"))
    // The drawn weights keep their version, and the first row's update leaves the second one alone.
    #expect(answer.verdict?.holds == (place.iteration == 0 && session.timeline.state.phase != .update))
    #expect(try session.execute(Line("claim always x[i] = a0[i]")).verdict?.holds == true)
    #expect(session.timeline.place == place)
  }

  @Test func withHoldsInEverySampleOfTheBatch() throws {
    let batch =
      "input 2\ndense 3 softmax\nloss ce\nsample 1 2 -> 1 2 0\nsample 2 1 -> 0 4 1\nbatch all\nforward\nbackward\n"
    var session = try session(batch)
    let claim = "dw1[k,j] = mean(sample, (a1[k] - y[k]) * x[j])"
    #expect(try session.execute(Line("claim \(claim)")).verdict?.holds == false)
    for always in ["", "always "] {
      #expect(try session.execute(Line("claim \(always)\(claim) with y = y / sum(y)")).verdict?.holds == true)
      #expect(try session.execute(Line("claim \(always)\(claim) with y[1] = 1")).verdict?.holds == false)
    }
    #expect(try session.value("y").elements == [1, 2, 0])
    #expect(try session.execute(Line("claim rate = 0.25 with rate = 1/4")).verdict?.holds == true)
  }

  @Test func errorsHaveTheirPlace() {
    #expect(play("claim always 1 = 1").contains("there is no network yet"))
    #expect(play(softmax + "claim always").contains("-:7:14: an equation was expected here"))
    #expect(play(softmax + "claim always seed=x y = y").contains("x is not a whole number"))
    #expect(play(softmax + "claim always y = y with loss = 1").contains("loss is computed and cannot be set"))
  }
}

@Suite struct ReasonTests {
  private let perceptron = """
    input 2
    dense 4 sigmoid nobias
    dense 3 sigmoid nobias
    sample 0.6 -0.4 -> 0.9 0.1 0.5

    """

  @Test(arguments: [
    (
      "rate 0.5\nforward\nupdate\nclaim w2[k,j] = old(w2[k,j]) + (y[k] - a2[k]) * f2'(net2[k]) * a1[j]",
      "it holds at rate 1; the rate is 0.5"
    ),
    ("rate 0.5\nforward\nupdate\nexpect w1 ~= old(w1) - dw1", "it holds at rate 1; the rate is 0.5"),
    (
      "loss mse\nforward\nclaim loss = sum(k, (y[k] - a2[k])^2) / 2",
      "it holds under half-squared-error; the loss is mean-squared-error, at 3 outputs 2/3 of it"
    ),
    (
      "forward\nexpect loss ~= mean((y - a2)^2)",
      "it holds under mean-squared-error; the loss is half-squared-error, at 3 outputs 3/2 times that"
    ),
    (
      "batch all\nsample 1 1 -> 0 0 1\nforward\nbackward\nclaim dw2 = delta2 * a1'",
      "it holds for a batch of one sample; this one has 2"
    ),
    (
      "forward\nupdate\nclaim da1 = w2' * delta2",
      "it holds for the weights that the forward pass read; they have been updated since: old(w1) is w1 then"
    ),
  ])
  func theUnsaidConditionIsSaid(lines: String, reason: String) {
    let told = answers(perceptron + lines)
    // How it would hold for more samples may be said behind it.
    #expect(told.last { !$0.contains(" in place of ") } == reason, "\(told)")
  }

  /// What is off by less than doubles can tell is no reason: it is judged as strictly as a claim.
  @Test(arguments: [
    "rate 0.5\nforward\nupdate\nclaim w2[k,j] = old(w2[k,j]) + (y[k] - a2[k]) * f2'(net2[k]) * a1[j] + 1e-13",
    "loss mse\nforward\nclaim loss = sum(k, (y[k] - a2[k])^2) / 2 + 1e-13",
    "batch all\nsample 1 1 -> 0 0 1\nforward\nbackward\nclaim dw2[k,j] = delta2[k] * a1[j] + 1e-13",
    "forward\nupdate\nclaim da1[j] = sum(k, w2[k,j] * delta2[k]) + 1e-13",
    "forward\nbackward\nclaim dw2[k,j] = 2 * delta2[k] * a1[j] + 1e-13",
  ])
  func whatOnlyDoublesCannotTellIsNoReason(lines: String) {
    for line in [lines, lines.replacing("\nclaim ", with: "\nclaim always ")] {
      let shown = lastAnswer(perceptron + line)
      #expect(shown.hasPrefix("fails: ") || shown.hasPrefix("refuted: "), "\(shown)")
      #expect(!shown.contains("it holds"), "\(shown)")
    }
  }

  /// The same of the targets' sum, which is rounded where the condition is met.
  @Test func theSumOfTheTargetsIsNoReasonForMore() {
    let softmax = "input 3\ndense 3 softmax\nloss cross-entropy\nsample 2 1 0.1 -> 1 1 0\nforward\nbackward\n"
    for claim in ["claim", "claim always"] {
      let right = lastAnswer(softmax + "\(claim) delta1[k] = a1[k] - y[k]")
      #expect(right.contains("it holds where the targets sum to 1; "), "\(right)")
      let wrong = lastAnswer(softmax + "\(claim) delta1[k] = a1[k] - y[k] + 1e-13")
      #expect(!wrong.contains("it holds"), "\(wrong)")
    }
  }

  @Test func aPlainMistakeHasNone() {
    for line in ["claim dw2[k,j] = 2 * delta2[k] * a1[j]", "expect dw2 ~= 1"] {
      let told = answers(perceptron + "rate 0.5\nloss mse\nforward\nupdate\n" + line)
      let verdict = told.firstIndex { $0.hasPrefix("fails: ") }
      #expect(
        verdict != nil && told[(verdict ?? 0)...].dropFirst().allSatisfy { $0.contains("in place of") }, "\(told)")
    }
  }

  @Test func itIsInTheJSONToo() throws {
    var session = try session(perceptron + "rate 0.5\nforward\nupdate")
    let line = Line("refute claim w1 = old(w1) - dw1")
    let text = try session.execute(line).json(for: line, in: session).description
    #expect(text.contains(#""reasons":["it holds at rate 1; the rate is 0.5"]"#))
  }
}
