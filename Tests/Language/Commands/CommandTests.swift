import FoundationEssentials
import Language
import Testing

@Suite struct CommandTests {
  @Test(arguments: Command.all.map(\.name))
  func everyExampleRuns(name: String) throws {
    let command = try #require(Command.named(name))
    let path = FileManager.default.temporaryDirectory.path + "/backstep-example-\(name)-\(UUID()).session"
    // A file that is there is not saved over.
    if name != "save" { try Data("input 2\n".utf8).write(to: URL(fileURLWithPath: path)) }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let arrays = path + ".json"
    if name == "load" {
      let arraysOfCase =
        "{\"w1\": [[0.5, -1]], \"b1\": [0.25], \"x\": [[0.5, 1]], \"y\": [[1]], \"z1\": [[-0.5]], \"loss\": 0.19372780950013005, \"dz1\": [[-0.14628025352695762]]}"
      try Data(arraysOfCase.utf8).write(to: URL(fileURLWithPath: arrays))
    }
    defer { try? FileManager.default.removeItem(atPath: arrays) }
    let page = path + ".md"
    if name == "verify" { try Data("$$S_k = e^{z_k} / \\sum_j e^{z_j}$$".utf8).write(to: URL(fileURLWithPath: page)) }
    defer { try? FileManager.default.removeItem(atPath: page) }
    let script = path + ".py"
    defer { try? FileManager.default.removeItem(atPath: script) }
    let example = command.example.replacing("example.session", with: path).replacing("example.json", with: arrays)
      .replacing("example.py", with: script).replacing("page.md", with: page)
    let shown = play(example)
    #expect(!shown.contains("-:"), "\(shown)")
    #expect(!shown.contains("#= fails"), "\(shown)")
    #expect(example.split(separator: "\n").contains { $0.hasPrefix(name) }, "the example shows the command itself")
  }

  @Test func namesAreUniqueAndShortFormsToo() {
    let names = Command.all.map(\.name)
    #expect(Set(names).count == names.count)
    let short = Command.all.flatMap(\.shortForms)
    #expect(Set(short + names).count == short.count + names.count)
  }

  @Test(arguments: Command.all.map(\.name))
  func everyCommandHasHelp(name: String) {
    let shown = answers("help \(name)")
    #expect(shown.count > 3)
    #expect(shown.first == Command.named(name)?.usage)
  }

  @Test func helpKnowsEveryRowOfTheTables() {
    let lines = Completing.helpTopics.map { "help \($0)" }.joined(separator: "\n")
    // A complaint begins with where the line stands.
    #expect(!play(lines).split(separator: "\n").contains { $0.hasPrefix("-:") })
  }

  /// What is saved can be replayed, so short forms are spelled out in it.
  @Test func shortFormsAreRecordedInFull() throws {
    var session = try session(xor)
    try session.execute(Line("s 2"))
    try session.execute(Line("  p a1 # the first layer"))
    #expect(session.lines.suffix(2).map(\.text) == ["step 2", "print a1 # the first layer"])
  }

  @Test func shortFormsWorkAtThePromptOnly() throws {
    var session = try session(xor)
    try session.execute(Line("s 2"))
    #expect(session.timeline.state.step == 2)
    #expect(throws: CommandError.self) { try session.execute(Line("s", source: "file.session")) }
  }
}

enum Completing {
  static var helpTopics: [String] { Session().completion(of: "help ", at: 5).candidates }
}

@Suite struct CompletionTests {
  /// Behind `=` stand values that the line takes as they are.
  @Test func whatIsSweptIsCompletedWithItsValues() throws {
    for (line, values) in [("sweep rate=", ["0.01..10"]), ("sweep seeds=", ["1..10"]), ("future rate=", ["1"])] {
      #expect(try candidates(line) == values, "\(line)")
      var one = try session(xor)
      try one.execute(Line(line + values[0] + " run 1"))
    }
    #expect(try candidates("sweep batch=") == ["1..4"])
    #expect(try candidates("sweep nonsense=") == [])
  }

  @Test(arguments: ["play", "stop", "time"]) func helpKnowsWhatOneLooksFor(word: String) throws {
    var session = Session()
    let told = try session.execute(Line("help \(word)")).lines.map(\.description)
    #expect(told.count == 1 && told[0].count > 80, "\(told)")
  }

  private func candidates(_ text: String, after lines: String = xor) throws -> [String] {
    try session(lines).completion(of: text, at: text.count).candidates
  }

  @Test func itKnowsWhatMayStandThere() throws {
    #expect(try candidates("opt") == ["optimizer"])
    #expect(try candidates("dense 2 leaky") == ["leaky-relu"])
    #expect(try candidates("dense 2 leaky-relu sl") == ["slope="])
    #expect(try candidates("optimizer sgd nest") == ["nesterov="])
    #expect(try candidates("print delt") == ["delta1", "delta2"])
    #expect(try candidates("print w1 * ne") == ["net1", "net2"])
    #expect(try candidates("refute ex") == ["expect"])
    #expect(try candidates("refute expect los") == ["loss"])
    #expect(try candidates("freeze ") == ["w1", "b1", "w2", "b2"])
    #expect(try candidates("nonsense ") == [])
  }

  @Test func itSaysWhereTheWordBegins() throws {
    #expect(try session(xor).completion(of: "print a1 + de", at: 13).start == 11)
    #expect(try session(xor).completion(of: "st 5", at: 2).candidates == ["step"])
  }
}
