import Engine
import Notation

/// What foreign numbers for one quantity have to do with those for another, which is computed after it: found by carrying
/// the first on through what follows.
package enum Consequence: Equatable, Sendable {
  /// Computed on from the first as it was given, the second comes out as it was given.
  case follows
  /// It changes with the first, and is wrong besides.
  case departsBesides
  /// The first has no part in it.
  case isApart

  /// Decides it on a line of time that stands in the iteration of both.
  package init(of later: ForeignNumbers, from earlier: ForeignNumbers, on timeline: Timeline) {
    guard earlier.quantity.kind.isInjectable else {
      self = .isApart
      return
    }
    let carried = Carried([earlier], on: timeline)
    guard let held = carried.held(later), held.truth != later.truth else {
      self = .isApart
      return
    }
    // In the form in which somebody gives such numbers it may follow as well.
    self = held.isRight ? .follows : .departsBesides
  }
}
