import Engine

/// What would explain numbers as well, where nothing that was compared tells which it is.
package enum Doubt: Equatable, Sendable {
  /// They are taken to be laid out the other way round, and may be a matrix that is the wrong way round.
  case transposed
  /// They are taken to be of units in another order, and may stand in the wrong places.
  case permuted
  /// They are taken to stand in the wrong places, and may be of units in another order.
  case order(UnitOrder)

  /// The slip that they may come of; nil where that is what they are taken for.
  package var slip: Mistake? {
    switch self {
    case .transposed: Mistake.all.first { $0.name == "transposed" }
    case .permuted: Mistake.all.first { $0.name == "permuted" }
    case .order: nil
    }
  }
}
