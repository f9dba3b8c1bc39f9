import Glibc

// Operations over very many samples are done in pieces, between which whoever waits may look up.
extension Workspace {
  /// About how many products make a piece, which takes a few milliseconds: the kernels take eight a nanosecond and more, and
  /// what is not the sums of products of a layer takes as long as `productsOfUnit` do for each of its units.
  @TaskLocal static var productsOfPiece = 32_000_000
  static let productsOfUnit = 160

  /// So many zeros from a boundary on, and what they lie in where that begins before. Of very many the system gives pages
  /// that take time only when they are written.
  static func zeros(_ count: Int) -> (UnsafeMutablePointer<Double>, within: UnsafeMutableRawPointer?) {
    let (many, boundary) = (1 << 17, WorkspacePlan.alignment)
    let bytes = max(count, 1) * MemoryLayout<Double>.stride
    if count >= many, let memory = calloc(bytes + boundary, 1) {
      return (memory.alignedUp(toMultipleOf: boundary).bindMemory(to: Double.self, capacity: count), memory)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: boundary)
    return (memory.initializeMemory(as: Double.self, repeating: 0, count: count), nil)
  }

  /// Gives back what so many numbers lay in. Of very many the system takes each page by itself, which takes it tens of
  /// milliseconds: whoever is done with them, and may be asked to stop by somebody who waits, does not wait for that.
  static func giveBack(_ memory: UnsafeMutableRawPointer, count: Int) {
    let many = 1 << 22
    guard count >= many else { return free(memory) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let begin: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { memory in
      free(memory)
      return nil
    }
    if pthread_create(&thread, &attributes, begin, memory) != 0 { free(memory) }
  }

  /// Does some units of an operation for all samples; where that takes long, in pieces, of which none is begun once a stop
  /// sign is up.
  @inline(__always)
  func perform(_ work: Operation.Work, _ units: Range<Int>) {
    if isLong { performInPieces(work, units) } else { work.perform(on: self, units) }
  }

  /// Does all units of an operation.
  @inline(__always)
  func perform(_ work: Operation.Work) { perform(work, 0..<work.units) }

  @inline(never)
  private func performInPieces(_ work: Operation.Work, _ units: Range<Int>) {
    let sign = StopSign.current
    var first = 0
    while first < samples, sign?.isUp != true { first = perform(work, units, from: first) }
    atWork = 0..<samples
  }

  /// Does an operation for the samples of a piece; gives the first sample that is left. An update is one piece.
  func perform(_ work: Operation.Work, _ units: Range<Int>, from first: Int) -> Int {
    let end = work.isUpdate ? samples : min(first + piece, samples)
    atWork = first..<end
    work.perform(on: self, units)
    if end == samples { atWork = 0..<samples }
    return end
  }
}

/// A layer step that was left in its middle: how far the operations behind the place are done. Nothing of that shows, since
/// nobody reads what is computed behind the place.
struct BegunStep: Sendable {
  /// The operations of the iteration that are complete.
  var operation: Int
  /// The units of the next one that are done for all samples.
  var unit: Int
  /// The samples for which other units are done.
  var samples: Int
  /// The first unit that was not to be done for them.
  var end: Int
}

extension State {
  /// Goes on in pieces up to an operation of this iteration and a unit of it, at most to the end of a layer step. Where the
  /// time comes before, the state stays where it was, and the next time goes on from there. An update is never left in its
  /// middle: it writes over what is on show.
  mutating func goOn(to operation: Int, unit: Int, _ look: inout LookAtTheClock) -> Bool {
    let start = place
    var samples = 0
    /// Up to where the units of the next operation are to be done.
    func end() -> Int { place.operation < operation ? program.operations[place.operation].units : unit }
    if let begun {
      self.begun = nil
      if (begun.operation, begun.unit) < (operation, unit) {
        (place.operation, place.unit) = (begun.operation, begun.unit)
        // Where more units are to be done than before, the first samples lack some.
        samples = begun.end == end() ? begun.samples : 0
      }
    }
    while place.operation < operation || place.operation == operation && place.unit < unit {
      let next = program.operations[place.operation]
      samples = piece(of: next, upTo: end(), from: samples)
      let isThere = place.operation == operation && place.unit == unit
      if next.phase != .update, !isThere, look.isDue {
        begun = BegunStep(operation: place.operation, unit: place.unit, samples: samples, end: end())
        place = start
        return false
      }
    }
    return true
  }

  /// Does a piece of an operation up to a unit: some samples, or of a formula in its place that runs over all of them a unit.
  /// Gives the samples for which the rest is done.
  private mutating func piece(of operation: Operation, upTo end: Int, from first: Int) -> Int {
    if operation.isAltered, let alteration = operation.alteration {
      loadAwaited(0..<Int.max)
      if operation.quantity.kind.isOfSample {
        let (all, piece) = workOnNumbers { ($0.samples, max($0.piece / State.slowness, 1)) }
        let samples = first..<min(first + piece, all)
        perform(operation, by: alteration, place.unit..<end, samples: samples)
        guard samples.upperBound == all else { return samples.upperBound }
        injectGiven(after: operation, place.unit..<end)
        pass(operation, upTo: end)
        return 0
      }
      perform(operation, place.unit..<place.unit + 1)
      pass(operation, upTo: place.unit + 1)
      return 0
    }
    let units = place.unit..<end
    let left = workOnNumbers { numbers in (all: numbers.samples, end: min(first + numbers.piece, numbers.samples)) }
    loadAwaited(first..<left.end)
    let done = workOnNumbers { $0.perform(operation.work, units, from: first) }
    guard done == left.all else { return done }
    injectGiven(after: operation, units)
    pass(operation, upTo: end)
    return 0
  }

  /// A formula takes about so many times what the kernels do.
  private static let slowness = 256

  /// So many units of the next operation are complete.
  private mutating func pass(_ operation: Operation, upTo unit: Int) {
    if unit < operation.units { place.unit = unit } else { (place.operation, place.unit) = (place.operation + 1, 0) }
  }
}
