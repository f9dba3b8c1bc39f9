import Language
import Panels
import Testing

@testable import Terminal

/// One panel alone, and the bar that names them all.
struct AppZoomTests {
  private func rows(of app: App, startingWith text: String) -> [Int] {
    app.frame.lines.indices.filter { app.frame.lines[$0].hasPrefix(text) }
  }

  @Test(arguments: [(80, 24), (100, 30), (160, 50), (200, 60)])
  func everyPanelTakesAllRowsBetweenTheRailAndTheMessage(_ width: Int, _ height: Int) {
    for panel in Panel.body {
      var app = App(.first)
      app.size = (width, height)
      app.press("f", "b")
      app.view = app.view.focusing(panel.name)
      guard panel.applies(app.scene) else { continue }
      let before = app.frame.lines
      app.press("v")
      let slots = Layout(app.scene, width: width, height: height).slots.filter { slot in
        Panel.body.contains { $0.name == slot.panel.name }
      }
      #expect(slots.map(\.panel.name) == [panel.name])
      #expect(slots.first?.row == 2)
      #expect(slots.first?.height == height - 4, "\(panel.name)")
      app.press("v")
      #expect(app.frame.lines.dropLast(2) == before.dropLast(2), "\(panel.name)")
    }
  }

  @Test func escapePutsTheOthersBackAndTabShowsTheNext() {
    var app = App(.first)
    app.press("v")
    #expect(app.shown.contains("Esc puts the others back"))
    #expect(rows(of: app, startingWith: "──") == [2])
    app.press("Tab")
    #expect(app.view.focus == "derivation")
    #expect(rows(of: app, startingWith: "──") == [2])
    app.press("Esc")
    #expect(app.view.focus == "derivation")
    #expect(rows(of: app, startingWith: "──").count > 2)
    #expect(app.given.isEmpty)
  }

  /// A panel that has nothing to show any more leaves no empty screen.
  @Test func whatIsAloneAndGoesAwayLeavesTheOthers() throws {
    var app = App(.first)
    app.command("watch loss")
    app.press("x", "5", "v")
    #expect(app.view.focus == "watch")
    #expect(rows(of: app, startingWith: "──") == [2])
    app.press("z")
    #expect(app.shown.contains("── Network"))
  }

  @Test func theBarNamesWhatIsHiddenAndItsNumbersChoose() {
    var app = App(.first)
    app.press("n", "x")
    let bar = " x  1 network [2 layer] 4 derivation  7 loss  8 map  9 session  0 data"
    #expect(app.frame.lines[22].hasPrefix(bar), "\(app.frame.lines[22])")
    app.press("8")
    #expect(app.view.focus == "map")
    #expect(app.shown.contains("──[Map: class by a2"))
    #expect(!app.view.isChoosingPanel)
    app.press("Alt-9")
    #expect(app.view.focus == "session")
    app.press("Alt-0")
    #expect(app.view.focus == "data")
    app.press("x", "6")
    #expect(app.view.focus == "data")
    #expect(app.shown.contains("the panel plot has nothing to show: nothing is plotted"))
    app.press("x", "Esc", "n")
    #expect(app.given == ["step", "step"])
  }

  @Test func theBarTakesNoRow() {
    var app = App(.first)
    app.press("f")
    let message = app.frame.lines[22]
    #expect(message.hasPrefix(" next: backward 2 "))
    #expect(message.contains("x 1 [2] 4 7 8 9 0 b"), "\(message)")
    app.size = (200, 60)
    #expect(app.frame.lines[58].contains("x  1 network [2 layer] 4 derivation"))
  }

  @Test func aClickOnTheBarChooses() throws {
    var app = App(.first)
    app.size = (160, 50)
    app.press("n")
    let row = 48
    let line = Array(app.frame.lines[row])
    let column = try #require(line.indices.first { String(line[$0...].prefix(9)) == "9 session" })
    app.handle(.mouse(Mouse(.press(.left), row: row, column: column + 3)), on: app.frame)
    #expect(app.view.focus == "session")
  }

  @Test func plotAndMapBringTheirPanelIntoView() {
    var app = App(.first)
    app.command("run 5 iterations")
    app.command("plot loss")
    #expect(app.shown.contains("──[Plot"))
    #expect(app.view.focus == "plot")
    app.command("map a1[1]")
    #expect(app.shown.contains("──[Map: a1[1]"))
    #expect(app.view.focus == "map")
    app.command("show data")
    #expect(app.view.focus == "data")
  }
}
