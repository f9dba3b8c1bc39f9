import Glibc
import Testing
import TestSupport

/// `backstep watch`: a case is compared each time that its file is saved.
@Suite(.serialized) struct WatchingTests {
  private static let cases =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Language/Cases"

  /// The program at work on a file, what it says going into another.
  private final class Watch {
    let folder = Folder()
    private let process: String
    init(_ name: String) {
      process = output(
        of: "cd \(folder.path) && { setsid \(program) watch \(name) > said 2>&1 & echo $!; }"
      ).filter(\.isNumber)
    }

    var said: String { output(of: "cat \(folder.path)/said") }

    /// How long it takes, in milliseconds, until something has been said so many times; nil where it is not within 5 s.
    func waits(for words: String, times: Int) -> Int? {
      let clock = ContinuousClock()
      let start = clock.now
      while clock.now - start < .seconds(5) {
        if said.ranges(of: words).count >= times { return Int((clock.now - start) / .milliseconds(1)) }
        usleep(5000)
      }
      return nil
    }

    func run(_ command: String) { _ = output(of: "cd \(folder.path) && \(command)") }

    /// Ends it as Ctrl-C does.
    func interrupt() { _ = output(of: "kill -INT \(process)") }
    deinit { _ = output(of: "kill -KILL \(process) 2>/dev/null") }
  }

  @Test func itTellsAnewEachTime() throws {
    let watch = Watch("case.npz")
    #expect(watch.waits(for: "case.npz is not there yet", times: 1) != nil)
    watch.run("cp \(Self.cases)/missing-derivative.npz case.npz")
    #expect(watch.waits(for: "fails: delta1 (dZ1) departs first", times: 1) != nil, "\(watch.said)")
    // Written in place, and put in its place by another name.
    watch.run("cp \(Self.cases)/right.npz case.npz")
    #expect(watch.waits(for: "holds: all is well: 15 quantities", times: 1) != nil, "\(watch.said)")
    watch.run("cp \(Self.cases)/mean-twice.npz other && mv other case.npz")
    #expect(watch.waits(for: "mean-twice: ", times: 1) != nil, "\(watch.said)")
    watch.run("cp \(Self.cases)/right.npz case.npz")
    #expect(watch.waits(for: "holds: all is well: 15 quantities", times: 2) != nil, "\(watch.said)")
  }

  /// What is written in two goes is not complained of between them; what stays damaged is.
  @Test func halfAFileIsWaitedFor() {
    let watch = Watch("case.npz")
    #expect(watch.waits(for: "not there yet", times: 1) != nil)
    watch.run("head -c 2000 \(Self.cases)/right.npz > case.npz; sleep 0.05; cp \(Self.cases)/right.npz case.npz")
    #expect(watch.waits(for: "holds: all is well", times: 1) != nil)
    #expect(!watch.said.contains("cut short"), "\(watch.said)")
    watch.run("head -c 2000 \(Self.cases)/right.npz > case.npz")
    #expect(watch.waits(for: "the zip file is cut short", times: 1) != nil, "\(watch.said)")
  }

  /// Nothing is done while nothing changes, and Ctrl-C ends it.
  @Test func itSleepsAndIsInterrupted() throws {
    let folder = Folder()
    let time = output(
      of:
        "cd \(folder.path) && cp \(Self.cases)/right.npz . && timeout --preserve-status -s INT 2 \(program) watch right.npz activations=tanh,sigmoid > said; echo status=$?"
    )
    #expect(time == "status=130\n")
    let said = output(of: "cat \(folder.path)/said")
    #expect(said.contains("holds: all is well") && !said.contains("activations: "), "\(said)")
  }
}
