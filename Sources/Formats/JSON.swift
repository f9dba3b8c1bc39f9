import Engine
import Notation

/// A value to be written as JSON on one line, its keys in the order given. There is no null: what is not there is left
/// out.
package indirect enum JSONValue: Equatable, Sendable, CustomStringConvertible {
  /// Keys and their values, in order.
  case object([JSONMember])
  /// A list.
  case array([JSONValue])
  /// A text, not yet escaped.
  case string(String)
  /// A number; one that is not finite is written as the string `"nan"`, `"inf"` or `"-inf"`.
  case number(Double)
  /// `true` or `false`.
  case bool(Bool)

  /// A list of numbers.
  package init(_ numbers: some Sequence<Double>) { self = .array(numbers.map(JSONValue.number)) }

  /// A matrix as the list of its rows, whatever its size.
  package init(rowsOf matrix: Matrix) {
    self = .array((0..<matrix.rows).map { row in JSONValue((0..<matrix.columns).map { matrix[row, $0] }) })
  }

  /// The JSON text, without blanks and without a line end.
  package var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "" : ",") + quoted(member.key) + ":"
        member.value.write(to: &text)
      }
      text += "}"
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .string(let string): text += quoted(string)
    case .number(let number): text += json(number)
    case .bool(let bool): text += bool ? "true" : "false"
    }
  }
}

/// A key of a JSON object with its value.
package struct JSONMember: Equatable, Sendable {
  /// The key, not yet escaped.
  package var key: String
  /// What stands behind it.
  package var value: JSONValue

  /// A key with its value.
  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// An object, its keys in the order written.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0.0, $0.1) })
  }
  /// A list.
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// A text.
  package init(stringLiteral value: String) { self = .string(value) }
  /// A number.
  package init(floatLiteral value: Double) { self = .number(value) }
  /// A whole number.
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A truth value.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

/// A text in quotes. What is not seen is escaped, lest a terminal obeys it.
private func quoted(_ string: String) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.isVisible: text.unicodeScalars.append(scalar)
    default:
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }
  return text + "\""
}
