import Engine
import Testing

@testable import Language

/// What fails changes nothing, wherever on its way it fails; what is taken back is as it was, to the bit.
@Suite struct TakenBackTests {
  private let lines = [
    "step", "step 3", "set w1[1,1] = 0.5", "run 2", "set b1 = 1", "back 2", "let q = w1[1,1]", "watch q", "rate 0.3",
    "forward",
    "insert 1 dense 2 tanh", "remove 1", "optimizer adam", "select 1", "batch 2", "undo", "redo", "plot q",
    "goto start",
    "goto end", "set digits = 5", "sample 1 0 -> 1",
  ]
  private let failing = [
    "set w9 = 1", "run until foo > 1", "run until w1[9,9] > 1 max=3", "insert 7 dense 2 tanh", "goto nowhere", "step x",
    "let w1 = 2", "source nowhere.session", "set w1 = [1 2 3]", "remove 9", "loss 0 -> 1", "claim foo = 1", "undo 3",
  ]

  @Test(arguments: 1...10) func atRandom(seed: Int) throws {
    var generator = Generator(seed: seed)
    func pick(_ all: [String]) -> String { all[min(Int(generator.unit() * Double(all.count)), all.count - 1)] }
    var session = try session("input 2\ndense 2 sigmoid\ndense 1 sigmoid\ndata xor\n")
    var given: [String] = []
    for _ in 0..<60 {
      let line = pick(lines)
      given.append(line)
      _ = try? session.execute(Line(line))
      let before = (session.bits, session.whereItStands, session.lines.count, session.definitions, session.canRedo)
      let wrong = pick(failing)
      #expect(throws: CommandError.self, "seed \(seed): \(wrong) after \(given)") { try session.execute(Line(wrong)) }
      #expect(session.bits == before.0, "seed \(seed): \(wrong) after \(given)")
      #expect(session.whereItStands == before.1, "seed \(seed): \(wrong) after \(given)")
      #expect(session.lines.count == before.2 && session.definitions == before.3 && session.canRedo == before.4)
      // A copy goes its own way.
      var copy = session
      _ = try? copy.execute(Line(pick(lines)))
      #expect(session.bits == before.0 && session.whereItStands == before.1, "seed \(seed): a copy after \(given)")
    }
    // All of it can be taken back and done again.
    let end = (session.bits, session.whereItStands)
    var taken = 0
    while session.canUndo {
      try session.take("undo")
      taken += 1
    }
    for _ in 0..<taken { try session.take("redo") }
    #expect(session.bits == end.0 && session.whereItStands == end.1, "seed \(seed): \(given)")
  }

  /// Where one stands is said where that is another place than before.
  @Test func whereOneStandsIsSaid() throws {
    var session = try session(xor + "run 2\nstep 3")
    let back = try session.execute(Line("undo")).lines.map(\.description)
    #expect(back == ["undone: step 3; now at \(session.whereItStands)"] && session.timeline.state.step == 14)
    let again = try session.execute(Line("redo")).lines.map(\.description)
    #expect(again.count == 1 && again[0].hasPrefix("redone: step 3; now at iteration 3, step 17 (loss)"), "\(again)")
    try session.take("set w1[1,1] = 2")
    #expect(try session.execute(Line("undo")).lines.map(\.description) == ["undone: set w1[1,1] = 2"])
  }
}
