import Language
import Testing

/// The exact texts that a user meets when something is wrong.
@Suite struct ErrorTests {
  /// The report of the last line, which has to fail.
  private func report(_ text: String) -> String {
    let shown = play(text)
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.suffix(3).joined(separator: "\n")
  }

  /// What was typed is quoted in part where it is long.
  @Test func aMessageIsNoLongerThanItCanBeRead() {
    let lines = play(String(repeating: "a", count: 1_000_000)).split(separator: "\n")
    let message = lines.first { $0.hasPrefix("-:1:1: ") } ?? ""
    #expect(message.count < 1100 && message.hasSuffix("a is not a command; help lists them"))
  }

  @Test(arguments: [
    (
      "stpe", "-:1:1: stpe is not a command; did you mean step?\nstpe\n^"
    ),
    (
      "input 2\n  dense 2 sigmod  # a comment",
      "-:2:11: sigmod is not an activation; did you mean sigmoid?\n  dense 2 sigmod  # a comment\n          ^"
    ),
    (
      "input 2\ndense 2 leaky-relu slpe=3",
      "-:2:20: leaky-relu has no setting slpe; did you mean slope?\ndense 2 leaky-relu slpe=3\n                   ^"
    ),
    (
      "optimizer sgd nesterov=true",
      "-:1:11: nesterov needs a momentum above 0\noptimizer sgd nesterov=true\n          ^"
    ),
    (
      "optimizer adam beta1=2",
      "-:1:22: beta1 = 2 is out of range; 0 to below 1 was expected\noptimizer adam beta1=2\n                     ^"
    ),
    (
      "input 2\ndense 2 tanh\nsample 1 2 -> 3 4 5",
      "-:3:15: this sample has 3 targets, the network has 2 outputs\nsample 1 2 -> 3 4 5\n              ^"
    ),
    (
      "input 2\ndense 2 tanh\nsample 1 2 3",
      "-:3:14: -> and the targets were expected here: sample X… -> Y…\nsample 1 2 3\n             ^"
    ),
    (
      "input 2\ndense 2 tanh\nset w1[3,1] = 4",
      "-:3:8: an index of w1 from 1 to 2 was expected, not 3\nset w1[3,1] = 4\n       ^"
    ),
    (
      "input 2\ndense 2 tanh\nset δ1 = 4",
      "-:3:5: delta1 is computed and cannot be set; w1, b1, x, y and rate can; inject delta1 = … puts a value in for one iteration\nset δ1 = 4\n    ^"
    ),
    (
      "input 2\ndense 2 tanh\nset w1 = [1 2]", "-:3:10: w1 is 2×2, this is 1×2\nset w1 = [1 2]\n         ^"
    ),
    (
      "input 2\ndense 2 tanh\nset w1[3] = 4", "-:3:8: w1 has two indices: w1[1,2]\nset w1[3] = 4\n       ^"
    ),
    (
      "input 2\ndense 2 tanh\nprint delta2",
      "-:3:7: there is no delta2: the network has 1 layer\nprint delta2\n      ^"
    ),
    (
      "input 2\ndense 2 tanh\nsample 1 2 -> 1 2\ndense 1 tanh\nstep",
      "-:5:1: the samples have 2 targets, the network has 1 output\nstep\n^"
    ),
    (
      "print \u{1B}[1mx",
      "-:1:7: a number, a name or an operator was expected, not \\x1b\nprint \\x1b[1mx\n      ^"
    ),
    (
      "step", "-:1:1: there is no network yet; begin with: input 2\nstep\n^"
    ),
    (
      "let w3 = 1", "-:1:5: w3 is taken: it is the name of a quantity\nlet w3 = 1\n    ^"
    ),
    (
      "let t = 1", "-:1:5: t is taken: it is the name of a quantity\nlet t = 1\n    ^"
    ),
    (
      "let p = q\nlet q = p + 1", "-:2:5: q would be defined by itself: q -> p -> q\nlet q = p + 1\n    ^"
    ),
    (
      "s", "-:1:1: s is short for step at the prompt only; a file says step\ns\n^"
    ),
    (
      "backstep 2", "-:1:10: this is a session of version 2; this program knows version 1\nbackstep 2\n         ^"
    ),
    (
      "refute step",
      "-:1:8: step is not a verdict; use expect, claim, refute, =, verify, check, compare\nrefute step\n       ^"
    ),
  ])
  func reportsPointAtThePlace(text: String, expected: String) {
    #expect(report(text) == expected)
  }

  @Test func theCaretStandsByTheWidthOfWhatIsBeforeIt() {
    #expect(
      report("title 你好\nsave 你/好/ extra")
        == "-:2:11: nothing more was expected here, there is extra\nsave 你/好/ extra\n            ^")
  }

  @Test func whatIsNotComputedYetSaysWhereItComes() {
    #expect(
      report(mazur + "step 3\nprint delta1")
        == "-:14:7: delta1 is not computed yet at step 3 (loss); it comes at step 5 (backward, layer 1)\nprint delta1\n      ^"
    )
  }

  @Test func sizesAreBoundedBeforeTheyAreAllocated() {
    #expect(report("input 65536\ndense 65536 relu").contains("a network has at most 20000000 weights and biases"))
    #expect(report("input 70000").contains("70000 is out of range"))
    #expect(
      report(xor + "step 99999999999999999999").contains("out of range; a number of strides from 1 to 1000000000"))
    #expect(report(xor + "step 0").contains("out of range"))
  }

  @Test func aFailedCommandChangesNothing() throws {
    var session = try session(xor + "step 4\nlet z = net1\nwatch loss")
    let (bits, text, step) = (session.bits, session.text, session.timeline.state.step)
    for line in [
      "dense 3 sigmod", "set w1 = [1 2]", "sample 1 -> 2", "run until qq < 1", "watch qq", "let w1 = 2",
      "init normal std=-1",
      "source /nowhere.session", "data /nowhere.csv", "optimizer sgd nesterov=true", "goto -5", "set x[3] = 1",
    ] {
      #expect(throws: CommandError.self) { try session.execute(Line(line)) }
      #expect(session.bits == bits && session.text == text && session.timeline.state.step == step, "\(line)")
    }
    #expect(session.definitions.all.count == 1 && session.watches.count == 1)
  }
}
