import Glibc
import Testing
import TestSupport

/// Whatever ends the program, the terminal is as it was before.
struct SignalTests {
  /// Those of signal(7) whose default is to end the process, but for KILL, which nobody can catch, and INT, which is a key.
  private static let ending = [
    "HUP", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
    "XCPU", "XFSZ", "VTALRM", "PROF", "IO", "PWR", "SYS", "RTMIN", "RTMAX",
  ]

  /// A script that starts the program and then says whether the terminal's settings are the same. An interactive shell
  /// would put them right by itself.
  private func script(in folder: Folder, _ environment: String) throws -> String {
    try folder.write(
      """
      stty -a > \(folder.path)/before
      SWIFT_BACKTRACE=enable=no \(environment) \(program)
      echo status=$?
      stty -a > \(folder.path)/after
      cmp \(folder.path)/before \(folder.path)/after && echo same
      """, to: "script")
    return "clear; sh \(folder.path)/script"
  }

  /// The program's process in a pane.
  private func process(in pane: Pane) -> String {
    output(of: "pgrep -P $(pgrep -P \(pane.ask("#{pane_pid}")))").trimmingPrefix { $0 == "\n" }.description
  }

  private func expectTheTerminalBack(_ pane: Pane, status: Int32, _ what: String) {
    #expect(pane.wait { $0.contains("status=\(status)") && $0.contains("same") }, "\(what): \(pane.text)")
    #expect(pane.ask("#{alternate_on}#{cursor_flag}#{mouse_button_flag}").hasPrefix("010"), "\(what)")
  }

  @Test func theTerminalIsGivenBackWhenASignalEndsIt() throws {
    let folder = Folder()
    let pane = Pane(columns: 80, rows: 24)
    let start = try script(in: folder, "")
    for signal in SignalTests.ending {
      let number = Int32(output(of: "bash -c 'kill -l \(signal)'").prefix { $0.isNumber })
      pane.enter(start)
      try #require(pane.shows("→ takes the first step"), "\(signal): \(pane.text)")
      _ = output(of: "bash -c 'kill -\(signal) \(process(in: pane))'")
      expectTheTerminalBack(pane, status: 128 + (try #require(number)), signal)
    }
  }

  /// What a fault of the processor's does to a program, and the status that comes of it.
  @Test(arguments: [("one = 1 / zero", SIGFPE), ("*(volatile int *)8 = 1", SIGSEGV), ("one = deep(1)", SIGSEGV)])
  func aFaultEndsItOnceAndGivesTheTerminalBack(_ fault: String, _ signal: Int32) throws {
    let folder = Folder()
    // A library whose poll, which waits for keys, has the fault once there is a file.
    try folder.write(
      """
      #include <sys/syscall.h>
      #include <poll.h>
      #include <unistd.h>
      static volatile int zero, one;
      static int deep(volatile int depth) { volatile int room[1000] = {depth}; return deep(room[0] + 1) + room[1]; }
      int poll(struct pollfd *files, nfds_t count, int wait) {
        if (access("\(folder.path)/now", F_OK) == 0) \(fault);
        return syscall(SYS_poll, files, count, wait < 0 || wait > 20 ? 20 : wait);
      }
      """, to: "fault.c")
    _ = output(of: "cd \(folder.path) && clang -shared -fPIC -O0 -w -o fault.so fault.c")
    let pane = Pane(columns: 80, rows: 24)
    for ignored in ["", "trap '' FPE SEGV; "] {
      pane.enter(ignored + (try script(in: folder, "LD_PRELOAD=\(folder.path)/fault.so")))
      try #require(pane.shows("→ takes the first step"), "\(pane.text)")
      try folder.write("", to: "now")
      expectTheTerminalBack(pane, status: 128 + signal, fault)
      _ = output(of: "rm \(folder.path)/now")
    }
  }
}
