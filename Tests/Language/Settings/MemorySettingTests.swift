import Engine
import Testing

@testable import Language

/// `set memory`: what is kept for going back takes no more than it says, and no number depends on it.
@Suite struct MemorySettingTests {
  private static let network = "input 30\ndense 400 tanh\ndense 20 sigmoid\nloss hse\n"

  private func session(_ memory: String) throws -> Session {
    var session = Session()
    try session.take(Self.network + memory)
    let targets = Array(repeating: "0.5", count: 20).joined(separator: " ")
    let inputs = (0..<30).map { "0.\($0 % 9 + 1)" }.joined(separator: " ")
    try session.execute(Line("sample \(inputs) -> \(targets)"))
    return session
  }

  /// Some lines at random, the same for both: moves, changes, undo and redo.
  @Test(arguments: 1...6) func theNumbersDoNotDependOnIt(seed: Int) throws {
    var (small, large) = (try session("set memory = 1\n"), try session("set memory = 1024\n"))
    var generator = Generator(seed: seed, stream: 5)
    for _ in 0..<60 {
      let line =
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: "set w1[\(Int.random(in: 1...400, using: &generator)),3] = \(generator.unit())"
        case 1: "set rate = \(generator.unit())"
        case 2: "run \(Int.random(in: 1...9, using: &generator))"
        case 3: "back \(Int.random(in: 1...20, using: &generator))"
        case 4: "step \(Int.random(in: 1...20, using: &generator))"
        case 5, 6: "undo"
        default: "redo"
        }
      let answers = [try? small.execute(Line(line)), try? large.execute(Line(line))]
      // The lines themselves differ in one place only.
      if answers[0]?.lines.contains(where: { $0.description.contains("memory") }) != true {
        #expect(answers[0]?.lines == answers[1]?.lines, "seed \(seed): \(line)")
      }
      #expect(small.timeline.place == large.timeline.place, "seed \(seed): \(line)")
      #expect(small.timeline.state.parameters == large.timeline.state.parameters, "seed \(seed): \(line)")
      #expect(small.lines.count == large.lines.count, "seed \(seed): \(line)")
    }
  }

  /// Lines of `set`, each of which keeps about 800 KB, and their redo are held within a few megabytes together.
  @Test func oneBudgetCountsThemAll() throws {
    var session = try session("set memory = 4\n")
    for index in 1...40 { try session.execute(Line("set w1[\(index),1] = 0.5")) }
    #expect(session.undo.bytesKept + session.timeline.bytes <= 4 << 20)
    #expect(session.undo.bytesKept > 1 << 20)
    for _ in 0..<20 { try session.execute(Line("undo")) }
    #expect(session.undo.bytesKept + session.timeline.bytes <= 4 << 20)
    // What was dropped is found again.
    for _ in 0..<20 { try session.execute(Line("redo")) }
    #expect(try session.value("w1[40,1]").scalar == 0.5)
    try session.execute(Line("run 300"))
    // Half is the line of time's, besides its curves; each iteration that is kept has 20,820 parameters.
    #expect(session.timeline.bytes <= (2 << 20) + 8 * 400)
    #expect(session.bytesKept <= 4 << 20)
  }

  @Test(arguments: [
    "set memory = 0", "set memory = 65537", "set memory = 1.5", "set memory = -1", "set memory = w1", "set memory = x",
  ])
  func isRefusedOutOfBounds(line: String) throws {
    var session = try session("")
    let before = session.content.settings.memory
    #expect(throws: CommandError.self) { try session.execute(Line(line)) }
    #expect(session.content.settings.memory == before && session.lines.count == 5)
  }
}
