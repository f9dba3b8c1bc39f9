import Testing

@testable import Formats

private let named = "a,b,c d,e,b\n1,2,3,4,5\n"

private func columns(_ list: String, of text: String = named) throws(FormatError) -> [Int] {
  try ColumnList(table: try CSV.read(text), text: list, subject: .inputs).columns()
}

struct ColumnListTests {
  @Test(arguments: [
    ("1..4", [0, 1, 2, 3]), ("1,2,5", [0, 1, 4]), ("a,e", [0, 3]), ("-1", [4]), ("-2..-1", [3, 4]),
    ("a..e", [0, 1, 2, 3]),
    ("c d , 1", [2, 0]), ("2..2", [1]), ("3..-1", [2, 3, 4]), ("5,1..2", [4, 0, 1]),
  ]) func lists(_ list: String, _ expected: [Int]) throws {
    #expect(try columns(list) == expected)
  }

  @Test func aNameWithDotsIsAName() throws {
    #expect(try columns("x..y", of: "x..y,z\n1,2") == [0])
    #expect(try columns("Sepal.Length", of: "Sepal.Length,z\n1,2") == [0])
  }

  @Test(arguments: [
    ("7", 1, "there is no column 7; the table has 5 columns"),
    ("a,0", 3, "there is no column 0; columns count from 1"),
    ("1,-6", 3, "there is no column -6; the table has 5 columns"),
    ("1..9", 4, "there is no column 9; the table has 5 columns"),
    ("4..2", 1, "4..2 runs backwards"),
    ("1,b", 3, "columns 2, 5 are all called b; give the position instead"),
    ("a, f", 4, "there is no column `f`; the columns are a, b, c d, e, b"),
    ("1..3,2", 6, "b is given twice"),
    ("", 1, "a column's name or position is missing here"),
    ("1,,2", 3, "a column's name or position is missing here"),
    ("1..", 4, "a column's name or position is missing here"),
  ]) func faults(_ list: String, _ column: Int, _ message: String) {
    do {
      _ = try columns(list)
      Issue.record("\(list) was taken")
    } catch {
      #expect(error.message.description == message)
      #expect(error.column == column)
      #expect(error.subject == .inputs)
      #expect(error.excerpt == list)
    }
  }

  @Test func withoutHeader() {
    do {
      _ = try columns("f", of: "1,2")
      Issue.record("f was taken")
    } catch {
      #expect(error.message == "there is no column `f`; the table has no header, so columns go by position, 1..2")
    }
  }
}
