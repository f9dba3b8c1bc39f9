import Testing

@testable import Language

/// `inject`, and what the optimizer keeps, set by hand.
@Suite struct InjectTests {
  private let network = """
    input 2
    dense 2 sigmoid
    dense 1 identity
    set w1 = [0.1 0.2; 0.3 0.4]
    set w2 = [0.5 0.6]
    sample 1 2 -> 0.5

    """

  @Test func theGradientThatACourseGivesIsCarriedOn() throws {
    // dw2 and δ1 from ∂L/∂a2 = 0.3 by hand: δ2 = 0.3, dw2 = 0.3·a1, ∂L/∂a1 = 0.3·w2.
    var session = try session(network + "inject da2 = 0.3\nforward\nbackward")
    #expect(try session.value("delta2").scalar == 0.3)
    #expect(try session.value("dw2 - 0.3 * a1'").elements.allSatisfy { abs($0) < 1e-16 })
    #expect(try session.value("da1 - 0.3 * w2'").elements.allSatisfy { abs($0) < 1e-16 })
    let told = try session.execute(Line("explain da2[1]")).lines.map(\.description).joined(separator: "\n")
    #expect(told.contains("given by hand in this iteration"))
    #expect(answers(network + "inject da2 = 0.3\nshow network").contains { $0.contains(", sgd, da2 by hand* ─") })
    let reading = try session.execute(Line("explain delta2[1]")).lines.map(\.description).joined(separator: "\n")
    #expect(reading.contains("given by hand in this iteration: ∂L/∂a2[1]"))
  }

  @Test func anOptimizerIsTestedWithGradientsOfOnesOwn() throws {
    // Adam by hand: g = 1, then g = -2; rate 0.1.
    let lines = "optimizer adam rate=0.1\ninject dw2 = [1 1]\nupdate\ninject dw2 = [-2 -2]\nupdate"
    let session = try session(network + lines)
    // m 0.1 → -0.11, v 0.001 → 0.004999; the steps are 0.1·m̂/(√v̂ + 1e-8).
    let first = 0.1 * 1 / (1 + 1e-8)
    let (m, v) = (-0.11 / (1 - 0.81), 0.004999 / (1 - 0.998001))
    let second = 0.1 * m / (v.squareRoot() + 1e-8)
    #expect(try abs(session.value("w2[1,1]").elements[0] - (0.5 - first - second)) < 1e-13)
  }

  @Test func itIsSavedAndUndone() throws {
    var session = try session(network + "forward\nbackward")
    let before = try session.value("delta1")
    try session.take("inject delta1 = [1; 2]")
    #expect(try session.value("dw1").elements == [1, 2, 2, 4])
    #expect(session.lines.last?.text == "inject delta1 = [1; 2]")
    try session.take("undo")
    #expect(try session.value("delta1") == before)
  }

  @Test func ofABatchTheSampleOnShowIsMeant() throws {
    let lines = "sample 0 1 -> 1\nbatch all\nselect 2\ninject delta2 = 5\nforward\nbackward"
    var session = try session(network + lines)
    #expect(try session.value("delta2").scalar == 5)
    #expect(
      try session.execute(Line("inject delta2 = 6")).lines.map(\.description) == [
        "delta2 of sample 2 of the batch is given by hand in iteration 1"
      ])
    try session.take("select 1")
    #expect(try session.value("delta2").scalar != 6)
  }

  @Test(arguments: [
    ("inject w1 = 1", "8: w1 is given, not computed: set w1 = …"),
    ("inject uw1 = 1", "8: uw1 cannot be put in by hand; its gradient can be: inject dw1 = …"),
    ("inject J1 = 1", "8: J1 cannot be put in by hand; net, a, da, delta, dw, db, dx and loss can be"),
    ("inject delta3 = 1", "8: there is no delta3: the network has 2 layers"),
    ("inject delta1 = [1 2 3]", "17: delta1 is 2×1, this is 1×3"),
    ("inject delta1[3] = 1", "15: an index of delta1 from 1 to 2 was expected, not 3"),
    ("inject dleta1 = 1", "8: dleta1 is not known; did you mean delta1?"), ("inject delta1", "14: = was expected here"),
    (
      "set delta1 = 1",
      "5: delta1 is computed and cannot be set; w1, b1, x, y and rate can; inject delta1 = … puts a value in for one iteration"
    ),
    ("set countw1 = 1.5", "15: countw1 is a whole number of updates, from 0 on"),
    ("set mw1 = 1", "5: sgd as it is set keeps no m"),
  ]) func faults(_ line: String, _ message: String) throws {
    #expect(try complaint(line, after: network) == message)
  }

  @Test func nobodyReadsTheOutputsGradientUnderAClosedForm() {
    let lines = "input 1\ndense 2 softmax\nloss ce\nsample 1 -> 1 0\ninject da1 = [1; 2]"
    #expect(answers(lines).last == "da1 is given by hand in iteration 1; nothing that follows reads it")
  }

  @Test func thePreviousChangeOfAnExamIsSet() throws {
    // rate 0.1, momentum 0.4, the change before was 0.08: m = -0.8, so that the change is 0.1·0.0625 + 0.4·0.08.
    let session = try session(
      """
      input 2
      dense 1 sigmoid
      optimizer sgd rate=0.1 momentum=0.4
      set w1 = [0.4 -0.3]
      set b1 = 0.1
      sample 0.5 1 -> 1
      set mw1 = [-0.8 0]
      update
      """)
    #expect(try abs(session.value("w1[1,1]").elements[0] - 0.43825) < 1e-15)
  }

  @Test func adamGoesOnWhereAnotherProgramLeftIt() throws {
    // The ninth update: m = 0.9·0.2 + 0.1·g, v = 0.999·0.05 + 0.001·g², over 1 − 0.9⁹ and 1 − 0.999⁹.
    let session = try session(
      """
      input 1
      dense 1 identity nobias
      optimizer adam rate=0.1
      set w1 = 2
      sample 1 -> 0
      set mw1 = 0.2
      set vw1 = 0.05
      set countw1 = 8
      update
      """)
    let (g, nine) = (2.0, 9)
    func power(_ base: Double) -> Double { (0..<nine).reduce(1) { result, _ in result * base } }
    let m = (0.9 * 0.2 + 0.1 * g) / (1 - power(0.9))
    let v = (0.999 * 0.05 + 0.001 * g * g) / (1 - power(0.999))
    #expect(try abs((session.value("w1").scalar ?? 0) - (2 - 0.1 * m / (v.squareRoot() + 1e-8))) < 1e-14)
    #expect(try session.value("countw1").scalar == 9)
  }
}

/// What stood in the way of somebody who went through it sentence by sentence.
@Suite struct TriedOutTests {
  @Test func aKeptMatrixStandsAsItWasComputed() throws {
    // x·W gives square matrices the other way round; what was computed is kept as it is computed with.
    let lines = "layout in-out\nset w1 = [1 2; 3 4]\nlet keep before = w1\nsample 1 1 -> 0 0\nupdate"
    var session = try session("input 2\ndense 2 identity nobias\n" + lines)
    #expect(try session.execute(Line("claim w1 = before - rate * dw1")).verdict?.holds == true)
    try session.take("set w1 = before")
    #expect(try session.value("w1").elements == [1, 3, 2, 4])
  }

  @Test(arguments: ["set w1 = 25", "set w1 = 37", "set w1 = 40"])
  func aSaturatedUnitIsNoFailure(_ weight: String) throws {
    var session = try session("input 1\ndense 1 sigmoid\nloss bce\n\(weight)\nset b1 = 0\nsample 1 -> 1")
    #expect(try session.execute(Line("check")).verdict?.holds == true)
  }

  @Test func squaresAreNotBelowZero() throws {
    let text = "input 1\ndense 1 tanh\noptimizer adam\nsample 1 -> 0"
    #expect(try complaint("set vw1 = -1", after: text) == "11: vw1 is made of squares, and none of them is below 0")
    var session = try session(text)
    try session.take("set mw1 = -1\nset vw1 = 1")
  }

  @Test func targetsOutOfRangeAreToldOf() {
    let shown = play("input 1\ndense 1 sigmoid\nloss bce\nsample 1 -> 0\nsample 1 -> -1\n")
    #expect(shown.contains("#= warning: binary-cross-entropy takes targets from 0 to 1; sample 2 has -1"))
  }

  @Test func checkSaysWhatWasPutInByHand() throws {
    var session = try session("input 1\ndense 1 tanh\nsample 1 -> 0\nforward\ninject delta1 = 3\nbackward")
    let lines = try session.execute(Line("check")).lines.map(\.description)
    #expect(lines.last == "delta1 is given by hand in this iteration: what follows from that is no derivative")
    let told = try session.execute(Line("claim delta1 = 4")).lines
    #expect(told.count == 1)
  }

  @Test func aComparisonOfSizesTellsNoError() {
    let shown = answers(
      "input 1\ndense 2 tanh\nset w1 = [1; 2]\nset b1 = 0\nsample 1 -> 0 0\nforward\nexpect net1[j] > -1")
    #expect(shown.last == "holds: net1[j] > -1, 2 elements, each of them")
  }

  @Test func theNamesOfASlopeElsewhere() throws {
    let session = try session("input 1\ndense 2 LeakyReLU negative_slope=0.2\ndense 1 leaky-relu alpha=0.3")
    #expect(session.timeline.experiment.network.layers.map { $0.activation["slope"] } == [0.2, 0.3])
  }
}
