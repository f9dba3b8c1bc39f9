import Engine

/// Reads a side of an equation: sums and products, and what stands in them.
struct TeXParser {
  private(set) var tokens: [TeXToken]
  var position = 0
  /// How many constructs are open around the one that is read.
  private var depth = 0
  /// How many bars are open.
  private var bars = 0
  private static let deepest = 60

  init(_ tokens: [TeXToken]) { self.tokens = tokens }

  var token: TeXToken? { position < tokens.count ? tokens[position] : nil }
  var isAtEnd: Bool { position >= tokens.count }

  /// Where what is read now stands.
  var place: Range<Int> { token?.range ?? tokens.last.map { $0.range.upperBound - 1..<$0.range.upperBound } ?? 0..<1 }

  mutating func accept(_ kind: TeXToken.Kind) -> Bool {
    guard token?.kind == kind else { return false }
    position += 1
    return true
  }

  func isNext(_ kind: TeXToken.Kind, ahead distance: Int = 0) -> Bool {
    position + distance < tokens.count && tokens[position + distance].kind == kind
  }

  func node(_ kind: TeXNode.Kind, from start: Int) -> TeXNode {
    let end = position > 0 ? tokens[position - 1].range.upperBound : start
    return TeXNode(kind: kind, range: start..<max(start, end))
  }

  /// Reads inside what holds it.
  mutating func nested<T>(_ read: (inout TeXParser) throws(SyntaxError) -> T) throws(SyntaxError) -> T {
    guard depth < TeXParser.deepest else { throw SyntaxError("this is too deep to be read", at: place) }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  /// Reads pieces that stand for themselves.
  func inside<T>(
    _ tokens: [TeXToken], _ read: (inout TeXParser) throws(SyntaxError) -> T
  ) throws(SyntaxError) -> T {
    var inner = TeXParser(tokens)
    inner.depth = depth + 1
    guard inner.depth < TeXParser.deepest else { throw SyntaxError("this is too deep to be read", at: place) }
    let result = try read(&inner)
    guard inner.isAtEnd else { throw SyntaxError("this was not expected here", at: inner.place) }
    return result
  }

  // MARK: sums and products

  /// Reads terms with + and - between them.
  mutating func side() throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    var left = try term()
    while let sign = sum() {
      position += 1
      let right = try term()
      left = node(.binary(sign, left, right), from: start)
    }
    return left
  }

  private func sum() -> BinaryOperator? {
    switch token?.kind {
    case .sign("+"): .plus
    case .sign("-"): .minus
    default: nil
    }
  }

  /// Reads a product, with a sign before it where there is one.
  mutating func term() throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    if accept(.sign("-")) {
      let inner = try nested { parser throws(SyntaxError) in try parser.term() }
      return node(.negative(inner), from: start)
    }
    _ = accept(.sign("+"))
    return try product()
  }

  /// Reads factors, whether a sign stands between them or not.
  func product(_ sign: TeXToken.Kind?) -> BinaryOperator? {
    switch sign {
    case .command("cdot"), .command("times"), .command("bullet"): .times
    // A star between arrays is NumPy's, element by element; between numbers it is all the same.
    case .sign("*"), .command("ast"), .command("odot"), .command("circ"), .command("otimes"): .timesEach
    case .sign("/"), .command("div"): .over
    case .command("oslash"): .overEach
    default: nil
    }
  }

  mutating func product() throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    var left = try juxtaposition()
    while let sign = product(token?.kind) {
      let at = place
      position += 1
      let isNegative = accept(.sign("-"))
      var right = try juxtaposition()
      if sign == .over, case .juxtaposed = right.kind {
        throw SyntaxError("how far / reaches is not clear; \\frac says it", at: at)
      }
      if isNegative { right = TeXNode(kind: .negative(right), range: right.range) }
      left = node(.binary(sign, left, right), from: start)
    }
    return left
  }

  private mutating func juxtaposition() throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    var factors = [try factor()]
    while beginsFactor { factors.append(try factor()) }
    return factors.count == 1 ? factors[0] : node(.juxtaposed(factors), from: start)
  }

  /// Whether a further factor begins here.
  private var beginsFactor: Bool {
    switch token?.kind {
    case .letter, .number, .open: true
    case .word(let word): !isProse(word)
    case .sign("("), .sign("["): true
    case .sign("|"), .sign("‖"): bars == 0
    case .begin: true
    case .command(let name):
      product(.command(name)) == nil && !TeXParser.closing.contains(name) && !TeXParser.dots.contains(name)
    default: false
    }
  }

  static let dots: Set = ["ldots", "cdots", "dots", "dotsc", "dotsb", "vdots"]
  private static let closing: Set = ["rangle", "rceil", "rfloor", "top", "intercal"]

  /// Reads what stands between bars.
  mutating func norm() throws(SyntaxError) -> TeXNode {
    let (start, bar) = (place.lowerBound, place)
    position += 1
    bars += 1
    defer { bars -= 1 }
    let inner = try nested { parser throws(SyntaxError) in try parser.side() }
    guard accept(.sign("|")) || accept(.sign("‖")) else { throw SyntaxError("this bar is never closed", at: bar) }
    // Which norm it is: the Euclidean one is the one there is.
    if isNext(.below), isNext(.number("2"), ahead: 1) || isNext(.open, ahead: 1) && isNext(.number("2"), ahead: 2) {
      _ = try script()
    } else if isNext(.below) {
      throw SyntaxError("only the Euclidean norm is read here", at: place)
    }
    return node(.norm(inner), from: start)
  }

  /// Reads what stands in brackets, with commas between.
  mutating func bracketed() throws(SyntaxError) -> TeXNode {
    let (start, opening) = (place.lowerBound, place)
    let close: Character = isNext(.sign("[")) ? "]" : ")"
    position += 1
    let outer = bars
    bars = 0
    defer { bars = outer }
    var parts = [try nested { parser throws(SyntaxError) in try parser.side() }]
    // `[i = k]` is 1 where that holds, else 0.
    if case .relation(let relation)? = token?.kind, let sign = relation.comparison {
      position += 1
      let right = try nested { parser throws(SyntaxError) in try parser.side() }
      parts = [node(.binary(sign, parts[0], right), from: parts[0].range.lowerBound)]
    }
    while accept(.sign(",")) || accept(.sign(";")) {
      parts.append(try nested { parser throws(SyntaxError) in try parser.side() })
    }
    guard accept(.sign(close)) else {
      if isAtEnd { throw SyntaxError("this bracket is never closed", at: opening) }
      throw SyntaxError("\(String(close)) was expected here", at: place)
    }
    return node(.bracketed(parts, isRound: close == ")"), from: start)
  }

  // MARK: groups

  /// The pieces of the argument that comes next: what is in braces, or one piece.
  mutating func argument() throws(SyntaxError) -> [TeXToken] {
    guard let first = token else { throw SyntaxError("something was expected behind this", at: place) }
    guard first.kind == .open else {
      // `\\frac12` is one half.
      if case .number(let digits) = first.kind, digits.count > 1, let digit = digits.first {
        let cut = first.range.lowerBound + 1
        tokens[position] = TeXToken(kind: .number(String(digits.dropFirst())), range: cut..<first.range.upperBound)
        return [TeXToken(kind: .number(String(digit)), range: first.range.lowerBound..<cut)]
      }
      position += 1
      return [first]
    }
    return try group()
  }

  /// The pieces in the braces that open here.
  mutating func group() throws(SyntaxError) -> [TeXToken] {
    let opening = place
    var level = 0
    let start = position + 1
    while let token {
      position += 1
      if token.kind == .open { level += 1 }
      if token.kind == .close { level -= 1 }
      if level == 0 { return Array(tokens[start..<position - 1]) }
    }
    throw SyntaxError("this { is never closed", at: opening)
  }

  /// Reads `_` or `^` and what stands behind it.
  mutating func script() throws(SyntaxError) -> [TeXToken] {
    position += 1
    return try argument()
  }
}
