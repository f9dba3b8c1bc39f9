import Engine
import Notation

/// The words of a command behind its name, read from left to right. Every complaint knows its place in the line.
struct Arguments {
  let line: Line
  /// Reads what `from FILE` names in an expression.
  let readFile: GivenFile.Reader?
  /// The functions that an expression may call beside those of the tables.
  let functions: OwnFunctions
  /// The index of the next word.
  private(set) var index: Int
  /// What has been understood in another way than it was typed, a sentence each.
  private(set) var notes: [Text] = []
  /// The settings that the name of a rule stood for.
  private var implied: [(name: String, value: String)] = []
  /// What an expression that was read last makes likely about the word behind it: where that stands, and what to say.
  private var leftover: (column: Int, hint: Text)?

  /// What stands behind the word at `index - 1`.
  init(
    _ line: Line, from index: Int = 1, readFile: GivenFile.Reader? = nil, functions: OwnFunctions = OwnFunctions()
  ) {
    (self.readFile, self.functions) = (readFile, functions)
    self.line = line
    self.index = index
  }

  private var words: [Word] { line.words }

  /// The next word, without reading it.
  var peek: Word? { index < words.count ? words[index] : nil }

  /// The word behind that one.
  var next: Word? { index + 1 < words.count ? words[index + 1] : nil }

  /// Whether nothing is left.
  var isAtEnd: Bool { index >= words.count }

  /// Where the next word begins, or where one could.
  var column: Int { peek?.range.lowerBound ?? (words.last?.range.upperBound ?? 0) + 1 }

  /// Where the word that was read last begins.
  var lastColumn: Int { index > 0 && index <= words.count ? words[index - 1].range.lowerBound : column }

  /// An error at the next word.
  func failure(_ message: Text) -> CommandError { CommandError(message, at: column) }

  /// Reads a word. `what` says what was expected: `an activation`.
  mutating func word(_ what: Text) throws(CommandError) -> Word {
    guard let word = peek else { throw failure("\(what) was expected here") }
    index += 1
    return word
  }

  /// Goes back to before the word that was read last.
  mutating func unread() { index -= 1 }

  /// Reads a word if it is this one.
  mutating func accept(_ text: String...) -> Bool {
    guard let word = peek, text.contains(word.text) else { return false }
    index += 1
    return true
  }

  /// Counts all words as read, after a parser has read the rest.
  mutating func skip() { index = words.count }

  /// Refuses what is left. What a word was probably meant for is said: one of the `words` that could have stood there, or
  /// what an expression before it lacks.
  func end(expecting known: @autoclosure () -> [String] = []) throws(CommandError) {
    guard let word = peek else { return }
    let words = known()
    if let setting = SettingWord(word), words.contains(setting.name) {
      throw failure("\(setting.name) stands without =: \(setting.name) \(setting.value.text)")
    }
    let near = words.contains(word.text) ? "" : suggestion(for: word.text, among: words)
    throw failure("nothing more was expected here, there is \(word.text)\(near.isEmpty ? hintOnLeftover : near)")
  }

  /// What an expression that ends before the next word probably lacks, to stand at the end of a complaint about that word.
  var hintOnLeftover: Text {
    guard let leftover, leftover.column == column, peek.flatMap(SettingWord.init) == nil else { return "" }
    return leftover.hint
  }

  /// Reads a row's name from a table. `others` are names that would have been understood too; a function of one's own with
  /// these parameters could be one.
  mutating func rule<Row: Rule>(_ what: Text, or others: [String] = [], ownWith parameters: String? = nil)
    throws(CommandError) -> Row
  {
    let word = try word("\(what) (\(Row.all.map(\.name).joined(separator: ", ")))")
    if let row = Row.named(word.text) { return row }
    if let found = Row.understood(word.text) {
      implied = found.settings
      let settings = found.settings.map { " \($0.name)=\($0.value)" }.joined()
      if found.isForeign { notes.append("\(word.text) is called \(found.row.name)\(settings) here") }
      return found.row
    }
    if SettingWord(word) != nil {
      throw CommandError(
        "\(what) was expected before \(word.text), as in \(Row.all[0].name) \(word.text)", at: word.range.lowerBound)
    }
    if let row = Row.near(to: word.text) {
      throw CommandError("\(word.text) is not known; what comes near is \(row.name)", at: word.range.lowerBound)
    }
    if let row = Row.all.first(where: { $0.setting(word.text) != nil }) {
      throw CommandError(
        "\(word.text) is not \(what) but a setting, as in \(row.name) \(word.text)=…", at: word.range.lowerBound)
    }
    let near = suggestion(for: withoutModule(word.text), among: Row.names + others)
    let list: Text = near.isEmpty ? "; there are \(Row.all.map(\.name).joined(separator: ", "))" : near
    let isName = word.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && word.text.first?.isLetter == true
    let own: Text =
      near.isEmpty && isName
      ? parameters.map { "; one of your own is made first: let \(word.text)(\($0)) = …" } ?? "" : ""
    throw CommandError("\(word.text) is not \(what)\(list)\(own)", at: word.range.lowerBound)
  }

  /// Reads one of some words.
  mutating func choice(_ what: Text, of names: [String]) throws(CommandError) -> String {
    let list: Text =
      names.count > 1
      ? "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")" : Text(verbatim: names.joined())
    let word = try word(list)
    if names.contains(word.text) { return word.text }
    let near = suggestion(for: word.text, among: names)
    throw CommandError("\(word.text) is not \(what); \(list) was expected\(near)", at: word.range.lowerBound)
  }

  /// Reads a whole number in a range.
  mutating func integer(_ what: Text, in range: ClosedRange<Int>) throws(CommandError) -> Int {
    let word = try word("\(what), \(range.lowerBound) to \(range.upperBound),")
    return try Arguments.integer(word, what, in: range)
  }

  /// A word as a whole number in a range, in whatever way it is written: `1000` or `1e3`.
  static func integer(_ word: Word, _ what: Text, in range: ClosedRange<Int>) throws(CommandError) -> Int {
    let isDecimal = word.text.allSatisfy { $0.isASCII && $0.isNumber || "+-.eE".contains($0) }
    let value = isDecimal ? Double(word.text) : nil
    let isWhole = value.map { $0.rounded() == $0 } == true
    guard isWhole, let number = Int(word.text) ?? value.flatMap(Int.init(exactly:)), range.contains(number) else {
      if word.text.hasSuffix(","), Int(word.text.dropLast()) != nil {
        throw CommandError("words are parted by blanks alone: \(word.text.dropLast())", at: word.range.upperBound - 1)
      }
      let reason: Text = isWhole ? "\(word.text) is out of range" : "\(word.text) is not a whole number"
      throw CommandError(
        "\(reason); \(what) from \(range.lowerBound) to \(range.upperBound) was expected",
        at: word.range.lowerBound)
    }
    return number
  }

  /// Reads the `name=value` words that follow a rule; refuses a value without its name.
  mutating func settings<Row: Rule>(of row: Row, or others: [String] = []) throws(CommandError) -> [SettingWord] {
    let found = try settings()
    if let reason = unnamedSetting(of: row, or: others) { throw failure(reason) }
    return found
  }

  /// What to say where the value of a rule's setting comes without its name, or with a blank in place of `=`; nil where
  /// something else comes.
  func unnamedSetting(of row: some Rule, or others: [String] = []) -> Text? {
    guard let word = peek, let first = row.settings.first?.name ?? others.first else { return nil }
    if let setting = row.setting(word.text)?.name ?? others.first(where: { $0 == word.text }) {
      let value = index + 1 < words.count ? words[index + 1].text : "…"
      return "a setting and its value are one word: \(setting)=\(value)"
    }
    guard Double(word.text) != nil else { return nil }
    let names = row.settings.map(\.name) + others
    let list: Text = names.count > 1 ? "; \(row.name) has \(names.joined(separator: ", "))" : ""
    return "\(word.text) lacks the name of a setting, as in \(first)=\(word.text)\(list)"
  }

  /// Reads the `name=value` words that follow.
  mutating func settings() throws(CommandError) -> [SettingWord] {
    var found: [SettingWord] = []
    while let word = peek, let setting = SettingWord(word) {
      if found.contains(where: { $0.name == setting.name }) {
        throw CommandError("\(setting.name) is given twice", at: word.range.lowerBound)
      }
      guard !setting.value.text.isEmpty else {
        throw CommandError(
          "a value was expected behind \(setting.name)=, without a blank", at: setting.value.range.lowerBound)
      }
      index += 1
      found.append(setting)
    }
    let place = lastColumn
    found += implied.filter { implied in !found.contains { $0.name == implied.name } }.map {
      SettingWord($0.name, Word(text: $0.value, range: place..<place))
    }
    implied = []
    return found
  }

  // MARK: expressions

  /// Reads the expression that begins at the next word, and goes on behind it.
  mutating func expression(_ what: Text = "an expression") throws(CommandError) -> Expression {
    guard !isAtEnd else { throw failure("\(what) was expected here") }
    return try parse { parser throws(SyntaxError) in try parser.expression() }
  }

  /// Reads with a parser of expressions from the next word on, and goes on with the first word behind what was read.
  mutating func parse<Result>(
    _ read: (inout Parser) throws(SyntaxError) -> Result
  ) throws(CommandError) -> Result {
    do throws(SyntaxError) {
      var parser = try Parser(line.command, from: column, readFile: readFile, functions: functions)
      let result = try read(&parser)
      let position = parser.position
      guard parser.isAtEnd || words.contains(where: { $0.range.lowerBound == position }) else {
        throw SyntaxError(
          "an operator, a blank or the end was expected\(parser.hintOnLeftover)", at: position..<position)
      }
      index = parser.isAtEnd ? words.count : words.firstIndex { $0.range.lowerBound >= position } ?? words.count
      leftover = (position, parser.hintOnLeftover)
      return result
    } catch {
      throw CommandError(error.message, at: min(error.range.lowerBound, line.command.count))
    }
  }
}

/// A word of the form `name=value`.
struct SettingWord {
  let name: String
  let value: Word
  let column: Int

  /// A setting that another word stood for.
  init(_ name: String, _ value: Word) { (self.name, self.value, column) = (name, value, value.range.lowerBound) }

  init?(_ word: Word) {
    guard let equals = word.text.firstIndex(of: "="), equals != word.text.startIndex else { return nil }
    name = String(word.text[..<equals])
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else { return nil }
    let text = String(word.text[word.text.index(after: equals)...])
    let start = min(word.range.lowerBound + name.count + 1, word.range.upperBound)
    value = Word(text: text, range: start..<word.range.upperBound)
    column = word.range.lowerBound
  }
}
