import Language
import Testing

@Suite struct MoveTests {
  private func value(_ name: String, _ session: Session) throws -> Double { try session.value(name).scalar ?? .nan }

  /// The losses are those that a few lines of Python find for the same network.
  @Test func movesSayWhereTheyLed() {
    let moves =
      "step\nstep 2 op\nstep unit\nforward\nbackward\nback\nupdate\nback 100\nback\ngoto end\nrun 2\nstep 2 epochs"
    #expect(
      answers(mazur + moves) == [
        "iteration 1, step 1 (forward, layer 1)",
        "iteration 1, step 2 (forward, layer 2)",
        "iteration 1, step 3 (loss), loss = 0.298371109",
        "iteration 2, step 10 (loss), loss = 0.291027774",
        "iteration 2, step 12 (backward, layer 1)",
        "iteration 2, step 11 (backward, layer 2)",
        "iteration 2, step 14 (update, layer 2), loss = 0.291027774",
        "iteration 1, step 0 (start); this is the beginning",
        "iteration 1, step 0 (start); this is the beginning",
        "iteration 2, step 14 (update, layer 2), loss = 0.291027774",
        "iteration 4, step 28 (update, layer 2), loss = 0.275943289",
        "iteration 6, step 42 (update, layer 2), loss = 0.260434393",
      ])
  }

  @Test func insideALayerTheAnswerSaysWhatWasComputedLast() {
    #expect(
      answers(mazur + "step op\nstep unit\nstep 2 unit\nforward\nstep 4 op\nstep unit") == [
        "iteration 1, step 0 (start), inside forward, layer 1 after net1",
        "iteration 1, step 0 (start), inside forward, layer 1 after a1[1]",
        "iteration 1, step 1 (forward, layer 1), inside forward, layer 2 after net2[1]",
        "iteration 1, step 3 (loss), loss = 0.298371109",
        "iteration 1, step 3 (loss), inside backward, layer 2 after dw2",
        "iteration 1, step 3 (loss), inside backward, layer 2 after db2[1]",
      ])
  }

  @Test func runUntilStopsWhereTheConditionHolds() throws {
    let shown = answers(mazur + "run until loss < 0.2 max=1000\nexpect loss < 0.2\nback iteration\nexpect loss >= 0.2")
    #expect(shown[0].hasSuffix("loss = 0.197705769; loss < 0.2 holds after 14 iterations, looked at where each ends"))
    #expect(shown[1].hasPrefix("holds") && shown[3].hasPrefix("holds"))
    #expect(
      answers(mazur + "run until loss < 0 max=5")[0].hasSuffix(
        "; loss < 0 does not hold after 5 iterations, looked at where each ends"))
    #expect(try value("step", session(mazur + "run until phase == backward layer")) == 4)
    #expect(lastAnswer(mazur + "run until phase == backward").hasSuffix("phase == backward holds after 4 layer steps"))
  }

  @Test func slicesGiveTheSameBitsAsOneRun() throws {
    let whole = try session(xor + "run 3000")
    var sliced = try session(xor)
    guard case .underWay = try sliced.begin(Line("run 3000")) else {
      Issue.record("a run is under way when it has begun")
      return
    }
    var slices = 0
    while try sliced.advance(until: .now + .microseconds(200)) == nil { slices += 1 }
    #expect(sliced.bits == whole.bits && slices > 0)
    #expect(sliced.text == whole.text)
  }

  @Test func aStoppedRunIsRecordedAsWhatItReallyTook() throws {
    for start in ["", "step 2\n", "step 3 op\n"] {
      var stopped = try session(xor + start)
      _ = try stopped.begin(Line("run 100000000"))
      #expect(try stopped.advance(until: .now + .milliseconds(3)) == nil)
      let answer = stopped.stop()
      #expect(answer.lines.first?.description.hasPrefix("stopped: iteration ") == true)
      #expect(stopped.lines.last?.text.hasPrefix("run ") == true && stopped.lines.last?.text != "run 100000000")
      let again = try session(stopped.text)
      #expect(again.bits == stopped.bits && again.timeline.place == stopped.timeline.place)
      try stopped.execute(Line("undo"))
      #expect(stopped.timeline.place == (try session(xor + start)).timeline.place)
    }
  }

  @Test func aRunThatIsStoppedBeforeItBeganIsNoLine() throws {
    var session = try session(xor)
    let text = session.text
    _ = try session.begin(Line("run 10"))
    _ = session.stop()
    #expect(session.text == text && !session.isWorking)
  }

  @Test func aStoppedFileKeepsWhatItDid() throws {
    var session = try session(xor)
    _ = try session.begin(Line("run until loss < 0 max=100000000"))
    _ = try session.advance(until: .now + .milliseconds(2))
    _ = session.stop()
    #expect(session.lines.last?.text.hasPrefix("run ") == true)
  }

  @Test func dataThatNoLongerFitsIsNamedByTheNextMove() {
    let shown = play("input 1\ndense 1 sigmoid\nsample 0.5 -> 1\ndense 3 softmax\nstep")
    #expect(shown.hasSuffix("-:5:1: the samples have 1 target, the network has 3 outputs\nstep\n^"))
  }
}

@Suite struct ChangeTests {
  @Test func aChangeInThePastStartsANewFutureAndUndoBringsTheOldOneBack() throws {
    var session = try session(xor + "run 10")
    let old = session.bits
    try session.take("goto 14\nset w1[1,1] = 3\ngoto end")
    #expect(session.timeline.state.step == 14)
    try session.take("run 8")
    #expect(session.bits != old)
    for _ in 1...4 { try session.execute(Line("undo")) }
    #expect(session.timeline.state.iteration == 10 && session.bits == old)
  }

  @Test func insideAnIterationAChangeCountsFromItsBeginning() throws {
    let inside = try session(mazur + "run 2\nstep 5\nset w1[1,1] = 0.7")
    let before = try session(mazur + "run 2\nset w1[1,1] = 0.7\nstep 5")
    #expect(inside.bits == before.bits)
    #expect(inside.timeline.place == before.timeline.place)
    #expect(try inside.value("dw1") == before.value("dw1"))
  }

  @Test func aChangeStaysOnTheLineOfTime() throws {
    var session = try session(mazur + "run 2\nrate 0.25\nrun 1")
    let there = session.bits
    try session.take("goto 3")
    #expect(try session.value("rate").scalar == 0.5)
    try session.take("goto 21")
    #expect(try session.value("rate").scalar == 0.25)
    #expect(session.bits == there)
  }

  @Test func theSampleOnShowIsSetInTheData() throws {
    var session = try session(xor + "batch all\nselect 3\nset x = [5; 6]\nset y[1] = 7")
    let data = session.timeline.experiment.data
    #expect(Array(data.input(2)) == [5, 6] && Array(data.target(2)) == [7])
    try session.take("step")
    #expect(try session.value("x").elements == [5, 6])
    // a column takes one index or two, a row too
    try session.take("set x[2,1] = 8\nset w2[2] = 9")
    #expect(try session.value("x").elements == [5, 8] && session.value("w2[1,2]").scalar == 9)
  }
}
