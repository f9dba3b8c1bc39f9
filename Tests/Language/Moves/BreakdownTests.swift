import Testing

@testable import Language

/// A run stops where the first number is not finite.
@Suite struct BreakdownTests {
  private static let wild = """
    input 1
    dense 2 relu
    dense 1 identity
    sample 3 -> 1
    sample 2 -> -1
    set w1 = [1; 2]
    set w2 = [1 1]
    rate 50

    """

  @Test(arguments: ["run 100", "run until loss < 0 max=1000", "run 2000 epochs"])
  func aRunStopsAtTheStepThatMadeIt(line: String) throws {
    let shown = answers(Self.wild + line)
    #expect(shown.contains { $0.contains("loss = inf is the first number that is not finite") }, "\(shown)")
    #expect(shown.contains { $0.contains("^2 = inf") }, "\(shown)")
    let session = try session(Self.wild + line)
    #expect(session.timeline.state.phase == .loss)
    // One step before, all is finite.
    var before = session
    try before.take("back")
    #expect(before.timeline.state.hasFiniteParameters)
  }

  /// Steps go on, and the one that comes to it says so.
  @Test(arguments: ["forward", "step 3", "step"]) func stepsSayIt(line: String) throws {
    let begun = Self.wild + "set x = 1e200\n"
    var session = try session(begun)
    var said: [String] = []
    while session.timeline.state.step < 5 {
      let text = try session.execute(Line(line)).transcript.joined(separator: "\n")
      if text.contains("is the first number that is not finite") { said.append(text) }
    }
    #expect(said.count == 1, "\(said)")
    #expect(said.first?.contains("loss = inf is the first") == true && said.first?.contains("stops") == false)
  }

  /// Found step by step by hand: the same place.
  @Test func steppingComesToTheSamePlace() throws {
    let stopped = try session(Self.wild + "run 100")
    var walked = try session(Self.wild)
    while walked.timeline.state.step < 1000 {
      try walked.take("step")
      if let loss = (try? walked.timeline.state.value(of: .init(.loss)))?.scalar, !loss.isFinite { break }
    }
    #expect(walked.timeline.state.step == stopped.timeline.state.step)
  }

  /// What is an infinity already stops nothing, and neither does a goto.
  @Test func itStopsOnce() throws {
    let on = try session(Self.wild + "run 100\nrun 3")
    #expect(on.timeline.state.iteration == 94)
    let gone = try session(Self.wild + "goto 2000")
    #expect(gone.timeline.state.step == 2000)
  }

  /// Weights that overflow in an update are found there, and not where the loss shows it.
  @Test func anOverflowingUpdateIsFoundWhereItIs() throws {
    let big = answers("input 1\ndense 1 identity\nsample 1e10 -> 1\nset w1 = 1\nrate 1e300\nrun 5")
    #expect(big.contains { $0.contains("w1[1,1] = -inf is the first number") || $0.contains("uw1") }, "\(big)")
  }
}
