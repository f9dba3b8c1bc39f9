import Engine
import Testing

@testable import Panels

/// Without colours what is below zero is dotted, and all else stays.
@Suite struct MonochromeSignsTests {
  @Test func negativeEdgesAreDotted() {
    var timeline = Scenes.mazur()
    timeline.change { _, parameters in parameters[0].w.values = [-0.15, -0.2, 0.25, 0.3] }
    var scene = Scenes.scene(timeline, steps: 1)
    for (unit, level) in [(0, "┈┈┈"), (1, "───")] {
      scene.view.selection = Selection(Quantity(.a, 1), row: unit)
      let grid = Panel.network.draw(scene, 80, 6)
      let dotted = grid.withDottedNegatives()
      #expect(dotted.lines[unit == 0 ? 1 : 5].prefix(24).contains(level), "\(dotted.lines)")
      #expect((dotted == grid) == (unit == 1))
      for (before, after) in zip(grid.cells, dotted.cells) where before != after {
        #expect(before.style.role == .negative(3) && AsciiStandIns.has(after.character))
      }
    }
  }
}
