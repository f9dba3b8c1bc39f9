import Language
import Testing

@Suite struct LineTests {
  @Test(arguments: [
    ("", Line.Kind.blank), ("  \t", .blank), ("# told", .narration), ("  #told", .narration), ("#= a1 = 3", .answer),
    ("step # on", .command), ("step", .command),
  ])
  func aLineKnowsWhatItIs(text: String, kind: Line.Kind) {
    #expect(Line(text).kind == kind)
  }

  @Test func aCommentIsNoPartOfTheCommand() {
    #expect(Line("  print a1   # why").command == "  print a1")
    #expect(Line("  print a1   # why").spoken == "print a1")
    #expect(Line("save \"a # b.session\"").command == "save \"a # b.session\"")
  }

  @Test func narrationIsReadWithoutItsSign() {
    #expect(Line("## The chain rule").narration == "The chain rule")
    #expect(Line("  # indented").narration == "indented")
  }
}

@Suite struct LineReaderTests {
  private func lines(_ bytes: [[UInt8]]) throws -> [String] {
    var rest = bytes[...]
    var reader = LineReader(source: "x") { rest.popFirst() }
    var lines: [String] = []
    while let line = try reader.next() { lines.append("\(line.number) \(line.text)") }
    return lines
  }

  @Test func linesComeWholeHoweverTheBytesCome() throws {
    #expect(
      try lines([Array("st".utf8), Array("ep\r\nba".utf8), Array("ck\n\nlast".utf8)]) == [
        "1 step", "2 back", "3 ", "4 last",
      ])
    #expect(try lines([]) == [])
    #expect(try lines([[0xEF, 0xBB, 0xBF] + Array("step\n".utf8)]) == ["1 step"])
  }

  @Test func whatIsNoTextIsRefusedWithItsLine() {
    #expect { try lines([Array("step\n".utf8) + [0xFF, 0xFE, 0x0A]]) } throws: {
      ($0 as? CommandError)?.report.hasPrefix("x:2:1: this line is not UTF-8 text") == true
    }
    #expect { try lines([[0x61, 0, 0x0A]]) } throws: {
      ($0 as? CommandError)?.message.description.contains("zero byte") == true
    }
  }

  @Test func aLineWithoutEndIsRefusedBeforeItFillsMemory() {
    var given = 0
    var reader = LineReader(source: "x") {
      given += 1
      return [UInt8](repeating: 0x61, count: 1 << 16)
    }
    #expect(throws: CommandError.self) { try reader.next() }
    #expect(given < 20)
  }
}
