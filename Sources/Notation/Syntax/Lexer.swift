import Engine

/// Cuts a text into tokens, one at a time, so that a hostile text costs no more than is read of it.
struct Lexer {
  let characters: [Character]
  private(set) var position: Int
  /// Whether a header of an array may stand in it: such a one ends with a colon.
  private let mayHoldHeader: Bool

  /// Names that hold a hyphen and are still one name, by their first letter.
  private static let hyphenated: [Character: [[Character]]] = Dictionary(
    grouping: (Quantity.Kind.all.map(\.name) + activationNames).filter { $0.contains("-") }.map(Array.init),
    by: { $0.first ?? "-" })

  init(_ text: String, from offset: Int) throws(SyntaxError) {
    guard text.utf8.count <= Expression.maximumLength else {
      throw SyntaxError(
        "an expression of at most \(Expression.maximumLength) characters was expected; this one has \(text.utf8.count)",
        at: 0..<1)
    }
    // Where each byte is a character, nobody has to be asked which belong together.
    let isPlain = text.utf8.allSatisfy { $0 < 128 && $0 != 13 }
    characters = isPlain ? text.utf8.map { Character(Unicode.Scalar($0)) } : Array(text)
    position = min(max(offset, 0), characters.count)
    mayHoldHeader = text.utf8.contains(UInt8(ascii: ":"))
  }

  /// The next token; at the end, `.end` again and again.
  mutating func next() throws(SyntaxError) -> Token {
    let before = position
    skipBlanks()
    if peek() == "P", isNext(spelling: Token.parameterMark) {
      position += Token.parameterMark.count
      skipBlanks()
    }
    let start = position
    let kind = try scan()
    let after = peek()
    return Token(
      kind: kind, range: start..<position, blankBefore: start > before,
      blankAfter: after == nil || after == " " || after == "\t")
  }

  private func peek(_ distance: Int = 0) -> Character? {
    position + distance < characters.count ? characters[position + distance] : nil
  }

  private mutating func skipBlanks() {
    while let character = peek(), character == " " || character == "\t" { position += 1 }
  }

  private mutating func scan() throws(SyntaxError) -> Token.Kind {
    guard let character = peek() else { return .end }
    if mayHoldHeader, character.isDigit, let header = DisplayHeader(in: characters, at: position) {
      position = header.end
      return .display(header)
    }
    if character.isDigit || (character == "." && peek(1)?.isDigit == true) { return .number(try number()) }
    if !character.isASCII, let symbol = Token.Symbol.synonyms[character] {
      position += 1
      return .symbol(symbol)
    }
    if character.beginsName { return .name(try name()) }
    let next = peek(1)
    if character == "." ? next == "." : !character.isASCII { try refuseOmission() }
    if let pair = Token.Symbol.pairs[character]?.first(where: { $0.second == next }) {
      position += 2
      return .symbol(pair.symbol)
    }
    if character == "\"" {
      position += 1
      return .quote
    }
    let mayBeForeign = !character.isASCII || Token.foreignBeginnings[character] == true
    if mayBeForeign, let foreign = Token.foreign.first(where: { isNext(spelling: $0.spelling) }) {
      throw SyntaxError(
        "\(foreign.spelling) is written \(foreign.own) here", at: position..<position + foreign.spelling.count)
    }
    if let symbol = Token.Symbol.single[character] ?? nil {
      position += 1
      return .symbol(symbol)
    }
    if character == ".", let complaint = complaintAboutMember() { throw complaint }
    if character == ":" {
      throw SyntaxError("an index is one number here, as in w1[1,2]: there are no slices", at: position..<position + 1)
    }
    throw SyntaxError("a number, a name or an operator was expected, not \(character)", at: position..<position + 1)
  }

  /// What to say about a point between two names, as in `np.exp` and `w1.grad`, at the first of them; nil where there is none.
  private func complaintAboutMember() -> SyntaxError? {
    let (end, start) = (position, (characters[..<position].lastIndex { !$0.continuesName } ?? -1) + 1)
    var last = position + 1
    while last < characters.count, characters[last].continuesName || characters[last] == "." { last += 1 }
    let owner = String(characters[start..<end])
    let member = withoutModule(String(characters[position..<last]))
    guard owner.first?.beginsName == true, member.first?.beginsName == true else { return nil }
    let whole = String(characters[start..<last])
    return SyntaxError(Lexer.complaint(about: member, of: owner, in: whole), at: start..<last)
  }

  private static func complaint(about member: String, of owner: String, in whole: String) -> Text {
    if let quantity = Quantity.named(owner) {
      if member == "grad", let gradient = quantity.kind.gradient {
        return "\(whole) is called \(Quantity(gradient, quantity.layer).name) here"
      }
      if Function.tellsShape.contains(member) { return "\(whole) is not needed here: help \(owner) says its shape" }
      if Function.isKnown(member) { return "\(whole) is written \(member)(\(owner)) here" }
    }
    if Function.isKnown(member) { return "functions stand by themselves here: \(member)(v), not \(whole)" }
    return Function.complaint(aboutForeign: member) ?? "there is no \(whole): names have no . in them here"
  }

  /// Refuses a sign for what was left out of an array that is printed.
  private func refuseOmission() throws(SyntaxError) {
    guard let omission = Token.omissions.first(where: { isNext(spelling: $0) }) else { return }
    // `1...5` is a range up to .5.
    if omission == "...", peek(3)?.isDigit == true { return }
    let place = position..<position + omission.count
    // Where a line's end parts rows there is a semicolon.
    if omission == "...", characters[place.upperBound...].first(where: { $0 != " " && $0 != "\t" }) == ";" {
      throw SyntaxError(
        "... at a line's end is how MATLAB goes on with a row, or stands for numbers that were left out; put the whole row in one line, or a comma in the place of ...",
        at: place)
    }
    let whole: Text =
      omission == "..."
      ? "numpy.set_printoptions(threshold=10**9), torch.set_printoptions(profile=\"full\")"
      : "in Julia: show(stdout, \"text/plain\", A)"
    throw SyntaxError(
      "the array was printed shortened, \(omission) stands for numbers that are not there; print all of it (\(whole))",
      at: place)
  }

  /// `12`, `0.5`, `.5`, `1e-3`. In `1.*x` and `1..4` the point belongs to what follows.
  private mutating func number() throws(SyntaxError) -> Literal {
    let start = position
    skipDigits()
    if peek() == ".", peek(1).map({ ![".", "*", "/"].contains($0) }) ?? true {
      position += 1
      skipDigits()
    }
    // Julia writes f for e where a number has 32 bits.
    if let e = peek(), e == "e" || e == "E" || e == "f" {
      let sign = peek(1).map { $0 == "-" || $0 == "+" || $0 == "−" } == true ? 1 : 0
      if peek(1 + sign)?.isDigit == true {
        position += 1 + sign
        skipDigits()
      }
    }
    var text = String(characters[start..<position].map { $0 == "−" ? "-" : $0 == "f" ? "e" : $0 })
    if text.hasSuffix(".") { text.removeLast() }
    guard let literal = Literal(text: text), literal.value.isFinite else {
      throw SyntaxError("a number up to 1.797e308 was expected, not \(text)", at: start..<position)
    }
    return literal
  }

  private mutating func skipDigits() {
    while peek()?.isDigit == true { position += 1 }
  }

  /// A name, with its Greek first letter spelled out and a version where one is written onto it.
  private mutating func name() throws(SyntaxError) -> Token.Name {
    if let first = peek(), let whole = Lexer.hyphenated[first]?.first(where: { isNext($0) }) {
      position += whole.count
      return Token.Name(text: String(whole), version: try version())
    }
    var name = Token.Name(text: "")
    switch peek() {
    case "δ": name.text = "delta"
    case "Δ": name.text = "u"
    case "∂":
      name.text = "d"
      name.isPartial = true
    case let letter?: name.text = String(letter)
    case nil: break
    }
    position += 1
    let rest = position
    while let character = peek(), character.continuesName { position += 1 }
    name.text += String(characters[rest..<position])
    if peek() == ".", let word = arrayWord(behind: name.text) { name.text = word }
    name.version = try version()
    return name
  }

  /// The word before an array, or for a number of one, behind the modules that it is called in, which are passed over:
  /// `array` of `np.array`, `True_` of `np.True_`.
  private mutating func arrayWord(behind module: String) -> String? {
    var (word, place) = (module, position)
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

  private func isNext(spelling: some Collection<Character>) -> Bool {
    guard position + spelling.count <= characters.count else { return false }
    return characters[position..<position + spelling.count].elementsEqual(spelling)
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
    guard let opening = peek(), opening == "⟨" || opening == "<" else { return nil }
    var length = 1
    while peek(length)?.isDigit == true { length += 1 }
    let isClosed = peek(length) == (opening == "⟨" ? "⟩" : ">")
    let digits = String(characters[position + 1..<position + length])
    guard isClosed, let number = Int(digits), number < 1 << 32 else {
      if opening == "<" { return nil }
      throw SyntaxError("a version number and ⟩ were expected after ⟨", at: position..<position + 1)
    }
    position += length + 1
    return number
  }
}

extension Character {
  var isDigit: Bool { asciiValue.map { $0 >= 48 && $0 <= 57 } ?? false }
  var beginsName: Bool { isASCII ? isPlainLetter || self == "_" : isLetter || self == "∂" }
  var continuesName: Bool {
    isASCII ? isPlainLetter || self == "_" || isDigit : isLetter && self != "Σ" && self != "ᵀ"
  }

  /// Whether it is one of a to z: most are, and asking Unicode takes long.
  private var isPlainLetter: Bool { asciiValue.map { ($0 | 32) >= 97 && ($0 | 32) <= 122 } ?? false }
}
