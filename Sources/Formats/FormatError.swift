import Engine

/// Why a text of another program's format could not be taken, and where: line and column point into the file, or into
/// the list of columns that the user gave.
package struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text that line and column point into.
  package enum Subject: Equatable, Sendable {
    /// The file itself.
    case file
    /// What stood behind `inputs=`.
    case inputs
    /// What stood behind `targets=`.
    case targets
    /// What stood behind `classes=`.
    case classes

    /// The setting that it was typed in; nil for the file.
    package var setting: String? {
      switch self {
      case .file: nil
      case .inputs: "inputs"
      case .targets: "targets"
      case .classes: "classes"
      }
    }
  }

  /// The text that line and column point into.
  package var subject: Subject
  /// The line, counted from 1.
  package var line: Int
  /// The character in the line, counted from 1; a caret under it points at the fault.
  package var column: Int
  /// The line itself, for the caret to stand under; a very long one is cut.
  package var excerpt: String
  /// What is wrong and what was expected. It names the line by itself where the fault is in a file.
  package var message: Text

  /// An error at a place.
  package init(subject: Subject, line: Int, column: Int, excerpt: String, message: Text) {
    self.subject = subject
    self.line = line
    self.column = column
    self.excerpt = excerpt
    self.message = message
  }

  /// Ends the reading of many rows where a stop sign asks for it.
  static func heedStopSign() throws(FormatError) {
    guard StopSign.current?.isUp == true else { return }
    throw FormatError(subject: .file, line: 1, column: 1, excerpt: "", message: "stopped")
  }

  /// The message; the other fields say where.
  package var description: String { message.description }
}
