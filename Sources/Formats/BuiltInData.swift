import Engine

/// The data that `data NAME` knows without a file. It is text, read through the same reader as a file of the user's.
package struct BuiltInData: Sendable {
  /// The name to ask for it by.
  package let name: String
  /// What it is, for help.
  package let meaning: Text
  /// The data as comma-separated values with a header.
  package let text: String

  /// All of them, in the order that help lists them.
  package static let all = [
    BuiltInData(
      name: "xor", meaning: "exclusive or: 4 samples, 2 inputs, 1 target",
      text: "x1,x2,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"),
    BuiltInData(
      name: "and", meaning: "both of two: 4 samples, 2 inputs, 1 target",
      text: "x1,x2,and\n0,0,0\n0,1,0\n1,0,0\n1,1,1\n"),
    BuiltInData(
      name: "or", meaning: "one of two at least: 4 samples, 2 inputs, 1 target",
      text: "x1,x2,or\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n"),
    BuiltInData(
      name: "iris", meaning: "Fisher's irises: 150 flowers, 4 lengths in cm, 3 species as one-hot targets",
      text: irisText),
  ]

  /// The one of that name, or nil.
  package static func named(_ name: String) -> BuiltInData? { all.first { $0.name == name } }

  /// The samples; the columns are chosen as they are for a file. Throws where the choice is at fault.
  package func samples(_ choice: SampleChoice = SampleChoice()) throws(FormatError) -> TableSamples {
    try CSV.read(text).samples(choice, name: name)
  }

  /// The samples alone.
  package func dataset(inputs: String? = nil, targets: String? = nil) throws(FormatError) -> Dataset {
    try samples(SampleChoice(inputs: inputs, targets: targets)).data
  }
}
