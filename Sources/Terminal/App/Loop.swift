import Panels

/// The screen's one loop: it waits for a key, lets the app take it, and shows what came of it. A run trains in slices of a
/// few milliseconds between looks at the keyboard; with nothing to do, the loop sleeps until a key comes.
package struct Loop {
  private var app: App
  private let screen: Screen
  private var frame = Grid(width: 0, height: 0)
  /// Whether the frame shows the app as it is.
  private var isCurrent = false
  private var nextFrame = ContinuousClock.now

  /// How long a run trains before the keyboard is looked at. A lone Esc is known as such only 25 ms after it came, and the
  /// run is to stop within 50.
  private static let slice = Duration.milliseconds(4)
  /// How long a frame of a run stays at least; one that takes long to make stays as long as it took.
  private static let betweenFrames = Duration.milliseconds(25)

  /// A loop over an app on a screen.
  package init(_ app: App, on screen: Screen) {
    self.app = app
    self.app.isShownBetweenKeys = true
    self.screen = screen
  }

  /// Runs until the app is over, and gives it back.
  package mutating func run() -> App {
    draw()
    while !app.isOver {
      if let key = screen.key(waiting: isCurrent ? wait : 0) {
        app.handle(key, on: frame, isCurrent: isCurrent)
        isCurrent = false
        // Keys that are there already need no frame of their own.
        if ContinuousClock.now >= nextFrame { draw() }
      } else if !isCurrent {
        draw()
      } else if app.owesAnswer {
        app.sayRest()
        isCurrent = false
      } else if app.isRunning {
        app.advance(until: .now + Loop.slice)
        if !app.isRunning || ContinuousClock.now >= nextFrame { draw() }
      } else if app.view.isPlaying {
        app.playDue()
        // What plays as fast as it can is seen as often as a run is.
        if app.view.speed.isFinite || !app.view.isPlaying || ContinuousClock.now >= nextFrame { draw() }
      }
    }
    return app
  }

  /// How many milliseconds to wait for a key: none while a run is under way or was stopped just now, until the next stride
  /// while playing, and for ever where nothing else is to be done.
  private var wait: Int? {
    if app.isRunning || app.owesAnswer { return 0 }
    guard app.view.isPlaying else { return nil }
    // Waited for to the end, since a stride that comes early is none yet.
    return app.nextStride.map { max(Int(($0 - .now) / .milliseconds(1) + 1), 0) } ?? 0
  }

  private mutating func draw() {
    let began = ContinuousClock.now
    if app.needsRedraw { screen.redraw() }
    app.needsRedraw = false
    if let text = app.takeCopied() { screen.copy(text) }
    screen.theme = app.session.theme
    app.size = screen.size
    app.hasColours = screen.isUTF8 && screen.palette.depth != .mono
    frame = app.frame
    screen.draw(frame)
    isCurrent = true
    let end = ContinuousClock.now
    nextFrame = end + max(Loop.betweenFrames, end - began)
  }
}
