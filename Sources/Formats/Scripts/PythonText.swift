import Engine
import Notation

/// A script of Python as it grows, line by line, with the ways in which Python writes numbers, arrays and texts.
struct PythonText {
  /// The lines so far.
  private(set) var lines: [String] = []

  /// The whole text.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Adds lines.
  mutating func add(_ more: String...) { lines += more }

  /// Adds lines.
  mutating func add(_ more: [String]) { lines += more }

  /// Puts a line before another one.
  mutating func insert(_ line: String, before other: String) {
    if let place = lines.firstIndex(of: other) { lines.insert(line, at: place) }
  }

  /// Begins another part, with a comment of some lines.
  mutating func begin(_ comment: String...) {
    if lines.last?.isEmpty == false { lines.append("") }
    lines += comment.map { "# \($0)" }
  }

  /// Defines a function, with a blank line around it; a comment before it is about it.
  mutating func define(_ function: [String]) {
    if let last = lines.last, !last.isEmpty, !last.hasPrefix("#") { lines.append("") }
    lines += function + [""]
  }

  /// A number that is one of floats: `2.0`, `1e-05`.
  static func number(_ value: Double) -> String { value.description }

  /// A row as a list.
  static func list(_ row: some Sequence<Double>) -> String {
    "[" + row.map { number($0) }.joined(separator: ", ") + "]"
  }

  /// A matrix as a list of lists, its rows under each other behind so many characters.
  static func list(_ matrix: Matrix, indent: Int) -> String {
    let rows = (0..<matrix.rows).map { row in
      list(matrix.elements[row * matrix.columns..<(row + 1) * matrix.columns])
    }
    return "[" + rows.joined(separator: ",\n" + String(repeating: " ", count: indent + 1)) + "]"
  }

  /// A text as a literal of Python.
  static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case _ where scalar.isVisible: literal.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return literal + "\""
  }
}
