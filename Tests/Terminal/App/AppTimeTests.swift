import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// The line of time and the tree of futures under the mouse and the keys.
struct AppTimeTests {
  private func app(_ lines: String...) throws -> App {
    var session = Session.first
    for line in lines { try session.execute(Line(line)) }
    return App(session)
  }

  /// The row of the line of time, and the column of a step on it.
  private func place(of step: Int, in app: App) throws -> (row: Int, column: Int) {
    let area = try #require(app.frame.areas.last { $0.target == .time(step) })
    return (area.rows.lowerBound, area.columns.lowerBound)
  }

  private func mouse(_ app: inout App, _ action: Mouse.Action, _ row: Int, _ column: Int) {
    app.handle(.mouse(Mouse(action, row: row, column: column)), on: app.frame)
    app.settle()
  }

  /// A mark of another future says whose it is, in the list of them; it is no place of this one.
  @Test func aMarkOfAnotherFutureSaysWhose() throws {
    let app = try app("run 2", "mark here", "goto 0", "mark both", "set w1[1,1] = 1", "run 1")
    let listed = app.session.scene().breaks.map { "\($0.name): \($0.text)" }
    #expect(listed == ["here: step 14 of future 1", "both: step 0"])
  }

  @Test func aPressGoesThereAndADragIsOneLine() throws {
    var app = try app("run 100")
    let count = app.given.count
    let (row, end) = try place(of: 700, in: app)
    let (_, start) = try place(of: 0, in: app)
    mouse(&app, .press(.left), row, start)
    #expect(app.session.timeline.state.step == 0 && app.given.dropFirst(count) == ["goto 0"])
    // Off the row only the column counts, and beyond the ends they do.
    for column in start..<end { mouse(&app, .drag(.left), row - column % 3, column) }
    mouse(&app, .drag(.left), row + 1, 79)
    #expect(app.session.timeline.state.step == 700 && app.given.count == count, "back where it was taken hold of")
    mouse(&app, .drag(.left), row, (start + end) / 2)
    mouse(&app, .release, row, start)
    #expect(abs(app.session.timeline.state.step - 350) < 14)
    #expect(app.given.dropFirst(count) == ["goto \(app.session.timeline.state.step)"])
    let step = app.session.timeline.state.step
    mouse(&app, .drag(.left), row, start)
    #expect(app.session.timeline.state.step == step, "let go of")
    app.press("z")
    #expect(app.session.timeline.state.step == 700)
  }

  @Test func whatPlaysEndsUnderTheMouse() throws {
    var app = try app("run 10", "back 5")
    app.press("Space")
    app.playDue()
    let (row, column) = try place(of: app.session.timeline.state.step, in: app)
    mouse(&app, .press(.left), row, column)
    #expect(!app.view.isPlaying)
  }

  @Test func homeEndAndPagesMoveOnIt() throws {
    var app = try app("run 10")
    app.press("Home")
    #expect(app.session.timeline.state.step == 0)
    app.press(">", ">", "PgDn", "PgDn", "PgUp")
    #expect(app.session.timeline.state.step == 7)
    app.press("End")
    #expect(app.session.timeline.state.step == 70)
    #expect(app.shown.contains("70  stride iteration"))
  }

  /// What rate ten times larger would have done, and back by a click on its name.
  @Test func aClickOnAFuturesNameGoesOverToIt() throws {
    var app = try app("run 20", "branch slow", "goto iteration 5", "rate 5", "run 20", "branch fast")
    app.size = (100, 30)
    let area = try #require(app.frame.areas.last { $0.target == .future("slow") })
    mouse(&app, .press(.left), area.rows.lowerBound, area.columns.lowerBound)
    #expect(app.given.last == "switch slow")
    #expect(app.session.timeline.state.step == 35)
    #expect(app.shown.contains("├ fast"))
  }

  @Test func theTreeOfFuturesIsChosenFrom() throws {
    var app = try app("run 20", "branch slow", "goto iteration 5", "rate 5", "run 20", "branch fast")
    app.command("show branches")
    #expect(app.view.focus == "branches")
    let rows = app.frame.lines.filter { $0.contains("to step") }
    #expect(rows.count == 2 && rows[0].contains("slow") && rows[1].hasPrefix(">● └ fast"), "\(rows)")
    #expect(rows[1].contains("parts at 35") && rows[1].contains("to step 175") && rows[0].contains("to step 140"))
    app.press("Enter")
    #expect(app.shown.contains("fast is the future that you are in"))
    app.press("↓")
    #expect(app.shown.contains("it is the last"))
    app.press("k", "Enter")
    #expect(app.given.last == "switch slow")
    #expect(app.frame.lines.contains { $0.hasPrefix(">● slow") })
    // The one that is left keeps its end.
    #expect(app.frame.lines.contains { $0.contains("└ fast") && $0.contains("to step 175") })
  }

  @Test func thereIsATreeOnceThereIsAnotherFuture() throws {
    var app = try app("run 2")
    #expect(Panel.named("branches")?.applies(app.scene) == false)
    app.command("show branches")
    #expect(app.shown.contains("there is one future so far"))
    app.press("Esc")
    app.command("goto start")
    app.command("rate 2")
    #expect(Panel.named("branches")?.applies(app.scene) == true)
    app.press("z")
    #expect(Panel.named("branches")?.applies(app.scene) == false)
  }

  /// Named places, stops and breakpoints that ask for a step are on it; those of another future that lie behind the parting
  /// are not.
  @Test func marksAndStopsAreThoseOfThisFuture() throws {
    let app = try app(
      "step 10", "mark early", "run 10", "mark late", "break step == 30", "break iteration > 6", "goto start",
      "continue",
      "delete 1", "goto iteration 3", "rate 5", "run 10")
    let marks = app.scene.marks.map { "\($0.name) \($0.step)" }
    #expect(marks == ["early 10", "break 2 43"], "\(marks)")
    let all = try self.app("step 10", "mark early", "run 10", "break step == 30", "goto start", "continue").scene.marks
    #expect(all.map { "\($0.name) \($0.step)" } == ["early 10", "stop1 30", "break 1 30"])
  }
}
