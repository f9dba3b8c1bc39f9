import Engine
import Notation
import Testing

@testable import Language

/// Training with gradients that nothing sets to zero, against sums that are added up here.
@Suite struct AccumulatedTests {
  /// Wherever one comes from, the numbers of a place are the same to the bit.
  @Test(arguments: ["batch 1", "batch 2", "batch all\noptimizer adam rate=0.1", "batch all\nfreeze w1"])
  func thePastIsKept(lines: String) throws {
    let begin = FaultyGradientsTests.network(lines) + "run 2\nmistake accumulated\n"
    var ran = try session(begin + "run 30")
    for place in ["goto 40", "goto start", "goto end", "goto 17", "goto 33", "goto end"] {
      var walked = ran
      try walked.take(place)
      var direct = try session(begin + "run 30\n\(place)")
      try direct.take("goto end")
      try walked.take("goto end")
      #expect(walked.bits == ran.bits && direct.bits == ran.bits, "\(lines), \(place)")
      try ran.take(place + "\ngoto end")
    }
    // Step by step it comes to what running through does, and so with hardly any memory for the past.
    var stepped = try session("set memory = 1\n" + begin)
    try stepped.take("step \(30 * 7)")
    #expect(stepped.bits == ran.bits, "\(lines)")
    // Turned off, the code is right again, and nothing more is kept.
    let slots = try session(FaultyGradientsTests.network(lines) + "run 2").timeline.state.parameters.map(
      \.w.memory.count)
    try ran.take("mistake none\nrun 1")
    #expect(ran.timeline.state.parameters.map(\.w.memory.count) == slots)
  }

  /// A new optimizer leaves what no optimizer remembers.
  @Test func anotherOptimizerLeavesIt() throws {
    var faulty = try session(FaultyGradientsTests.network("batch all") + "mistake accumulated\nrun 3")
    let left = try faulty.value("dw1").elements
    try faulty.take("optimizer adam rate=0.01\nforward")
    #expect(try faulty.value("pastdw1").elements == left)
    // Inside of an iteration it counts from that one's beginning.
    try faulty.take("optimizer sgd rate=0.1\nbackward")
    #expect(try faulty.value("pastdw1").elements == left)
    #expect(try faulty.value("dw1").elements != left)
  }

  /// What a derivation says of it is how it is computed, before the update and behind it.
  @Test(arguments: ["batch 1", "batch 2", "batch all\nreduction sum"])
  func derivationsSayIt(lines: String) {
    let elements = ["dw1[2,1]", "db1[3]", "dw2[1,2]", "db2[2]"].map { "explain \($0)" }.joined(separator: "\n")
    for place in ["forward\nbackward", "run 1"] {
      let shown = play(
        FaultyGradientsTests.network(lines) + "mistake accumulated\nrun 2\n\(place)\n\(elements)\nexplain pastdw1[2,1]")
      #expect(!shown.contains("✗") && !shown.contains("error"), "\(shown)")
      #expect(shown.contains("pastdw1⟨2⟩[2,1]"), "\(shown)")
      let (equal, near) = (
        shown.split(separator: "✓").count - 1, shown.components(separatedBy: "≈ the table's cell").count - 1
      )
      #expect(equal + near >= 4, "\(shown)")
    }
  }

  /// What was left is as free in a claim as the weights are: what leaves it out does not hold.
  @Test func claimsOfAnyNumbersHaveItFree() throws {
    let begin = FaultyGradientsTests.network("batch 1") + "mistake accumulated\nrun 2\nforward\nbackward\n"
    let sum = "dw2[k,j] = delta2[k] * a1[j]"
    var session = try session(begin)
    #expect(try session.execute(Line("claim always \(sum) + pastdw2[k,j]")).verdict?.holds == true)
    #expect(try session.execute(Line("claim always \(sum)")).verdict?.holds == false)
    let derived = lastAnswer(begin + "derive dw2")
    #expect(derived.contains("\(sum) + pastdw2[k,j]  # what is computed here, with accumulated on"), "\(derived)")
    // Behind the update it is this iteration's that is kept.
    let later = lastAnswer(begin + "run 1\nderive dw2")
    #expect(later.contains("\(sum) + old(pastdw2[k,j])"), "\(later)")
  }

  @Test func whatIsSaidOfIt() {
    let small = FaultyGradientsTests.network("batch all")
    let on = lastAnswer(small + "mistake accumulated layer=2")
    #expect(
      on.contains(
        "since nothing sets them to zero, from the next iteration on; dw2[k,j] = delta2[k] * a1[j] + pastdw2[k,j]"),
      "\(on)")
    #expect(play(small + "print pastdw1").contains("pastdw1 is kept only while a mistake that reads it is on"))
    #expect(
      play(small + "mistake accumulated\nmistake accumulated").contains("accumulated changes nothing in this network"))
    // It is told as what it is.
    let told = play(small + "mistake accumulated\nrun 2\nforward\nbackward\nrefute check")
    #expect(told.contains("accumulated: the gradients of earlier iterations are still in it"), "\(told)")
  }

  /// The first corner of xor has no input, so that nothing of its gradients of w1 shows; the next corner's do.
  @Test(arguments: [
    ("accumulated", "dw1[j,i] = delta1[j] * x[i] + pastdw1[j,i]"),
    ("permuted", "dw1[j,i] = delta1[mod(j, 2) + 1] * x[i]"),
    ("weight-decay", "dw1[j,i] = delta1[j] * x[i] + 0.01 * w1[j,i]"),
  ])
  func zerosToBeginWithHideNothing(name: String, formula: String) {
    let shown = play(
      "network xor\ninput 2\ndense 2 tanh\ndense 1 sigmoid\nloss half-squared-error\ninit xavier seed=3\ndata xor\n"
        + "mistake \(name)")
    #expect(shown.contains(formula), "\(shown)")
  }
}
