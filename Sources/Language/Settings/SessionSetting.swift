import Engine
import Notation
import Panels

/// One setting of the session, given by `set NAME = VALUE`: a row of the table that `set`, its help and completion, and the
/// names that `let` may not take are read from.
struct SessionSetting: Sendable {
  /// The name that is typed.
  let name: String
  /// What stands for a value in its usage: `N`.
  let argument: String
  /// What it may be, as help says it: `1 to 17`.
  let values: Text
  /// The words that it may be, for completion; none where it is a number.
  let words: [String]
  /// What it does, as the end of a sentence of help.
  let meaning: Text
  /// A value that it takes.
  let example: String
  /// Takes a value that was typed; what is no value for it is refused with its place.
  let take: @Sendable (_ session: inout Session, _ value: Expression) throws(CommandError) -> Void

  init(
    _ name: String, _ argument: String = "N", values: Text, words: [String] = [], meaning: Text,
    example: String,
    take: @escaping @Sendable (_ session: inout Session, _ value: Expression) throws(CommandError) -> Void
  ) {
    self.name = name
    self.argument = argument
    self.values = values
    self.words = words
    self.meaning = meaning
    self.example = example
    self.take = take
  }

  /// Every setting; a new one is one entry.
  static let all: [SessionSetting] = [
    SessionSetting("digits", values: "1 to 17", meaning: "the significant digits of answers", example: "12") {
      session, value throws(CommandError) in
      session.content.digits = try session.whole(value, "digits", in: 1...17)
    },
    SessionSetting(
      "memory", values: "1 to 65536",
      meaning:
        "the megabytes for what is kept so that going back, undo and redo are short; the numbers don't depend on it",
      example: "256"
    ) { session, value throws(CommandError) in
      session.content.memory = try session.whole(value, "megabytes of memory", in: 1...65536) << 20
    },
    SessionSetting(
      "theme", "THEME", values: "one of \(themes.joined(separator: ", "))", words: themes,
      meaning: "the colours of the screen: auto are those that suit the terminal's ground", example: "projector"
    ) { session, value throws(CommandError) in
      let word = try session.word(value, "theme", of: themes)
      session.content.theme = Theme(rawValue: word)
    },
  ]

  private static let themes = ["auto"] + Theme.allCases.map(\.rawValue)

  /// The setting of that name.
  static func named(_ name: String) -> SessionSetting? { all.first { $0.name == name } }

  /// The names of all.
  static let names = all.map(\.name)

  /// All of them as help tells them: "`set digits = N`, 1 to 17, the significant digits of answers".
  static var summary: Text {
    all.map { "`set \($0.name) = \($0.argument)`, \($0.values), \($0.meaning)" as Text }.joined(separator: "; ")
  }
}

extension Session {
  /// A whole number in a range; `what` is its plural: `digits are a whole number from 1 to 17`.
  fileprivate func whole(
    _ expression: Expression, _ what: Text, in range: ClosedRange<Int>
  ) throws(CommandError) -> Int {
    let value = try number(of: expression, "a number of \(what)")
    guard let number = Int(exactly: value), range.contains(number) else {
      throw CommandError(
        "\(what) are a whole number from \(range.lowerBound) to \(range.upperBound)", at: expression.range.lowerBound)
    }
    return number
  }

  /// One of some words; `what` is what they are: `a theme is one of auto, dark`.
  fileprivate func word(
    _ expression: Expression, _ what: Text, of words: [String]
  ) throws(CommandError) -> String {
    var near: Text = ""
    if case .name(let word, version: nil) = expression.kind {
      if words.contains(word) { return word }
      near = suggestion(for: word, among: words)
    }
    throw CommandError(
      "a \(what) is one of \(words.joined(separator: ", "))\(near)", at: expression.range.lowerBound)
  }
}
