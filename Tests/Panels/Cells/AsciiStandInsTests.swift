import Testing

@testable import Panels

@Suite struct AsciiStandInsTests {
  @Test func aGridBecomesAsciiAndNothingMoves() {
    var grid = Grid(width: 24, height: 3)
    grid.put("═ δ1[1] = Σk ∂L/∂a1·w′ ✓", row: 0, column: 0, style: Style(.title))
    grid.put("⟨0⟩ ⠉⣿⣀ ┌─┐│ → 层x", row: 1, column: 0)
    let ascii = grid.ascii()
    #expect(ascii.lines == ["= d1[1] = Sk dL/da1.w' v", "<0> '#. +-+| > ??x", ""])
    #expect(ascii[0, 2].style == Style(.title))
    #expect(ascii.cells.allSatisfy { $0.character.isASCII && !$0.isContinuation })
  }

  @Test func everyStandInIsOnePrintableCharacter() {
    for scalar in (0x80 as UInt32)..<0x3000 {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      let standIn = AsciiStandIns.standIn(for: Character(scalar))
      #expect(standIn.isASCII && (standIn.asciiValue ?? 0) >= 0x20 && standIn != "\u{7F}")
    }
  }

  @Test func theTableIsMadeOfPairs() {
    for line in AsciiStandIns.pairs {
      for (index, character) in line.enumerated() {
        #expect(character.isASCII == !index.isMultiple(of: 2), "\(character) in \(line)")
        #expect(character.displayWidth == 1)
      }
      #expect(line.count.isMultiple(of: 2))
    }
  }

  @Test func whatPanelsDrawHasOne() {
    for character in "─═│║┌┐└┘├┤┬┴┼→←↑↓δΔΣ∂·⊙′ᵀ✓✗⟨⟩−×≈≠≤≥½²…√∞▀▄█░▒▓●○▲▼⇐⇒⠁⣿" {
      #expect(AsciiStandIns.has(character), "\(character)")
    }
    #expect(!AsciiStandIns.has("层"))
  }
}
