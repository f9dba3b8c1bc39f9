import Engine
import Notation

/// Something that is wrong with the training, and how one sees that it is.
package struct Remark: Sendable {
  /// The name, as help knows it.
  package let name: String
  /// What the header calls it: two words or three.
  package let label: Text
  /// What it means, in a sentence.
  package let meaning: Text
  /// What is found of it; nil where it is not so.
  let find: @Sendable (Health) -> Finding?

  /// What was found: a sentence with its numbers, and a line to try.
  package struct Finding: Equatable, Sendable {
    /// The sentence.
    package let sentence: Text
    /// The line.
    package let line: String

    init(_ sentence: Text, try line: String) { (self.sentence, self.line) = (sentence, line) }
  }

  init(_ name: String, _ label: Text, _ meaning: Text, _ find: @escaping @Sendable (Health) -> Finding?) {
    (self.name, self.label, self.meaning, self.find) = (name, label, meaning, find)
  }

  /// Every remark; where more than one is so, the first of them is the likeliest reason. A new one is one entry in the list
  /// of its kind.
  package static let all: [Remark] = ofTask + ofNumbers + ofUnits + ofPace
}

extension Remark {
  /// A number for a sentence.
  static func text(_ value: Double) -> String { significant(value, digits: 3) }

  /// `unit 2 of 8`, `units 2, 5 and 6 of 8`, or `7 of 8 units`.
  static func unitsText(_ units: [Int], of count: Int) -> Text {
    if units.count == 1 { return "unit \(units[0]) of \(count)" }
    if units.count == count || units.count > 4 { return "\(units.count) of \(count) units" }
    let first = units.dropLast().map(String.init).joined(separator: ", ")
    return "units \(first) and \(units[units.count - 1]) of \(count)"
  }

  /// The line that gives a layer another activation.
  static func line(_ layer: Int, _ health: Health, as activation: String) -> String {
    "layer \(layer) dense \(health.layers[layer - 1].units) \(activation)"
  }
}
