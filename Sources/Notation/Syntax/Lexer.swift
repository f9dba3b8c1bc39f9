import Engine

/// Cuts a text into tokens, one at a time, so that a hostile text costs no more than is read of it.
struct Lexer {
  /// The characters, unless all of them are ASCII.
  private let wide: [Character]
  /// Their codes, 0 for what is not ASCII: to compare characters takes long.
  private let codes: [UInt8]
  /// Whether all of them are ASCII.
  private let isPlain: Bool
  private(set) var position: Int
  /// Whether a header of an array may stand in it: such a one ends with a colon.
  private let mayHoldHeader: Bool

  /// Names that hold a hyphen and are still one name, by their first letter.
  private static let hyphenated = ASCIITable<[[Character]]> { first in
    (Quantity.Kind.all.map(\.name) + activationNames).filter { $0.first == first && $0.contains("-") }.map(Array.init)
  }

  /// What stands for a first letter that is no plain one.
  private static let spelledOut: [Character: String] = ["δ": "delta", "Δ": "u", "∂": "d"]

  init(_ text: String, from offset: Int) throws(SyntaxError) {
    guard text.utf8.count <= Expression.maximumLength else {
      throw SyntaxError(
        "an expression of at most \(Expression.maximumLength) characters was expected; this one has \(text.utf8.count)",
        at: 0..<1)
    }
    // Where each byte is a character, nobody has to be asked which belong together.
    isPlain = text.utf8.allSatisfy { $0 < 128 && $0 != 13 }
    wide = isPlain ? [] : Array(text)
    codes = isPlain ? Array(text.utf8) : wide.map { $0.asciiValue ?? 0 }
    position = min(max(offset, 0), codes.count)
    mayHoldHeader = text.utf8.contains(UInt8(ascii: ":"))
  }

  /// The next token; at the end, `.end` again and again.
  mutating func next() throws(SyntaxError) -> Token {
    let before = position
    skipBlanks()
    if code() == UInt8(ascii: "P"), isNext(spelling: Token.parameterMark) {
      position += Token.parameterMark.count
      skipBlanks()
    }
    let start = position
    let kind = try scan()
    return Token(
      kind: kind, range: start..<position, blankBefore: start > before,
      blankAfter: position == codes.count || code().isBlank)
  }

  func peek(_ distance: Int = 0) -> Character? {
    position + distance < codes.count ? character(at: position + distance) : nil
  }

  /// The character at a place that there is.
  func character(at place: Int) -> Character {
    isPlain ? Character(Unicode.Scalar(codes[place])) : wide[place]
  }

  /// All characters, which are made for it where all are ASCII.
  var characters: [Character] { isPlain ? codes.map { Character(Unicode.Scalar($0)) } : wide }

  /// The code of a character; 0 where that is not ASCII, or there is none.
  private func code(_ distance: Int = 0) -> UInt8 {
    position + distance < codes.count ? codes[position + distance] : 0
  }

  /// What stands somewhere.
  private func text(_ range: Range<Int>) -> String {
    isPlain ? String(decoding: codes[range], as: UTF8.self) : String(wide[range])
  }

  private mutating func skipBlanks() {
    while code().isBlank { position += 1 }
  }

  private mutating func scan() throws(SyntaxError) -> Token.Kind {
    guard let character = peek() else { return .end }
    let (code, next) = (code(), code(1))
    if mayHoldHeader, code.isDigit, let header = DisplayHeader(in: characters, at: position) {
      position = header.end
      return .display(header)
    }
    let isPoint = code == UInt8(ascii: ".")
    if code.isDigit || isPoint && next.isDigit { return .number(try number()) }
    let isASCII = isPlain || character.isASCII
    if !isASCII, let symbol = Token.Symbol.synonyms[character] {
      position += 1
      return .symbol(symbol)
    }
    if isASCII ? code.beginsName : character.beginsName { return .name(try name()) }
    if isPoint ? next == UInt8(ascii: ".") : !isASCII { try refuseOmission() }
    if let pair = Token.Symbol.pairs[code: code]?.first(where: { $0.second == next }) {
      position += 2
      return .symbol(pair.symbol)
    }
    if code == UInt8(ascii: "\"") {
      position += 1
      return .quote
    }
    let mayBeForeign = !isASCII || Token.foreignBeginnings[code: code] == true
    if mayBeForeign, let foreign = Token.foreign.first(where: { isNext(spelling: $0.spelling) }) {
      throw SyntaxError(
        "\(foreign.spelling) is written \(foreign.own) here", at: position..<position + foreign.spelling.count)
    }
    if let symbol = isASCII ? Token.Symbol.single[code: code] ?? nil : nil {
      position += 1
      return .symbol(symbol)
    }
    if isPoint, let complaint = complaintAboutMember() { throw complaint }
    if code == UInt8(ascii: ":") {
      throw SyntaxError("an index is one number here, as in w1[1,2]: there are no slices", at: position..<position + 1)
    }
    throw SyntaxError("a number, a name or an operator was expected, not \(character)", at: position..<position + 1)
  }

  /// `12`, `0.5`, `.5`, `1e-3`. In `1.*x` and `1..4` the point belongs to what follows.
  private mutating func number() throws(SyntaxError) -> Literal {
    let start = position
    skipDigits()
    if code() == UInt8(ascii: "."), !code(1).goesWithPoint {
      position += 1
      skipDigits()
    }
    // Julia writes f for e where a number has 32 bits.
    if code().beginsExponent {
      let sign = peek(1).map { $0 == "-" || $0 == "+" || $0 == "−" } == true ? 1 : 0
      if code(1 + sign).isDigit {
        position += 1 + sign
        skipDigits()
      }
    }
    let isWithoutPoint = codes[position - 1] == UInt8(ascii: ".")
    let text = numberText(start..<(isWithoutPoint ? position - 1 : position))
    guard let literal = Literal(text: text), literal.value.isFinite else {
      throw SyntaxError("a number up to 1.797e308 was expected, not \(text)", at: start..<position)
    }
    return literal
  }

  /// A number as it is read elsewhere too. In it no character is longer than its code but the minus of typography.
  private func numberText(_ range: Range<Int>) -> String {
    guard !isPlain || codes[range].contains(UInt8(ascii: "f")) else { return text(range) }
    let typed = codes[range].map { $0 == 0 ? UInt8(ascii: "-") : $0 == UInt8(ascii: "f") ? UInt8(ascii: "e") : $0 }
    return String(decoding: typed, as: UTF8.self)
  }

  private mutating func skipDigits() {
    while code().isDigit { position += 1 }
  }

  /// A name, with its Greek first letter spelled out and a version where one is written onto it.
  private mutating func name() throws(SyntaxError) -> Token.Name {
    if let whole = Lexer.hyphenated[code: code()]?.first(where: { isNext($0) }) {
      position += whole.count
      return Token.Name(text: String(whole), version: try version())
    }
    let start = position
    position += 1
    while position < codes.count,
      codes[position] == 0 ? character(at: position).continuesName : codes[position].continuesName
    { position += 1 }
    var name = Token.Name(text: text(start..<position))
    if codes[start] == 0, let word = Lexer.spelledOut[character(at: start)] {
      name.text = word + text(start + 1..<position)
      name.isPartial = character(at: start) == "∂"
    }
    if code() == UInt8(ascii: "."), let word = arrayWord(behind: name.text) { name.text = word }
    name.version = try version()
    return name
  }

  /// The word before an array, or for a number of one, behind the modules that it is called in, which are passed over:
  /// `array` of `np.array`, `True_` of `np.True_`.
  private mutating func arrayWord(behind module: String) -> String? {
    guard Token.modules.contains(module) else { return nil }
    var (word, place) = (module, position)
    let characters = characters
    while Token.modules.contains(word), place < characters.count, characters[place] == "." {
      let next = characters[(place + 1)...].prefix { $0.continuesName }
      (word, place) = (String(next), next.endIndex)
    }
    guard place > position, Token.arrayWords.contains(word) || Token.numberWords[word] != nil else { return nil }
    position = place
    return word
  }

  private func isNext(_ word: [Character]) -> Bool {
    isNext(spelling: word) && peek(word.count)?.continuesName != true
  }

  func isNext(spelling: some Collection<Character>) -> Bool {
    guard position + spelling.count <= codes.count else { return false }
    return spelling.enumerated().allSatisfy { character(at: position + $0) == $1 }
  }

  // MARK: - Text that is no expression

  /// Passes over the value of a setting, up to the comma or the parenthesis behind it.
  mutating func skipSetting() throws(SyntaxError) {
    let start = position
    var open: [Character] = []
    let closing: [Character: Character] = ["(": ")", "[": "]", "<": ">", "{": "}", "'": "'", "\"": "\""]
    while let character = peek() {
      if let last = open.last, character == closing[last] {
        open.removeLast()
      } else if open.last == "'" || open.last == "\"" {
        // Inside quotes nothing opens.
      } else if open.isEmpty, character == "," || character == ")" {
        return
      } else if closing[character] != nil {
        open.append(character)
      }
      position += 1
    }
    throw SyntaxError(") was expected behind this setting", at: start..<start + 1)
  }

  /// Passes over what stands before the first of some words, and over that; false where none of them comes.
  mutating func skip(behind words: [String]) -> Bool {
    var place = position
    let characters = characters
    while place < characters.count {
      let rest = characters[place...]
      if let word = words.first(where: { rest.starts(with: $0) }) {
        position = place + word.count
        return true
      }
      if characters[place] == ">" { return false }
      place += 1
    }
    return false
  }

  /// A word that is read as it stands, in quotes or of the characters of a path.
  struct Word {
    let text: String
    let range: Range<Int>
    let isQuoted: Bool
  }

  /// Reads such a word; nil where none comes.
  mutating func word() throws(SyntaxError) -> Word? {
    skipBlanks()
    let start = position
    guard let first = peek() else { return nil }
    let characters = characters
    if first == "\"" {
      guard let end = characters[(start + 1)...].firstIndex(of: "\"") else {
        throw SyntaxError("this quote is never closed", at: start..<start + 1)
      }
      position = end + 1
      return Word(text: String(characters[(start + 1)..<end]), range: start..<position, isQuoted: true)
    }
    let text = characters[start...].prefix { $0.isPartOfPath }
    guard !text.isEmpty else { return nil }
    position = text.endIndex
    return Word(text: String(text), range: start..<position, isQuoted: false)
  }

  /// `⟨0⟩`, or `<0>` from a screen without it: comparisons are not chained, so that it can mean nothing else.
  private mutating func version() throws(SyntaxError) -> Int? {
    guard code() == 0 || code() == UInt8(ascii: "<"), let opening = peek(), opening == "⟨" || opening == "<"
    else { return nil }
    var length = 1
    while peek(length)?.isDigit == true { length += 1 }
    let isClosed = peek(length) == (opening == "⟨" ? "⟩" : ">")
    let digits = text(position + 1..<position + length)
    guard isClosed, let number = Int(digits), number < 1 << 32 else {
      if opening == "<" { return nil }
      throw SyntaxError("a version number and ⟩ were expected after ⟨", at: position..<position + 1)
    }
    position += length + 1
    return number
  }
}

extension Character {
  var isDigit: Bool { asciiValue?.isDigit ?? false }
  var beginsName: Bool { asciiValue?.beginsName ?? (isLetter || self == "∂") }
  var continuesName: Bool { asciiValue?.continuesName ?? (isLetter && self != "Σ" && self != "ᵀ") }
}

/// What a character of ASCII is, by its code.
extension UInt8 {
  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  fileprivate var isPlainLetter: Bool { (self | 32) &- UInt8(ascii: "a") < 26 }
  /// Whether it makes a sign of its own with a point before it: `..`, `.*`, `./`.
  fileprivate var goesWithPoint: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "*") || self == UInt8(ascii: "/")
  }
  fileprivate var beginsExponent: Bool {
    self == UInt8(ascii: "e") || self == UInt8(ascii: "E") || self == UInt8(ascii: "f")
  }
  fileprivate var beginsName: Bool { isPlainLetter || self == UInt8(ascii: "_") }
  fileprivate var continuesName: Bool { isPlainLetter || isDigit || self == UInt8(ascii: "_") }
}
