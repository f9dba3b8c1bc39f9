import FoundationEssentials
import Testing

/// The program without a screen, as a shell meets it.
@Suite struct ProgramTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/backstep-program-\(UUID())"

  /// Runs a shell line in a folder of its own; `$B` is the program. The last line printed is the exit status.
  private func shell(_ line: String, files: [String: String] = [:]) throws -> [String] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
    return output(of: "cd \(quoted(folder)) && B=\(quoted(program)); { \(line); } 2>&1; echo $?")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
  }

  private let sound = "input 2\ndense 1 sigmoid\ndata xor\nstep\nexpect rate == 1\n"

  @Test func exitStatusesSayHowItWent() throws {
    #expect(try shell("$B run a >/dev/null", files: ["a": sound]) == ["0"])
    #expect(try shell("$B run a >/dev/null", files: ["a": sound + "expect rate == 2\nprint 5\n"]) == ["1"])
    #expect(
      try shell("$B run a 2>/dev/null | tail -1; false", files: ["a": sound + "expect rate == 2\nprint 5\n"]).first
        == "#= 5 = 5")
    #expect(try shell("$B run a 2>/dev/null", files: ["a": "input 2\nfoo\nprint 5\n"]) == ["input 2", "foo", "2"])
    #expect(try shell("$B run nowhere") == ["backstep: nowhere: No such file or directory", "2"])
    #expect(try shell("$B run .") == ["backstep: .: this is a directory", "2"])
    #expect(try shell("$B run") == ["backstep: run takes one file: backstep run FILE", "2"])
    #expect(try shell("$B --nonsense") == ["backstep: --nonsense is not an option; see --help", "2"])
    #expect(try shell("$B --version").last == "0")
    #expect(try shell("$B --help | head -1") == ["backstep, a step-through debugger for backpropagation", "0"])
  }

  @Test func aChangedDigitFailsAndPrintsBothValues() throws {
    let text = sound + "expect out[1] ~= 0.51 within 1e-9\n"
    let shown = try shell("$B run a", files: ["a": text])
    #expect(shown.last == "1")
    #expect(shown.contains { $0.hasPrefix("#= fails: out[1] = 0.5 ~= 0.51, error ") })
  }

  @Test func withoutATerminalItReadsStandardInput() throws {
    #expect(try shell("printf 'print 1 + 1\\n' | $B") == ["print 1 + 1", "#= 1 + 1 = 2", "0"])
    #expect(try shell("printf 'print 1 + 1' | $B run - --json").first?.hasSuffix(#""value":2}"#) == true)
    #expect(try shell("printf '\\377\\n' | $B run - | cat").contains("-:1:1: this line is not UTF-8 text"))
  }

  @Test func answersComeWhileTheInputIsStillOpen() throws {
    #expect(
      try shell(
        "mkfifo in; $B run - <in >out & exec 3>in; printf 'print 2\\n' >&3; for i in 1 2 3 4 5 6 7 8 9 10; do grep -q '#=' out && break; sleep 0.1; done; cat out; exec 3>&-; wait $!"
      ) == ["print 2", "#= 2 = 2", "0"])
  }

  @Test func controlCStopsBetweenTwoSteps() throws {
    let shown = try shell(
      "$B run a >out & P=$!; sleep 0.5; kill -INT $P; wait $P; S=$?; tail -1 out; (exit $S)",
      files: ["a": sound + "run 1000000000\nprint 7\n"])
    #expect(shown.last == "130")
    #expect(shown.first?.hasPrefix("#= stopped: iteration ") == true)
  }

  @Test func aReaderThatGoesAwayEndsItQuietly() throws {
    #expect(try shell("yes 'print 1' | $B run - | head -1") == ["print 1", "0"])
    #expect(
      try shell("printf 'print 1\\n' | $B run - >/dev/full") == [
        "backstep: standard output: No space left on device", "2",
      ])
  }

  @Test func theAnswersOfAFileAreCompared() throws {
    let held = sound + "print rate\n#= rate = 1\n"
    #expect(try shell("$B test a", files: ["a": held]) == ["ok      a (6 commands, the answers of 1 compared)", "0"])
    #expect(
      try shell("$B test a b", files: ["a": held.replacing("rate = 1", with: "rate = 2"), "b": held]) == [
        "a:6: print rate", "- #= rate = 2", "+ #= rate = 1", "FAILED  a: 1 answers differ, 0 verdicts fail",
        "ok      b (6 commands, the answers of 1 compared)", "1",
      ])
    #expect(try shell("$B test a", files: ["a": "foo\n"]).last == "2")
  }
}
