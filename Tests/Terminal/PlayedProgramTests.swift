import Testing
import TestSupport

/// The built program in a real terminal, taking strides by itself.
@Suite(.serialized) struct PlayedProgramTests {
  /// Sixty strides a second are that in a real terminal too, whatever a frame takes.
  @Test func sixtyASecondAreSixty() throws {
    let pane = Pane(columns: 100, rows: 30)
    pane.enter("clear; \(program)")
    #expect(pane.shows("→ takes the first step"))
    pane.press("+", "+", "+", "+", "+")
    #expect(pane.shows("Space plays 60 layers a second"))
    func step(_ text: String) -> Int? {
      let words = text.split(separator: "step ").dropFirst().first?.prefix { $0.isNumber }
      return words.flatMap { Int($0) }
    }
    pane.press("Space")
    #expect(pane.wait { (step($0) ?? 0) > 10 })
    let (start, first) = (ContinuousClock.now, try #require(step(pane.text)))
    _ = pane.wait { (step($0) ?? 0) >= first + 150 }
    let (seconds, last) = ((ContinuousClock.now - start) / .seconds(1), try #require(step(pane.text)))
    #expect(abs(Double(last - first) / seconds - 60) < 6, "\(last - first) strides in \(seconds) s")
    #expect(pane.text.contains("▶ 60/s layer"))
    pane.press("Space")
    #expect(pane.shows("paused") && pane.text.contains("stride layer"))
    pane.press("q", "q")
  }
}
