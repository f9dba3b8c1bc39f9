import Testing

@testable import Formats

struct DecimalCommaTests {
  /// The numbers of a text.
  private func numbers(_ text: String) throws -> [Double?] {
    let table = try CSV.read(text)
    return (0..<table.rowCount).flatMap { row in (0..<table.columnCount).map { table.number(row, $0) } }
  }

  @Test func decimalsStandBehindACommaWhereAllDo() throws {
    #expect(try numbers("x;y\r\n0,5;1,25\r\n-1,5;,75\r\n2;1,5e-3\r\n") == [0.5, 1.25, -1.5, 0.75, 2, 0.0015])
    #expect(try numbers("0,5\t1\n1,125\t2\n") == [0.5, 1, 1.125, 2])
    #expect(try numbers("\"0,5\",\"1,25\"\n\"2\",\"-3,5\"\n") == [0.5, 1.25, 2, -3.5])
    // Sixteen digits go the slow way.
    #expect(try numbers("1,234567890123456789;1") == [1.234567890123456789, 1])
  }

  @Test func aPointElsewhereMakesTheCommaNone() throws {
    #expect(try numbers("1.5;2,5\n") == [1.5, nil])
  }

  @Test func quotedThousandsAreNotTakenForDecimals() throws {
    #expect(try numbers("\"1,234\",1\n\"5,678\",2\n") == [nil, 1, nil, 2])
  }
}
