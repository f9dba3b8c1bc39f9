/// A number as it was typed, so that it prints back the same and `compare` knows how exact it is.
package struct Literal: Hashable, Sendable {
  /// The number.
  package let value: Double
  /// What was typed.
  package let text: String

  /// A number in its shortest form that reads back exactly.
  package init(_ value: Double) {
    self.value = value
    let shortest = "\(value)"
    text = shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
  }

  /// What was typed, or nil where that is no number.
  package init?(text: String) {
    guard let value = Double(text) else { return nil }
    self.value = value
    self.text = text
  }

  /// Whether two were typed alike.
  package static func == (a: Literal, b: Literal) -> Bool { a.text == b.text }

  /// Feeds what was typed.
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// How many decimals were typed: `0.150` has 3, `1.5e-3` has 4 and `2e3` has −3.
  package var decimals: Int {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let fraction = parts.first?.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return (fraction?.count ?? 0) - exponent
  }
}
