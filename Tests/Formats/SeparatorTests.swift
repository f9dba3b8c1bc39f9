import Testing

@testable import Formats

struct SeparatorTests {
  @Test(arguments: [
    ("1,2\n", Separator.character(UInt8(ascii: ","))), ("1;2\n", .character(UInt8(ascii: ";"))),
    ("1\t2\n", .character(UInt8(ascii: "\t"))), ("1 2\n", .blanks), ("  1   2\t3\n", .blanks),
    // The car data of the UCI archive: blanks, and a tab before the name.
    ("18.0   8   307.0   130.0\t\"chevrolet chevelle malibu\"\n", .blanks),
    // Names with blanks in them, parted by tabs.
    ("car name\tmpg\nford pinto\t25\n", .character(UInt8(ascii: "\t"))),
    ("# a comment, with a comma\n1 2 3\n", .blanks), ("\n\n# x\n1;2\n", .character(UInt8(ascii: ";"))),
    ("0,5 1,25\n", .blanks), ("0,5\t1,25\n", .character(UInt8(ascii: "\t"))),
    ("1,2,3,4 stars\n", .character(UInt8(ascii: ","))), ("1, 2\n", .character(UInt8(ascii: ","))),
    ("car name,mpg\n", .character(UInt8(ascii: ","))), ("lonely\n1\n", .character(UInt8(ascii: ","))),
  ]) func isSeenInTheFirstRow(_ text: String, _ separator: Separator) {
    #expect(Separator(ofFirstRowIn: Array(text.utf8)[...]) == separator)
  }

  @Test func blanksPartWhatNumPyWrites() throws {
    // numpy.savetxt("a.txt", [[0.1, 0.2, 1], [0.3, 0.4, 0]], header="x1 x2 y")
    let text = """
      # x1 x2 y
      1.000000000000000056e-01 2.000000000000000111e-01 1.000000000000000000e+00
      2.999999999999999889e-01 4.000000000000000222e-01 0.000000000000000000e+00
      """
    let table = try CSV.read(text)
    #expect(table.names == ["x1", "x2", "y"])
    #expect((0..<3).map { table.number(0, $0) } == [0.1, 0.2, 1])
    #expect((0..<3).map { table.number(1, $0) } == [0.3, 0.4, 0])
  }

  @Test func aCommentThatHasNotAsManyWordsIsNoHeader() throws {
    let table = try CSV.read("# made by hand\n1 2\n3 4\n# the end\n")
    #expect(table.names.isEmpty)
    #expect(table.rowCount == 2)
  }

  @Test func quotedFieldsHoldBlanks() throws {
    let table = try CSV.read("18 \"chevrolet chevelle\" 1\n  15 \"buick \"\"320\"\"\" 0  \n")
    #expect(table.columnCount == 3)
    #expect(table.text(1, 1) == "buick \"320\"")
    #expect(throws: FormatError.self) { try CSV.read("18 \"a\"b 1\n") }
  }
}
