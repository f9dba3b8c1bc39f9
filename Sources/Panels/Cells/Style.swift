/// How a cell is to look: what it means, and emphasis on top of what the palette gives that meaning.
public struct Style: Hashable, Sendable {
  /// What the cell means.
  public var role: Role
  /// Emphasis, added to the role's own.
  public var attributes: Attributes

  /// A role with emphasis on top of it.
  public init(_ role: Role = .plain, _ attributes: Attributes = []) {
    self.role = role
    self.attributes = attributes
  }

  /// Ordinary text.
  public static let plain = Style()

  /// The same with more emphasis.
  public func with(_ more: Attributes) -> Style { Style(role, attributes.union(more)) }
}

/// Emphasis that every terminal has in some form, with or without colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit for each of the four; `CNcurses` reads the same bits.
  public let rawValue: UInt8

  /// From the bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 4)
  /// A line under the text.
  public static let underline = Attributes(rawValue: 8)
}
