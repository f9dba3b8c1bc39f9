import Engine
import Glibc
import Language
import Panels
import Testing
import TestSupport

@testable import Terminal

/// A network built, fed, stepped, trained and saved by the mouse alone: clicks and the wheel, on what the frame shows.
struct AppBuildingMouseTests {
  private struct NotThere: Error { let text: String, screen: String }

  private func act(_ app: inout App, _ action: Mouse.Action, on text: String) throws {
    let lines = app.frame.lines
    // What lies over the panels stands in the middle: the first place counts from there.
    for (row, line) in lines.enumerated() where line.contains(text) {
      let characters = Array(line)
      for column in 0...(characters.count - text.count)
      where String(characters[column..<(column + text.count)]) == text {
        app.handle(.mouse(Mouse(action, row: row, column: column + text.count / 2)), on: app.frame)
        app.settle()
        return
      }
    }
    throw NotThere(text: text, screen: lines.joined(separator: "\n"))
  }

  private func click(_ app: inout App, _ texts: String...) throws {
    for text in texts { try act(&app, .press(.left), on: text) }
  }

  /// Opens a row's value by a click, counts it with the wheel, and takes it by another click.
  private func count(_ app: inout App, _ row: String, by change: Int) throws {
    try click(&app, row)
    for _ in 0..<abs(change) { try act(&app, change > 0 ? .wheelUp : .wheelDown, on: row) }
    try click(&app, row)
  }

  /// Turns the wheel until a row of the menu is on show, then clicks it.
  private func find(_ app: inout App, _ row: String) throws {
    for _ in 0..<40 where !app.shown.contains(row) {
      app.handle(.mouse(Mouse(.wheelDown, row: 12, column: 40)), on: app.frame)
    }
    try click(&app, row)
  }

  @Test func exclusiveOrIsBuiltAndLearned() throws {
    var app = App(.first)
    app.size = (100, 40)
    try click(&app, "a build")
    try find(&app, "begin afresh")
    try count(&app, "inputs ", by: 1)
    try click(&app, "add a layer")
    try count(&app, "units ", by: 1)
    try click(&app, "activation ", " tanh ", "add it", "Layer 1: dense")
    try click(&app, "add a layer after it")
    try count(&app, "units ", by: -2)
    try click(&app, "activation ", "sigmoid ", "add it", "Layer 2: dense")
    try find(&app, "loss   ")
    try click(&app, "binary-cross-entropy", "Layer 2: dense")
    try find(&app, "optimizer   ")
    try click(&app, "adam ")
    try count(&app, "rate ", by: 49)
    try click(&app, "take it", "Layer 2: dense")
    #expect(app.session.timeline.experiment.network.sizes == "2-3-1")
    #expect(app.session.timeline.experiment.network.optimizer.rate == 0.05)
    try find(&app, "samples   ")
    try click(&app, "edit them in their table")
    for sample in 0..<4 {
      try click(&app, "i add")
      let numbers = [sample / 2, sample % 2, sample / 2 ^ sample % 2]
      for (column, number) in numbers.enumerated() where number == 1 {
        try edit(&app, .datum(sample: sample, column: column))
      }
    }
    #expect(app.session.timeline.experiment.data.inputs == [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(app.session.timeline.experiment.data.targets == [0, 1, 1, 0])
    try click(&app, "a menu")
    try count(&app, "batch ", by: 3)
    app.handle(.mouse(Mouse(.press(.left), row: 0, column: 0)), on: app.frame)
    #expect(app.menu == nil)
    // One iteration along the line of time, then training.
    try click(&app, "fwd1", "loss ───", "upd2", "Layer 2: dense")
    #expect(app.session.timeline.state.step == 7)
    try find(&app, "   train   ")
    try click(&app, "until the loss is below", "until the loss is below")
    let loss = app.session.timeline.state.score?.loss ?? 1
    #expect(loss < 0.05)
    try openTheMap(&app)
    try save(&app, loss)
  }

  /// Opens the map from the menu; a click on one of its samples selects that.
  private func openTheMap(_ app: inout App) throws {
    try click(&app, "Layer 2: dense")
    try find(&app, "   map   ")
    #expect(app.menu == nil)
    #expect(app.view.focus == "map")
    let map = try PlainMap(of: app.shown)
    #expect(map.partsTheCorners, "\(app.shown)")
    try press(&app, .sample(2))
    #expect(app.session.timeline.state.selected == 2)
    // On a wide screen it stands there unasked, and a click on its heading gives it the keys.
    app.size = (160, 40)
    try click(&app, " Session ")
    #expect(app.view.focus == "session")
    try click(&app, " Map: ")
    #expect(app.view.focus == "map")
    app.size = (100, 40)
  }

  /// Saves by the menu; what is in the file comes to the same loss without a screen.
  private func save(_ app: inout App, _ loss: Double) throws {
    // The name that the menu proposes is in the folder of the tests: nobody's file is to be written over.
    let file = "network.session"
    try #require(access(file, F_OK) != 0, "\(file) is there already")
    defer { unlink(file) }
    try click(&app, "Layer 2: dense")
    try find(&app, "   save   ")
    try click(&app, " save   ")
    #expect(app.menu == nil)
    #expect(app.message?.text.description.hasSuffix("in \(file)") == true, "\(app.shown)")
    let transcript = output(of: "{ cat \(file); echo 'print data-loss'; } | \(program) run - 2>&1")
    var printed = app.session
    let answer = try printed.execute(Line("print data-loss"))
    #expect(answer.lines.count == 1 && transcript.contains("#= \(answer.lines[0])"), "\(answer.lines) in \(transcript)")
    var replayed = Session()
    try replayed.execute(Line("source \(file)"))
    #expect(replayed.timeline.state.score?.loss == loss)
    #expect(replayed.timeline.state.parameters == app.session.timeline.state.parameters)
  }

  /// Clicks what stands for something.
  private func press(_ app: inout App, _ target: Target) throws {
    let frame = app.frame
    let area = try #require(frame.areas.last { $0.target == target }, "\(app.shown)")
    app.handle(.mouse(Mouse(.press(.left), row: area.rows.lowerBound, column: area.columns.lowerBound)), on: frame)
    app.settle()
  }

  /// Clicks a number of the samples, opens it by another click, counts it up once and takes it.
  private func edit(_ app: inout App, _ target: Target) throws {
    for action in [Mouse.Action.press(.left), .press(.left), .wheelUp, .press(.left)] {
      let frame = app.frame
      let area = try #require(frame.areas.first { $0.target == target }, "\(app.shown)")
      // The number that the cursor stands on already is opened by the first click.
      if app.cellEdit == nil || action != .press(.left) || app.cellEdit?.editor.isWhole == false {
        app.handle(
          .mouse(Mouse(action, row: area.rows.lowerBound, column: area.columns.lowerBound + 3)), on: frame)
      }
    }
  }
}
