import Engine
import Testing

@testable import Language

/// Things that were once shown wrong: each test is of the kind, not of the one session in which it was met.
@Suite struct FaultsTests {
  private let small = "input 2\ndense 2 tanh\nsample 1 2 -> 0 1\n"

  @Test func explainSaysWhoWroteAParameterLast() {
    let after = answers(small + "run 2\nset w1[1,2] = 9\nforward\nexplain w1[1,2]\nexplain w1[1,1]")
    #expect(after.suffix(2).first?.hasSuffix("= 9  set by hand after update 2") == true, "\(after)")
    #expect(after.last?.hasSuffix("as update 2 left it") == true)
    // Another update writes over it, unless it is frozen.
    let updated = answers(small + "run 2\nset w1 = 0.5\nrun 1\nforward\nexplain w1[2,1]")
    #expect(updated.last?.hasSuffix("as update 3 left it") == true, "\(updated)")
    let frozen = answers(small + "freeze b1\nrun 2\nset b1[2] = 1\nrun 3\nforward\nexplain b1[2]\nexplain b1[1]")
    #expect(frozen.suffix(2).first?.contains("given: no update is behind it; frozen") == true, "\(frozen)")
    // Back and forth does not lose it, and undo takes it back.
    let walked = answers(small + "run 2\nset w1[1,2] = 9\nrun 3\nback 3 iterations\nforward\nexplain w1[1,2]")
    #expect(walked.last?.hasSuffix("set by hand after update 2") == true, "\(walked)")
    for after in [
      "set w1[1,1] = 4", "set w1[1,2] = 9\nset b1[2] = 7", "optimizer adam", "sample 0 1 -> 1 0", "rate 0.3",
      "set b1 = 0\nset w1[2,1] = 1",
    ] {
      let changed = answers(small + "run 2\nset w1[1,2] = 9\n\(after)\nforward\nexplain w1[1,2]")
      #expect(changed.last?.hasSuffix("set by hand after update 2") == true, "\(after): \(changed)")
    }
    let undone = answers(small + "run 2\nset w1[1,2] = 9\nundo\nforward\nexplain w1[1,2]")
    #expect(undone.last?.hasSuffix("as update 2 left it") == true, "\(undone)")
  }

  // Where fewer layers have fewer steps of a phase, no step of the next is taken: no update is made that was to come.
  @Test(arguments: [
    ("step 2", "insert 1 dense 3 relu", 2), ("step 4", "remove 1", 3), ("step 6", "insert 2 dense 1 tanh", 6),
    ("step 5", "remove 1", 3), ("step 6", "remove 2", 4), ("step 2", "remove 1", 1),
    ("step", "remove 2", 1), ("step 3", "insert 3 dense 2 tanh", 3),
  ])
  func aLayerPutInOrTakenOutLeavesAsManyStepsTaken(move: String, change: String, step: Int) throws {
    var session = try session("input 2\ndense 2 tanh\ndense 2 sigmoid\nsample 1 2 -> 0 1\n\(move)")
    try session.take(change)
    let state = session.timeline.state
    #expect(state.step == step && state.stepInProgress == nil, "\(session.whereItStands)")
    // And from there on it goes as if the network had been so from the beginning.
    try session.take("goto \(step)")
    #expect(session.timeline.state.step == step)
  }

  @Test func insideAStepAsManyOperationsStayDone() throws {
    var session = try session("input 2\ndense 2 tanh\ndense 2 sigmoid\nsample 1 2 -> 0 1\nstep 3\nstep 2 op")
    let before = session.whereItStands
    try session.take("layer 1 dense 3 tanh")
    #expect(session.whereItStands == before)
    try session.take("insert 1 dense 2 relu")
    // The fourth step is the loss now, which has no operation but one: none of it is done.
    #expect(session.timeline.state.step == 3 && session.timeline.state.stepInProgress == nil)
  }

  @Test func anOptimizerOfTheSameNameRemembers() throws {
    let network = "input 1\ndense 1 identity nobias\nset w1 = 1\nsample 1 -> 0\n"
    for (first, second) in [
      ("adagrad rate=0.1", "adagrad rate=0.2"), ("adam", "adam beta1=0.8 amsgrad=true"),
      ("rmsprop centered=true", "rmsprop centered=true momentum=0.5"),
      ("sgd rate=0.1 momentum=0.9", "sgd momentum=0.5"),
    ] {
      var session = try session(network + "optimizer \(first)\nrun 3")
      let names = session.timeline.experiment.network.optimizer.memory
      let before = try names.map { try session.value("\($0)w1") }
      let answer = try session.execute(Line("optimizer \(second)"))
      #expect(answer.lines.last?.description.hasSuffix("remembers is kept") == true)
      #expect(try names.map { try session.value("\($0)w1") } == before, "\(first) to \(second)")
      for name in session.timeline.experiment.network.optimizer.memory where !names.contains(name) {
        #expect(try session.value("\(name)w1").scalar == 0)
      }
    }
    var other = try session(network + "optimizer adagrad\nrun 3")
    #expect(try other.execute(Line("optimizer rmsprop")).lines.last?.description.hasSuffix("is forgotten") == true)
    #expect(try other.value("vw1").scalar == 0)
  }

  @Test func unequalIsTheNegationOfEqual() throws {
    let session = Session()
    for (a, b) in [
      ("[1 2]", "[1 3]"), ("[1 2]", "[1 2]"), ("[1 2]", "[3 4]"), ("2", "[2 2]"), ("2", "[2 3]"), ("1", "1"),
    ] {
      let (equal, unequal) = (try session.value("\(a) == \(b)").scalar, try session.value("\(a) != \(b)").scalar)
      #expect(unequal == 1 - (equal ?? .nan), "\(a) \(b)")
      let holds = answers("expect \(a) != \(b)").first?.hasPrefix("holds: ") == true
      #expect(holds == (unequal == 1), "\(a) \(b)")
    }
  }

  @Test func aPlotSaysOfWhichIterationsItsValuesAre() throws {
    var session = try session("input 2\ndense 2 tanh\ndense 1 sigmoid\ndata xor\nrun 300")
    let answer = try session.execute(Line("plot |w2|"))
    let fields = Dictionary(uniqueKeysWithValues: answer.fields.map { ($0.key, $0.value) })
    guard case .array(let iterations)? = fields["iterations"], case .array(let values)? = fields["values"] else {
      Issue.record("no iterations")
      return
    }
    #expect(iterations.count == values.count && iterations.count > 40)
    for (iteration, value) in zip(iterations, values) {
      guard case .number(let number) = iteration, case .number(let expected) = value else { continue }
      // Four samples, so three layer steps of each of two layers and one for the loss: an iteration has seven.
      #expect(try session.value("at(\(Int(number) * 7), |w2|)").scalar == expected)
    }
  }

  @Test func aMapOverScaledInputsIsInTheUnitsOfTheFile() throws {
    let text = "input 1\ndense 3 tanh\ndense 1 sigmoid\nsample 100 -> 1\nsample 200 -> 0\nsample 300 -> 1\n"
    let ends = ["", "scale standard\n", "scale minmax\n"].map { scale in
      answers(text + scale + "show map").last?.split(separator: " ").map(String.init)
    }
    // A quarter of the range on either side of 100 and 300.
    #expect(ends.allSatisfy { $0 == ["50", "x[1]", "350"] }, "\(ends)")
  }
}
