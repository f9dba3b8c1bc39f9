import Glibc
import TestSupport

/// A real terminal to drive the program in: one pane of a tmux server of its own, which goes away with the test.
final class Pane {
  private let socket: String

  /// Opens a pane of that size with a shell in it, in the repository's folder, and types nothing yet.
  init(columns: Int, rows: Int, environment: String = "LC_ALL=C.UTF-8") {
    socket = "backstep-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    let shell = "env -u NO_COLOR \(environment) PS1='ready> ' bash --norc --noprofile"
    _ = tmux("-f /dev/null new-session -d -x \(columns) -y \(rows) -c \(quoted(repository)) \(quoted(shell))")
    _ = wait { $0.contains("ready>") }
  }

  deinit { _ = tmux("kill-server") }

  /// Types text as it stands, then Enter.
  func enter(_ text: String) {
    _ = tmux("send-keys -l \(quoted(text))")
    _ = tmux("send-keys Enter")
  }

  /// Types text as it stands.
  func type(_ text: String) { _ = tmux("send-keys -l \(quoted(text))") }

  /// Pastes text, as a terminal does it.
  func paste(_ text: String) {
    _ = tmux("set-buffer \(quoted(text))")
    _ = tmux("paste-buffer -p")
  }

  /// Presses keys by their tmux names: `Right`, `Enter`, `C-c`, `n`.
  func press(_ keys: String...) { _ = tmux("send-keys " + keys.map(quoted).joined(separator: " ")) }

  /// Gives the window another size.
  func resize(columns: Int, rows: Int) { _ = tmux("resize-window -x \(columns) -y \(rows)") }

  /// Gives the pane colours of its own, which it then says it has.
  func style(_ style: String) { _ = tmux("set-option -g window-style \(quoted(style))") }

  /// Lets programs use the clipboard, which is then a buffer of tmux.
  func openClipboard() { _ = tmux("set-option -s set-clipboard on") }

  /// What is on the clipboard.
  var clipboard: String { tmux("show-buffer") }

  /// What the pane shows, as text.
  var text: String { tmux("capture-pane -p") }

  /// The same with its colours as escape sequences.
  var colouredText: String { tmux("capture-pane -p -e") }

  /// What a format of tmux says of the pane.
  func ask(_ format: String) -> String { tmux("display-message -p \(quoted(format))") }

  /// Waits until the pane shows what is asked for; false where it does not within the time.
  func wait(seconds: Double = 10, until isThere: (String) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if isThere(text) { return true }
      usleep(20_000)
    }
    return isThere(text)
  }

  /// Waits for a piece of text.
  func shows(_ wanted: String, seconds: Double = 10) -> Bool { wait(seconds: seconds) { $0.contains(wanted) } }

  private func tmux(_ arguments: String) -> String { output(of: "tmux -L \(socket) \(arguments) 2>&1") }
}

/// The program as it was built for the tests, beside them.
var program: String { folder(of: "/proc/self/exe") + "/backstep" }

/// The folder of Package.swift: the build folder is in it.
var repository: String {
  let parts = folder(of: "/proc/self/exe").split(separator: "/", omittingEmptySubsequences: false)
  let end = parts.lastIndex(of: ".build") ?? parts.count
  return parts[..<end].joined(separator: "/")
}

private func folder(of link: String) -> String {
  var buffer = [CChar](repeating: 0, count: 4096)
  let length = readlink(link, &buffer, buffer.count - 1)
  let path = String(decoding: buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
}
