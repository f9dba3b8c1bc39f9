import Engine
import Testing

@testable import Panels

@Suite struct ScrollingTests {
  @Test func whatWasScrolledTooFarComesBackAtOnce() {
    var scene = Scenes.scene(Scenes.mazur())
    scene.lines = (1...50).map { SessionLine("line \($0)") }
    scene.view = scene.view.focusing("session")
    func frame() -> Grid { compose(scene, width: 80, height: 24) }
    func scroll(_ rows: Int) {
      scene.view = scene.view.scrolled("session", rows: rows)
      scene.view = scene.view.settled(by: frame())
    }
    // It stands at its end by itself: further down is nothing.
    for _ in 0..<20 { scroll(1) }
    #expect(frame().lines.contains { $0.contains("line 50") })
    scroll(-1)
    #expect(!frame().lines.contains { $0.contains("line 50") })
    for _ in 0..<200 { scroll(-1) }
    #expect(frame().lines.contains { $0.hasSuffix(" 1 line 1") })
    scroll(1)
    #expect(!frame().lines.contains { $0.hasSuffix(" 1 line 1") })
  }

  @Test func columnsOfTheDataStopAtTheirEnds() {
    var scene = Scenes.scene(Timeline(Scenes.experiment([64, 2], "tanh", samples: 40)))
    scene.view = scene.view.focusing("data").scrolled("data", rows: 500, columns: 500)
    let grid = compose(scene, width: 80, height: 24)
    #expect(grid.lines.contains { $0.contains("y[2]") })
    scene.view = scene.view.settled(by: grid)
    #expect(scene.view.scroll(of: "data").rows < 40)
    #expect(scene.view.scroll(of: "data").columns < 66)
  }
}
