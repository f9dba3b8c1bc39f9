import Diagnosis
import Engine
import Notation

/// What may be said of a case where the file does not tell it: a row of the table that `load case` reads its settings by.
struct CaseSetting: Sendable {
  /// The name as it is typed.
  let name: String
  /// What it takes.
  private let values: Text
  /// Takes a value. Throws what would have been right.
  private let take: @Sendable (inout CaseWishes, Word) throws(CommandError) -> Void

  /// Every setting; a new one is one row.
  static let all: [CaseSetting] = [
    CaseSetting(
      name: "activations",
      values: "the activations from the first layer to the last: tanh,softmax or leaky-relu:0.2,sigmoid"
    ) { wishes, word throws(CommandError) in
      var (found, column): ([ActivationChoice], Int) = ([], word.range.lowerBound)
      for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
        found.append(try choice("an activation", part, at: column))
        column += part.count + 1
      }
      wishes.activations = found
    },
    CaseSetting(name: "loss", values: "a loss, with what is set of it behind colons: binary-cross-entropy:sum, huber:2")
    {
      wishes, word throws(CommandError) in
      wishes.loss = try choice("a loss", word.text[...], at: word.range.lowerBound)
    },
    CaseSetting(name: "reduction", values: "how the samples become one: mean or sum") {
      wishes, word throws(CommandError) in
      wishes.reduction = try oneOf(Reduction.allCases, word)
    },
    CaseSetting(name: "rate", values: "the learning rate") { wishes, word throws(CommandError) in
      guard let rate = Double(word.text), rate.isFinite, rate >= 0 else {
        throw CommandError(
          "a learning rate is a finite number of at least 0, not \(word.text)", at: word.range.lowerBound)
      }
      wishes.rate = rate
    },
    CaseSetting(name: "layout", values: "out-in where weights have a row for each unit, in-out for each input") {
      wishes, word throws(CommandError) in
      wishes.layout = try oneOf(WeightLayout.allCases, word)
    },
    CaseSetting(name: "samples", values: "rows or columns: which of them each sample is") {
      wishes, word throws(CommandError) in
      wishes.samplesAreRows = try oneOf(Side.allCases, word) == .rows
    },
  ]

  /// What a sample is in a matrix of many.
  private enum Side: String, CaseIterable { case rows, columns }

  static let names = all.map(\.name)

  /// What help says of them.
  static var help: [Text] {
    [
      """
      A case holds X, Y, W1, b1 … and what was computed of them: Z1, A1, loss, dZ1, dW1, db1, W1_new, in whatever spelling and \
      layout. What it does not say is found from the numbers, those of the forward pass first, and is said; what cannot be \
      told is asked for:
      """
    ] + all.map { "  \($0.name): \($0.values)" }
  }

  /// Reads the settings of a line.
  static func wishes(_ settings: [SettingWord]) throws(CommandError) -> CaseWishes {
    var wishes = CaseWishes()
    for setting in settings {
      guard let row = all.first(where: { $0.name == setting.name }) else {
        throw CommandError(
          "load case has no setting \(setting.name)\(suggestion(for: setting.name, among: names)); it has \(names.joined(separator: ", "))",
          at: setting.column)
      }
      try row.take(&wishes, setting.value)
    }
    return wishes
  }

  private static func oneOf<Value: RawRepresentable<String>>(
    _ values: [Value], _ word: Word
  ) throws(CommandError) -> Value {
    guard let value = Value(rawValue: word.text) else {
      throw CommandError(
        "\(values.map(\.rawValue).joined(separator: " or ")) was expected, not \(word.text)", at: word.range.lowerBound)
    }
    return value
  }

  /// A rule by its name, with values of its settings behind colons: a number for its first, a word for the one that has it.
  private static func choice<Row: Rule>(
    _ what: Text, _ text: Substring, at column: Int
  ) throws(CommandError) -> Choice<Row> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let understood = Row.named(parts[0]) == nil ? Row.understood(parts[0]) : nil
    guard let row = Row.named(parts[0]) ?? understood?.row else {
      let near = suggestion(for: parts[0], among: Row.names)
      throw CommandError(
        "\(parts[0]) is not \(what)\(near.isEmpty ? "; there are \(Row.all.map(\.name).joined(separator: ", "))" : near)",
        at: column)
    }
    var choice = Choice(row)
    for setting in understood?.settings ?? [] {
      guard let own = row.setting(setting.name) else { continue }
      _ = choice.set(
        own.name, to: own.words.firstIndex(of: setting.value).map(Double.init) ?? Double(setting.value) ?? 0)
    }
    // Numbers go to the settings that take one, in their order.
    var numbers = row.settings.filter(\.words.isEmpty)[...]
    for part in parts.dropFirst() {
      let number = Double(part)
      let own = number != nil ? numbers.popFirst() : row.settings.first { $0.words.contains(part) }
      let value = number ?? own?.words.firstIndex(of: part).map(Double.init)
      guard let own, let value, choice.set(own.name, to: value) else {
        throw CommandError("\(part) is no value of a setting of \(row.name)", at: column)
      }
    }
    return choice
  }
}
