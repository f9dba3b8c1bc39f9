import Engine

/// Cuts a display into pieces, and leaves out what only says how it is set.
struct TeXLexer {
  private let characters: [Character]
  private let end: Int
  private var position: Int
  private var tokens: [TeXToken] = []
  private let macros: [String: PageMacro]
  /// Where a macro stands that is written out here, on the page; nil outside of any.
  private var use: Range<Int>?
  private var depth = 0

  init(_ characters: [Character], in range: Range<Int>, _ macros: [String: PageMacro] = [:]) {
    (self.characters, position, end, self.macros) = (characters, range.lowerBound, range.upperBound, macros)
  }

  /// All pieces.
  mutating func all() throws(SyntaxError) -> [TeXToken] {
    while position < end { try step() }
    // Of what a macro stands for it is only known where it is used what its braces are.
    if depth == 0 { tokens = TeXToken.withoutColours(tokens) }
    return tokens
  }

  private mutating func add(_ kind: TeXToken.Kind, from start: Int) {
    tokens.append(TeXToken(kind: kind, range: use ?? start..<position))
  }

  /// An error here, or where the macro stands that this is of.
  private func failure(_ message: Text, from start: Int) -> SyntaxError {
    SyntaxError(message, at: use ?? start..<max(position, start + 1))
  }

  private mutating func step() throws(SyntaxError) {
    let start = position
    let character = characters[position]
    if character == "\\" { return try command() }
    position += 1
    switch character {
    case " ", "\t", "\n", "~": return
    case "{":
      if let close = equalsInBraces() {
        position = close + 1
        return add(.relation(.equal), from: start)
      }
      add(.open, from: start)
    case "}": add(.close, from: start)
    case "_": add(.below, from: start)
    case "^": add(.above, from: start)
    case "'", "′", "’": add(.prime, from: start)
    case "&": add(.cell, from: start)
    case "=", "＝": add(.relation(.equal), from: start)
    case "≠": add(.relation(.unequal), from: start)
    case "←": add(.relation(.update), from: start)
    case "<": add(.relation(.less), from: start)
    case ">": add(.relation(.greater), from: start)
    case "≤": add(.relation(.atMost), from: start)
    case "≥": add(.relation(.atLeast), from: start)
    case "≈": add(.relation(.approximate), from: start)
    case "∂": add(.command("partial"), from: start)
    case "∑", "Σ": add(.command("sum"), from: start)
    case "·": add(.command("cdot"), from: start)
    case "⊙": add(.command("odot"), from: start)
    case "×": add(.command("times"), from: start)
    case "−": add(.sign("-"), from: start)
    case "!" where peek == "=":
      position += 1
      add(.relation(.unequal), from: start)
    case ":" where peek == "=":
      position += 1
      add(.relation(.update), from: start)
    case _ where character.isASCII && character.isNumber: number(from: start)
    case _ where character.isLetter:
      if let word = TeXLexer.words.first(where: { isWord($0, at: start) }) {
        position = start + word.count
        return add(.word(word), from: start)
      }
      add(.letter(TeXLexer.greek[character] ?? String(character)), from: start)
    case "+", "-", "*", "/", "(", ")", "[", "]", "|", ",", ".", ";", ":", "!": add(.sign(character), from: start)
    default: throw failure("\(character) was not expected here", from: start)
    }
  }

  private func isWord(_ word: String, at start: Int) -> Bool {
    let end = start + word.count
    guard end <= self.end, characters[start..<end].elementsEqual(word) else { return false }
    // Letters before or behind it make other words.
    let isPart = start > 0 && characters[start - 1].isLetter || end < self.end && characters[end].isLetter
    return !isPart
  }

  private var peek: Character? { position < end ? characters[position] : nil }

  /// Where braces close that hold nothing but `=`, as behind `\stackrel{!}`.
  private func equalsInBraces() -> Int? {
    var place = position
    func skipBlanks() { while place < end, characters[place] == " " { place += 1 } }
    skipBlanks()
    guard place < end, characters[place] == "=" else { return nil }
    place += 1
    skipBlanks()
    return place < end && characters[place] == "}" ? place : nil
  }

  private mutating func number(from start: Int) {
    while let next = peek, next.isASCII, next.isNumber || (next == "." && digitFollows) { position += 1 }
    add(.number(String(characters[start..<position])), from: start)
  }

  private var digitFollows: Bool {
    position + 1 < end && characters[position + 1].isASCII && characters[position + 1].isNumber
  }

  // MARK: commands

  private mutating func command() throws(SyntaxError) {
    let start = position
    position += 1
    guard let first = peek else { return }
    guard first.isASCII, first.isLetter else {
      position += 1
      switch first {
      case "\\":
        if peek == "*" { position += 1 }
        skipOption()
        add(.row, from: start)
      // What is said of square brackets is true of these: they hold no list of arguments.
      case "{": add(.sign("["), from: start)
      case "}": add(.sign("]"), from: start)
      case "|": add(.sign("‖"), from: start)
      case _ where TeXLexer.spaces.contains(first): break
      default: throw failure("\\\(first) means nothing here", from: start)
      }
      return
    }
    while let next = peek, next.isASCII, next.isLetter { position += 1 }
    var name = String(characters[start + 1..<position])
    if peek == "*",
      name == "hspace" || TeXLexer.idleWithArgument.contains(name + "*") || TeXLexer.alphabets.contains(name + "*")
    {
      position += 1
      name += "*"
    }
    try take(name, from: start)
  }

  /// The pieces of a part of the page, or of what a macro stands for.
  private func pieces(
    of characters: [Character], in range: Range<Int>, use: Range<Int>?, from start: Int
  ) throws(SyntaxError) -> [TeXToken] {
    guard depth < TeXLexer.deepest else { throw failure("this stands in too many others to be read", from: start) }
    var inner = TeXLexer(characters, in: range, macros)
    (inner.use, inner.depth) = (use ?? self.use, depth + 1)
    return try inner.all()
  }

  /// Writes a macro out.
  private mutating func expand(_ macro: PageMacro, _ name: String, from start: Int) throws(SyntaxError) {
    var arguments: [String] = []
    for _ in 0..<macro.argumentCount { arguments.append(try argument(of: name, from: start)) }
    let body = macro.expanded(with: arguments)
    tokens += try pieces(of: body, in: 0..<body.count, use: start..<position, from: start)
    guard tokens.count <= TeXLexer.most else { throw failure("this is too long to be read", from: start) }
  }

  /// The most pieces of a display.
  private static let most = 20_000
  /// How deep macros, and letters in other alphabets, may stand in one another.
  private static let deepest = 12

  private mutating func take(_ name: String, from start: Int) throws(SyntaxError) {
    if let macro = macros[name] { return try expand(macro, name, from: start) }
    if TeXLexer.idle.contains(name) {
      // The point of `\right.` is none.
      if name == "left" || name == "right" || name == "middle", peek == "." { position += 1 }
      return
    }
    if TeXLexer.idleWithArgument.contains(name) {
      _ = try argument(of: name, from: start)
      return
    }
    if TeXLexer.colours.contains(name) { return try colour(name, from: start) }
    if TeXLexer.transparent.contains(name) { return }
    if TeXLexer.alphabets.contains(name) { return try word(name, from: start) }
    if TeXLexer.accents.contains(name) {
      let text = try argument(of: name, from: start)
      let close = characters[position - 1] == "}" ? position - 1 : position
      let inner = try pieces(of: characters, in: max(close - text.count, start)..<close, use: nil, from: start)
      let letters = inner.filter { ![.open, .close, .coloured].contains($0.kind) }
      guard letters.count == 1, case .letter(let letter) = letters[0].kind else {
        throw failure("\\\(name) was expected over a letter", from: start)
      }
      // As `let` may name it: `yhat`.
      return add(.letter(letter + (name.hasPrefix("wide") ? String(name.dropFirst(4)) : name)), from: start)
    }
    if let relation = TeXRelation.commands[name] { return add(.relation(relation), from: start) }
    switch name {
    case "quad", "qquad": add(.gap, from: start)
    case "hspace", "hspace*":
      _ = try argument(of: name, from: start)
      add(.gap, from: start)
    case "begin": add(.begin(try argument(of: name, from: start)), from: start)
    case "end": add(.end(try argument(of: name, from: start)), from: start)
    case "not":
      while peek == " " { position += 1 }
      guard peek == "=" else { throw failure("\\not is read before = only", from: start) }
      position += 1
      add(.relation(.unequal), from: start)
    case "prime": add(.prime, from: start)
    case "lvert", "rvert", "vert": add(.sign("|"), from: start)
    case "lVert", "rVert", "Vert": add(.sign("‖"), from: start)
    case "lbrace", "lbrack": add(.sign("["), from: start)
    case "rbrace", "rbrack": add(.sign("]"), from: start)
    case "lparen": add(.sign("("), from: start)
    case "rparen": add(.sign(")"), from: start)
    case "ell": add(.letter("l"), from: start)
    case "colorbox":
      _ = try argument(of: name, from: start)
    case "newline", "cr": add(.row, from: start)
    default: add(.command(name), from: start)
    }
  }

  /// Notes at the brace that what stands in it is only coloured.
  private mutating func colour(_ name: String, from start: Int) throws(SyntaxError) {
    _ = try argument(of: name, from: start)
    while peek == " " || peek == "\n" { position += 1 }
    let brace = position
    if peek == "{" {
      position += 1
      if let close = equalsInBraces() {
        position = close + 1
        return add(.relation(.equal), from: brace)
      }
      add(.open, from: brace)
    } else if tokens.last?.kind != .open {
      return
    }
    add(.coloured, from: start)
  }

  /// A letter in another alphabet, or letters that are a word.
  private mutating func word(_ name: String, from start: Int) throws(SyntaxError) {
    let text = try argument(of: name, from: start)
    let bare = text.filter { $0 != " " && $0 != "$" }
    // What is no word by itself is read as it stands: `\mathbf{w^{T}}`.
    guard let plain = TeXLexer.plain(bare) else {
      let isProse = name.hasPrefix("text") || name == "mbox" || name == "hbox"
      if isProse { return add(.word(text.replacing("$", with: " ")), from: start) }
      let close = characters[position - 1] == "}" ? position - 1 : position
      let inner = try pieces(of: characters, in: max(close - text.count, start)..<close, use: nil, from: start)
      add(.open, from: start)
      tokens += inner
      return add(.close, from: position - 1)
    }
    // `\mathbb{E}` is an expectation and `\mathbb{R}` are numbers: other letters than E and R.
    if name == "mathbb", let double = TeXLexer.doubled[plain] { return add(.letter(double), from: start) }
    let isProse = text.contains(" ") && name.hasPrefix("text")
    if plain.count == 1 || bare.hasPrefix("\\"), !isProse {
      add(.letter(plain), from: start)
    } else {
      add(.word(isProse ? text : plain), from: start)
    }
  }

  /// What stands in braces behind a command, or the one character or command there.
  private mutating func argument(of name: String, from start: Int) throws(SyntaxError) -> String {
    while peek == " " || peek == "\n" { position += 1 }
    guard let first = peek else { throw failure("\\\(name) has nothing behind it", from: start) }
    let begin = position
    if first == "\\" {
      position = min(position + 2, end)
      while let next = peek, next.isASCII, next.isLetter { position += 1 }
      return String(characters[begin..<position])
    }
    position += 1
    guard first == "{" else { return String(first) }
    var depth = 1
    while position < end, depth > 0 {
      switch characters[position] {
      case "\\": position += 1
      case "{": depth += 1
      case "}": depth -= 1
      default: break
      }
      position += 1
    }
    guard depth == 0, position <= end else { throw failure("this { is never closed", from: begin) }
    return String(characters[begin + 1..<position - 1])
  }

  /// Passes over `[2ex]` behind `\\`.
  private mutating func skipOption() {
    guard peek == "[", let close = characters[position..<end].prefix(20).firstIndex(of: "]") else { return }
    let inside = characters[position + 1..<close]
    if inside.contains(where: \.isNumber), inside.contains(where: \.isLetter) { position = close + 1 }
  }
}
