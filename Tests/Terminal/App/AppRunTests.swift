import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Runs that take long: the screen stays live, and they stop between two steps.
struct AppRunTests {
  private func running() -> App {
    var app = App(.first)
    app.handle(.character(":"), on: app.frame)
    app.type("run 100000000 iterations")
    app.handle(.named(.enter), on: app.frame)
    return app
  }

  @Test func escStopsAndTheStepsReallyTakenAreRecorded() throws {
    var app = running()
    #expect(app.isRunning == true)
    app.advance(until: .now + .milliseconds(5))
    app.handle(.named(.escape), on: app.frame)
    #expect(app.isRunning == false)
    let state = app.session.timeline.state
    #expect(app.given == ["run \(state.iteration) iterations"])
    var again = Session()
    for line in app.session.lines { try again.execute(line) }
    #expect(again.timeline.state.parameters == state.parameters)
    #expect(again.timeline.place == state.place)
  }

  /// Where somebody shows it, a stop is seen first; then all is said that is said where nobody does.
  @Test func aStopIsSeenBeforeTheRestIsReckoned() {
    var app = running()
    app.advance(until: .now + .milliseconds(5))
    var atOnce = app
    app.isShownBetweenKeys = true
    app.handle(.named(.escape), on: app.frame)
    atOnce.handle(.named(.escape), on: atOnce.frame)
    #expect(app.owesAnswer && !app.isRunning && !atOnce.owesAnswer)
    #expect(app.message?.text.description.hasPrefix("stopped: ") == true)
    #expect(app.message != atOnce.message)
    app.sayRest()
    #expect(app.message == atOnce.message && !app.owesAnswer)
    #expect(app.shown == atOnce.shown)
  }

  /// How far it is stands first below the panels, where nothing cuts it off; a search for a break says it of the most it goes.
  @Test(arguments: [
    "run 100000000 iterations", "continue max=100000000", "run until loss < 0 max=100000000",
  ]) func itSaysHowFarItIs(line: String) {
    var app = App(.first)
    app.command("break loss < 0")
    app.handle(.character(":"), on: app.frame)
    app.type(line)
    app.handle(.named(.enter), on: app.frame)
    app.advance(until: .now + .milliseconds(5))
    #expect(app.isRunning && app.shown.contains("\n 0%  \(line)   Esc stops it between two steps"), "\(app.shown)")
    #expect(app.shown.contains("RUN 0%"), "\(app.shown)")
    app.press("Esc")
  }

  /// A search back moves nothing before it has found something: there is no rate to be said.
  @Test func aSearchBackHasNoRate() {
    var app = App(.first)
    app.command("break loss < 0")
    app.command("run 100000 iterations")
    app.handle(.character(":"), on: app.frame)
    app.type("rcontinue")
    app.handle(.named(.enter), on: app.frame)
    #expect(app.isRunning && app.shown.contains("RUN") && !app.shown.contains("a second"), "\(app.shown)")
    app.press("Esc")
  }

  /// Nothing plays beside a run.
  @Test func spaceWaitsForTheEndOfARun() {
    var app = running()
    app.advance(until: .now + .milliseconds(5))
    app.handle(.character(" "), on: app.frame)
    #expect(app.message?.text.description == "still running; Esc stops it")
    #expect(app.isRunning == true && !app.view.isPlaying)
    app.press("Esc")
  }

  /// What is said of a stop does not come over what was said since.
  @Test func whatWasSaidSinceAStopStays() {
    var app = running()
    app.isShownBetweenKeys = true
    app.handle(.named(.escape), on: app.frame)
    app.handle(.character(":"), on: app.frame)
    let message = app.message
    app.sayRest()
    #expect(app.message == message && !app.owesAnswer)
    app.press("Esc")
    app.command("print 1")
    #expect(!app.owesAnswer && app.message?.text.description == "1 = 1")
  }

  /// A key lets go of what is on show before anything comes of it: else each would have all numbers copied, which takes half a
  /// second where samples are many, and nothing answers meanwhile.
  @Test(arguments: ["→", "n", "prompt"]) func aKeyCopiesNoNumbers(key: String) {
    var app = App(.first)
    app.command("step")
    let before = app.placeOfNumbers
    if key == "prompt" { app.command("step 2") } else { app.press(key) }
    #expect(app.session.timeline.state.step > 1)
    #expect(before != nil && app.placeOfNumbers == before)
  }

  /// The message says how far a sweep got, and not what would come next.
  @Test func aStoppedSweepSaysHowFarItGot() {
    var app = App(.first)
    app.handle(.character(":"), on: app.frame)
    app.type("sweep rate=0.01..1:60 seeds=1..100 run 100000 epochs")
    app.handle(.named(.enter), on: app.frame)
    #expect(app.isRunning == true)
    app.handle(.named(.escape), on: app.frame)
    #expect(app.isRunning == false)
    #expect(app.message?.text.description.hasPrefix("stopped: ") == true, "\(String(describing: app.message))")
    #expect(app.shown.contains("of 6000 futures"))
  }

  @Test func keysOfTheViewAreAnsweredDuringIt() {
    var app = running()
    #expect(app.shown.contains("RUN"))
    app.handle(.character("?"), on: app.frame)
    #expect(app.view.isHelpOpen == true)
    app.handle(.named(.escape), on: app.frame)
    #expect(app.isRunning == true)
    app.handle(.named(.tab), on: app.frame)
    #expect(app.isRunning == true)
    app.handle(.control("c"), on: app.frame)
    #expect(app.isRunning == false)
  }

  /// Nothing ends a run by the way: a key that gives a line says how to stop it, and so does one that edits a value, and what a
  /// menu comes to.
  @Test(arguments: ["n", "Home", "w", "g", "e", "z"]) func aKeyDoesNotStopIt(key: String) {
    var app = running()
    app.advance(until: .now + .milliseconds(5))
    let name = Key(printed: key) ?? .unknown
    app.handle(name, on: app.frame)
    #expect(app.isRunning && app.given.count <= 1 && app.guide == nil && app.cellEdit == nil)
    #expect(app.message?.text.description == "still running; Esc stops it")
    app.press("Esc")
    app.handle(name, on: app.frame)
    #expect(app.message?.text.description != "still running; Esc stops it")
  }

  @Test func thePromptOpensDuringItAndItsLineStopsIt() {
    var app = running()
    app.handle(.character(":"), on: app.frame)
    app.type("print t")
    #expect(app.isRunning == true)
    app.handle(.named(.enter), on: app.frame)
    #expect(app.isRunning == false)
    #expect(app.given.count == 2)
    #expect(app.message?.text.description.hasPrefix("t = ") == true)
    #expect(app.message?.text.description.hasSuffix("\nthe run was stopped for it") == true)
  }

  @Test func aRunEndsWithWhatCameOfItAndTheLikeliestRemark() throws {
    var session = Session()
    for line in ["input 4", "dense 8 tanh", "dense 3 softmax", "loss ce", "data iris", "rate 0.1"] {
      try session.execute(Line(line))
    }
    var app = App(session)
    #expect(!app.shown.contains("! "))
    app.handle(.character(":"), on: app.frame)
    app.type("run 10 epochs")
    app.handle(.named(.enter), on: app.frame)
    app.settle()
    let said = app.message?.text.description ?? ""
    #expect(said.hasPrefix("150 samples: loss 1.55 → "), "\(said)")
    #expect(said.contains("accuracy 0.333, all taken for ") && said.hasSuffix("try: order shuffle"), "\(said)")
    #expect(app.frame.lines[0].contains("! sorted data"))
    // It goes when it is so no more, and the header stays within the screen at any width.
    for line in ["init xavier", "rate 0.02", "order shuffle", "run 60 epochs"] {
      app.handle(.character(":"), on: app.frame)
      app.type(line)
      app.handle(.named(.enter), on: app.frame)
      app.settle()
    }
    #expect(!app.frame.lines[0].contains("! "), "\(app.frame.lines[0])")
    #expect(app.message?.text.description.contains("!") == false)
  }

  @Test func slicesAreShort() {
    var app = running()
    let start = ContinuousClock.now
    app.advance(until: .now + .milliseconds(6))
    #expect(ContinuousClock.now - start < .milliseconds(50))
  }
}

extension App {
  /// Where the numbers of the state on show lie.
  fileprivate var placeOfNumbers: UnsafePointer<Double>? {
    withUnsafePointer(to: session.timeline.state) { Passing($0).numbers(Quantity(.a, 1)) }
  }
}
