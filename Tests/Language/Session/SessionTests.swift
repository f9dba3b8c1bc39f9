import Engine
import FoundationEssentials
import Language
import Testing

@Suite struct SessionTests {
  private func temporaryPath() -> String { FileManager.default.temporaryDirectory.path + "/backstep-\(UUID()).session" }

  /// Lines of every kind, each of which changes something.
  private static let changing = [
    "input 2", "dense 3 tanh", "dense 2 sigmoid", "loss mse", "optimizer adam rate=0.1", "init he seed=4", "freeze b1",
    "sample 1 2 -> 0 1", "sample 2 1 -> 1 0", "set w1[1,1] = 0.5", "let z = net1", "watch |dw1|", "step 2", "step 3 op",
    "set x = [3; 4]", "run 5", "rate 0.02", "run 3 epochs", "insert 2 dense 4 relu nobias", "step", "back", "remove 2",
    "batch all", "order shuffle seed=2", "reduction sum", "select 2", "run until loss < 0.01 max=7", "unwatch 1",
    "set digits = 4", "title Done", "unfreeze b1", "goto 3", "goto end",
  ]

  /// Five presses of → are one line of the file, and five to undo.
  @Test func movesThatFollowOneAnotherAreSavedAsOne() throws {
    var session = Session()
    let given = [
      "input 2", "dense 1 sigmoid", "data xor", "step", "step", "step 3", "step op", "step ops", "back", "back 2",
      "step # a remark stays", "step", "print loss", "step",
    ]
    for line in given { try session.execute(Line(line)) }
    #expect(
      session.text
        == "backstep 1\ninput 2\ndense 1 sigmoid\ndata xor\nstep 5\nstep 2 op\nback 3\nstep # a remark stays\nstep\n"
        + "print loss\nstep\n")
    var again = Session()
    for line in session.text.split(separator: "\n") { try again.execute(Line(String(line))) }
    #expect(again.bits == session.bits && again.timeline.place == session.timeline.place)
    try session.execute(Line("undo"))
    try session.execute(Line("undo"))
    #expect(session.text.hasSuffix("back 3\nstep # a remark stays\n"))
  }

  @Test func undoGoesBackExactlyAndRedoForthAgain() throws {
    var session = Session()
    var states: [(bits: [UInt64], text: String, place: String)] = []
    func state(_ session: Session) -> (bits: [UInt64], text: String, place: String) {
      (
        session.bits, session.text,
        "\(session.timeline.place) \(session.timeline.furthest) \(session.digits) \(session.definitions.all)"
      )
    }
    for line in SessionTests.changing {
      states.append(state(session))
      try session.execute(Line(line, source: "test"))
    }
    let end = state(session)
    for before in states.reversed() {
      try session.execute(Line("undo"))
      #expect(state(session) == before)
    }
    #expect(throws: CommandError.self) { try session.execute(Line("undo")) }
    for _ in states { try session.execute(Line("redo")) }
    #expect(state(session) == end)
    #expect(throws: CommandError.self) { try session.execute(Line("redo")) }
  }

  @Test func undoFurtherBackThanWhatIsKeptReplaysTheLines() throws {
    var session = try session(xor)
    let before = (session.bits, session.text)
    for count in 1...100 { try session.execute(Line("set w1[1,1] = \(count) / 100")) }
    let end = (session.bits, session.text)
    for _ in 1...100 { try session.execute(Line("undo")) }
    #expect(session.bits == before.0 && session.text == before.1)
    for _ in 1...100 { try session.execute(Line("redo")) }
    #expect(session.bits == end.0 && session.text == end.1)
    #expect(!session.canRedo)
  }

  /// Moves, changes and files taken in, further back than what is kept.
  @Test func undoOfManyLinesGoesThroughEveryStateOnTheWay() throws {
    var session = try session(xor)
    var states: [(bits: [UInt64], text: String)] = []
    for count in 1...90 {
      states.append((session.bits, session.text))
      switch count % 3 {
      case 0: try session.execute(Line("back 2 op"))
      case 1: try session.execute(Line("step 5 op"))
      default: try session.execute(Line("set b1[1] = \(count) / 100"))
      }
    }
    let end = (session.bits, session.text)
    for before in states.reversed() {
      try session.execute(Line("undo"))
      #expect(session.bits == before.bits && session.text == before.text)
    }
    for _ in states { try session.execute(Line("redo")) }
    #expect(session.bits == end.0 && session.text == end.1)
  }

  @Test func undoTakesWhatWasLookedAtSinceWithIt() throws {
    var session = try session(xor + "step\nprint a1\nexpect a1 == a1\n")
    try session.execute(Line("undo"))
    #expect(session.text.hasSuffix("data xor\n"))
    try session.execute(Line("redo"))
    #expect(session.text.hasSuffix("step\nprint a1\nexpect a1 == a1\n"))
  }

  @Test func aNewLineEndsWhatCouldBeRedone() throws {
    var session = try session(xor + "step")
    try session.execute(Line("undo"))
    try session.execute(Line("print rate"))
    #expect(session.canRedo)
    try session.execute(Line("rate 2"))
    #expect(!session.canRedo)
  }

  @Test func aSavedSessionGivesTheSameBits() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let lines = SessionTests.changing.joined(separator: "\n# told\n")
    var first = try session(lines)
    try first.execute(Line("save \(path)"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("backstep 1\ninput 2\n# told\ndense 3 tanh\n"))
    let second = try session(text)
    #expect(second.bits == first.bits)
    #expect(second.text == text)
  }

  @Test func whatIsTakenInBecomesPartOfTheSession() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("backstep 1\n# A layer.\ndense 2 tanh #= old\n\ndense 1 sigmoid\nexpect rate == 1\n".utf8)
      .write(to: URL(fileURLWithPath: path))
    var outer = try session("input 2")
    let answer = try outer.execute(Line("source \(path)"))
    #expect(answer.lines == ["holds: rate = 1 == 1"])
    #expect(outer.text == "backstep 1\ninput 2\n# A layer.\ndense 2 tanh\n\ndense 1 sigmoid\nexpect rate == 1\n")
    try outer.execute(Line("undo"))
    #expect(outer.text == "backstep 1\ninput 2\n")
    try outer.execute(Line("redo"))
    #expect(outer.timeline.experiment.network.sizes == "2-2-1")
  }

  /// What failed in a file that is taken in is named, though an error further down takes the file back.
  @Test func verdictsBeforeAnErrorInAFileAreNamed() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let lines = "let v = 1\nexpect v == 2\nexpect v == 1\nexpect v == 3\nno command"
    try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
    var transcript = Transcript()
    let error = #expect(throws: CommandError.self) { try transcript.run(Line("source \(path)", source: "-")) }
    #expect(error?.line?.number == 5)
    #expect(transcript.failures.map { "\($0.source):\($0.number)" } == ["\(path):2", "\(path):4"])
    #expect(transcript.session.lines.isEmpty)
  }

  @Test func aFileThatFailsIsNotTakenInAtAll() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("dense 2 tanh\ndense 2 tnh\n".utf8).write(to: URL(fileURLWithPath: path))
    var outer = try session("input 2")
    #expect { try outer.execute(Line("source \(path)")) } throws: {
      ($0 as? CommandError)?.report.hasPrefix("\(path):2:9: tnh is not an activation; did you mean tanh?") == true
    }
    #expect(outer.text == "backstep 1\ninput 2\n")
    #expect(outer.timeline.experiment.network.layers.isEmpty)
  }

  @Test func filesThatTakeInOneAnotherAreRefused() throws {
    let (one, two) = (temporaryPath(), temporaryPath())
    defer { for path in [one, two] { try? FileManager.default.removeItem(atPath: path) } }
    try Data("source \(two)\n".utf8).write(to: URL(fileURLWithPath: one))
    try Data("source \(one)\n".utf8).write(to: URL(fileURLWithPath: two))
    var session = Session()
    #expect { try session.execute(Line("source \(one)")) } throws: {
      ($0 as? CommandError)?.message.description.hasPrefix("a file takes itself in: ") == true
    }
  }

  @Test func asSecondNetworkStartsAfresh() throws {
    var session = try session(xor + "let z = net1\nwatch z\nrun 3\nset digits = 5")
    try session.execute(Line("network other"))
    #expect(session.timeline.experiment == Experiment(network: Network(name: "other")))
    #expect(session.definitions.all.isEmpty && session.watches.isEmpty && session.digits == 5)
    try session.execute(Line("undo"))
    #expect(session.timeline.state.iteration == 3)
  }
}
