import Engine
import Notation
import Testing

@testable import Language

/// Lines that an open bracket joins.
@Suite struct OpenBracketsTests {
  private func lines(_ text: String) throws -> [Line] {
    var reader = LineReader(source: "x", text: text)
    var lines: [Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  @Test(arguments: [
    ("set w1 = [[1, 2],\n [3, 4]]\nstep", ["set w1 = [[1, 2],\n [3, 4]]", "step"]),
    (
      "set w1 = tensor([[1.,\n   2.]],\n  grad_fn=<A>)\nstep",
      ["set w1 = tensor([[1.,\n   2.]],\n  grad_fn=<A>)", "step"]
    ),
    ("let v = array([1, 2],\n      dtype=float32)\nstep", ["let v = array([1, 2],\n      dtype=float32)", "step"]),
    ("let v = [1 # one\n\n 2] # two\nstep", ["let v = [1 # one\n\n 2] # two", "step"]),
    ("let v = Parameter containing:\ntensor([1.])\nstep", ["let v = Parameter containing:\ntensor([1.])", "step"]),
    (
      "let v = <tf.Variable 'b:0' shape=(1,) dtype=float32, numpy=\narray([1.], dtype=float32)>\nstep",
      ["let v = <tf.Variable 'b:0' shape=(1,) dtype=float32, numpy=\narray([1.], dtype=float32)>", "step"]
    ),
    ("print f1(2\nstep", ["print f1(2", "step"]), ("# a [\nstep", ["# a [", "step"]),
    ("title a \"[\"\nstep", ["title a \"[\"", "step"]),
    ("title a [b\nstep\nback", ["title a [b", "step", "back"]),
    ("print [1 2\nw1[1,1]\n3]", ["print [1 2\nw1[1,1]\n3]"]),
    ("print 2×1 Matrix{Float64}:\n 1.0\n 2.0\nstep", ["print 2×1 Matrix{Float64}:\n 1.0\n 2.0", "step"]),
    ("print 3×1 Matrix{Float64}:\n 1.0\nstep", ["print 3×1 Matrix{Float64}:\n 1.0", "step"]),
    ("print 3×1 Matrix{Float64}:\n 1.0\n ⋮\nback", ["print 3×1 Matrix{Float64}:\n 1.0\n ⋮", "back"]),
    ("print [1 % one (\n2 % two\n]\nstep", ["print [1 % one (\n2 % two\n]", "step"]),
    ("print [1\r\n2]\r\nstep\r\n", ["print [1\n2]", "step"]), ("print (([1\n2]))", ["print (([1\n2]))"]),
  ])
  func belongTogether(_ text: String, _ expected: [String]) throws {
    #expect(try lines(text).map(\.text) == expected)
  }

  @Test func numbersOfLinesCountRows() throws {
    #expect(try lines("step\nprint [1\n2\n3]\nback\nprint [1\nstep").map(\.number) == [1, 2, 5, 6, 7])
  }

  @Test func aCommandIsReadAsIfItStoodInOneRow() throws {
    let line = try #require(try lines("print [[1, 2], # the first\n   [3, 4]] + [1 1; 1 1] # all").first)
    #expect(line.spoken == "print [[1, 2], [3, 4]] + [1 1; 1 1]")
    #expect(answers("let v = [[1, 2], # the first\n  # nothing\n\n [3, 4]]\nprint v") == ["v = [1 2; 3 4]"])
  }

  /// Whoever pipes lines in waits for the answer to each; an open bracket has to wait for its end.
  @Test func waitsForItsEnd() throws {
    var buffer = LineBuffer(source: "x", bytes: Array("print [1\n".utf8))
    #expect(try buffer.next(isAtEnd: false) == nil)
    buffer.append(Array("2]\nste".utf8))
    #expect(try buffer.next(isAtEnd: false)?.text == "print [1\n2]")
    #expect(try buffer.next(isAtEnd: false) == nil)
    #expect(try buffer.next()?.number == 3)
  }

  @Test func errorsNameTheRowTheyStandIn() {
    #expect(
      play("input 2\nprint [1 2\n  3 $]\nstep", source: "a.session")
        == "input 2\nprint [1 2\n  3 $]\na.session:3:5: a number, a name or an operator was expected, not $\n  3 $]\n    ^"
    )
    #expect(
      play("print 1 + [1\n 2", source: "a.session").hasSuffix(
        "a.session:1:11: this [ is never closed\nprint 1 + [1\n          ^"))
    #expect(
      play("print [1 2\nstep", source: "a.session")
        == "print [1 2\na.session:1:7: this [ is never closed\nprint [1 2\n      ^")
    #expect(
      play("print tensor([[1, 2],\n [3, 4]],\n dtype=float32\nstep").contains(
        "-:3:8: ) was expected behind this setting\n dtype=float32\n       ^"))
    let line = Line("print [1\n $]", source: "a", number: 7)
    var session = Session()
    let error = #expect(throws: CommandError.self) { try session.execute(line) }
    #expect(error?.json().description.contains("\"line\":8") == true)
    #expect(error?.json().description.contains("\"column\":2") == true)
  }

  @Test func theyAreKeptAsTheyWereTyped() throws {
    let text = "let v = [1, # one\n  2]\nprint v\n"
    let played = try session(text)
    #expect(played.text == "backstep 1\n" + text)
    // A transcript replays to itself.
    let transcript = play(text)
    #expect(transcript == "let v = [1, # one\n  2]\nprint v\n#= v = [1 2]")
    #expect(play(transcript) == transcript)
    #expect(play("print [1,\n2] #= old\n") == "print [1,\n2]\n#= [1 2] = [1 2]")
  }

  @Test func tooMuchInOneBracketIsRefused() {
    let text = "print [" + String(repeating: "1 1 1 1 1 1 1 1\n", count: 100_000)
    #expect(play(text, source: "a").hasPrefix("a:1:1: a line of at most 1048576 bytes was expected, with all that"))
  }

  @Test func undoAndRedoTakeThemWhole() throws {
    var session = try session("input 2\ndense 2 tanh\nset w1 = [[1, 2],\n [3, 4]]")
    #expect(try session.value("w1[2,1]").scalar == 3)
    try session.execute(Line("undo"))
    #expect(try session.value("w1[2,1]").scalar != 3)
    try session.execute(Line("redo"))
    #expect(try session.value("w1[2,1]").scalar == 3)
    #expect(session.lines.last?.text == "set w1 = [[1, 2],\n [3, 4]]")
  }

  @Test(
    arguments: [
      (["print [1", "2]"], 2, nil), (["print 1", "print [1", "2"], 1, "print [1\n2"),
      (["print 2×1 Matrix{Int64}:", "1", "2"], 3, nil),
      (["print 2×1 Matrix{Int64}:", "1"], 0, "print 2×1 Matrix{Int64}:\n1"),
      (["print [1", "step", "print [2"], 2, "print [2"),
      (["print [1"], 0, "print [1"),
    ] as [([String], Int, String?)])
  func pastedLinesArePartedIntoWholeOnes(_ lines: [String], _ whole: Int, _ open: String?) {
    let parted = OpenBrackets.part(lines)
    #expect(parted.whole == Array(lines[..<whole]))
    #expect(parted.open == open)
  }
}
