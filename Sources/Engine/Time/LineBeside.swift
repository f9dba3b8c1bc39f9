/// A line of time that goes beside another one to a place of its own, whose state is read where it lies.
package final class LineBeside {
  private let line: UnsafeMutablePointer<Timeline>

  /// A line as it is now. What it keeps on its way is little, where nothing else is said.
  package init(_ line: Timeline, memory: Int = 1 << 20) {
    self.line = .allocate(capacity: 1)
    self.line.initialize(to: line)
    if memory < line.memory { self.line.pointee.memory = memory }
  }

  deinit {
    line.deinitialize(count: 1)
    line.deallocate()
  }

  /// Where it is.
  package var place: Place { line.pointee.place }

  /// The state at its place, until it moves.
  package var passing: Passing { withUnsafePointer(to: &line.pointee.state) { Passing($0) } }

  /// Moves to a place, before or behind.
  package func move(to place: Place) { line.pointee.move(to: place) }

  /// The state at its place, to be kept; the next move then copies the numbers that this one still holds.
  package func state(selecting sample: Int) -> State {
    line.pointee.select(sample)
    return line.pointee.state
  }
}
