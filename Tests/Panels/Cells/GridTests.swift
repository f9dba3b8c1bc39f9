import Testing

@testable import Panels

@Suite struct GridTests {
  @Test func textStandsWhereItIsPut() {
    var grid = Grid(width: 12, height: 3)
    let end = grid.put("net1", row: 1, column: 2, style: Style(.label))
    #expect(end == 6)
    #expect(grid.lines == ["", "  net1", ""])
    #expect(grid[1, 2] == Cell("n", Style(.label)))
    #expect(grid[1, 6] == Cell())
    let start = grid.put("0.5933", row: 2, endingBefore: 12)
    #expect(start == 6)
    #expect(grid.line(2) == "      0.5933")
  }

  @Test func whatFallsOutsideIsCutOff() {
    var grid = Grid(width: 5, height: 2)
    grid.put("abcdefgh", row: 0, column: -2)
    grid.put("never", row: 2, column: 0)
    grid.put("never", row: -1, column: 0)
    grid.put("abcdef", row: 1, column: 0, end: 3)
    #expect(grid.lines == ["cdef…", "ab…"])
    #expect(grid[7, 7] == Cell())
    #expect(grid.line(9) == "")
  }

  @Test func aWideCharacterTakesTwoCells() {
    var grid = Grid(width: 6, height: 1)
    let end = grid.put("层1", row: 0, column: 0)
    #expect(end == 3)
    #expect(grid[0, 1].isContinuation)
    #expect(grid.lines == ["层1"])
    // Writing over one half blanks the other.
    grid.put("x", row: 0, column: 1)
    #expect(grid.lines == [" x1"])
    grid.put("层", row: 0, column: 2)
    grid.put("y", row: 0, column: 2)
    #expect(grid.lines == [" xy"])
  }

  @Test func halfOfAWideCharacterIsABlank() {
    var grid = Grid(width: 3, height: 1)
    grid.put("ab层", row: 0, column: 0)
    #expect(grid.lines == ["ab…"])
    grid.put("层b", row: 0, column: -1)
    #expect(grid.lines == [" b…"])
  }

  @Test func marksStayWithTheirLetter() {
    var grid = Grid(width: 4, height: 1)
    let end = grid.put("e\u{301}x", row: 0, column: 0)
    #expect(end == 2)
    #expect(grid[0, 0].character == "e\u{301}")
    #expect(grid[0, 1].character == "x")
  }

  @Test func nothingThatATerminalObeysGetsIn() {
    var grid = Grid(width: 60, height: 1)
    grid.put("a\u{1B}[2J\u{7}\u{9B}\u{202E}\n\r\n\0\u{7F}\u{AD}\u{301}b", row: 0, column: 0)
    for cell in grid.cells {
      for scalar in cell.character.unicodeScalars { #expect(scalar.value >= 0x20 && scalar.value != 0x7F) }
    }
    #expect(!grid.cells.contains { $0.isContinuation })
    #expect(grid.line(0) == "a\\x1b[2J\\x07\\x9b\\u{202e}\\x0a\\x0d\\x0a\\x00\\x7f\\xadb")
  }

  @Test func aFamilyOfEmojiKeepsToItsCells() {
    let family = "👨\u{200D}👩\u{200D}👧"
    #expect(family.displayWidth == 6)
    var grid = Grid(width: 8, height: 1)
    #expect(grid.put(family, row: 0, column: 0) == 6)
    #expect(grid.lines == ["👨👩👧"])
  }

  @Test func linesAndFills() {
    var grid = Grid(width: 6, height: 4)
    grid.horizontalLine(row: 0, column: 1, length: 20)
    grid.verticalLine(row: 1, column: 0, length: 2)
    grid.fill(rows: 2..<9, columns: 4..<9, with: "#", style: Style(.bad))
    grid.horizontalLine(row: 3, column: 0, length: 0)
    grid.horizontalLine(row: 3, column: 0, length: -4)
    #expect(grid.lines == [" ─────", "│", "│   ##", "    ##"])
    #expect(grid[3, 5].style == Style(.bad))
    grid.restyle(row: 3, columns: 0..<99) { $0.with(.reverse) }
    #expect(grid[3, 5].style == Style(.bad, .reverse))
  }

  @Test func aGridIsCopiedIntoAnother() {
    var small = Grid(width: 4, height: 2)
    small.put("ab层", row: 0, column: 0)
    small.put("cdef", row: 1, column: 0)
    var grid = Grid(width: 5, height: 3)
    grid.blit(small, row: 1, column: 2)
    #expect(grid.lines == ["", "  ab", "  cde"])
    grid.blit(small, row: -1, column: -1)
    #expect(grid.lines == ["def", "  ab", "  cde"])
    grid.blit(small, row: 2, column: -3)
    #expect(grid.lines == ["def", "  ab", "  cde"])
    grid.blit(small, row: 5000, column: -5000)
    #expect(grid.lines == ["def", "  ab", "  cde"])
  }

  @Test func aWindowShowsAPart() {
    var grid = Grid(width: 8, height: 3)
    for row in 0..<3 { grid.put("row \(row)", row: row, column: 0) }
    #expect(grid.window(row: 1, column: 4, width: 3, height: 3).lines == ["1", "2", ""])
    #expect(grid.window(row: -1, column: -1, width: 4, height: 3).lines == ["", " row", " row"])
  }

  @Test func sizesAreBounded() {
    #expect(Grid(width: -3, height: 4).cells.isEmpty)
    #expect(Grid(width: .max, height: .max).cells.count <= Grid.mostCells)
  }

  @Test func textIsCutAndFilledUp() {
    #expect("derivation".clipped(to: 5) == "deri…")
    #expect("层层层".clipped(to: 4) == "层…")
    #expect("ab".clipped(to: 0) == "")
    #expect("层".padded(to: 4) == "层  ")
    #expect("δ1".padded(to: 4, onTheRight: true) == "  δ1")
    #expect("abcdef".padded(to: 3) == "ab…")
  }

  /// A part is drawn as a grid of its own would be, wherever it lies: over an edge, and with wide characters at its own.
  @Test(arguments: [(1, 2), (-1, -3), (3, 9), (0, 0)]) func aPartIsAGridOfItsOwn(row: Int, column: Int) {
    func draw(_ grid: inout Grid) {
      grid.put("层x层层", row: 0, column: -1, style: Style(.lit))
      grid.put("beyond the edge", row: 1, column: 2)
      grid.mark(.layer(1), rows: 0..<9, columns: 1..<9)
      grid.inside(row: 1, column: 1, width: 3, height: 1) { $0.put("∂", row: 0, column: $0.width - 1) }
    }
    var (inside, copied, part) = (Grid(width: 12, height: 5), Grid(width: 12, height: 5), Grid(width: 6, height: 2))
    inside.inside(row: row, column: column, width: 6, height: 2, draw)
    draw(&part)
    copied.blit(part, row: row, column: column)
    #expect(inside == copied)
    // What is put inside a part of the part is there, though the part itself may be cut off where it lies.
    #expect(inside.width == 12 && part.lines.joined().contains("∂"))
  }

  @Test func whatIsNotSeenIsShownByItsNumber() {
    var grid = Grid(width: 30, height: 1)
    let end = grid.put("a\u{1b}]0\u{7}\tb\u{202e}", row: 0, column: 0)
    #expect(grid.line(0) == "a\\x1b]0\\x07 b\\u{202e}")
    #expect(end == "a\u{1b}]0\u{7}\tb\u{202e}".displayWidth && end == 21)
  }
}
