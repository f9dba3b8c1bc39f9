import Engine

// Sums, derivatives and cases.
extension TeXParser {
  // MARK: sums

  /// Reads `\sum_{i=1}^N` and the product behind it.
  mutating func fold(_ fold: Fold) throws(SyntaxError) -> TeXNode {
    let (start, at) = (place.lowerBound, place)
    position += 1
    var (below, above): ([TeXToken]?, [TeXToken]?) = (nil, nil)
    while isNext(.below) || isNext(.above) {
      if isNext(.below) { below = try script() } else { above = try script() }
    }
    guard let below, !below.isEmpty else {
      throw SyntaxError("an index was expected below \(fold.rawValue): over what it runs is not said", at: at)
    }
    var ranges = try TeXParser.ranges(below)
    if let above, !above.isEmpty {
      guard ranges.count == 1, let first = ranges[0].bounds else {
        throw SyntaxError("below this, where the index begins was expected: i=1", at: at)
      }
      let last = above.map { token in TeXParser.spelled(token) }.joined()
      ranges[0].bounds = TeXBounds(
        first: first.first, last: last, range: above[0].range.lowerBound..<above[above.count - 1].range.upperBound)
    } else if let bounds = ranges.first?.bounds, ranges.count == 1 {
      throw SyntaxError("where \(ranges[0].index.text) ends was expected above", at: bounds.range)
    }
    let isNegative = accept(.sign("-"))
    var body = try nested { parser throws(SyntaxError) in try parser.product() }
    if isNegative { body = TeXNode(kind: .negative(body), range: body.range) }
    return node(.fold(fold, ranges, body), from: start)
  }

  /// A piece as it is written, about.
  private static func spelled(_ token: TeXToken) -> String {
    switch token.kind {
    case .letter(let text), .number(let text), .word(let text): text
    case .command(let name): name
    case .sign(let sign): String(sign)
    case .below: "_"
    case .above: "^"
    default: ""
    }
  }

  /// Reads what stands below a sum: `i`, `i=1`, `i \ne k`, `j=1, j \ne i`, `i, j`.
  private static func ranges(_ tokens: [TeXToken]) throws(SyntaxError) -> [TeXRange] {
    var parts: [[TeXToken]] = [[]]
    var (tokens, level) = (tokens, 0)
    if tokens.first?.kind == .command("substack") {
      tokens = Array(tokens.dropFirst()).filter { $0.kind != .open && $0.kind != .close }
    }
    for token in tokens {
      if token.kind == .open { level += 1 }
      if token.kind == .close { level -= 1 }
      let isBreak = token.kind == .sign(",") || token.kind == .row || token.kind == .sign(";")
      if isBreak, level == 0 { parts.append([]) } else { parts[parts.count - 1].append(token) }
    }
    var ranges: [TeXRange] = []
    for part in parts where !part.isEmpty {
      let range = try self.range(part)
      if let known = ranges.firstIndex(where: { $0.index.text == range.index.text }) {
        if let bounds = range.bounds { ranges[known].bounds = bounds }
        if let condition = range.condition { ranges[known].condition = condition }
      } else {
        ranges.append(range)
      }
    }
    guard !ranges.isEmpty else { throw SyntaxError("an index was expected here", at: tokens.first?.range ?? 0..<1) }
    return ranges
  }

  private static func range(_ tokens: [TeXToken]) throws(SyntaxError) -> TeXRange {
    let whole = tokens[0].range.lowerBound..<tokens[tokens.count - 1].range.upperBound
    guard case .letter(let letter) = tokens[0].kind, letter.count == 1 else {
      throw SyntaxError("an index that is a letter was expected here", at: tokens[0].range)
    }
    var range = TeXRange(index: TeXIndex(text: letter, range: tokens[0].range))
    guard tokens.count > 1 else { return range }
    guard case .relation(let relation) = tokens[1].kind, tokens.count > 2 else {
      throw SyntaxError("i, i=1 or i \\ne k was expected here", at: whole)
    }
    switch (relation, tokens[2].kind) {
    case (.equal, .number(let text)) where tokens.count == 3:
      guard let first = Int(text) else { throw SyntaxError("a whole number was expected here", at: tokens[2].range) }
      range.bounds = TeXBounds(first: first, last: "", range: whole)
    case (.unequal, .letter(let other)) where tokens.count == 3, (.unequal, .number(let other)) where tokens.count == 3:
      let kind: TeXNode.Kind =
        other.first?.isNumber == true ? .number(other) : .symbol(TeXSymbol(head: other))
      range.condition = TeXCondition(
        left: TeXNode(kind: .symbol(TeXSymbol(head: letter)), range: tokens[0].range), sign: .unequal,
        right: TeXNode(kind: kind, range: tokens[2].range))
    // A set that has a name: all of them.
    case (.member, .word): break
    case (.member, .letter)
    where tokens.count > 4 && tokens[2..<5].allSatisfy({ if case .letter = $0.kind { true } else { false } }): break
    default: throw SyntaxError("what \(letter) runs over is not read here", at: whole)
    }
    return range
  }

  // MARK: fractions and derivatives

  mutating func fraction() throws(SyntaxError) -> TeXNode {
    let start = place.lowerBound
    position += 1
    let (above, below) = (try argument(), try argument())
    return try fraction(above, below, from: start)
  }

  /// `a \\over b` in braces; nil of anything else.
  mutating func over(_ tokens: [TeXToken], from start: Int) throws(SyntaxError) -> TeXNode? {
    var level = 0
    for (place, token) in tokens.enumerated() {
      if token.kind == .open { level += 1 }
      if token.kind == .close { level -= 1 }
      guard level == 0, token.kind == .command("over") else { continue }
      return try fraction(Array(tokens[..<place]), Array(tokens[(place + 1)...]), from: start)
    }
    return nil
  }

  private mutating func fraction(
    _ above: [TeXToken], _ below: [TeXToken], from start: Int
  ) throws(SyntaxError) -> TeXNode {
    guard !above.isEmpty, !below.isEmpty else {
      throw SyntaxError("\\frac has two parts: \\frac{a}{b}", at: start..<place.lowerBound)
    }
    if let (body, quantity) = try derivative(above, below) {
      guard let body else {
        // `\frac{\partial}{\partial z_k}` is applied to the product behind it.
        let operand = try nested { parser throws(SyntaxError) in try parser.product() }
        return node(.derivative(of: operand, by: quantity), from: start)
      }
      return node(.derivative(of: body, by: quantity), from: start)
    }
    let a = try inside(above) { parser throws(SyntaxError) in try parser.side() }
    let b = try inside(below) { parser throws(SyntaxError) in try parser.side() }
    return node(.binary(.over, a, b), from: start)
  }

  /// Whether a piece is the d of a derivative.
  private func isDifferential(_ token: TeXToken?) -> Bool {
    token?.kind == .command("partial") || token?.kind == .letter("d")
  }

  /// What is derived and by what, where a fraction is a derivative; nothing is derived yet where only `\partial` is above.
  private func derivative(
    _ above: [TeXToken], _ below: [TeXToken]
  ) throws(SyntaxError) -> (body: TeXNode?, by: TeXNode)? {
    guard isDifferential(above.first), isDifferential(below.first), below.count > 1, above[0].kind == below[0].kind
    else {
      return nil
    }
    if above.dropFirst().first?.kind == .above {
      throw SyntaxError("second derivatives are not read here", at: above[0].range)
    }
    let quantity = try inside(Array(below.dropFirst())) { parser throws(SyntaxError) in try parser.factor() }
    guard above.count > 1 else { return (nil, quantity) }
    return (try inside(Array(above.dropFirst())) { parser throws(SyntaxError) in try parser.side() }, quantity)
  }

  /// Reads `\partial L / \partial z_k`.
  mutating func partial() throws(SyntaxError) -> TeXNode {
    let (start, at) = (place.lowerBound, place)
    position += 1
    let body = try factor()
    guard accept(.sign("/")), accept(.command("partial")) else {
      throw SyntaxError("\\partial was expected above and below a line: \\frac{\\partial L}{\\partial w}", at: at)
    }
    return node(.derivative(of: body, by: try factor()), from: start)
  }

  /// Reads `dL/dz`; nil where that is not what stands here.
  mutating func slashedDerivative() throws(SyntaxError) -> TeXNode? {
    let before = self
    let start = place.lowerBound
    position += 1
    if token != nil, !isNext(.sign("/")), let body = try? factor(), accept(.sign("/")), accept(.letter("d")),
      let quantity = try? factor()
    {
      return node(.derivative(of: body, by: quantity), from: start)
    }
    self = before
    return nil
  }

  /// Reads `\nabla_a L`.
  mutating func gradient() throws(SyntaxError) -> TeXNode {
    let (start, at) = (place.lowerBound, place)
    position += 1
    guard isNext(.below) else {
      throw SyntaxError("\\nabla was expected with what it derives by below it: \\nabla_a L", at: at)
    }
    let below = try script()
    let quantity = try inside(below) { parser throws(SyntaxError) in try parser.factor() }
    var body = try factor()
    // `\nabla_w L(w)`: what the loss depends on belongs to its letter.
    if body.symbol != nil, isNext(.sign("(")) {
      let before = self
      if let list = try? bracketed(), list.holdsLettersOnly {
        body = node(.juxtaposed([body, list]), from: body.range.lowerBound)
      } else {
        self = before
      }
    }
    return node(.gradient(of: body, by: quantity), from: start)
  }

  // MARK: cases

  mutating func environment(_ name: String) throws(SyntaxError) -> TeXNode {
    let (start, at) = (place.lowerBound, place)
    guard ["cases", "dcases", "rcases"].contains(name) else {
      throw SyntaxError("\(name) is not read here", at: at)
    }
    position += 1
    var rows: [[TeXToken]] = [[]]
    while let token, token.kind != .end(name) {
      if token.kind == .row { rows.append([]) } else { rows[rows.count - 1].append(token) }
      position += 1
    }
    guard accept(.end(name)) else { throw SyntaxError("this is never closed", at: at) }
    var cases: [TeXCase] = []
    for row in rows where !row.isEmpty {
      let cut = row.firstIndex { $0.kind == .cell } ?? row.count
      let value = row[..<cut].filter { $0.kind != .sign(",") || cut == row.count }
      let held = try inside(Array(value)) { parser throws(SyntaxError) in try parser.side() }
      cases.append(TeXCase(value: held, condition: try TeXParser.condition(Array(row[cut...]))))
    }
    return node(.cases(cases), from: start)
  }

  /// Reads `\text{if } i = k`; nil of `otherwise`.
  static func condition(_ tokens: [TeXToken]) throws(SyntaxError) -> TeXCondition? {
    let pieces = tokens.filter { token in
      if case .word = token.kind { return false }
      return ![.cell, .sign(","), .sign("."), .gap].contains(token.kind)
    }
    guard let first = pieces.first else { return nil }
    guard let cut = pieces.firstIndex(where: { if case .relation = $0.kind { true } else { false } }),
      case .relation(let relation) = pieces[cut].kind, let sign = relation.comparison
    else {
      throw SyntaxError("a condition was expected here: i = k", at: first.range)
    }
    let (left, right) = (TeXParser(Array(pieces[..<cut])), TeXParser(Array(pieces[(cut + 1)...])))
    func side(_ parser: TeXParser) throws(SyntaxError) -> TeXNode {
      try parser.inside(parser.tokens) { inner throws(SyntaxError) in try inner.side() }
    }
    return TeXCondition(left: try side(left), sign: sign, right: try side(right))
  }
}

extension TeXRelation {
  /// The comparison that it is in a condition.
  var comparison: BinaryOperator? {
    switch self {
    case .equal: .equal
    case .unequal: .unequal
    case .less: .less
    case .atMost: .atMost
    case .greater: .greater
    case .atLeast: .atLeast
    case .update, .becomes, .approximate, .implies, .member: nil
    }
  }
}
