import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// A file opens where one goes on.
struct OpeningTests {
  private static let network = "input 2\ndense 1 sigmoid\nset w1 = [0.5 -0.3]\nsample 1 0.5 -> 1\n"
  private static let lesson =
    "# Two inputs.\n" + network + "title Steps\n# Time moves.\nstep\nprint a1\nexpect a1 ~= 0\nrun 2\n# The end.\n"

  private func opened(_ text: String, at place: OpeningPlace? = nil) -> App {
    var app = App(opening: LineBuffer(source: "a/lesson.session", bytes: Array(text.utf8)), at: place)
    app.settle()
    return app
  }

  @Test func aSavedSessionOpensWhereItWasLeft() {
    // With narration too: it was at that place when it was saved.
    let app = opened("backstep 1\n" + Self.lesson)
    #expect(app.presentation == nil)
    #expect(app.session.timeline.state.iteration == 2)
    #expect(app.session.hasUnsavedLines == false)
  }

  @Test func oneThatTellsNothingIsReplayed() {
    let app = opened(Self.network + "step 2\n")
    #expect(app.presentation == nil && app.session.timeline.state.step == 2)
    #expect(app.message?.text == "lesson.session is replayed; Home goes to its start, ? shows every key")
  }

  @Test func aLessonOpensBehindWhatBuildsItsNetwork() {
    var app = opened(Self.lesson)
    #expect(app.session.timeline.experiment.obstacle == nil && app.session.timeline.state.step == 0)
    #expect(
      app.message?.text
        == "lesson.session is a lesson: → goes on a line at a time, End plays it to its end")
    #expect(app.shown.contains("Time moves."))
    app.press("→")
    #expect(app.session.timeline.state.step == 1)
    app.press("←", "←")
    #expect(app.session.title == "")
    app.press("End")
    #expect(app.presentation?.isAtEnd == true && app.isRunning == false)
    #expect(app.message?.text == "the script ends here; 1 line of it failed")
    #expect(app.session.timeline.state.iteration == 2)
    // Lines are those of the file, as if they had been pressed one by one.
    #expect(app.session.lines.map(\.text) == Self.lesson.split(separator: "\n").dropLast().map(String.init))
    app.press("←")
    #expect(app.session.timeline.state.step == 1)
  }

  @Test func whatPlaysToTheEndIsLiveAndStops() {
    var app = opened(Self.lesson.replacing("run 2", with: "run 100000000\nstep 1 op"))
    app.handle(.named(.end), on: app.frame)
    #expect(app.isRunning)
    // On a busy machine the lines before it take more than one slice.
    for _ in 0..<100 where !app.shown.contains("run 100000000") { app.advance(until: .now + .milliseconds(20)) }
    #expect(app.shown.contains("run 100000000   Esc stops"), "\(app.shown)")
    app.handle(.named(.escape), on: app.frame)
    #expect(app.isRunning == false && app.presentation?.isAtEnd == false)
  }

  @Test func thePlaceCanBeNamed() {
    let network = Self.network + "run 5\n"
    #expect(opened(network, at: .start).session.timeline.state.step == 0)
    #expect(opened(network, at: .end).session.timeline.state.iteration == 5)
    let third = opened(network, at: .step(3))
    #expect(third.session.timeline.state.step == 3)
    #expect(third.session.hasUnsavedLines == false)
    let start = opened(Self.lesson, at: .start)
    #expect(start.presentation?.next == 1 && start.session.lines.isEmpty)
    let end = opened(Self.lesson, at: .end)
    #expect(end.presentation == nil && end.session.timeline.state.iteration == 2)
    #expect(end.message?.text.description.contains("a verdict fails") == true)
    #expect(opened(Self.lesson, at: .step(2)).session.timeline.state.step == 2)
  }

  @Test(arguments: [
    ("start", OpeningPlace.start), ("end", .end), ("0", .step(0)), ("12", .step(12)), ("-1", nil), ("x", nil),
    ("", nil),
    ("99999999999999999999", nil),
  ])
  func placesAreTyped(_ text: String, _ place: OpeningPlace?) { #expect(OpeningPlace(text) == place) }

  @Test func anErrorInWhatBuildsEndsTheProgram() {
    let app = opened("# Wrong.\ninput 2\ndense 2 sigmod\nstep\n")
    #expect(app.isOver == true)
    #expect(app.failure?.report.hasPrefix("a/lesson.session:3:9: sigmod is not an activation") == true)
    // What comes later is shown and passed over, as where a script is presented.
    #expect(opened("# Wrong.\ninput 2\nstep\nnonsense\n").failure == nil)
  }
}
