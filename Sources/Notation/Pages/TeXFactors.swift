import Engine

// What products are made of.
extension TeXParser {
  /// Reads a factor with all that is written onto it.
  mutating func factor() throws(SyntaxError) -> TeXNode {
    try nested { parser throws(SyntaxError) in try parser.scripted(try parser.operand()) }
  }

  private mutating func operand() throws(SyntaxError) -> TeXNode {
    guard let token else { throw SyntaxError("something was expected behind this", at: place) }
    let start = token.range.lowerBound
    switch token.kind {
    case .number(let text):
      position += 1
      return node(.number(text), from: start)
    case .letter("d"):
      if let derivative = try slashedDerivative() { return derivative }
      return try symbol("d")
    case .letter(let head): return try symbol(head)
    case .word(let word):
      guard !isProse(word) else { throw SyntaxError("“\(word)” is prose: a formula was expected", at: token.range) }
      return try named(word)
    case .sign("("), .sign("["): return try bracketed()
    case .sign("|"), .sign("‖"): return try norm()
    case .open:
      let inner = try group()
      if let fraction = try over(inner, from: start) { return fraction }
      return try inside(inner) { parser throws(SyntaxError) in try parser.side() }
    case .begin(let name): return try environment(name)
    case .command(let name): return try command(name)
    case .relation: throw SyntaxError("a side was expected before this", at: token.range)
    default: throw SyntaxError("this was not expected here", at: token.range)
    }
  }

  private mutating func command(_ name: String) throws(SyntaxError) -> TeXNode {
    let (start, at) = (place.lowerBound, place)
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac": return try fraction()
    case "sum": return try fold(.sum)
    case "prod": return try fold(.prod)
    case "max", "min":
      return isNext(.below, ahead: 1) ? try fold(name == "max" ? .max : .min) : try named(name)
    case "partial": return try partial()
    case "nabla": return try gradient()
    case "underbrace", "overbrace":
      position += 1
      let inner = try argument()
      if isNext(.below) || isNext(.above) { _ = try script() }
      let held = try inside(inner) { parser throws(SyntaxError) in try parser.side() }
      return TeXNode(kind: .bracketed([held], isRound: false), range: at)
    case "sqrt":
      position += 1
      guard !isNext(.sign("[")) else { throw SyntaxError("only the square root is read", at: at) }
      let inner = try argument()
      return node(
        .function("sqrt", [try inside(inner) { parser throws(SyntaxError) in try parser.side() }]), from: start)
    case "log", "ln", "exp", "tanh", "sin", "cos", "tan", "arctan": return try named(name)
    default:
      if TeXParser.letters.contains(name) { return try symbol(name) }
      throw SyntaxError("\\\(name) is not read here", at: at)
    }
  }

  /// Commands that are letters.
  private static let letters: Set = [
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "pi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi",
    "psi",
    "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "imath",
    "jmath",
  ]

  /// Words that are no letters of a formula.
  func isProse(_ word: String) -> Bool {
    let bare = word.lowercased().filter { $0 != " " }
    return word.contains(" ") || TeXParser.prose.contains(bare) || bare.contains { !$0.isLetter && $0 != "-" }
  }

  static let prose: Set = [
    "for", "if", "when", "where", "with", "and", "or", "otherwise", "else", "so", "thus", "since", "because", "hence",
    "is",
    "as", "by", "all", "falls", "wenn", "für", "sonst", "und", "mit", "oder", "pour", "si", "sinon", "et", "avec",
    "para",
    "otherwhise", "where:", "then", "therefore", "let", "from", "any", "given", "using",
  ]

  // MARK: letters

  /// Reads a letter, which is here, and what is written onto it.
  private mutating func symbol(_ head: String) throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    position += 1
    return try finish(TeXSymbol(head: head), from: start)
  }

  /// Reads a word: a function, or a letter of more than one character.
  private mutating func named(_ word: String) throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    let lower = word.lowercased().replacing("-", with: "").replacing(" ", with: "")
    guard let function = TeXParser.functions[lower] ?? ownFunction(word) else { return try symbol(word) }
    position += 1
    var primes = 0
    while accept(.prime) { primes += 1 }
    // `\tanh^2 z` is the square of tanh z.
    var power: TeXNode?
    if isNext(.above), case .number(let exponent)? = try scriptedNumber()?.kind {
      power = node(.number(exponent), from: start)
    }
    guard !isNext(.above), !isNext(.below) else {
      throw SyntaxError("\(word) was expected with its argument right behind it, in brackets", at: place)
    }
    let value = try argument(of: word, function + String(repeating: "'", count: primes), from: start)
    return power.map { node(.binary(.power, value, $0), from: start) } ?? value
  }

  /// A function that goes here by that word, where brackets follow.
  private func ownFunction(_ word: String) -> String? {
    let isOne = Function.named[word] != nil || activationNames.contains(word)
    return isOne && (isNext(.sign("("), ahead: 1) || isNext(.sign("["), ahead: 1)) ? word : nil
  }

  /// The number above a function's name; nil, and nothing read, of anything else.
  private mutating func scriptedNumber() throws(SyntaxError) -> TeXToken? {
    let before = self
    let tokens = try script()
    if tokens.count == 1, case .number = tokens[0].kind { return tokens[0] }
    self = before
    return nil
  }

  /// Reads what a function is applied to.
  private mutating func argument(
    of word: String, _ function: String, from start: Int
  ) throws(SyntaxError) -> TeXNode {
    if isNext(.sign("(")) || isNext(.sign("[")), case .bracketed(let arguments, _) = try bracketed().kind {
      return node(.function(function, arguments), from: start)
    }
    let argument = try factor()
    // `\log S(z_i)`: the brackets may belong to what is before them.
    var parts = [argument]
    if argument.symbol != nil, isNext(.sign("(")) { parts.append(try bracketed()) }
    let whole = parts.count == 1 ? argument : TeXNode(kind: .juxtaposed(parts), range: argument.range)
    switch token?.kind {
    case .letter, .number, .open, .sign("("), .sign("["), .command("frac"), .command("sum"):
      throw SyntaxError("how far \(word) reaches is not clear; brackets say it", at: start..<place.lowerBound)
    default: break
    }
    return node(.function(function, [whole]), from: start)
  }

  /// The functions by how pages call them.
  private static let functions: [String: String] = [
    "log": "log", "ln": "log", "exp": "exp", "tanh": "tanh", "sin": "sin", "cos": "cos", "tan": "tan", "arctan": "atan",
    "max": "max", "min": "min", "softmax": "softmax", "sigmoid": "sigmoid", "relu": "relu", "softplus": "softplus",
    "sqrt": "sqrt", "abs": "abs", "logistic": "sigmoid", "sigm": "sigmoid", "logsoftmax": "log-softmax",
  ]

  /// Puts indices, a layer and primes onto a letter.
  private mutating func finish(_ bare: TeXSymbol, from start: Int) throws(SyntaxError) -> TeXNode {
    var symbol = bare
    var wraps: [(TeXNode) -> TeXNode.Kind] = []
    while let token {
      if accept(.prime) {
        symbol.primes += 1
        continue
      }
      let at = token.range
      if token.kind == .below {
        guard symbol.indices.isEmpty, symbol.label.isEmpty else { throw SyntaxError("a second index", at: at) }
        try take(below: try script(), onto: &symbol, at: at)
        continue
      }
      guard token.kind == .above else { break }
      let tokens = try script()
      if tokens.allSatisfy({ $0.kind == .prime }), !tokens.isEmpty {
        symbol.primes += tokens.count
        continue
      }
      let (layer, rest) = TeXLayer.read(tokens, onto: symbol)
      if let layer {
        guard symbol.layer == nil else { throw SyntaxError("a second layer", at: at) }
        symbol.layer = layer
      }
      if layer != nil, !rest.isEmpty, rest.allSatisfy({ $0.kind == .prime }) {
        symbol.primes += rest.count
        continue
      }
      if TeXLayer.isTransposition(rest) {
        wraps.append { .transposed($0) }
      } else if let version = TeXLayer.version(rest) {
        wraps.append { .version($0, version) }
      } else if !rest.isEmpty {
        if case .sign(let bracket) = rest[0].kind, "([".contains(bracket), rest.count == 3 {
          throw SyntaxError(
            "what stands in brackets above a letter is read as a layer: 1, 2 …, l or L", at: rest[1].range)
        }
        let power = try inside(rest) { parser throws(SyntaxError) in try parser.side() }
        wraps.append { .binary(.power, $0, power) }
      }
    }
    var whole = node(.symbol(symbol), from: start)
    for wrap in wraps { whole = node(wrap(whole), from: start) }
    return whole
  }

  /// Reads what stands below a letter: indices, or a word that belongs to it.
  private func take(below tokens: [TeXToken], onto symbol: inout TeXSymbol, at: Range<Int>) throws(SyntaxError) {
    let plain = tokens.filter { $0.kind != .sign(",") }
    let letters = plain.map { token in
      switch token.kind {
      case .letter(let letter): letter
      case .number(let digits): digits
      case .word(let word): word
      default: ""
      }
    }
    guard !letters.contains(""), !letters.isEmpty else {
      throw SyntaxError("indices that are letters or numbers were expected", at: at.lowerBound..<place.lowerBound)
    }
    let isWord = plain.contains { if case .word = $0.kind { true } else { false } }
    let capitals = letters.allSatisfy { $0.first?.isUppercase == true }
    let mixed =
      letters.count > 1 && tokens.count == plain.count && letters[0].first?.isLetter == true
      && letters.dropFirst().contains { $0.first?.isNumber == true }
    // So many letters in a row are a word: `E_{total}`.
    let isLong = letters.count > 2 && tokens.count == plain.count
    if isWord || capitals || mixed || isLong {
      symbol.label = letters.joined()
    } else if tokens.count == plain.count, letters.count == 1, let digits = letters.first, digits.count == 2,
      digits.allSatisfy(\.isNumber)
    {
      // `w_{12}` is row 1, column 2.
      symbol.indices = digits.map { String($0) }
    } else {
      symbol.indices = letters
    }
  }

  /// Puts powers, transpositions and indices onto anything else.
  private mutating func scripted(_ bare: TeXNode) throws(SyntaxError) -> TeXNode {
    var whole = bare
    let start = bare.range.lowerBound
    while let token {
      if token.kind == .prime {
        position += 1
        whole = node(.transposed(whole), from: start)
        continue
      }
      if token.kind == .below, whole.symbol == nil {
        var symbol = TeXSymbol(head: "")
        try take(below: try script(), onto: &symbol, at: token.range)
        whole = node(.element(whole, symbol.indices.map { TeXIndex(text: $0, range: token.range) }), from: start)
        continue
      }
      guard token.kind == .above else { return whole }
      let tokens = try script()
      if TeXLayer.isTransposition(tokens) {
        whole = node(.transposed(whole), from: start)
      } else {
        let power = try inside(tokens) { parser throws(SyntaxError) in try parser.side() }
        whole = node(.binary(.power, whole, power), from: start)
      }
    }
    return whole
  }
}
