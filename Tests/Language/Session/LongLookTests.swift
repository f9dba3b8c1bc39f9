import Dispatch
import Engine
import Notation
import Synchronization
import Testing

@testable import Language

/// Looks that take long are worked beside whoever waits, and can be stopped.
@Suite struct LongLookTests {
  private static let small = """
    input 2
    dense 2 tanh
    dense 2 softmax
    loss ce
    sample 0.5 -1 -> 1 0
    forward
    backward

    """
  private static let claims = """
    claim always delta1[k] = d(loss)/d(net1[k])
    = sum(j, w2[j,k] * delta2[j]) * f1'(net1[k])
    = sum(j, w2[k,j] * delta2[j]) * f1'(net1[k])
    derive delta2[k]
    refute claim always a1 = net1

    """

  private static func played(_ text: String) throws -> Session {
    var session = Session()
    try session.take(text)
    return session
  }

  /// The same answers come whether somebody waits or looks in again and again.
  @Test func answersAreTheSameBesideAndAtOnce() throws {
    var (atOnce, beside) = (try Self.played(Self.small), try Self.played(Self.small))
    for text in Self.claims.split(separator: "\n") {
      let expected = try atOnce.execute(Line(String(text)))
      #expect(try beside.begin(Line(String(text))) == .underWay)
      var answer: Answer?
      while answer == nil { answer = try beside.advance(until: .now + .milliseconds(1)) }
      #expect(answer == expected)
      #expect(beside.entries == atOnce.entries)
      #expect(beside.claimed?.lines.map(\.word) == atOnce.claimed?.lines.map(\.word))
    }
  }

  /// A look through the past says how far it has come.
  @Test(arguments: ["find |w2| > 9 count", "table |w1| every layer", "sweep seeds=1..90 run 900"])
  func itSaysHowFarItIs(_ line: String) throws {
    var session = try Self.played(xor + "run 30000")
    var shares: [Double] = []
    #expect(try session.begin(Line(line)) == .underWay)
    while try session.advance(until: .now + .milliseconds(1)) == nil {
      shares += [session.shareDone].compactMap(\.self)
    }
    #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) }, "\(shares)")
    #expect(Set(shares).count > 2, "\(shares)")
    #expect(session.shareDone == nil)
  }

  /// One that would take many seconds ends at once, leaves no line, and what comes next works.
  @Test func itIsStopped() throws {
    var session = try Self.played(
      """
      input 60
      dense 60 tanh
      dense 60 tanh
      dense 20 softmax
      loss ce
      sample \(Array(repeating: "0.1", count: 60).joined(separator: " ")) -> 1\(String(repeating: " 0", count: 19))
      forward
      backward

      """)
    let before = session.entries
    #expect(try session.begin(Line("claim always dw1[j,i] = d(loss)/d(w1[j,i])")) == .underWay)
    #expect(try session.advance(until: .now + .milliseconds(50)) == nil)
    let start = ContinuousClock.now
    let answer = session.stop()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(answer.lines.map(\.description) == ["stopped: claim always dw1[j,i] = d(loss)/d(w1[j,i])"])
    #expect(!session.isWorking)
    #expect(session.entries == before)
    #expect(session.claimed == nil)
    #expect(try session.execute(Line("claim delta3[k] = a3[k] - y[k]")).verdict?.holds == true)
  }

  /// What a look does that whoever tests it has in hand.
  private final class Work: Sendable {
    let mayEnd = DispatchSemaphore(value: 0)
    private let hasCome = Atomic<Bool>(false)
    /// Whether it has come to its end.
    var hasEnded: Bool {
      get { hasCome.load(ordering: .acquiring) }
      set { hasCome.store(newValue, ordering: .releasing) }
    }

    /// Ends when it may, whatever is asked of it; at last by itself.
    func goOn() -> Answer {
      _ = mayEnd.wait(timeout: .now() + 10)
      hasEnded = true
      return Answer("done")
    }
  }

  /// Who stops a look does not wait until it comes to heed that, and what comes of it later is nobody's.
  @Test func aStopDoesNotWaitForWhatIsStopped() throws {
    let work = Work()
    let look = LongLook(keepingWhatIsDone: false) { session throws(CommandError) in
      defer { session.content.title = "changed" }
      return work.goOn()
    }
    var session = try Self.played(Self.small)
    #expect(try look.advance(&session, until: .now) == nil)
    #expect(look.stop(&session) == nil)
    #expect(!work.hasEnded)
    work.mayEnd.signal()
    #expect(session.title.isEmpty)
  }

  /// One that keeps what is done of it has the time to say that.
  @Test func whatIsDoneIsWaitedForWhereItIsKept() throws {
    let look = LongLook(keepingWhatIsDone: true) { _ throws(CommandError) in
      while StopSign.current?.isUp != true {}
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(50))
      var answer = Answer("half of it")
      answer.isCutShort = true
      return answer
    }
    var session = try Self.played(Self.small)
    #expect(try look.advance(&session, until: .now) == nil)
    #expect(look.stop(&session)?.lines.map(\.description) == ["half of it"])
  }

  /// What is wrong with a line is said as it is where nobody looks in.
  @Test func aFailureIsTheSame() throws {
    var session = try Self.played(Self.small)
    let line = Line("claim always delta1[k] = nothing[k]")
    let expected = #expect(throws: CommandError.self) { try session.execute(line) }
    #expect(try session.begin(line) == .underWay)
    let found = #expect(throws: CommandError.self) {
      while try session.advance(until: .now + .milliseconds(1)) == nil {}
    }
    #expect(found?.message == expected?.message)
    #expect(found?.column == expected?.column)
    #expect(!session.isWorking)
  }
}
