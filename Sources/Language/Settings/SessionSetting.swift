import Engine
import Notation

/// One setting of the session, given by `set NAME = VALUE`: a row of the table that `set`, its help and completion, and the
/// names that `let` may not take are read from.
struct SessionSetting: Sendable {
  /// The name that is typed.
  let name: String
  /// What it may be, as help says it: `1 to 17`.
  let values: Text
  /// What it does, as the end of a sentence of help.
  let meaning: Text
  /// Takes a value that was typed; what is no value for it is refused with its place.
  let take: @Sendable (_ session: inout Session, _ value: Expression) throws(CommandError) -> Void

  /// Every setting; a new one is one entry.
  static let all: [SessionSetting] = [
    SessionSetting(name: "digits", values: "1 to 17", meaning: "the significant digits of answers") {
      session, value throws(CommandError) in
      session.content.digits = try session.whole(value, "digits", in: 1...17)
    },
    SessionSetting(
      name: "memory", values: "1 to 65536",
      meaning:
        "the megabytes for what is kept so that going back, undo and redo are short; the numbers don't depend on it"
    ) { session, value throws(CommandError) in
      session.content.memory = try session.whole(value, "megabytes of memory", in: 1...65536) << 20
    },
  ]

  /// The setting of that name.
  static func named(_ name: String) -> SessionSetting? { all.first { $0.name == name } }

  /// The names of all.
  static let names = all.map(\.name)

  /// All of them as help tells them: "`set digits = N`, 1 to 17, the significant digits of answers".
  static var summary: Text {
    all.map { "`set \($0.name) = N`, \($0.values), \($0.meaning)" as Text }.joined(separator: "; ")
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
}
