import Testing

@testable import Panels

@Suite struct BrailleTests {
  @Test func dotsMakeCharacters() {
    var canvas = Braille(width: 2, height: 1)
    for y in 0..<4 { canvas.set(x: 0, y: y) }
    canvas.set(x: 3, y: 3)
    canvas.set(x: 4, y: 0)
    canvas.set(x: -1, y: 9)
    #expect(canvas.grid().lines == ["⡇⢀"])
    #expect(canvas.isSet(x: 0, y: 2))
    #expect(!canvas.isSet(x: 1, y: 2))
    #expect(!canvas.isSet(x: 99, y: 2))
  }

  @Test func aLineJoinsItsEnds() {
    var canvas = Braille(width: 2, height: 1)
    canvas.line(from: (0, 3), to: (3, 0))
    #expect(canvas.grid().lines == ["⡠⠊"])
    canvas.line(from: (0, 0), to: (0, 0))
    canvas.line(from: (1, 1), to: (.max, .min))
    #expect(canvas.grid().lines == ["⡡⠊"])
  }

  @Test func whatStandsThereShowsThrough() {
    var grid = Grid(width: 3, height: 1)
    grid.put("│ab", row: 0, column: 0)
    var canvas = Braille(width: 3, height: 1)
    canvas.set(x: 2, y: 0)
    canvas.draw(on: &grid, row: 0, column: 0, style: Style(.lit))
    #expect(grid.lines == ["│⠁b"])
    #expect(grid[0, 1].style == Style(.lit))
  }

  @Test func anEmptyCanvasIsFine() {
    #expect(Braille(width: 0, height: 7).grid().lines == Array(repeating: "", count: 7))
  }
}
