/// One place of the screen: what stands there and how it looks.
public struct Cell: Equatable, Sendable {
  /// The character with its combining marks. It takes one cell, or two when it is a wide one; the second then
  /// holds `Cell.continued`.
  public var character: Character
  /// How it looks.
  public var style: Style

  /// A character in a style.
  public init(_ character: Character = " ", _ style: Style = .plain) {
    self.character = character
    self.style = style
  }

  /// What stands in the second cell of a wide character. No text can put it there, since control characters are
  /// replaced.
  public static let continued: Character = "\0"

  /// Whether this is the second half of the wide character on its left.
  public var isContinuation: Bool { character == Cell.continued }
}
