import Engine
import Notation
import Panels

/// One setting of the session, given by `set NAME = VALUE`: a row of the table that `set`, its help and completion, and the
/// names that `let` may not take are read from. What a session has of it is asked by its row: `settings[.digits]`.
struct SessionSetting: Sendable {
  /// What it may be.
  enum Kind: Sendable {
    /// A whole number in a range, with its plural: `digits`.
    case whole(ClosedRange<Int>, of: Text)
    /// One of some words, of which it is worth the place.
    case word([String])
  }

  /// The name that is typed.
  let name: String
  /// What stands for a value in its usage: `N`.
  let argument: String
  /// What it may be.
  let kind: Kind
  /// What it is worth where nothing was said.
  let initial: Int
  /// What it does, as the end of a sentence of help.
  let meaning: Text
  /// A value that it takes.
  let example: String

  init(
    _ name: String, written argument: String = "N", _ kind: Kind, initial: Int, meaning: Text, example: String
  ) {
    (self.name, self.argument, self.kind, self.initial) = (name, argument, kind, initial)
    (self.meaning, self.example) = (meaning, example)
  }

  /// How many significant digits numbers are shown with.
  static let digits = SessionSetting(
    "digits", .whole(1...17, of: "digits"), initial: 9, meaning: "the significant digits of answers", example: "12")

  /// The megabytes for all that is kept so that going back, other futures, `undo` and `redo` are short. What is dropped is
  /// computed again, to the same bits.
  static let memory = SessionSetting(
    "memory", .whole(1...65536, of: "megabytes of memory"), initial: 64,
    meaning:
      "the megabytes for all that is kept so that going back, other futures, undo and redo are short; the numbers don't depend on it",
    example: "256")

  /// The colours of the screen: the first leaves them to the terminal, those behind it are the themes in their order.
  static let theme = SessionSetting(
    "theme", written: "THEME", .word(["auto"] + Theme.allCases.map(\.rawValue)), initial: 0,
    meaning: "the colours of the screen: auto are those that suit the terminal's ground", example: "projector")

  /// Every setting; a new one is one entry.
  static let all = [digits, memory, theme]

  /// The setting of that name.
  static func named(_ name: String) -> SessionSetting? { all.first { $0.name == name } }

  /// The names of all.
  static let names = all.map(\.name)

  /// The words that it may be, for completion; none where it is a number.
  var words: [String] { if case .word(let words) = kind { words } else { [] } }

  /// What it may be, as help says it: `1 to 17`.
  var values: Text {
    switch kind {
    case .whole(let range, of: _): "\(range.lowerBound) to \(range.upperBound)"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    }
  }

  /// All of them as help tells them: "`set digits = N`, 1 to 17, the significant digits of answers".
  static var summary: Text {
    all.map { "`set \($0.name) = \($0.argument)`, \($0.values), \($0.meaning)" as Text }.joined(separator: "; ")
  }
}

/// What the settings of a session are worth.
struct SettingValues: Equatable, Sendable {
  /// Those that are not what they are where nothing was said, by name.
  private var given: [String: Int] = [:]

  /// What one is worth.
  subscript(setting: SessionSetting) -> Int {
    get { given[setting.name] ?? setting.initial }
    set { given[setting.name] = newValue == setting.initial ? nil : newValue }
  }
}

extension SettingValues {
  /// The memory in bytes.
  var memory: Int { self[.memory] << 20 }
  /// The theme that was asked for; nil leaves it to the terminal.
  var theme: Theme? { Theme(rawValue: SessionSetting.theme.words[self[.theme]]) }
}

extension Session {
  /// Gives a setting a value that was typed; what is no value for it is refused with its place.
  mutating func give(_ setting: SessionSetting, _ value: Expression) throws(CommandError) {
    switch setting.kind {
    case .whole(let range, of: let plural): content.settings[setting] = try whole(value, plural, in: range)
    case .word(let words): content.settings[setting] = try place(value, setting.name, among: words)
    }
  }

  /// A whole number in a range; `what` is its plural: `digits are a whole number from 1 to 17`.
  private func whole(
    _ expression: Expression, _ what: Text, in range: ClosedRange<Int>
  ) throws(CommandError) -> Int {
    let value = try number(of: expression, "a number of \(what)")
    guard let number = Int(exactly: value), range.contains(number) else {
      throw CommandError(
        "\(what) are a whole number from \(range.lowerBound) to \(range.upperBound)", at: expression.range.lowerBound)
    }
    return number
  }

  /// The place of one of some words; `what` is what they are: `a theme is one of auto, dark`.
  private func place(
    _ expression: Expression, _ what: String, among words: [String]
  ) throws(CommandError) -> Int {
    var near: Text = ""
    if case .name(let word, version: nil) = expression.kind {
      if let place = words.firstIndex(of: word) { return place }
      near = suggestion(for: word, among: words)
    }
    throw CommandError(
      "a \(what) is one of \(words.joined(separator: ", "))\(near)", at: expression.range.lowerBound)
  }
}
