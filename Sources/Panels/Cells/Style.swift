/// How a cell is to look: what it means, and emphasis on top of what the palette gives that meaning.
package struct Style: Hashable, Sendable {
  /// What the cell means.
  package var role: Role
  /// Emphasis, added to the role's own.
  package var attributes: Attributes

  /// A role with emphasis on top of it.
  package init(_ role: Role = .plain, _ attributes: Attributes = []) {
    self.role = role
    self.attributes = attributes
  }

  /// Ordinary text.
  package static let plain = Style()

  /// The same with more emphasis.
  package func with(_ more: Attributes) -> Style { Style(role, attributes.union(more)) }
}

/// Emphasis that every terminal has in some form, with or without colour.
package struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit for each of the four; `CNcurses` reads the same bits.
  package let rawValue: UInt8

  /// From the bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier or brighter.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter.
  package static let dim = Attributes(rawValue: 2)
  /// Foreground and background exchanged.
  package static let reverse = Attributes(rawValue: 4)
  /// A line under the text.
  package static let underline = Attributes(rawValue: 8)
}
