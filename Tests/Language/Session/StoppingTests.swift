import Notation
import Testing

@testable import Engine
@testable import Language

/// What takes long because samples are many can be stopped at any look, and then all is as if what was not complete had never
/// begun. A piece is one sample here, so that a few samples are many.
@Suite struct StoppingTests {
  private static let network = """
    input 3
    dense 4 tanh
    dense 2 softmax
    loss ce
    optimizer adam
    sample 0.1 0.2 0.3 -> 1 0
    sample -1 0.5 0.25 -> 0 1
    sample 0.7 -0.3 1 -> 1 0
    sample 0.2 0.9 -0.4 -> 0 1
    batch all

    """

  private static func long<Result>(_ work: () throws -> Result) rethrows -> Result {
    try Workspace.$productsOfPiece.withValue(1, operation: work)
  }

  private static func played(_ more: String = "") throws -> Session {
    var session = Session()
    try long { try session.take(network + more) }
    return session
  }

  /// Goes on with a line for so many looks, each of which finds that the time has come.
  private static func look(_ session: inout Session, _ line: String, _ count: Int) throws -> Answer? {
    try long {
      guard case .underWay = try session.begin(Line(line)) else { return Answer() }
      for _ in 0..<count {
        if let answer = try session.advance(until: .now) { return answer }
      }
      return nil
    }
  }

  /// A move that is stopped has taken whole layer steps, and its record takes the same.
  @Test(arguments: ["run 3", "step 9", "back 3", "goto 2", "goto 30", "run until data-loss < 0.01 max=4", "epoch"])
  func aMoveStopsBetweenTwoSteps(line: String) throws {
    let line = line == "epoch" ? "step 2 epochs" : line
    let begun = try Self.played("run 2\nstep 3\n")
    for count in [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] {
      var session = begun
      guard try Self.look(&session, line, count) == nil else { continue }
      _ = session.stop()
      let state = session.timeline.state
      #expect(state.place.unit == 0 && state.stepInProgress == nil, "\(line), \(count) looks")
      var again = Session()
      for line in session.lines { try again.execute(line) }
      #expect(again.timeline.place == session.timeline.place, "\(line), \(count) looks")
      #expect(again.bits == session.bits, "\(line), \(count) looks")
      for name in ["net1", "a2", "loss", "dw1", "x"] {
        let (mine, its) = (try? session.value(name), try? again.value(name))
        #expect(mine == its, "\(line), \(count) looks: \(name)")
      }
      try session.execute(Line("run 2"))
      try again.execute(Line("run 2"))
      #expect(again.bits == session.bits, "\(line), \(count) looks, then run 2")
    }
  }

  /// Lines of every kind answer the same whether somebody waits or looks in again and again, and leave the same.
  @Test func answersAreTheSameBesideAndAtOnce() throws {
    let lines = [
      "step 3", "set w1[1,1] = 0.5", "forward", "backward", "print dw2", "print sum(n, loss[n])", "check",
      "explain dw1[1,1]",
      "expect loss > 0", "inject delta1[1] = 0", "undo", "redo", "rate 0.1", "batch 2", "run 2", "last w1[1,1]",
      "why w1[1,1]", "find loss > 0 count", "holdout 0.25", "run until holdout-loss < 9", "mark here", "goto 3",
      "table loss",
    ]
    var (atOnce, beside) = (try Self.played(), try Self.played())
    for line in lines {
      let expected = try atOnce.execute(Line(line))
      let answer = try Self.look(&beside, line, 100_000)
      #expect(answer == expected, "\(line)")
      #expect(beside.entries == atOnce.entries, "\(line)")
      #expect(beside.bits == atOnce.bits, "\(line)")
      #expect(beside.canUndo == atOnce.canUndo && beside.canRedo == atOnce.canRedo, "\(line)")
    }
  }

  /// A change that is stopped was never made.
  @Test func aChangeThatIsStoppedIsNone() throws {
    var session = try Self.played("run 2\nstep 5\n")
    let (bits, entries, place) = (session.bits, session.entries, session.timeline.place)
    let progress = try Self.long { try session.begin(Line("set w1[1,1] = 0.5")) }
    #expect(progress == .underWay)
    #expect(session.isLooking)
    _ = session.stop()
    #expect(session.bits == bits && session.entries == entries && session.timeline.place == place)
    #expect(!session.isWorking)
    try session.execute(Line("set w1[1,1] = 0.5"))
    #expect(try session.value("w1[1,1]").scalar == 0.5)
  }

  private static let mistaken = network + "mistake missing-derivative layer=1\nforward\nbackward\n"

  /// A formula in an operation's place is left once a stop sign is up, and not taken up again as it was left.
  @Test func aFormulaThatWasStoppedIsNone() throws {
    var session = Session()
    try session.take(Self.mistaken)
    let state = session.timeline.state
    let computation = try #require(state.experiment.network.alterations.first?.computation)
    func numbers() -> [Double] { withUnsafePointer(to: state) { computation(Passing($0), 0..<4, 0..<4) } }
    let sign = StopSign()
    let (before, stopped) = StopSign.$current.withValue(sign) {
      let before = numbers()
      sign.raise()
      return (before, numbers())
    }
    #expect(before.count == 16 && before.allSatisfy(\.isFinite))
    #expect(stopped.isEmpty)
    #expect(numbers() == before)
  }

  /// The same along the line of time: what was worked out under a sign that was raised later leaves no trace.
  @Test func whatWasStoppedLeavesNoTrace() throws {
    var expected = Session()
    try expected.take(Self.mistaken)
    var session = Session()
    try session.take(Self.mistaken)
    let sign = StopSign()
    // With another rate, so that the formula is compiled anew.
    let lines = ["rate 0.1", "run 2"]
    try StopSign.$current.withValue(sign) {
      var beside = session
      for line in lines { try beside.execute(Line(line)) }
    }
    sign.raise()
    for line in lines {
      try session.execute(Line(line))
      try expected.execute(Line(line))
    }
    #expect(session.bits == expected.bits)
    #expect(session.timeline.latestLoss.isFinite)
  }

  /// What tries one thing after another tries none once a stop sign is up, and says why.
  @Test(arguments: ["hunt", "hunt 3 seed=2", "claim always delta1[j] = da1[j]", "find loss > 0"])
  func nothingIsTriedUnderARaisedSign(line: String) throws {
    var session = try Self.played("forward\nbackward\n")
    let (bits, entries) = (session.bits, session.entries)
    let sign = StopSign()
    sign.raise()
    let error = #expect(throws: CommandError.self) {
      try StopSign.$current.withValue(sign) { try session.execute(Line(line)) }
    }
    #expect(error?.message.description == "stopped", "\(line)")
    #expect(session.bits == bits && session.entries == entries, "\(line)")
  }

  /// A search that is stopped says what it had found by then, which is where it would have begun.
  @Test func aStoppedFindSaysWhatItFound() throws {
    var session = Session()
    try session.take(
      """
      input 20
      dense 30 sigmoid
      dense 10 softmax
      loss ce
      sample \(Array(repeating: "0.5", count: 20).joined(separator: " ")) -> 1 0 0 0 0 0 0 0 0 0
      run 100000

      """)
    let entries = session.entries
    #expect(try session.begin(Line("find phase == loss and loss > 0 first 3")) == .underWay)
    #expect(try session.advance(until: .now + .milliseconds(20)) == nil)
    let answer = session.stop()
    let lines = answer.lines.map(\.description)
    #expect(lines.first?.hasPrefix("stopped: phase == loss and loss > 0 holds after ") == true, "\(lines)")
    #expect(lines.first?.hasSuffix(" layer steps; the first 3:") == true, "\(lines)")
    // Two layers: an iteration has seven steps, of which the third is the loss.
    #expect(Array(lines.dropFirst()) == ["step 3", "step 10", "step 17"])
    #expect(answer.leads.mapValues(\.line) == [1: "goto 3", 2: "goto 10", 3: "goto 17"])
    #expect(session.entries == entries && !session.isWorking)
  }

  /// A session file under way, with lines of every kind, is left between two of them.
  @Test func aStoppedLookEndsSoon() throws {
    var session = Session()
    try session.take(
      """
      input 20
      dense 30 sigmoid
      dense 10 softmax
      loss ce
      sample \(Array(repeating: "0.5", count: 20).joined(separator: " ")) -> 1 0 0 0 0 0 0 0 0 0
      run 100000

      """)
    #expect(try session.begin(Line("find loss < 0 count")) == .underWay)
    #expect(try session.advance(until: .now + .milliseconds(20)) == nil)
    let start = ContinuousClock.now
    _ = session.stop()
    #expect(ContinuousClock.now - start < .seconds(1))
  }
}
