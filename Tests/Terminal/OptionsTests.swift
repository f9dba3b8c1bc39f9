import Glibc
import Testing
import TestSupport

/// How the program is called, and what it says where it is called in a way that it does not know.
struct OptionsTests {
  /// What both streams say, and the exit status behind it.
  private func answer(_ call: String) -> String { output(of: "timeout 20 \(program) \(call) 2>&1; echo status=$?") }

  @Test(arguments: [
    ("--json < /dev/null", "--json belongs to: backstep run FILE --json"),
    ("test --json x", "--json belongs to: backstep run FILE --json"),
    ("run --jsn x", "--jsn is not an option; did you mean --json?; see --help"),
    ("--json=yes run x", "--json takes no value"), ("--lang", "--lang takes a value: --lang LANGUAGE"),
    ("x --at nowhere", "--at nowhere: start, end or the number of a step was expected"),
    ("run --at 1 x", "--at belongs to: backstep [FILE] --at PLACE"),
    ("--lang=xx", "--lang xx: the languages are: en"), ("run", "run takes one file: backstep run FILE"),
    ("run a b", "run takes one file: backstep run FILE"), ("test", "test takes files: backstep test FILE..."),
    ("present", "present takes one file: backstep present FILE"),
    ("check-proof", "check-proof takes files: backstep check-proof FILE..."),
    (
      "bench x",
      "bench takes history or far or bits or W1 or W2 or W3 or W4 or W5 or W6, not x: backstep bench [history|far|bits|W1|W2|W3|W4|W5|W6]"
    ),
    ("bench --data x", "--data goes with a workload, such as W1"),
    ("bench W1 --data no/such", "no/such: No such file or directory"),
    ("bench W1 --data README.md", "README.md: that is no file of W1 2-2-1 sigmoid"),
    ("probe", "probe takes one of numpy, torch: backstep probe numpy|torch"),
    ("probe keras", "probe takes numpy or torch, not keras: backstep probe numpy|torch"),
    ("watch", "watch takes one file, and what load case may be told of it: backstep watch FILE [KEY=VALUE...]"),
    ("watch no/such", "no/ cannot be watched: No such file or directory"),
    ("rnu x", "rnu is not a command of backstep; see --help"),
    ("run - < /tmp", "standard input is a directory, and a session's lines are expected"),
    ("< /tmp", "standard input is a directory, and a session's lines are expected"),
    ("run /tmp", "/tmp is a directory, and a session's lines are expected"),
    ("run no/such", "no/such: No such file or directory"),
  ])
  func aWrongCallIsToldWhatWouldBeRight(_ call: String, _ complaint: String) {
    #expect(answer(call) == "backstep: \(complaint)\nstatus=2\n")
  }

  @Test func helpListsAllThereIs() {
    let help = answer("--help")
    for word in [
      "backstep [FILE]", "present FILE", "run FILE", "test FILE...", "check-proof FILE...", "watch FILE",
      "probe numpy|torch", "bench",
      "--json", "--at PLACE", "--lang LANGUAGE",
    ] {
      #expect(help.contains(word))
    }
    #expect(answer("run x -h") == help)
    #expect(answer("--version").hasPrefix("backstep 0."))
  }

  /// A workload that is trained beside other programs: of one sample, from weights of 0, the output is 1/2 and its loss 1/8.
  @Test func aWorkloadAnswersWhatTimesIt() throws {
    func bytes(_ numbers: some Sequence<some FixedWidthInteger>) -> [UInt8] {
      numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }
    let sizes = bytes([3, 2, 2, 1, 1] as [Int32])
    let data = sizes + bytes([1.0, 0.0].map(\.bitPattern)) + bytes([1] as [Int32]) + [UInt8](repeating: 0, count: 72)
    let folder = Folder()
    let octal = data.map { #"\"# + String($0, radix: 8) }.joined()
    _ = output(of: "printf '\(octal)' > \(folder.path)/W1.bin")
    #expect(output(of: "echo check | \(program) bench W1 --data \(folder.path)/W1.bin") == "ready\n0.125\n")
    let rows = output(of: "timeout 20 \(program) bench W1 --json")
    #expect(rows.hasPrefix("{\"table\":\"training\",\"row\":\"W1 2-2-1 sigmoid\",\"samples/s\":"), "\(rows)")
  }

  @Test func optionsStandAnywhereAndTwoDashesEndThem() throws {
    let folder = Folder()
    try folder.write("print 1\n", to: "--json")
    let call = "cd \(folder.path) && \(program)"
    #expect(output(of: "\(call) --json run -- --json").hasPrefix("{\"line\":1,"))
    #expect(output(of: "\(call) run --lang en -- --json") == "print 1\n#= 1 = 1\n")
  }

  /// A certificate is right, or not, or cannot be read: 0, 1 or 2.
  @Test func certificatesAreChecked() throws {
    let folder = Folder()
    let lines = "input 1\ndense 1 tanh\nsample 1 -> 1\nforward\nclaim always a1 = f1(net1)\n= tanh(net1)\n"
    try folder.write("\(lines)proof \(folder.path)/right.json\n", to: "session")
    #expect(answer("run \(folder.path)/session").hasSuffix("status=0\n"))
    let right = answer("check-proof \(folder.path)/right.json")
    #expect(right.hasPrefix("ok      \(folder.path)/right.json: 2 lines, below 2^-"), "\(right)")
    #expect(right.hasSuffix("\nstatus=0\n"))
    let spoiled = output(of: "sed 's/\"exponent\":-1/\"exponent\":-2/' \(folder.path)/right.json")
    try folder.write(spoiled, to: "wrong.json")
    let wrong = answer("check-proof \(folder.path)/wrong.json \(folder.path)/right.json")
    #expect(wrong.hasPrefix("FAILED  \(folder.path)/wrong.json: certificate, lines line 1, exponent: "), "\(wrong)")
    #expect(wrong.contains("\nok ") && wrong.hasSuffix("\nstatus=1\n"))
    let missing = answer("check-proof \(folder.path)/none.json \(folder.path)/right.json")
    #expect(missing.contains("none.json: there is no such file") && missing.hasSuffix("\nstatus=2\n"), "\(missing)")
  }

  @Test(arguments: ["data", "source", "save"]) func aPipeIsNotWaitedFor(_ command: String) throws {
    let folder = Folder()
    try folder.write("\(command) \(folder.path)/pipe\n", to: "session")
    _ = output(of: "mkfifo \(folder.path)/pipe")
    let text = answer("run \(folder.path)/session")
    #expect(text.contains("pipe is a pipe, a device or a socket, and a file is expected"), "\(text)")
    #expect(text.hasSuffix("status=2\n"), "\(text)")
  }

  @Test(arguments: ["print 1@+ 2", "@print 1", "title \"a@\"", "@"])
  func blanksByTheMillionAreAnsweredSoon(_ line: String) throws {
    let folder = Folder()
    try folder.write(line.replacing("@", with: String(repeating: " ", count: 3_000_000)) + "\n", to: "session")
    let text = answer("run \(folder.path)/session")
    #expect(text.contains("session:1:1: a line of at most 1048576 bytes was expected"), "\(text.prefix(200))")
    #expect(text.hasSuffix("status=2\n"))
  }

  /// A network in its backward pass, where every quantity of it is there.
  private static let network = "input 2\ndense 2 tanh\ndense 1 tanh\nsample 1 1 -> 1\nforward\nbackward\n"

  @Test(arguments: [
    ("print d(loss)/d(delta1[1])", "delta1 may not stand under the line"),
    ("claim always d(loss)/d(delta1[1]) = 1", "delta1 may not stand under the line"),
    ("print \(String(repeating: "-", count: 100_000))1", "at most 200 parentheses or signs inside one another"),
    ("print \(String(repeating: "- ", count: 100_000))1", "at most 200 parentheses or signs inside one another"),
    ("print 1\(String(repeating: " - -1", count: 10_000))", "at most 1000 operators on one another"),
    ("set rate = \(String(repeating: "-", count: 100_000))1", "at most 200 parentheses or signs inside one another"),
    ("print w1\(String(repeating: "'", count: 100_000))", "at most 1000 operators on one another"),
  ])
  func whatIsNestedTooDeepIsAnErrorAndNoEnd(_ line: String, _ complaint: String) throws {
    let folder = Folder()
    try folder.write(OptionsTests.network + line + "\n", to: "session")
    let text = answer("run \(folder.path)/session")
    #expect(text.contains(complaint), "\(text.suffix(300))")
    #expect(text.hasSuffix("status=2\n"), "\(text.suffix(300))")
  }
}
