/// What is known while strides are taken by themselves: how many of them are due, and which line they are.
struct Play: Sendable {
  /// When it began at this speed; nil while it does not play.
  private var began: ContinuousClock.Instant?
  private var speed = 0.0
  /// How many strides were due since then.
  private var taken = 0
  /// How many at once are taken where there is no speed.
  private var burst = 1
  /// How many lines the session had when it had taken its last strides; nil where it has taken none.
  var lines: Int?

  /// So much that was missed is caught up with; what is longer ago, such as while the program was stopped, is not.
  private static let longestMissed = 1.0
  /// How long a burst is to take: the keyboard is looked at behind each.
  private static let burstTime = (least: Duration.milliseconds(2), most: Duration.milliseconds(6))
  private static let longestBurst = 1 << 20

  /// How many strides are due at a time, which count as taken then. They are counted from the beginning, so that none is lost
  /// to a screen that takes long to draw.
  mutating func due(at now: ContinuousClock.Instant, speed: Double) -> Int {
    guard speed.isFinite else { return burst }
    guard let began, self.speed == speed else {
      (began, self.speed, taken) = (now, speed, 1)
      return 1
    }
    let due = Int((now - began) / .seconds(1) * speed) + 1 - taken
    let most = max(Int(Play.longestMissed * speed), 1)
    guard due <= most else {
      (self.began, taken) = (now, 1)
      return most
    }
    taken += max(due, 0)
    return max(due, 0)
  }

  /// When the next stride is due; nil where it is at once.
  func next(speed: Double) -> ContinuousClock.Instant? {
    guard let began, self.speed == speed, speed.isFinite else { return nil }
    return began + .seconds(Double(taken) / speed)
  }

  /// Takes in how long a burst took, for the next one.
  mutating func note(_ duration: Duration) {
    if duration < Play.burstTime.least { burst = min(burst * 2, Play.longestBurst) }
    if duration > Play.burstTime.most { burst = max(burst / 2, 1) }
  }
}
