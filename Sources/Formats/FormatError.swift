import Engine

/// Why a text of another program's format could not be taken, and where: line and column point into the file, or into
/// the list of columns that the user gave.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text that line and column point into.
  public enum Subject: Equatable, Sendable {
    /// The file itself.
    case file
    /// What stood behind `inputs=`.
    case inputs
    /// What stood behind `targets=`.
    case targets
  }

  /// The text that line and column point into.
  public var subject: Subject
  /// The line, counted from 1.
  public var line: Int
  /// The character in the line, counted from 1; a caret under it points at the fault.
  public var column: Int
  /// The line itself, for the caret to stand under; a very long one is cut.
  public var excerpt: String
  /// What is wrong and what was expected. It names the line by itself where the fault is in a file.
  public var message: Text

  /// The message; the other fields say where.
  public var description: String { message.description }
}
