import FoundationEssentials
import Testing
import TestSupport

@testable import Language

/// Faults of other people's backpropagation, as they were published: rebuilt by a script that knows nothing of the table of
/// mistakes, and named by it. Which name each has to get is written down by hand beside the script.
@Suite(.enabled(if: Python.hasNumPy)) struct PublicBugsTests {
  /// What the table has to say of a case.
  private struct Bug {
    let name: String
    /// The names of which each has to be told, each with those that would do for it; empty where none may be.
    let expected: [[String]]
    let settings: String
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "PublicBugs")

  private static func bugs() throws -> [Bug] {
    let table = try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
    return table.split(separator: "\n").map { line in
      let parts = line.split(separator: "\t").map(String.init)
      let names = parts[1] == "unexplained" ? [] : parts[1].split(separator: " + ").map(String.init)
      return Bug(
        name: parts[0], expected: names.map { $0.split(separator: "|").map(String.init) },
        settings: parts.count > 2 ? " " + parts[2] : "")
    }
  }

  @Test func areNamedFirst() throws {
    let cases = TemporaryFolder()
    let told = Python.run(PublicBugsTests.folder.appending(path: "public_bugs.py").path, cases.path)
    let bugs = try PublicBugsTests.bugs()
    try #require(told.split(separator: "\n").count == bugs.count, "\(told)")
    #expect(bugs.count >= 20)
    var (named, missed): (Int, [String]) = (0, [])
    for bug in bugs {
      let faults = ToldFault.all(in: play("load case \(cases.path)/\(bug.name).npz\(bug.settings)"))
      let firsts = faults.flatMap { $0.reasons.first ?? [] }
      if bug.expected.isEmpty {
        // What no row means is no reason for what departs first.
        #expect(faults.first?.reasons.isEmpty == true, "\(bug.name): \(firsts)")
      } else if bug.expected.allSatisfy({ !Set($0).isDisjoint(with: firsts) }) {
        named += 1
      } else {
        missed.append("\(bug.name): \(firsts)")
      }
    }
    let count = bugs.count { !$0.expected.isEmpty }
    #expect(named * 10 >= count * 9, "\(named) of \(count): \(missed)")
    #expect(named >= 18)
  }
}
