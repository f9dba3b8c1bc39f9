import Engine
import Language
import Panels

// Strides that are taken by themselves.
extension App {
  /// Takes the strides that are due while playing. Where there is no speed these are as many as a few milliseconds have
  /// room for.
  package mutating func playDue(at now: ContinuousClock.Instant = .now) {
    let count = playing.due(at: now, speed: view.speed)
    guard count > 0 else { return }
    let began = ContinuousClock.now
    play(count)
    if view.isPlaying, !view.speed.isFinite { playing.note(.now - began) }
  }

  /// When the next stride is due while playing; nil where it is at once.
  package var nextStride: ContinuousClock.Instant? { playing.next(speed: view.speed) }

  /// Takes some strides by itself, on or back. The lines of one play are one line.
  mutating func play(_ count: Int = 1) {
    guard !view.playsBackwards || session.timeline.place > Place() else { return endPlayAtBeginning() }
    let count = view.playsBackwards ? stridesBack(atMost: count) : count
    let stride = view.stride == .layer ? "" : " \(view.stride.name)"
    give((view.playsBackwards ? "back" : "step") + (count > 1 ? " \(count)" : "") + stride, from: .player)
    if view.isPlaying, view.playsBackwards, !isRunning, session.timeline.place == Place() { endPlayAtBeginning() }
  }

  /// How many strides lie behind, of so many: its line is not to say more.
  private func stridesBack(atMost count: Int) -> Int {
    let timeline = session.timeline
    var (least, most) = (1, count)
    while least < most {
      let middle = (least + most) / 2
      if timeline.place(middle, backBy: view.stride) == Place() { most = middle } else { least = middle + 1 }
    }
    return least
  }

  /// Back at the beginning there is nothing left to play.
  private mutating func endPlayAtBeginning() {
    view.isPlaying = false
    message = Message("this is the beginning; r plays the other way")
  }

  /// Joins the player's last line with the one that it gave before.
  mutating func joinPlayed() {
    if playing.lines == session.entries.count - 1 { session.joinLastMoves() }
    playing.lines = session.entries.count
  }
}
