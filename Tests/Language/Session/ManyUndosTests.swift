import Engine
import Testing

@testable import Language

/// Lines that were taken back long after they were given: what is not kept is found again from what is kept near by.
@Suite struct ManyUndosTests {
  private static let network = "input 2\ndense 2 tanh\ndense 1 sigmoid\nsample 1 0 -> 1\n"

  @Test(arguments: 1...4) func eachGivesWhatWasThere(seed: Int) throws {
    var numbers = Generator(seed: seed)
    var session = try session(Self.network)
    var before: [(step: Int, weight: Double)] = []
    for number in 0..<700 {
      let state = session.timeline.state
      before.append((state.step, state.parameters[0].w.values[0]))
      try session.take(numbers.unit() < 0.5 ? "step" : "set w1[1,1] = \(number)/7")
    }
    while let (step, weight) = before.popLast() {
      try session.take("undo")
      let state = session.timeline.state
      #expect(state.step == step && state.parameters[0].w.values[0] == weight, "seed \(seed), \(before.count) lines")
    }
    for _ in 0..<700 { try session.take("redo") }
    #expect(session.lines.count > 700)
  }

  @Test func definitionsThatReadEachOtherAreLookedAtOnce() throws {
    var lines = "let q0 = 1\nlet q1 = 1\n"
    for number in 2..<60 { lines += "let q\(number) = q\(number - 1) + q\(number - 2)\n" }
    var session = try session(lines)
    #expect(throws: CommandError.self) { try session.take("let q0 = q59") }
  }
}
