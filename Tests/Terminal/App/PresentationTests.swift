import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// A script before an audience: on, back, away and home again.
struct PresentationTests {
  private static let script = """
    # A network with two inputs.
    input 2
    dense 1 sigmoid
    set w1 = [0.5 -0.3]
    # One sample to learn.
    sample 1 0.5 -> 1

    # Time moves a layer at a time.
    step
    print a1
    #= a1 = [0.5]
    nonsense
    expect a1 ~= 0
    forward
    # That was all.
    """

  private func presenting(_ text: String = script) throws -> App {
    var lines: [Line] = []
    var reader = LineReader(source: "script", text: text)
    while let line = try reader.next() { lines.append(line) }
    return App(presenting: lines)
  }

  @Test func theFooterOffersTheNextLineAsLongAsThereIsOne() throws {
    var app = try presenting("input 2\ndense 1 sigmoid")
    #expect(app.frame.lines.last?.contains("→← line") == true)
    app.press("→", "→")
    #expect(app.frame.lines.last?.contains("→← line") == false)
    #expect(app.frame.lines.last?.contains("← back") == true)
  }

  @Test func theNarrationStandsBeforeItsCommand() throws {
    var app = try presenting()
    #expect(app.shown.contains("A network with two inputs."))
    #expect(app.shown.contains("next: input 2"))
    app.press("→", "→", "→")
    #expect(app.shown.contains("One sample to learn."))
    app.press("→")
    #expect(app.shown.contains("Time moves a layer at a time."))
    #expect(app.shown.contains("next: step"))
  }

  @Test func onAndBackMoveByCommands() throws {
    var app = try presenting()
    for _ in 0..<5 { app.press("PgDn") }
    #expect(app.session.timeline.state.step == 1)
    app.press("PgUp")
    #expect(app.session.timeline.state.step == 0)
    #expect(app.session.timeline.experiment.obstacle == nil)
    for _ in 0..<10 { app.press("←") }
    #expect(app.session.lines.isEmpty)
    for _ in 0..<5 { app.press("→") }
    #expect(app.session.timeline.state.step == 1)
    #expect(app.session.lines.map(\.text).contains("# One sample to learn."))
  }

  /// What a line shows in a window of its own stays till the next line, not till the end of a lesson that is played there.
  @Test func anAnswerDoesNotCoverWhatComesBehind() throws {
    var app = try presenting("input 2\ndense 1 sigmoid\nsample 1 1 -> 1\nrun 3\nbranches\nhelp step\nstep")
    for _ in 0..<6 { app.press("→") }
    #expect(app.sheet != nil)
    app.press("←", "End")
    for _ in 0..<100 where app.isRunning { app.advance(until: .now + .milliseconds(20)) }
    #expect(app.presentation?.isAtEnd == true && app.sheet == nil)
  }

  @Test func nothingFails() throws {
    var app = try presenting()
    for _ in 0..<7 { app.press("→") }
    #expect(app.shown.contains("nonsense is not a command"))
    #expect(app.shown.contains("line 12 of the file; it changed nothing, → goes on"))
    #expect(app.failureOfFile?.line?.number == 12)
    app.press("→")
    #expect(app.message?.role == .bad)
    app.press("→")
    #expect(app.session.timeline.state.step == 2)
    #expect(app.presentation?.isAtEnd == true)
    app.press("→")
    #expect(app.message?.text.description.contains("the script ends here") == true)
    #expect(app.scene.lines.first { $0.text == "nonsense" }?.outcome == .fails)
    app.press("q")
    #expect(app.isOver == true)
    // What failed is known when the screen is gone: the verdict, and before it the command.
    #expect(app.hasFailedVerdict && app.failureOfFile?.column == 1)
  }

  /// A line that is taken back has not failed, and a detour's lines are not the script's.
  @Test func onlyTheScriptsOwnLinesCount() throws {
    var app = try presenting()
    for _ in 0..<7 { app.press("→") }
    app.press("←")
    #expect(app.failureOfFile == nil && !app.hasFailedVerdict)
    app.command("expect 1 == 2")
    app.command("nonsense")
    #expect(app.failureOfFile == nil && !app.hasFailedVerdict)
  }

  @Test func aDetourReturns() throws {
    var app = try presenting()
    for _ in 0..<5 { app.press("→") }
    let there = app.session.timeline.state
    app.press("n", "n")
    #expect(app.shown.contains("detour"))
    app.command("set w1[1,1] = 7")
    #expect(app.shown.contains("r return"))
    app.press("r")
    #expect(app.session.timeline.place == there.place)
    #expect(app.session.timeline.state.parameters == there.parameters)
    app.press("n", "→")
    #expect(
      app.message?.text == "a1 = 0.586617579; back in the script: the detour was taken back")
  }

  @Test func lookingIsNoDetour() throws {
    var app = try presenting()
    for _ in 0..<5 { app.press("→") }
    app.press("↓", "Tab", "?", "Esc")
    app.command("print w1")
    #expect(app.presentation?.left == nil)
  }

  @Test func leavingIsAsked() throws {
    var app = try presenting()
    app.press("→", "q")
    #expect(app.isOver == false)
    app.press("n")
    #expect(app.isOver == false)
    app.press("q", "y")
    #expect(app.isOver == true)
  }

  @Test func theScreenIsBlankUntilAKey() throws {
    var app = try presenting()
    app.press(".")
    #expect(app.shown.allSatisfy { $0 == "\n" })
    app.press("→")
    #expect(app.shown.contains("next: input 2"))
  }

  @Test func goingBackFurtherThanIsKept() throws {
    let steps = Array(repeating: "step", count: 80).joined(separator: "\n")
    var app = try presenting("input 2\ndense 1 tanh\nsample 1 1 -> 1\n" + steps)
    for _ in 0..<83 { app.press("→") }
    #expect(app.session.timeline.state.step == 80)
    for _ in 0..<75 { app.press("←") }
    #expect(app.session.timeline.state.step == 5)
    app.press("→")
    #expect(app.session.timeline.state.step == 6)
  }
}
