import Dispatch
import Engine
import Glibc
import Notation
import Synchronization

/// A look that may take long, such as a proof: worked on a copy of the session, beside whoever waits for it, who can stop it.
final class LongLook: Sendable {
  /// What is worked out; of the session it changes what is claimed and what was swept, and nothing else.
  typealias Part = @Sendable (inout Session) throws(CommandError) -> Answer
  /// What came of it.
  private typealias Found = Result<(answer: Answer, claimed: ClaimedDerivation?, swept: Swept?), CommandError>

  private let part: Part
  private let sign = StopSign()
  private let found = Mutex<Found?>(nil)
  private let hasBegun = Atomic<Bool>(false)
  /// Comes once something was found.
  private let end = DispatchSemaphore(value: 0)

  /// How deep expressions are followed in it: as deep as where a program begins.
  private static let stack = 64 << 20

  init(_ part: @escaping Part) { self.part = part }

  /// Goes on until it is done, or the time has come; then the answer is nil. Without a deadline it is done where it stands.
  func advance(_ session: inout Session, until deadline: ContinuousClock.Instant?) throws(CommandError) -> Answer? {
    if hasBegun.exchange(true, ordering: .relaxed) == false {
      if deadline == nil || !begin(on: session) { return try part(&session) }
    }
    guard isDone(by: deadline), let found = found.withLock({ $0 }) else { return nil }
    let answer: Answer
    (answer, session.claimed, session.swept) = try found.get()
    return answer
  }

  /// Waits until it is done, or the time has come.
  private func isDone(by deadline: ContinuousClock.Instant?) -> Bool {
    guard let deadline else {
      end.wait()
      return true
    }
    let rest = max((deadline - .now) / .nanoseconds(1), 0)
    return end.wait(timeout: .now() + .nanoseconds(Int(min(rest, 1e15)))) == .success
  }

  /// Ends it, without an answer where it has none of what was done so far. Returns once nobody works on it any more.
  func stop(_ session: inout Session) -> Answer? {
    guard hasBegun.load(ordering: .relaxed) else { return nil }
    sign.raise()
    end.wait()
    guard case .success(let found)? = found.withLock({ $0 }), found.answer.isCutShort else { return nil }
    session.swept = found.swept
    return found.answer
  }

  /// Begins it on a copy of the session; false where there is no thread for it.
  private func begin(on session: Session) -> Bool {
    let work = Unmanaged.passRetained(Work(self, session))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, LongLook.stack)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, work.toOpaque())
    if status != 0 { work.release() }
    return status == 0
  }

  /// What a thread is given.
  private final class Work {
    let look: LongLook
    var session: Session

    init(_ look: LongLook, _ session: Session) { (self.look, self.session) = (look, session) }

    func run() {
      let found: Found = StopSign.$current.withValue(look.sign) {
        do throws(CommandError) {
          let answer = try look.part(&session)
          return .success((answer, session.claimed, session.swept))
        } catch {
          return .failure(error)
        }
      }
      look.found.withLock { $0 = found }
      look.end.signal()
    }
  }
}
