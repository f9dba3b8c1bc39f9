import Engine

/// That both sides of a claim are the same real number wherever both are defined: what it was shown for, and how unlikely
/// it is that a false claim would have passed.
package struct Proof: Equatable, Sendable {
  /// At how many independent points of the field both sides were worked out.
  package let points: Int
  /// For how many outcomes of the comparisons, at each point.
  package let patterns: Int
  /// The largest degree of a difference of the sides, as a fraction of what was drawn.
  package let degree: Int
  /// The chance that a false claim passes is below 2 to this power, which is negative.
  package let exponent: Int
  /// The activations in whose place any differentiable function may stand.
  package let freeActivations: [String]
  /// Whether comparisons were met: arguments that stand exactly at one's edge are left out.
  package let leavesOutKinks: Bool
  /// Whether it holds whatever the optimizer remembers; nil where its memory plays no part.
  package let holdsForAnyMemory: Bool?
  /// Whether some elements have no value at any point, and are left out.
  package let leavesOutUndefined: Bool

  /// A chance that a proof has to be below, as a power of 2.
  static let enough = -64
  /// The most points that are tried for it.
  static let mostPoints = 6

  /// The power of 2 below which the chance is that two sides which differ agree at one point.
  ///
  /// Their difference is a fraction whose numerator has at most that degree, and vanishes at a random point with a chance of
  /// degree / p (Schwartz, Zippel). Besides, two arguments of functions which differ may be equal there, up to a sign or
  /// turned over, and then take one value: g of them make g²/2 pairs, each of a degree of at most twice an argument's. So may
  /// what is held against 0. All of this is doubled for the points where a side has no value, which are drawn again.
  static func chance(degree: Int, _ tally: FieldPoint.Tally) -> Double {
    let (looked, argument) = (Double(tally.looked), Double(tally.degree))
    let ways = Double(degree) + 2 * looked * looked * argument + 4 * Double(tally.tests) * argument
    return 2 * max(ways, 1) / Double(Residue.modulus)
  }
}

/// What exact evaluation says of a claim.
package enum Finding: Equatable, Sendable {
  /// Both sides are the same.
  case equal(Proof)
  /// They differ as far as the functions in them, by these names, are known; with none of them they do differ.
  case different(functions: [String], hasGates: Bool)
  /// One of them has no value anywhere.
  case undefined
  /// They are the same, but what is computed here is something else, or mostly rounding.
  case unlike
  /// It could not be decided; why, as a part of a sentence.
  case undecided(Text)
}
