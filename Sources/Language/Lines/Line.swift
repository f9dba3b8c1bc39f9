import Notation

/// One line as it was given: where it stands, what it says, and which part of it is the command.
package struct Line: Equatable, Sendable {
  /// What a line is.
  package enum Kind: Equatable, Sendable {
    /// Nothing but blanks.
    case blank
    /// A comment that fills the line: narration for whoever watches.
    case narration
    /// An answer of an earlier run: `#= …`.
    case answer
    /// A command, perhaps with a comment behind it.
    case command
  }

  /// The source of what is typed at the prompt.
  package static let prompt = "prompt"

  /// The file's name as the user gave it; `-` for standard input and `prompt` for what is typed at it.
  package let source: String
  /// The number of the line in its source, from 1.
  package let number: Int
  /// The whole line, without its end; where a bracket was open, of several rows with their ends between them.
  package let text: String
  /// What the line is.
  package let kind: Kind
  /// The command alone, without its comment and the blanks around it; its characters stand where they stand in `text`,
  /// so blanks before it are kept.
  package let command: String
  /// The words of the command.
  let words: [Word]

  /// Reads a line.
  package init(_ text: String, source: String = Line.prompt, number: Int = 1) {
    self.source = source
    self.number = number
    self.text = text
    let (command, words, comment) = Line.split(text)
    self.command = command
    self.words = Line.withSignApart(words)
    if !words.isEmpty {
      kind = .command
    } else if let comment {
      kind = comment.hasPrefix("#=") ? .answer : .narration
    } else {
      kind = .blank
    }
  }

  /// The command without the blanks before it, as answers quote it: in one row.
  package var spoken: String {
    guard text.utf8.contains(UInt8(ascii: "\n")) else {
      guard let first = command.utf8.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") else {
        return command
      }
      return String(command.drop { $0 == " " || $0 == "\t" })
    }
    return command.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
  }

  /// Whether it only builds or sets up, so that there is nothing to be seen of it but what it comes to.
  package var builds: Bool {
    guard kind == .command, let command = try? Session.command(of: self) else { return false }
    return command.effect == .changes && [.build, .data, .session].contains(command.group)
  }

  /// What a narration says, without its `#`.
  package var narration: String {
    let text = text.drop { $0 == " " || $0 == "\t" }.drop { $0 == "#" }
    return String(text.first == " " ? text.dropFirst() : text)
  }

  /// The answer at the end of a command's line, where there is one.
  var heldAnswer: String? {
    guard kind == .command, command.utf8.count < text.utf8.count, let comment = Line.split(text).comment,
      comment.hasPrefix("#=")
    else { return nil }
    return comment
  }

  /// The line with its command's name in full: a file knows no short forms.
  func spelledOut(_ command: Command) -> Line {
    guard let word = words.first, word.text != command.name else { return self }
    let characters = Array(text)
    let rest = characters[min(word.range.upperBound, characters.count)...]
    return Line(command.name + String(rest), source: source, number: number)
  }

  /// The line without an answer at its end, and with no blanks where that stood.
  var withoutAnswer: String {
    heldAnswer == nil ? text : String(text.prefix(command.count))
  }

  /// The words with the sign at the beginning of a line apart from what is written onto it: `=a1[k]`.
  private static func withSignApart(_ words: [Word]) -> [Word] {
    guard let first = words.first, first.text.utf8.first == UInt8(ascii: "="), first.text.utf8.count > 1 else {
      return words
    }
    let place = first.range.lowerBound
    let rest = Word(text: String(first.text.dropFirst()), range: place + 1..<first.range.upperBound)
    return [Word(text: "=", range: place..<place + 1), rest] + words.dropFirst()
  }

  /// Parts a line into its command, the words of that, and its comment. A `#` inside double quotes begins none.
  private static func split(_ text: String) -> (command: String, words: [Word], comment: String?) {
    plainSplit(text) ?? splitByCharacters(text)
  }

  /// The same of a line without a quote whose bytes are its characters, as most are; nil of any other.
  private static func plainSplit(_ text: String) -> (command: String, words: [Word], comment: String?)? {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n") }) else { return nil }
      let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
      func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
      var words: [Word] = []
      var start: Int?
      for place in 0...end {
        if place < end, bytes[place] != UInt8(ascii: " "), bytes[place] != UInt8(ascii: "\t") {
          start = start ?? place
        } else if let first = start {
          words.append(Word(text: part(first..<place), range: first..<place))
          start = nil
        }
      }
      return (part(0..<(words.last?.range.upperBound ?? 0)), words, end < bytes.count ? part(end..<bytes.count) : nil)
    } ?? nil
  }

  private static func splitByCharacters(_ text: String) -> (command: String, words: [Word], comment: String?) {
    var words: [Word] = []
    var word = ""
    var start = 0
    var (isQuoted, isInside) = (false, false)
    var end = 0
    var comment: String?
    let given = Array(text)
    var characters = given
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\u{A0}" }
    var isComment = false
    for (column, character) in characters.enumerated() {
      if character == "\n" {
        // Of several rows the last one's comment is the line's; the others are as good as blanks.
        (isComment, isQuoted, comment) = (false, false, nil)
        continue
      }
      if character == "\"", !isComment { isQuoted.toggle() }
      if character == "#", !isQuoted, !isComment { (isComment, comment) = (true, String(characters[column...])) }
      if isComment { characters[column] = " " }
    }
    if given.contains("\n") { characters = ArrayLines.joined(characters) }
    isQuoted = false
    for (column, character) in characters.enumerated() {
      if given[column] == "\n" { isQuoted = false }
      if isBlank(character), !isQuoted {
        if isInside { words.append(Word(text: word, range: start..<column)) }
        (word, isInside) = ("", false)
        continue
      }
      if !isInside { (start, isInside) = (column, true) }
      end = column + 1
      if character == "\"" { isQuoted.toggle() } else { word.append(character) }
    }
    if isInside { words.append(Word(text: word, range: start..<end)) }
    return (String(characters[..<end]), words, comment)
  }
}

/// A word of a command and where it stands.
struct Word: Equatable, Sendable {
  /// The word, without quotes.
  let text: String
  /// Its characters in the line, counted from 0.
  let range: Range<Int>
}

extension Word {
  /// Whether nothing stands in it but what a decimal number is written with.
  var isDecimal: Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
      }
  }

  /// Whether an array begins here where numbers stand: `[0.5, 1]`, `tensor([0.5, 1])`, `from x.npy`.
  var isOfArray: Bool {
    guard !isDecimal, let first = text.first else { return false }
    return first == "[" || text == "from" || first.isLetter && text.contains("([")
  }
}
