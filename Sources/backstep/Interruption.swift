import Glibc
import Synchronization

/// Whether Ctrl-C was pressed: a move looks at it between two steps.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether it was.
  static var hasCome: Bool { flag.load(ordering: .relaxed) }

  /// Notes SIGINT from now on. A read that waits for input is broken off by it. A broken pipe ends the program without a
  /// word. Both are so also where a parent process has blocked or ignored these signals.
  static func listen() {
    _ = hasCome
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    sigaction(SIGINT, &action, nil)
    signal(SIGPIPE, SIG_DFL)
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGINT)
    sigaddset(&both, SIGPIPE)
    sigprocmask(SIG_UNBLOCK, &both, nil)
  }
}
