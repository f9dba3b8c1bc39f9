/// How far to either side of a number the cost is looked at: h in (C(v + h) - C(v - h)) / 2h.
package enum StepSize: Equatable, Sendable {
  /// So many times the larger of 1 and |v|.
  case scaled(Double)
  /// The same everywhere.
  case fixed(Double)

  /// The rule's own error falls with h², that of rounding rises with 1/h: for a function whose values and derivatives are of
  /// the order of 1 they meet near the cube root of the distance from 1 to the next number, 6.06e-06. (Press et al.,
  /// Numerical Recipes, "Numerical Derivatives".)
  package static let usual = StepSize.scaled(0x1.965fea53d6e41p-18)

  /// The number that it was made of.
  package var eps: Double {
    switch self {
    case .scaled(let eps), .fixed(let eps): eps
    }
  }

  /// h at a number.
  package func width(at value: Double) -> Double {
    switch self {
    case .scaled(let eps): eps * max(1, abs(value))
    case .fixed(let eps): eps
    }
  }

  /// The same with h so many times as wide.
  func times(_ factor: Double) -> StepSize {
    switch self {
    case .scaled(let eps): .scaled(eps * factor)
    case .fixed(let eps): .fixed(eps * factor)
    }
  }
}
