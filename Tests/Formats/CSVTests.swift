import Testing

@testable import Formats

/// The rows of a table as texts.
private func rows(_ text: String) throws -> [[String]] {
  let table = try CSV.read(text)
  return (0..<table.rowCount).map { row in (0..<table.columnCount).map { table.text(row, $0) } }
}

/// The error of a text that cannot be read.
private func failure(_ text: String) -> FormatError? {
  do {
    _ = try CSV.read(text)
    return nil
  } catch { return error }
}

struct CSVTests {
  @Test func plainRowsWithoutHeader() throws {
    #expect(try rows("1,2\n3,4\n") == [["1", "2"], ["3", "4"]])
    #expect(try CSV.read("1,2\n3,4").names.isEmpty)
  }

  @Test func quotesDoubledQuotesAndLineEndsInside() throws {
    #expect(
      try rows("1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n4,\"\"\"\"\n5,\"\"\n") == [
        ["1", "a,b"], ["2", "say \"hi\""], ["3", "two\nlines"], ["4", "\""], ["5", ""],
      ])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) throws {
    let text = ["a,b", "1,x", "", "  ", "2,y", ""].joined(separator: end)
    let table = try CSV.read(text)
    #expect(table.names == ["a", "b"])
    #expect(try rows(text) == [["1", "x"], ["2", "y"]])
    #expect(table.error(1, 1, "here").message == "line 5: here")
  }

  /// MATLAB's comments begin with %; below the first row that is a field like any other.
  @Test func commentsAboveTheRowsArePassedOver() throws {
    #expect(try rows("% made by MATLAB\n%\n1 2\n3 4") == [["1", "2"], ["3", "4"]])
    let table = try CSV.read("% a, and b; c\na,b\n# more\n1,50\n%,2")
    #expect(table.names == ["a", "b"])
    #expect(try rows("% a, and b; c\na,b\n# more\n1,50\n%,2") == [["1", "50"], ["%", "2"]])
    #expect(try CSV.read("% a b\n1 2").names == ["a", "b"])
  }

  @Test func byteOrderMarkIsNoPartOfTheFirstName() throws {
    let table = try CSV.read("\u{FEFF}a,b\n1,2")
    #expect(table.names == ["a", "b"])
    #expect(table.error(0, 1, "here").column == 3)
  }

  @Test func blanksAroundFieldsAreLeftOut() throws {
    #expect(try rows(" 1 , x y ,\t\"q, \" \n 2,,z ") == [["1", "x y", "q, "], ["2", "", "z"]])
  }

  @Test func emptyFieldsCount() throws {
    #expect(try rows("1,,\n,2,\n") == [["1", "", ""], ["", "2", ""]])
    #expect(try rows("1\t\n\t2\n") == [["1", ""], ["", "2"]])
  }

  @Test(arguments: [
    ("a;b\n1;2", 2), ("a\tb\n1\t2", 2), ("a,b\n1,2", 2), ("1,5;2,5\n3,5;4,5", 2), ("\"a,b\";c\n1;2", 2),
    ("a,b;c\n1,2", 2), ("a\n1", 1), ("\n\na;b;c\n1;2;3", 3), ("a,\tb\n1,\t2", 2),
  ]) func separators(_ text: String, _ columns: Int) throws {
    #expect(try CSV.read(text).columnCount == columns)
  }

  @Test func nothingAtAllIsATableWithoutRows() throws {
    for text in ["", "\n", " \r\n\r\n", "\u{FEFF}"] { #expect(try CSV.read(text).rowCount == 0) }
  }

  @Test(arguments: [
    ("a,b,c,d,e\n1,2,3,4,5\n\n1,2,3,4,5\n1,2,3,4\n", 5, 8, "line 5 has 4 fields, the header has 5"),
    ("1,2\n3,4,5,6\n", 2, 5, "line 2 has 4 fields, line 1 has 2"),
    ("\n1,2\n3\n", 3, 2, "line 3 has 1 field, line 2 has 2"),
    ("a,b\n1,\"x\ny\"\n\"unfinished,3\n", 4, 1, "line 4: this quote is never closed"),
    ("1,\"a\"b\n", 1, 6, "line 1: after a closing quote comes `,` or the end of the line"),
    ("1\t\"a\"b\n", 1, 6, "line 1: after a closing quote comes tab or the end of the line"),
    ("é,é\"\n1,\"a\" b", 2, 7, "line 2: after a closing quote comes `,` or the end of the line"),
  ]) func faults(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let error = failure(text)
    #expect(error?.message.description == message)
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.subject == .file)
  }

  @Test func theExcerptIsTheLineAtFault() {
    #expect(failure("a,b\r\n1,2,3\r\n4,5")?.excerpt == "1,2,3")
  }

  @Test func textThatIsNotUTF8() {
    func message(_ bytes: [UInt8]) -> String? {
      do {
        _ = try CSV.read(bytes: bytes)
        return nil
      } catch { return error.message.description }
    }
    #expect(message(Array("1,2\n3,".utf8) + [0xE9, 0x0A]) == "line 2 is not UTF-8 text")
    #expect(message([0xFF, 0xFE, 0x31, 0x00]) == "the file is UTF-16; save it as UTF-8")
    #expect(message([0x31, 0x2C, 0xC3]) == "line 1 is not UTF-8 text")
  }

  @Test func boundsHold() {
    #expect(
      throws: FormatError(
        subject: .file, line: 1, column: 1, excerpt: "",
        message: "the file has 67108865 bytes; at most 67108864 are read")
    ) { try CSV.read(bytes: Array(repeating: UInt8(ascii: "1"), count: CSV.largestSize + 1)) }
  }

  /// Any rows, written with quotes wherever they are needed, read back as they were.
  @Test func whatIsWrittenReadsBack() throws {
    let seed: UInt64 = 20_250
    var random = Draws(state: seed)
    let pieces = ["a", "b c", ",", "\"", "\n", "\r\n", "é", "δ", "7", "", "x"]
    for round in 0..<300 {
      let columns = Int.random(in: 2...5, using: &random)
      let table = (0..<Int.random(in: 1...6, using: &random)).map { row in
        // The number in the last column keeps the first row from being taken for a header.
        (1..<columns).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        } + ["\(row)"]
      }
      let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      let text = table.map { $0.map(quotedField).joined(separator: ",") }.joined(separator: end)
      #expect(try rows(text + (Bool.random(using: &random) ? end : "")) == table, "seed \(seed), round \(round)")
    }
  }

  /// Whatever bytes come, the answer is a table or an error, and no trap.
  @Test func noiseNeverTraps() {
    let seed: UInt64 = 4180
    var random = Draws(state: seed)
    let alphabet = Array("0123456789.,;\t\"\n\r -+eEnaif".utf8) + [0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF, 0]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      do { _ = try CSV.read(bytes: bytes).dataset(inputs: "1") } catch {
        #expect(!error.message.isEmpty, "seed \(seed), bytes \(bytes)")
      }
    }
  }
}

private func quotedField(_ text: String) -> String {
  "\"" + text.replacing("\"", with: "\"\"") + "\""
}

/// Draws that are the same in every run (the generator is Knuth's MMIX one).
struct Draws: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 32
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return high << 32 | state >> 32
  }
}
