/// A place on the line of time: so many iterations behind it, so many operations of the next one, so many units of the
/// operation after those.
package struct Place: Comparable, Hashable, Sendable {
  /// The iterations that are behind, not counting the one that the place is in.
  package var iteration: Int
  /// The operations of this iteration that are complete.
  package var operation: Int
  /// The units of the next operation that are complete; less than it has.
  package var unit: Int

  /// A place; the beginning where nothing is said.
  package init(iteration: Int = 0, operation: Int = 0, unit: Int = 0) {
    self.iteration = iteration
    self.operation = operation
    self.unit = unit
  }

  /// Earlier places come first.
  package static func < (one: Place, other: Place) -> Bool {
    (one.iteration, one.operation, one.unit) < (other.iteration, other.operation, other.unit)
  }
}

/// The sizes of a stride, from the smallest.
package enum Stride: String, CaseIterable, Comparable, Sendable {
  case unit, operation, layer, phase, iteration, epoch

  /// The name as it is typed.
  package var name: String { self == .operation ? "op" : rawValue }

  /// How far it goes, in a few words.
  package var meaning: Text {
    switch self {
    case .unit: "one number, or one row of a matrix"
    case .operation: "one quantity of a layer, such as net1, from the first unit to the last"
    case .layer: "all that one layer computes in one direction; the usual stride"
    case .phase: "a whole forward pass, the loss, a whole backward pass, or the update of all layers"
    case .iteration: "forward, loss, backward and update of one batch"
    case .epoch: "an iteration for each batch, until every sample has been used once"
    }
  }

  /// The stride of that name, singular or plural.
  package static func named(_ name: String) -> Stride? {
    allCases.first { name == $0.name || name == $0.name + "s" }
  }

  /// Smaller strides come first.
  package static func < (one: Stride, other: Stride) -> Bool { one.rank < other.rank }

  private var rank: Int { Stride.allCases.firstIndex(of: self) ?? 0 }
}
