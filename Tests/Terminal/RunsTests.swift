import Panels
import Testing

@testable import Terminal

@Suite struct RunsTests {
  @Test func withoutAnEarlierFrameAllIsSent() {
    var grid = Grid(width: 6, height: 1)
    grid.put("ab", row: 0, column: 0, style: Style(.lit))
    #expect(
      grid.runs(inRow: 0, unlike: nil) == [
        Run(column: 0, width: 2, style: Style(.lit), text: "ab"), Run(column: 2, width: 4, style: .plain, text: "    "),
      ])
    #expect(grid.runs(inRow: 0, unlike: Grid(width: 5, height: 1)).count == 2)
  }

  @Test func onlyWhatDiffersIsSent() {
    var earlier = Grid(width: 10, height: 1)
    earlier.put("0.59326999", row: 0, column: 0)
    var grid = earlier
    #expect(grid.runs(inRow: 0, unlike: earlier).isEmpty)
    grid.put("31", row: 0, column: 2)
    grid.put("7", row: 0, column: 8)
    #expect(
      grid.runs(inRow: 0, unlike: earlier) == [
        Run(column: 2, width: 2, style: .plain, text: "31"), Run(column: 8, width: 1, style: .plain, text: "7"),
      ])
    grid.restyle(row: 0, columns: 0..<1) { _ in Style(.bad) }
    #expect(grid.runs(inRow: 0, unlike: earlier).first == Run(column: 0, width: 1, style: Style(.bad), text: "0"))
  }

  @Test func wideCharactersGoAlone() {
    var grid = Grid(width: 6, height: 1)
    grid.put("a层层b", row: 0, column: 0)
    #expect(
      grid.runs(inRow: 0, unlike: nil).map(\.text) == ["a", "层", "层", "b"])
    #expect(grid.runs(inRow: 0, unlike: nil).map(\.width) == [1, 2, 2, 1])
    // A wide character that was half covered has to be sent whole again.
    var earlier = grid
    earlier.put("x", row: 0, column: 2)
    #expect(grid.runs(inRow: 0, unlike: earlier) == [Run(column: 1, width: 2, style: .plain, text: "层")])
  }
}
