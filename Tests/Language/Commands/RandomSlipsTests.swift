import FoundationEssentials
import Testing
import TestSupport

@testable import Language

/// Gradients of random networks made wrong by an independent implementation, in NumPy: the slip is told first, or among those
/// that give the same numbers.
@Suite(.enabled(if: Python.hasNumPy)) struct RandomSlipsTests {
  private struct Case: Decodable {
    let seed: Int
    let names: [String]
    let slips: [String]
    /// Fewer slips that give the same numbers; by those alone nobody could tell which it was.
    let fewer: [[String]]
    let line: String
    let full: String
  }

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "RandomSlips/make.py").path

  /// How many of 100 have to be told, so many slips at once; `count` networks are drawn, for each name where it is one.
  @Test(arguments: [
    (atOnce: 1, count: 1, least: 98), (atOnce: 2, count: 20, least: 95), (atOnce: 3, count: 30, least: 90),
  ])
  func areTold(atOnce: Int, count: Int, least: Int) throws {
    let seed = Int(ProcessInfo.processInfo.environment["BACKSTEP_SEED"] ?? "") ?? 7
    let folder = TemporaryFolder()
    let lines = Python.run(RandomSlipsTests.script, folder.path, "\(seed)", "\(count)", "\(atOnce)").split(
      separator: "\n")
    let cases = try lines.map { try JSONDecoder().decode(Case.self, from: Data($0.utf8)) }
    try #require(cases.count >= count)
    var missed: [String] = []
    for one in cases {
      var answer = play(one.line)
      if answer.contains("say which") { answer = play(one.full) }
      let told = ToldFault.all(in: answer).flatMap { $0.reasons.flatMap { $0 } }
      if !([one.names] + one.fewer).contains(where: { Set($0).isSubset(of: told) }) {
        missed.append("seed \(one.seed) \(one.slips): \(told)")
      }
    }
    let share = (cases.count - missed.count) * 100 / cases.count
    #expect(share >= least, "\(share) of 100, seed \(seed):\n\(missed.joined(separator: "\n"))")
    print("random slips, seed \(seed), \(atOnce) at once: \(cases.count - missed.count) of \(cases.count)")
  }

  /// A case that was printed with few digits, its weights too, is right; and a slip in it is told.
  @Test(arguments: [3, 4, 6]) func roundedCasesAreRead(decimals: Int) {
    let script = RandomSlipsTests.script.replacing("make.py", with: "rounded.py")
    for seed in 1...4 {
      let folder = TemporaryFolder()
      #expect(Python.run(script, folder.path, "\(seed)", "\(decimals)") == "")
      #expect(lastAnswer("load case \(folder.path)/right.json").hasPrefix("holds: all is well"), "seed \(seed)")
      let told = ToldFault.all(in: play("load case \(folder.path)/wrong.json"))
      #expect(told.first?.reasons.first == ["missing-derivative"], "seed \(seed)")
    }
  }
}
