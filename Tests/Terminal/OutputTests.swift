import Glibc
import Testing
import TestSupport

/// What is printed without a screen: nothing that a file, a name or an argument holds reaches a terminal as a command.
struct OutputTests {
  /// An escape sequence, a bell, a C1 control, a DEL and a change of direction, as they may stand in a file.
  private static let hostile = "\u{1b}]0;x\u{7}\u{9b}31m\u{7f}\u{202e}"
  private static let shown = "\\x1b]0;x\\x07\\x9b31m\\x7f\\u{202e}"

  /// Both streams of the program, given arguments that a shell takes as they are.
  private func streams(_ arguments: [String], input: String = "") -> String {
    let words = arguments.map(quoted).joined(separator: " ")
    return output(of: "printf %s \(quoted(input)) | \(program) \(words) 2>&1")
  }

  private func expectNothingHidden(_ text: String) {
    let hidden = text.unicodeScalars.filter { scalar in
      let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
      return isControl && scalar != "\n" && scalar != "\t" || (0x202a...0x202e).contains(scalar.value)
    }
    #expect(hidden.isEmpty, "\(text.debugDescription)")
    #expect(text.contains(OutputTests.shown), "\(text.debugDescription)")
  }

  @Test(arguments: [
    "title A@", "network A@", "# A remark@", "\t# indented@", "print @", "data A@.csv", "source A@", "save no/A@",
    "A@ 1", "set @ = 1", "help A@", "let A@ = 1", "input 2 # behind it@", "dense 2 A@",
  ])
  func linesAreEchoedAndComplainedOfByNumbers(_ line: String) {
    expectNothingHidden(streams(["run", "-"], input: line.replacing("@", with: OutputTests.hostile) + "\n"))
  }

  @Test(arguments: [
    ["run", "A@"], ["A@"], ["test", "A@"], ["present", "A@"], ["A@", "B"], ["--A@"], ["--lang=A@"], ["--lang", "A@"],
    ["--A@=1"],
  ])
  func argumentsAreComplainedOfByNumbers(_ arguments: [String]) {
    expectNothingHidden(streams(arguments.map { $0.replacing("@", with: OutputTests.hostile) }))
  }

  @Test func aFilesNameIsShownByNumbers() throws {
    let folder = Folder()
    let name = "A\(OutputTests.hostile)\nB.session"
    try folder.write("nonsense\n", to: name)
    for front in [["run"], ["test"], []] { expectNothingHidden(streams(front + ["\(folder.path)/\(name)"])) }
  }

  @Test func aTranscriptThatShowsThemReplaysToItself() {
    let line = "title A\(OutputTests.hostile)\n# told\(OutputTests.hostile)\nprint 1\n"
    let transcript = streams(["run", "-"], input: line)
    expectNothingHidden(transcript)
    #expect(streams(["run", "-"], input: transcript) == transcript)
    #expect(streams(["test", "/dev/stdin"], input: transcript).hasPrefix("ok "))
  }

  /// A line of several rows comes out as it was given, and a transcript that holds one replays to itself.
  @Test func aLineOfSeveralRowsIsEchoedRowByRow() {
    let line = "let v = [[1, 2], # one\n         [3, 4]]\nprint v\n"
    let transcript = streams(["run", "-"], input: line)
    #expect(transcript == line + "#= v = [1 2; 3 4]\n")
    #expect(streams(["run", "-"], input: transcript) == transcript)
    #expect(streams(["test", "/dev/stdin"], input: transcript).hasPrefix("ok "))
    #expect(
      streams(["run", "-"], input: "print [1,\n 2 $]\nstep\n")
        == "print [1,\n 2 $]\n-:2:4: a number, a name or an operator was expected, not $\n 2 $]\n   ^\n")
  }

  @Test func asJSONTheyAreEscapedAsJSONHasIt() {
    let text = streams(["run", "-", "--json"], input: "title A\(OutputTests.hostile)\n")
    #expect(text.contains(#""command":"title A\u001b]0;x\u0007\u009b31m\u007f\u202e""#), "\(text)")
  }
}
