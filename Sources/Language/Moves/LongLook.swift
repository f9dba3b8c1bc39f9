import Dispatch
import Engine
import Formats
import Glibc
import Notation
import Synchronization

/// Work that may take long, such as a proof, or a change over many samples: done on a copy of the session, beside whoever waits
/// for it, who can stop it. What it made of the session is taken over once it is done, as a whole or not at all.
final class LongLook: Sendable {
  /// What is worked out.
  typealias Part = @Sendable (inout Session) throws(CommandError) -> Answer
  /// The beginning of a command, which may be all of it.
  typealias Beginning = @Sendable (inout Session) throws(CommandError) -> Session.Began
  /// What came of it.
  private typealias Found = Result<(began: Session.Began, session: Session), CommandError>

  private let part: Beginning
  private let keepsWhatIsDone: Bool
  private let sign = StopSign()
  private let done = ShareDone()
  private let found = Mutex<Found?>(nil)
  private let hasBegun = Atomic<Bool>(false)
  /// Comes once something was found.
  private let end = DispatchSemaphore(value: 0)

  /// How deep expressions are followed in it: as deep as where a program begins.
  private static let stack = 64 << 20

  /// A whole command. One that keeps what is done of it is waited for when it is stopped.
  init(keepingWhatIsDone keeps: Bool, beginning part: @escaping Beginning) {
    (self.part, keepsWhatIsDone) = (part, keeps)
  }

  /// A look that answers.
  convenience init(keepingWhatIsDone keeps: Bool, _ part: @escaping Part) {
    self.init(
      keepingWhatIsDone: keeps,
      beginning: { session throws(CommandError) in .answer(try part(&session), before: nil) })
  }

  /// How much of it is done, from 0 to 1; nil where that is not known.
  var shareDone: Double? { done.share }

  /// Goes on until it is done, or the time has come; then the answer is nil. Without a deadline it is done where it stands.
  func advance(
    _ session: inout Session, until deadline: ContinuousClock.Instant?
  ) throws(CommandError) -> Session.Began? {
    if hasBegun.exchange(true, ordering: .relaxed) == false {
      if deadline == nil || !begin(on: session) { return try part(&session) }
    }
    guard isDone(by: deadline), let found = takeFound() else { return nil }
    let worked = try found.get()
    let inProgress = session.inProgress
    session = worked.session
    session.inProgress = inProgress
    return worked.began
  }

  /// What was found, which nobody else holds from then on.
  private func takeFound() -> Found? {
    found.withLock { found in
      defer { found = nil }
      return found
    }
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

  /// How long what is stopped is waited for where nobody needs what is done of it.
  static let patience = Duration.milliseconds(4)

  /// Ends it, without an answer where it has none of what was done so far.
  ///
  /// All that takes long looks at the sign, so that nobody works on it any more soon. Whoever stopped it does not wait for
  /// that any longer than `patience`: what comes of it later is nobody's. Only what keeps what is done of it is waited for.
  func stop(_ session: inout Session) -> Answer? {
    guard hasBegun.load(ordering: .relaxed) else { return nil }
    sign.raise()
    guard isDone(by: keepsWhatIsDone ? nil : .now + LongLook.patience) else { return nil }
    guard case .success(let worked)? = takeFound(), case .answer(let answer, _) = worked.began, answer.isCutShort else {
      return nil
    }
    session.swept = worked.session.swept
    return answer
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
      var found: Found? = StopSign.$current.withValue(look.sign) {
        ShareDone.$current.withValue(look.done) {
          do throws(CommandError) {
            let began = try look.part(&session)
            return .success((began, session))
          } catch {
            return .failure(error)
          }
        }
      }
      session = Session()
      if !look.sign.isUp || look.keepsWhatIsDone { look.found.withLock { $0 = found } }
      // Held by nobody but whoever takes it over, who would have to copy it else. What nobody asks for any more is given back
      // here: that takes time, where samples are many.
      found = nil
      look.end.signal()
    }
  }
}

extension Session {
  /// Whether beginning a command may take so long that it is done beside whoever waits: where going over the samples once
  /// does, any; else those whose work grows with the parameters, or with the file that is read.
  func takesLong(_ command: Command, _ line: Line) -> Bool {
    let experiment = content.timeline.state.experiment
    if experiment.isLong || experiment.isLarge { return true }
    switch command.work {
    case .little: return false
    case .ofParameters: return experiment.network.parameterCount > Session.manyParameters
    case .ofFile:
      let folder = folder(for: line)
      return line.words.dropFirst().contains { Files.size($0.text, beside: folder) > Session.largeFile }
    }
  }

  /// So many parameters are gone through one by one in no time, and so many bytes read.
  private static let (manyParameters, largeFile) = (300, 1 << 17)
}
