import Engine
import Language
import Panels
import Testing

@testable import Terminal

/// Strides that are taken by themselves: how many in which time, which way, and which line they are.
struct AppPlayTests {
  /// What plays at a speed, with nothing taken yet.
  private func playing(_ speed: Double, backwards: Bool = false, after lines: String...) -> App {
    var session = Session.first
    for line in lines { _ = try? session.execute(Line(line)) }
    var app = App(session)
    (app.view.speed, app.view.playsBackwards) = (speed, backwards)
    app.press("Space")
    return app
  }

  /// Frames of some lengths, the strides that are due taken before each; how long they took together.
  private func frames(_ app: inout App, _ lengths: [Double]) -> Double {
    let start = ContinuousClock.now
    var now = 0.0
    for length in lengths {
      app.playDue(at: start + .seconds(now))
      app.settle()
      now += length
    }
    app.playDue(at: start + .seconds(now))
    app.settle()
    return now
  }

  /// However long the frames take, so many strides are taken as fall into the time: one at its beginning, and one after
  /// each period.
  @Test(arguments: [0.5, 1, 2, 4, 8, 15, 30, 60, 250, 1000], [0 as UInt64, 1]) func asManyStridesAsItSays(
    speed: Double, seed: UInt64
  ) {
    var random = Numbers(state: seed)
    var app = playing(speed)
    let time = frames(&app, (0..<40).map { _ in Double.random(in: 0.001...0.25, using: &random) })
    #expect(app.session.timeline.state.step == Int(time * speed) + 1, "seed \(seed): \(speed) a second in \(time) s")
  }

  @Test func frameByFrameAtSixtyASecond() {
    var app = playing(60)
    _ = frames(&app, Array(repeating: 1.0 / 128, count: 256))
    #expect(app.session.timeline.state.step == 121)
  }

  /// Whoever waits until the next stride is due, and the thousandth of a second that the loop adds, finds one stride due and no
  /// more, and so many a second are that.
  @Test(arguments: [0.5, 8, 60, 250]) func waitedForTheyComeOneByOne(speed: Double) throws {
    var app = playing(speed)
    let start = ContinuousClock.now
    app.playDue(at: start)
    var next = start
    for step in 2...151 {
      next = try #require(app.nextStride)
      app.playDue(at: next + .milliseconds(1))
      #expect(app.session.timeline.state.step == step)
    }
    #expect(abs((next - start) / .seconds(1) * speed - 150) < 1e-6)
  }

  /// Where something holds that a breakpoint asks for, playing stops: at the very places where `continue` and `rcontinue`
  /// would stop, which is what is recorded.
  @Test(arguments: [Stride.unit, .layer, .iteration, .epoch]) func playingStopsAtABreakpoint(_ stride: Stride) throws {
    let lines = ["break iteration == 3 and phase == loss", "tbreak step == 30"]
    var app = playing(60, after: lines[0], lines[1])
    app.view.stride = stride
    var stepped = Session.first
    for line in lines { try stepped.execute(Line(line)) }
    func play() {
      let start = ContinuousClock.now
      for frame in 0..<400 where app.view.isPlaying {
        app.playDue(at: start + .milliseconds(100 * frame))
        app.settle()
      }
    }
    for command in ["continue", "continue", "rcontinue"] {
      if command == "rcontinue" { app.press("r") }
      if !app.view.isPlaying { app.press("Space") }
      play()
      try stepped.execute(Line(command))
      #expect(!app.view.isPlaying && app.session.timeline.place == stepped.timeline.place, "\(command)")
      #expect(app.shown.contains("break 1: ") || app.shown.contains("tbreak 2: step == 30 at step 30"), "\(command)")
      #expect(app.given.last == command)
    }
    #expect(app.session.breakpoints.count == 1, "the second stopped once")
    var again = Session.first
    for line in app.session.lines { try again.execute(line) }
    #expect(again.timeline.place == app.session.timeline.place)
  }

  /// What was missed while the program was stopped is not caught up with, beyond a second.
  @Test func aLongPauseIsNoBurst() {
    var app = playing(60)
    _ = frames(&app, [0.1, 3600])
    #expect(app.session.timeline.state.step == 7 + 60)
    app.press("Space", "Space")
    #expect(app.view.isPlaying)
    let start = ContinuousClock.now + .seconds(9000)
    app.playDue(at: start)
    #expect(app.session.timeline.state.step == 68, "begun anew")
  }

  @Test func anotherSpeedCountsFromItsOwnBeginning() {
    var app = playing(2)
    let start = ContinuousClock.now
    for time in [0.0, 0.5, 1.0] { app.playDue(at: start + .seconds(time)) }
    #expect(app.session.timeline.state.step == 3)
    app.press("+")
    for time in [1.1, 1.2, 1.4, 1.7] { app.playDue(at: start + .seconds(time)) }
    #expect(app.view.speed == 4 && app.session.timeline.state.step == 6)
  }

  @Test func keysChooseTheSpeed() {
    var app = App(.first)
    var speeds: [Double] = []
    for _ in 0..<9 {
      app.press("+")
      speeds.append(app.view.speed)
    }
    #expect(speeds == [4, 8, 15, 30, 60, 250, 1000, .infinity, .infinity])
    #expect(app.shown.contains("faster it does not play"))
    app.press("Space")
    #expect(app.shown.contains("playing layers flat out; Space pauses"))
    app.press("Space")
    for _ in 0..<11 { app.press("-") }
    #expect(app.view.speed == 0.5 && app.shown.contains("slower it does not play"))
    #expect(app.given.isEmpty)
  }

  /// What plays is one line, which one undo takes back; a line of a key parts two plays.
  @Test func aPlayIsOneLine() throws {
    var app = playing(60)
    _ = frames(&app, [0.1, 0.4, 0.5])
    #expect(app.given == ["step 61"])
    app.press("Space")
    #expect(!app.view.isPlaying && app.shown.contains("paused"))
    app.press("Space")
    _ = frames(&app, [0.5])
    #expect(app.given == ["step 61", "step 31"])
    app.press("n")
    #expect(!app.view.isPlaying && app.given == ["step 61", "step 31", "step"])
    var again = Session()
    for line in app.session.lines { try again.execute(line) }
    #expect(again.timeline.place == app.session.timeline.place)
    app.press("z", "z")
    #expect(app.session.timeline.state.step == 61)
    app.press("z")
    #expect(app.session.timeline.state.step == 0 && app.given.isEmpty)
    app.press("Z")
    #expect(app.session.timeline.state.step == 61 && app.given == ["step 61"])
  }

  @Test func itPlaysTheStrideThatIsChosen() {
    var app = playing(4)
    app.press(">", ">")
    _ = frames(&app, [0.3, 0.3, 0.5])
    #expect(app.given == ["step 5 iteration"] && app.session.timeline.state.step == 35)
  }

  /// Backwards it ends at the beginning, and says so; forward it trains on behind the furthest step.
  @Test func itPlaysBackToTheBeginning() {
    var app = playing(30, backwards: true, after: "step 10", "back 4")
    #expect(app.frame.lines.contains { $0.contains("◀ 30/s layer") })
    let start = ContinuousClock.now
    app.playDue(at: start)
    app.playDue(at: start + .milliseconds(70))
    #expect(app.session.timeline.state.step == 3 && app.view.isPlaying)
    app.playDue(at: start + .seconds(1))
    #expect(app.session.timeline.state.step == 0 && !app.view.isPlaying)
    #expect(app.shown.contains("this is the beginning; r plays the other way"))
    #expect(app.given == ["step 10", "back 4", "back 6"])
    app.press("Space")
    app.playDue(at: start)
    #expect(!app.view.isPlaying && app.given.count == 3, "there is nothing left to play")
    app.press("r", "Space")
    #expect(app.view.isPlaying && !app.view.playsBackwards)
    _ = frames(&app, [0.9])
    #expect(app.session.timeline.state.step == 28 && app.session.timeline.furthest == app.session.timeline.place)
  }

  @Test func theOtherWayIsSaid() {
    var app = App(.first)
    app.press("r")
    #expect(app.shown.contains("Space plays back 2 layers a second"))
    app.press("\\")
    #expect(app.shown.contains("Space plays 2 layers a second") && app.given.isEmpty)
  }

  /// Without a speed there are as many strides as there is time for, and more from turn to turn.
  @Test func flatOutItIsOnlyTimeThatCounts() {
    var app = playing(.infinity)
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .milliseconds(300) { app.playDue() }
    #expect(app.session.timeline.state.step > 600 && app.given == ["step \(app.session.timeline.state.step)"])
    #expect(app.frame.lines.contains { $0.contains("▶▶ layer") })
  }

  /// A stride that takes long is a run, which a pause ends at once.
  @Test func aPauseEndsWhatIsUnderWay() throws {
    var app = playing(1, after: "network", "input 4", "dense 30 tanh", "dense 3 softmax", "loss ce", "data iris")
    app.view.stride = .epoch
    app.view.speed = 60
    let start = ContinuousClock.now
    app.playDue(at: start)
    app.settle()
    app.playDue(at: start + .seconds(2))
    guard app.isRunning else { return }
    app.handle(Key(printed: "Space") ?? .unknown, on: app.frame)
    #expect(!app.isRunning && !app.view.isPlaying)
    var again = Session()
    for line in app.session.lines { try again.execute(line) }
    #expect(again.timeline.place == app.session.timeline.place)
  }
}

/// Numbers that are the same on every run.
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 33)
  }
}
