/// A line of time that goes beside another one to a place of its own, whose state is read where it lies.
package final class LineBeside {
  private let line: UnsafeMutablePointer<Timeline>

  /// A line as it is now. What it keeps on its way is little.
  package init(_ line: Timeline) {
    self.line = .allocate(capacity: 1)
    self.line.initialize(to: line)
    self.line.pointee.memory = min(line.memory, 1 << 20)
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
}
