import Glibc

/// How soon the screen is there, and how soon it answers a key: this program run by itself behind a pseudo-terminal of 100x30, as
/// a terminal would run it.
struct ScreenBench {
  /// The terminal's side, and the program.
  private let terminal: CInt
  private let process: pid_t
  private let began: ContinuousClock.Instant

  /// Seconds from the start of the program to the end of its first frame.
  private(set) var start = 0.0

  private static let cells = (width: 100, height: 30)
  /// What has said nothing for so long has said all.
  private static let silence: CInt = 40

  /// Starts the program; nil where there is no pseudo-terminal, or nothing to start.
  init?() {
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // Linux's own calls: Swift does not see what POSIX has for the same.
    let (unlock, tellNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    var (isLocked, number): (CInt, CInt) = (0, -1)
    guard terminal >= 0, ioctl(terminal, unlock, &isLocked) == 0, ioctl(terminal, tellNumber, &number) == 0 else {
      return nil
    }
    var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    began = ContinuousClock.now
    guard let process = ScreenBench.spawn(on: "/dev/pts/\(number)") else {
      close(terminal)
      return nil
    }
    self.process = process
    start = answer(since: began)?.last ?? .nan
  }

  /// This program in a session of its own, with that terminal as its own.
  private static func spawn(on name: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in CInt(0)...2 { posix_spawn_file_actions_addopen(&actions, descriptor, name, O_RDWR, 0) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID, which Swift does not see
    let arguments = [strdup("backstep"), nil]
    let variables = [strdup("TERM=xterm-256color"), strdup("LANG=C.UTF-8"), strdup("HOME=/nonexistent"), nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, "/proc/self/exe", &actions, &attributes, arguments, variables)
    return failure == 0 ? process : nil
  }

  /// What comes until nothing does for a while: when its first byte was there, when its last, and how many; nil where nothing does.
  private func answer(since moment: ContinuousClock.Instant) -> (first: Double, last: Double, bytes: Int)? {
    var (buffer, found) = ([UInt8](repeating: 0, count: 1 << 16), nil as (first: Double, last: Double, bytes: Int)?)
    var poll = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    while Glibc.poll(&poll, 1, found == nil ? 1000 : ScreenBench.silence) > 0 {
      let count = read(terminal, &buffer, buffer.count)
      guard count > 0 else { break }
      let now = (ContinuousClock.now - moment) / .seconds(1)
      found = (found?.first ?? now, now, (found?.bytes ?? 0) + count)
    }
    return found
  }

  /// Steps on by a key so many times: seconds until the screen has answered, and bytes that it took, each in order of size.
  func steps(_ count: Int) -> (seconds: [Double], bytes: [Int]) {
    var (seconds, bytes) = ([Double](), [Int]())
    for _ in 0..<count {
      let moment = ContinuousClock.now
      write(terminal, "\u{1B}OC", 3)
      guard let answer = answer(since: moment) else { break }
      seconds.append(answer.last)
      bytes.append(answer.bytes)
    }
    return (seconds.sorted(), bytes.sorted())
  }

  /// Ends the program.
  func end() {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(terminal)
  }

  /// Puts the figures on the sheet.
  static func put(in sheet: inout BenchSheet) {
    var starts: [Double] = []
    for _ in 0..<7 {
      guard let bench = ScreenBench() else { return }
      starts.append(bench.start)
      bench.end()
    }
    guard let bench = ScreenBench() else { return }
    defer { bench.end() }
    let (seconds, bytes) = bench.steps(200)
    guard !seconds.isEmpty else { return }
    sheet.begin("the screen, 100x30, ms", "median", "99 of 100")
    sheet.put("first frame", 1e3 * starts.sorted()[starts.count / 2], 1e3 * (starts.max() ?? .nan))
    sheet.put("a step by a key", 1e3 * seconds[seconds.count / 2], 1e3 * seconds[seconds.count * 99 / 100])
    sheet.begin("bytes to the terminal, 100x30", "median", "99 of 100")
    sheet.put("a step", Double(bytes[bytes.count / 2]), Double(bytes[bytes.count * 99 / 100]))
  }
}
