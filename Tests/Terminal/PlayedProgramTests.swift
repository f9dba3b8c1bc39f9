import Testing
import TestSupport

/// The built program in a real terminal, taking strides by itself.
@Suite(.serialized) struct PlayedProgramTests {
  /// Strides are taken by themselves in a real terminal too, until a key ends it.
  @Test func stridesAreTakenUntilTheyArePaused() throws {
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
    // How many a second there are is what AppPlayTests asks, where no machine is too busy for it.
    #expect(pane.wait { (step($0) ?? 0) > 60 })
    #expect(pane.text.contains("▶ 60/s layer"))
    pane.press("Space")
    #expect(pane.shows("paused") && pane.text.contains("stride layer"))
    let last = try #require(step(pane.text))
    pane.press("→")
    #expect(pane.wait { step($0) == last + 1 }, "none was taken after the pause")
    pane.press("q", "q")
  }
}
