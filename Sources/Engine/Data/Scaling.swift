/// How inputs are brought to a common size before the network sees them. What a column is moved and divided by is read
/// off the samples that are trained on, and held for the held-out ones and for predictions.
package enum Scaling: String, CaseIterable, Sendable {
  /// (x − mean) / std, with the standard deviation of the whole column: std² = mean((x − mean)²).
  case standard
  /// (x − min) / (max − min): from 0 to 1.
  case minmax
  /// As they were given.
  case none

  /// What it makes of a column, in the words of help.
  package var meaning: Text {
    switch self {
    case .none: "the inputs as they were given"
    case .standard: "(x - mean) / std of each column"
    case .minmax: "(x - min) / (max - min) of each column"
    }
  }

  /// What each column of inputs is moved and divided by; none where nothing is scaled. `inputs` has `columns` numbers
  /// for each sample.
  func fit(_ inputs: [Double], columns: Int) -> [ColumnScale] {
    guard self != .none, columns > 0, inputs.count >= columns else { return [] }
    return (0..<columns).map { first in
      let column = stride(from: first, to: inputs.count, by: columns).lazy.map { inputs[$0] }
      let (low, high) = column.reduce((inputs[first], inputs[first])) { (min($0.0, $1), max($0.1, $1)) }
      // A column of one number becomes 0, and whatever else is predicted with keeps its distance from it.
      guard high > low else { return ColumnScale(offset: low, divisor: 1) }
      if self == .minmax { return ColumnScale(offset: low, divisor: high - low) }
      let count = Double(inputs.count / columns)
      let mean = column.reduce(0, +) / count
      // By shares of the largest deviation, so that no square is lost or overflows.
      let largest = max(high - mean, mean - low)
      let squares = column.reduce(0.0) { $0 + ($1 - mean) / largest * (($1 - mean) / largest) }
      return ColumnScale(offset: mean, divisor: largest * (squares / count).squareRoot())
    }
  }
}

/// What one column of inputs is moved and divided by: scaled = (given − offset) / divisor.
package struct ColumnScale: Equatable, Sendable {
  /// What is taken from a given number.
  package let offset: Double
  /// What the rest is divided by; never 0.
  package let divisor: Double

  /// What the network sees of a given number.
  package func scaled(_ given: Double) -> Double { (given - offset) / divisor }

  /// The given number of which the network sees this one.
  package func given(_ scaled: Double) -> Double { scaled * divisor + offset }
}
