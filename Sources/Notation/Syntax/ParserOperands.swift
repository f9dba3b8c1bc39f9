import Engine

// What an operator can stand beside.
extension Parser {
  mutating func primary() throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    switch token.kind {
    case .number(let literal):
      try advance()
      return try node(.number(literal), from: start)
    case .name(let name): return try named(name)
    case .symbol(.sigma): return try sigma()
    case .symbol(.open):
      try advance()
      return try nested(blanksPart: false) { parser throws(SyntaxError) in
        let inner = try parser.expression()
        try parser.expect(.close, "to close the (")
        return inner
      }
    case .symbol(.bar):
      try advance()
      return try nested(blanksPart: false) { parser throws(SyntaxError) in
        let inner = try parser.expression()
        try parser.expect(.bar, "to close the |")
        return try parser.node(.norm(inner), from: start)
      }
    case .symbol(.openBracket): return try matrix()
    case .symbol(.less): return try describedValue()
    case .display(let header): return try displayedArray(header)
    case .quote:
      throw SyntaxError("a value was expected, not a quote; a file is read by from \"FILE\"", at: token.range)
    case .end: throw SyntaxError("a value was expected before the end", at: token.range)
    case .symbol(let symbol): throw SyntaxError("a value was expected, not \(symbol.rawValue)", at: token.range)
    }
  }

  /// A name, a call or one of the forms that are written as calls.
  private mutating func named(_ name: Token.Name) throws(SyntaxError) -> Expression {
    let (start, range) = (token.range.lowerBound, token.range)
    if name.text == "and" || name.text == "or" {
      throw SyntaxError("a value was expected, not \(name.text)", at: range)
    }
    if name.text == "from", let file = try file() { return file }
    try advance()
    if name.version == nil {
      let digits = Token.numberWords[name.text] ?? (isInArray ? Token.truths[name.text] : nil)
      if let literal = digits.flatMap(Literal.init(text:)) {
        return try node(.number(literal), from: start)
      }
      if Token.elementTypes.contains(name.text), token.kind == .symbol(.openBracket), !token.blankBefore {
        return try matrix()
      }
      try refuseParts(name.text, at: range)
      if let call = try call(name.text, at: range) { return call }
    }
    return try node(.name(name.text, version: name.version), from: start)
  }

  /// Reads `(…)` or `'(…)` behind a name, if it is there.
  private mutating func call(_ name: String, at range: Range<Int>) throws(SyntaxError) -> Expression? {
    let start = range.lowerBound
    var isDerivative = false
    let own = functions[name]
    if token.kind == .symbol(.prime), own != nil || isActivation(name) {
      let transpose = self
      try advance()
      isDerivative = token.kind == .symbol(.open)
      if !isDerivative { self = transpose }
    }
    guard token.kind == .symbol(.open), !(blanksPart && token.blankBefore && !isDerivative) else { return nil }
    if !isDerivative, Token.arrayWords.contains(name) { return try wrappedArray(name, from: start) }
    guard own != nil || Function.isKnown(name) else { throw SyntaxError(notAFunction(name), at: range) }
    try advance()
    let kind = try nested(blanksPart: false) { parser throws(SyntaxError) in
      try parser.arguments(of: name, isDerivative: isDerivative, at: range)
    }
    return try node(kind, from: start)
  }

  private func notAFunction(_ name: String) -> Text {
    if let complaint = Function.complaint(aboutForeign: name) { return complaint }
    let product: Text = "\(name) is not a function; for a product write \(name) * (…), for an element \(name)[…]"
    guard Quantity.named(name) == nil else { return product }
    let near = suggestion(for: name, among: Function.names + functions.names)
    guard near.isEmpty else { return "\(name) is not a function\(near)" }
    // A longer word was hardly meant as a factor.
    return name.count > 3 ? "\(name) is not a function; help functions lists them" : product
  }

  private mutating func arguments(
    of name: String, isDerivative: Bool, at range: Range<Int>
  ) throws(SyntaxError) -> Expression.Kind {
    if name == "d" { return try derivative() }
    if let fold = Fold(rawValue: name), let kind = try self.fold(fold) { return kind }
    var arguments: [Expression] = []
    if token.kind != .symbol(.close) {
      arguments.append(try expression())
      while try accept(.comma) { arguments.append(try expression()) }
      // `leaky-relu(v, slope=0.1)`: a setting is given where a layer is made.
      if token.kind == .symbol(.assign), functions[name] == nil,
        let complaint = Function.complaint(name, arguments.count)
      {
        throw SyntaxError(complaint, at: arguments.last?.range ?? range)
      }
    }
    try expect(.close, arguments.isEmpty ? "after \(name)(" : "or a comma in \(name)(…)")
    let own = functions[name]
    if let complaint = own.map({ $0.complaint(aboutArguments: arguments.count) })
      ?? Function.complaint(name, arguments.count)
    {
      throw SyntaxError(complaint, at: range)
    }
    switch name {
    case "at": return .at(step: arguments[0], arguments[1])
    case "old": return .old(arguments[0])
    default: return .call(name, isDerivative: isDerivative, arguments)
    }
  }

  /// Reads `k, BODY)` or `k=1..4, BODY)`; nil, with nothing read, where it is an ordinary call. `max(a, b)` of a name that
  /// indexes nothing in `b` is the larger of two.
  private mutating func fold(_ fold: Fold) throws(SyntaxError) -> Expression.Kind? {
    let before = self
    guard let index = token.name, index.version == nil else { return nil }
    try advance()
    var bounds: Expression.Bounds?
    if try accept(.assign) {
      let first = try parse(.sum)
      try expect(.through, "between the ends of the range, as in \(index.text)=1..4")
      bounds = Expression.Bounds(first, try parse(.sum))
    }
    guard try accept(.comma) else {
      if bounds != nil { try expect(.comma, "after the range") }
      self = before
      return nil
    }
    let body = try expression()
    // NumPy's `axis=0`.
    if token.kind == .symbol(.assign) {
      let name = fold.rawValue
      throw SyntaxError("\(name)(…) takes no settings; along one index it is \(name)(j, w1[j,1])", at: body.range)
    }
    try expect(.close, "to close \(fold.rawValue)(")
    if bounds == nil, index.text != Fold.overBatch, fold.takesPairs, !body.isIndexed(by: index.text) {
      let first = Expression(.name(index.text, version: nil), range: before.token.range)
      return .call(fold.rawValue, isDerivative: false, [first, body])
    }
    return .fold(fold, index: index.text, bounds: bounds, body)
  }

  /// Reads `Σk BODY`: the sum of the product that follows. `Σ(…)` is `sum(…)`.
  private mutating func sigma() throws(SyntaxError) -> Expression {
    let range = token.range
    try advance()
    if token.kind == .symbol(.open), let call = try call("sum", at: range) { return call }
    guard let index = token.name, index.version == nil else {
      throw SyntaxError("an index was expected after Σ, as in Σk", at: token.range)
    }
    try advance()
    let body = try nested(blanksPart: blanksPart) { parser throws(SyntaxError) in try parser.parse(.product) }
    return try node(.fold(.sum, index: index.text, bounds: nil, body), from: range.lowerBound)
  }

  // MARK: - Matrices

  /// Reads `[1 2; 3 4]`.
  private mutating func matrix() throws(SyntaxError) -> Expression {
    let start = token.range.lowerBound
    let kind = try nested(blanksPart: true) { parser throws(SyntaxError) -> Expression.Kind in
      try parser.advance()
      var rows: [[Expression]] = []
      if parser.token.kind == .symbol(.closeBracket) {
        throw SyntaxError("at least one number was expected between the brackets", at: parser.token.range)
      }
      let factor = try parser.scale()
      let first = parser.token.range.lowerBound
      repeat {
        // MATLAB allows one at the end.
        if !rows.isEmpty, parser.isAtEnd || parser.token.kind == .symbol(.closeBracket) { break }
        rows.append(try parser.row())
      } while try parser.accept(.semicolon)
      try parser.requireMatrix(rows, at: start..<start + 1)
      guard try parser.accept(.closeBracket) else {
        if parser.isAtEnd { throw SyntaxError("this [ is never closed", at: start..<start + 1) }
        throw SyntaxError("another element, ; or ] was expected", at: parser.token.range)
      }
      guard let factor else { return .matrix(rows) }
      return .binary(.times, factor, try parser.node(.matrix(rows), from: first))
    }
    return try node(kind, from: start)
  }

  private mutating func row() throws(SyntaxError) -> [Expression] {
    var row = [try expression()]
    while true {
      if try accept(.comma) {
        // Python allows one at the end.
        if token.kind == .symbol(.closeBracket) { return row }
        row.append(try expression())
      } else if beginsOperand {
        row.append(try expression())
      } else {
        return row
      }
    }
  }

  private var beginsOperand: Bool {
    switch token.kind {
    case .number, .name, .display: true
    case .symbol(let symbol): [.open, .openBracket, .bar, .plus, .minus, .sigma].contains(symbol)
    case .end, .quote: false
    }
  }

  // MARK: - Derivatives

  /// Reads the rest of `d(EXPR)/d(QUANTITY)` from EXPR on.
  private mutating func derivative() throws(SyntaxError) -> Expression.Kind {
    let body = try expression()
    try expect(.close, "to close d(")
    try expect(.over, "and d(QUANTITY) after d(…)")
    return .derivative(of: body, by: try denominator())
  }

  /// Reads what stands under a derivative: `d(w2[k,j])`, `∂(w2[k,j])` or `∂w2[k,j]`.
  private mutating func denominator() throws(SyntaxError) -> Expression {
    guard let name = token.name, name.text.hasPrefix("d") else {
      throw SyntaxError("d(QUANTITY) was expected under the line", at: token.range)
    }
    let start = token.range.lowerBound
    try advance()
    if name.text == "d" {
      try expect(.open, "after d")
      return try nested(blanksPart: false) { parser throws(SyntaxError) in
        let quantity = try parser.quantity(parser.token.name)
        try parser.expect(.close, "to close d(")
        return quantity
      }
    }
    let bare = Token.Name(text: String(name.text.dropFirst()), version: name.version)
    return try indexed(node(.name(bare.text, version: bare.version), from: start), from: start)
  }

  private mutating func quantity(_ name: Token.Name?) throws(SyntaxError) -> Expression {
    guard let name else { throw SyntaxError("a quantity was expected, as in d(w2[k,j])", at: token.range) }
    let start = token.range.lowerBound
    try advance()
    return try indexed(node(.name(name.text, version: name.version), from: start), from: start)
  }

  private mutating func indexed(_ base: Expression, from start: Int) throws(SyntaxError) -> Expression {
    guard token.kind == .symbol(.openBracket), !(blanksPart && token.blankBefore) else { return base }
    let indices = try indices()
    return try node(.element(base, indices), from: start)
  }

  /// Where an operand was typed as `∂a2[i]`, or as `dL`, and `/∂q` follows, both together are a derivative.
  mutating func quotient(_ operand: Expression) throws(SyntaxError) -> Expression {
    guard token.kind == .symbol(.over), let upper = numerator(operand) else { return operand }
    let before = self
    try advance()
    guard let name = token.name,
      name.isPartial || (operand.kind == .name("dL", version: nil) && name.text.hasPrefix("d"))
    else {
      self = before
      return operand
    }
    let lower = try denominator()
    return try node(.derivative(of: upper, by: lower), from: operand.range.lowerBound)
  }

  /// What stands over the line, without its ∂.
  private func numerator(_ operand: Expression) -> Expression? {
    switch operand.kind {
    case .name("dL", version: nil):
      return Expression(.name(Quantity.Kind.loss.name, version: nil), range: operand.range)
    case .name(let name, let version) where isPartial(operand) && name.count > 1:
      return Expression(.name(String(name.dropFirst()), version: version), range: operand.range)
    case .element(let base, let indices):
      return numerator(base).map { Expression(.element($0, indices), range: operand.range) }
    default: return nil
    }
  }
}
