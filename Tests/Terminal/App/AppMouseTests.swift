import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// The mouse on what the last frame drew.
struct AppMouseTests {
  /// Where a piece of text stands on the screen.
  private func place(of text: String, in app: App) -> (row: Int, column: Int)? {
    for (row, line) in app.frame.lines.enumerated() {
      let characters = Array(line)
      let starts = 0...max(characters.count - text.count, 0)
      if let column = starts.first(where: { String(characters[$0...].prefix(text.count)) == text }) {
        return (row, column)
      }
    }
    return nil
  }

  private func mouse(_ app: inout App, _ action: Mouse.Action, on text: String) {
    guard let (row, column) = place(of: text, in: app) else {
      Issue.record("\(text) is not on the screen")
      return
    }
    app.handle(.mouse(Mouse(action, row: row, column: column + 1)), on: app.frame)
    app.settle()
  }

  @Test func aClickSelectsTheCell() {
    var app = App(.first)
    app.press("n")
    mouse(&app, .press(.left), on: "0.3925")
    #expect(app.view.selection == Selection(Quantity(.net, 1), row: 1))
    #expect(app.view.focus == "layer")
    #expect(app.given == ["step"])
  }

  @Test func aDragAlongTheLineOfTimeIsOneLine() {
    var app = App(.first)
    mouse(&app, .press(.left), on: "fwd2")
    mouse(&app, .drag(.left), on: "bwd2")
    mouse(&app, .drag(.left), on: "loss")
    mouse(&app, .release, on: "bwd1")
    #expect(app.given == ["goto 3"])
    #expect(app.session.timeline.state.step == 3)
    mouse(&app, .drag(.left), on: "upd1")
    #expect(app.session.timeline.state.step == 3)
  }

  @Test func theWheelScrollsWhatItIsOver() {
    var app = App(.first)
    app.press("?")
    let before = app.shown
    mouse(&app, .wheelDown, on: "one stride on")
    #expect(app.shown != before)
    mouse(&app, .wheelUp, on: "Help")
    #expect(app.shown == before)
  }

  /// A click on a future of a sweep chooses it, another opens it.
  @Test func aFutureOfASweepIsClicked() throws {
    var app = App(.first)
    app.press(":")
    app.type("sweep rate=0.1,1 seeds=1..2 run 2 epochs")
    app.press("Enter")
    app.settle()
    let target = Target.swept(MapCell(row: 0, column: 1))
    for _ in 1...2 {
      let frame = app.frame
      let area = try #require(frame.areas.last { $0.target == target }, "\(app.shown)")
      app.handle(.mouse(Mouse(.press(.left), row: area.rows.lowerBound, column: area.columns.lowerBound)), on: frame)
      app.settle()
      if !app.given.contains(where: { $0.hasPrefix("future ") }) {
        #expect(app.view.sweptCell == MapCell(row: 0, column: 1), "\(app.shown)")
      }
    }
    #expect(app.given.last?.hasPrefix("future ") == true, "\(app.given)")
  }
}
