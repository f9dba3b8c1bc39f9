import Engine
import Testing
import TestSupport

@testable import Language
@testable import backstep

/// What the README shows comes out as it is shown.
@Suite struct ReadmeTests {
  /// The README's lines.
  private static let lines: [String] = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return output(of: "cat /\(root)/README.md").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }()

  /// The indented blocks, without their indent.
  private static let blocks: [[String]] = {
    let indent = "    "
    var blocks: [[String]] = [[]]
    for line in lines {
      if line.hasPrefix(indent) {
        blocks[blocks.count - 1].append(String(line.dropFirst(indent.count)))
      } else if blocks.last?.isEmpty == false {
        blocks.append([])
      }
    }
    return blocks.filter { !$0.isEmpty }
  }()

  /// Each block that begins with a network is a session whose verdicts hold; it may be pasted over what is there.
  @Test func sessionsRunAsShown() throws {
    let sessions = Self.blocks.filter { $0[0].hasPrefix("network ") }
    #expect(!sessions.isEmpty)
    for lines in sessions {
      var session = Session()
      for line in Session.firstLines + ["step 2"] + lines {
        let answer = try session.execute(Line("    " + line))
        #expect(answer.verdict?.holds != false, "\(line): \(answer.lines)")
      }
      #expect(session.entries.contains { $0.verdict == true })
    }
  }

  /// Each call that is shown with what it prints prints that.
  @Test func callsPrintWhatIsShown() {
    let calls = Self.blocks.filter { $0[0].hasPrefix("$ ") }
    #expect(!calls.isEmpty)
    for block in calls {
      let call = block[0].dropFirst(2).replacing(".build/release/backstep", with: program)
      // Of a transcript the end is shown: what is built before it is in the call.
      #expect(output(of: String(call)).hasSuffix(block.dropFirst().joined(separator: "\n") + "\n"))
    }
  }

  /// The ways to call the program are those that it lists itself, in the same words.
  @Test func everyWayToCallItIsShown() {
    let rows = Front.all.map { (call: $0.usage, meaning: Tongue.english($0.meaning)) }
    let shown = Self.lines.filter { $0.hasPrefix("    .build/release/backstep ") }
    for row in rows {
      #expect(
        shown.contains {
          $0.dropFirst("    .build/release/".count).hasPrefix(row.call + "  ") && $0.hasSuffix("  " + row.meaning)
        },
        "\(row.call): \(row.meaning)")
    }
    #expect(shown.count == rows.count + 1)
  }
}
