/// What is asked along a walk.
package struct Visitor {
  /// Where it is asked: at the end of every iteration, or after every layer step.
  package enum Ends: Sendable {
    case iterations, layerSteps
  }

  let at: Ends
  /// What it reads; nil where it may read anything, the weights that the forward pass read and the place itself included.
  let reads: Set<Quantity>?
  /// Whether it reads the weights that the forward pass read, too.
  let readsForward: Bool
  /// Told what is there one layer step before each place at which it is asked; nil where it need not be.
  let before: ((Passing) -> Void)?
  /// Whether it may stop where an iteration ends with a loss, of one that decides by the loss alone; it need not be asked
  /// elsewhere.
  let mayStop: ((Double) -> Bool)?
  /// About how many operations on numbers a visit takes.
  let cost: Int
  /// Whether the walk stops at a place.
  let stops: (Passing) -> Bool

  /// Asks at places. With `reads`, only those quantities are worth anything there, and the weights of the forward pass only
  /// where it `readsForward`. One that is told what is there `before` a place begins where a layer step has ended. One that
  /// decides by an iteration's loss alone says where it `mayStop`, and is passed by where it may not.
  package init(
    at: Ends, reads: Set<Quantity>? = nil, readsForward: Bool = false, cost: Int = 1,
    before: ((Passing) -> Void)? = nil, mayStop: ((Double) -> Bool)? = nil, stops: @escaping (Passing) -> Bool
  ) {
    (self.at, self.reads, self.readsForward, self.cost) = (at, reads, readsForward, cost)
    (self.before, self.mayStop, self.stops) = (before, mayStop, stops)
  }

  /// One that reads all that some others read, and is told what they are told.
  package init(joining others: [Visitor], at: Ends, stops: @escaping (Passing) -> Bool) {
    let reads = others.map(\.reads)
    let told = others.compactMap(\.before)
    self.init(
      at: at, reads: reads.contains(nil) ? nil : reads.reduce(into: []) { $0.formUnion($1 ?? []) },
      readsForward: others.contains(where: \.readsForward), cost: others.reduce(1) { $0 + $1.cost },
      before: told.isEmpty ? nil : { place in for tell in told { tell(place) } }, stops: stops)
  }
}
