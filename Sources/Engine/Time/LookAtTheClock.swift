/// A clock that is looked at only now and then, and a stop sign with it.
struct LookAtTheClock {
  private let deadline: ContinuousClock.Instant?
  private let sign = StopSign.current
  private let interval: Int
  private var left = 1

  /// Every so many times; without a deadline at the sign alone.
  init(_ deadline: ContinuousClock.Instant?, every interval: Int) {
    (self.deadline, self.interval) = (deadline, interval)
  }

  /// How many times it may yet be asked before it looks.
  var timesLeft: Int { left - 1 }

  /// Passes over so many of those times.
  mutating func pass(_ times: Int) { left -= min(times, timesLeft) }

  /// Whether the time has come.
  var isDue: Bool {
    mutating get {
      left -= 1
      guard left == 0 else { return false }
      left = interval
      return sign?.isUp == true || deadline.map { ContinuousClock.now >= $0 } ?? false
    }
  }
}
