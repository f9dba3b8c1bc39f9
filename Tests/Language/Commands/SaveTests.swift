import Engine
import Glibc
import Testing

@testable import Language

/// What `save` writes, and over what.
@Suite struct SaveTests {
  private let path = "/tmp/backstep-save-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).session"

  private func session(_ lines: String...) throws -> Session {
    var session = Session()
    for line in lines.flatMap({ $0.split(separator: "\n") }) { try session.execute(Line(String(line))) }
    return session
  }

  private func written() throws -> String {
    let file = try #require(fopen(path, "r"))
    defer {
      fclose(file)
      unlink(path)
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private func played(_ text: String) throws -> Session {
    var session = Session()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      try session.execute(Line(String(line), source: "a.session"))
    }
    return session
  }

  @Test func aFileThatAnotherWroteIsLeft() throws {
    var first = try session("input 2")
    try first.execute(Line("save \(path)"))
    // Its own file it may write again.
    try first.execute(Line("save \(path)"))
    var second = try session("input 3")
    let error = #expect(throws: CommandError.self) { try second.execute(Line("save \(path) clean")) }
    #expect(error?.message.description == "\(path) is there, and this session did not write it; save! writes over it")
    #expect(error?.remedy == "save! \(path) clean" && error?.column == 6)
    #expect(second.hasUnsavedLines)
    try second.execute(Line("save! \(path)"))
    #expect(second.hasUnsavedLines == false)
    #expect(try written() == "backstep 1\ninput 3\n")
  }

  @Test func whatWasReplacedIsLeftOutWhereAsked() throws {
    let lines = """
      title Old
      network first
      # About the first one.
      input 3
      set digits = 4
      network second
      title New
      # About the second one.
      input 5
      input 2
      loss ce
      dense 2 sigmoid
      loss bce
      set w1[1,2] = 5
      set w1 = 0.5
      set w1[2,2] = 0.25
      set b1 = 1
      sample 0 1 -> 1 0
      rate 3
      step 2
      rate 0.5
      set digits = 5
      set digits = 6
      """
    var session = try session(lines)
    let answer = try session.execute(Line("save \(path) clean"))
    let kept = """
      backstep 1
      set digits = 4
      network second
      title New
      # About the second one.
      input 2
      dense 2 sigmoid
      loss bce
      set w1 = 0.5
      set w1[2,2] = 0.25
      set b1 = 1
      sample 0 1 -> 1 0
      rate 3
      step 2
      rate 0.5
      set digits = 6

      """
    let text = try written()
    #expect(text == kept)
    #expect(answer.lines == ["saved 15 lines in \(path); left out 8 lines that later ones replaced"])
    let again = try played(text)
    #expect(again.timeline.experiment == session.timeline.experiment)
    #expect(again.timeline.state.parameters.map(\.w.values) == session.timeline.state.parameters.map(\.w.values))
    #expect(session.hasUnsavedLines == false)
  }

  @Test func whereLeavingOutWouldChangeSomethingAllIsKept() throws {
    // The second value is made of the first.
    var session = try session("input 1\ndense 1 identity\nset w1 = 3\nset w1 = 2 * w1")
    let answer = try session.execute(Line("save \(path) clean"))
    #expect(try written().contains("set w1 = 3\nset w1 = 2 * w1\n"))
    #expect(answer.lines == ["saved 4 lines in \(path); none was replaced"])
  }

  @Test(arguments: [
    "input 2\ndense 3 leaky-relu slope=0.2\ndense 2 softmax nobias\nloss ce\noptimizer adam rate=0.01\ndata xor",
    "network n\ninput 2\ndense 2 sigmoid sharedbias\ndense 1 tanh\nfreeze b1\nloss huber delta=2\nrate 0.25\ndata xor",
    "input 1\ndense 1 identity\nreduction sum\nsample 1 -> 2",
  ])
  func theNetworkAsItStandsIsBuiltAgain(_ lines: String) throws {
    var session = try session(lines)
    if session.timeline.experiment.obstacle == nil { try session.execute(Line("run 7")) }
    let answer = try session.execute(Line("save network \(path)"))
    #expect(answer.lines.first?.description.hasPrefix("saved the network in \(path), ") == true)
    // The lines of the session are in no file by that.
    #expect(session.hasUnsavedLines)
    let again = try played(try written())
    #expect(again.timeline.experiment.network == session.timeline.experiment.network)
    #expect(again.timeline.experiment.reduction == session.timeline.experiment.reduction)
    let (mine, its) = (session.timeline.state.parameters, again.timeline.state.parameters)
    #expect(mine.map(\.w.values) == its.map(\.w.values) && mine.map(\.b.values) == its.map(\.b.values))
    #expect(!again.lines.contains { $0.text.hasPrefix("sample") || $0.text.hasPrefix("run") })
  }

  @Test func aLargeLayerIsSetNumberByNumber() throws {
    var session = try session("input 110\ndense 100 tanh")
    try session.execute(Line("save network \(path)"))
    let again = try played(try written())
    #expect(again.timeline.state.parameters.map(\.w.values) == session.timeline.state.parameters.map(\.w.values))
  }

  @Test func withoutANetworkThereIsNoneToSave() throws {
    var session = Session()
    let error = #expect(throws: CommandError.self) { try session.execute(Line("save network \(path)")) }
    #expect(error?.message.description == "there is no network yet; begin with: input 2")
    #expect(access(path, F_OK) != 0)
  }
}
