import Engine
import Glibc
import Language

/// Writes lines at once, so that a reader at the other end of a pipe sees each answer as it comes. Nothing that a title, a
/// path or a comment holds gets through to a terminal as a command: this is the one place where it would.
enum Output {
  /// Writes lines to standard output.
  static func put(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    write(lines, to: STDOUT_FILENO)
  }

  /// Writes lines to standard error.
  static func complain(_ lines: String...) { write(lines, to: STDERR_FILENO) }

  /// Says on standard error why a command failed.
  static func complain(_ error: CommandError) { write(error.reportLines, to: STDERR_FILENO) }

  /// Says on standard error which verdicts failed, each by its file and line.
  static func complain(ofVerdicts lines: [Line]) {
    write(lines.map { "\($0.source):\($0.number): fails: \($0.spoken)" }, to: STDERR_FILENO)
  }

  private static func write(_ lines: [String], to file: Int32) {
    var bytes = Array(lines.map { $0.visible + "\n" }.joined().utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        var ready = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      } else if errno != EINTR {
        if file == STDOUT_FILENO { complain("backstep: standard output: \(String(cString: strerror(errno)))") }
        exit(ExitStatus.commandFailed.rawValue)
      }
    }
  }
}

/// The exit statuses of the fronts without a screen.
enum ExitStatus: Int32 {
  case well = 0
  case verdictFailed = 1
  case commandFailed = 2
  case interrupted = 130
}
