import CAllocations
import Testing

@testable import Engine

/// What is gone through again and again allocates nothing each time: a step nothing but, now and then, room for the curve of
/// the losses, and a run no more than what the past is kept in.
@Suite struct AllocationTests {
  /// How many times this thread allocates memory meanwhile.
  private func allocations(_ work: () -> Void) -> Int {
    let before = allocations_of_this_thread()
    work()
    return allocations_of_this_thread() - before
  }

  /// A line that has gone far enough for everything to have its place, of a random network; the layers and batches are of
  /// several kinds.
  private func line(_ seed: Int) -> Timeline {
    var line = Timeline(Experiment.random(seed: seed))
    line.move(to: line.place(300, on: .iteration))
    return line
  }

  @Test(arguments: 0..<30) func stepsAllocateNothing(seed: Int) {
    var line = line(seed)
    // The first steps make room for what is read of a step.
    for _ in 0..<60 { line.move(to: line.nextLayerStep) }
    let steps = allocations { for _ in 0..<120 { line.move(to: line.nextLayerStep) } }
    #expect(steps <= 12, "a step in ten at most, where a past is kept; seed \(seed)")
  }

  @Test(arguments: 0..<30) func runsAllocateWhatIsKept(seed: Int) {
    var line = line(seed)
    func run(_ iterations: Int) -> Int {
      allocations { line.walk(to: Place(iteration: line.place.iteration + iterations), until: .now + .seconds(60)) }
    }
    _ = run(2000)
    // What is kept of the past has two arrays a layer, and more where the optimizer has a memory, some times in a hundred
    // iterations at most.
    #expect(run(2000) <= 500, "seed \(seed)")
  }

  /// What counts them counts: an array a time.
  @Test func allocationsAreCounted() {
    var arrays: [[Double]] = []
    arrays.reserveCapacity(100)
    let found = allocations { for index in 0..<100 { arrays.append([Double](repeating: 1, count: index + 1)) } }
    #expect(found >= 100 && found < 110 && arrays.count == 100)
  }
}
