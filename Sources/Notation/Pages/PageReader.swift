import Engine

/// Says what stands on a page in the session's language: letters become what they stand for, and what stands side by side a
/// product, or a function of its argument.
struct PageReader {
  let letters: PageLetters
  /// The layer that `l` is.
  var running: Int?
  /// Whether weights and biases are what they were before the update.
  var readsOldWeights = false
  /// Whether what an optimizer remembers is what it was before the update.
  var readsOldMemory = false
  /// The limits of sums that are letters, with the index and what is summed.
  var limits: [Limit] = []

  /// What letters stand for that nobody gave, by what everybody calls so.
  private(set) var conventions: [String: String] = [:]

  /// A limit of a sum that is a letter.
  struct Limit {
    let text: String
    let index: String
    let body: Expression
    let range: Range<Int>
  }

  init(_ letters: PageLetters) { self.letters = letters }

  /// What a node says.
  /// - Throws: where it is not understood; nothing is guessed.
  mutating func expression(_ node: TeXNode) throws(SyntaxError) -> Expression {
    func made(_ kind: Expression.Kind) -> Expression { Expression(kind, range: node.range) }
    switch node.kind {
    case .number(let text):
      guard let literal = Literal(text: text) else { throw SyntaxError("\(text) is no number", at: node.range) }
      return made(.number(literal))
    case .symbol(let symbol): return try value(of: symbol, node.range)
    case .binary(.power, let base, let exponent):
      // e is the base of the exponential function, where nothing else is called so.
      if base.symbol == TeXSymbol(head: "e"), letters.scope.definition(of: "e") == nil {
        return made(.call("exp", isDerivative: false, [try expression(exponent)]))
      }
      return made(.binary(.power, try expression(base), try expression(exponent)))
    case .binary(let sign, let left, let right) where sign.isComparison:
      return try comparison(sign, try expression(left), try expression(right), node.range)
    case .binary(let sign, let left, let right): return made(.binary(sign, try expression(left), try expression(right)))
    case .negative(let inner): return made(.unary(.minus, try expression(inner)))
    case .juxtaposed(let factors): return try product(of: factors, node.range)
    case .bracketed(let parts, _):
      guard parts.count == 1 else { throw SyntaxError("what this list belongs to is not clear", at: node.range) }
      return try expression(parts[0])
    case .norm(let inner): return made(.norm(try expression(inner)))
    case .transposed(let inner): return made(.transpose(try expression(inner)))
    case .version(let inner, nil): return made(try old(inner).kind)
    case .version(let inner, let number?): return try versioned(inner, number, node.range)
    case .element(let inner, let indices):
      return made(
        .element(try expression(inner), try indices.map { index throws(SyntaxError) in try self.index(index) }))
    case .fold(let fold, let ranges, let body): return try self.fold(fold, ranges, body, node.range)
    case .function(let name, let arguments): return try call(name, arguments, node.range)
    case .derivative(let body, let quantity):
      return made(.derivative(of: try expression(body), by: try derived(quantity)))
    case .gradient(let body, var quantity):
      // Without a layer it is by what the loss is of: the last one's.
      if var symbol = quantity.symbol, symbol.layer == nil, symbol.indices.isEmpty,
        letters.isUnknown(symbol, running: running)
      {
        symbol.layer = .last(0)
        quantity = TeXNode(kind: .symbol(symbol), range: quantity.range)
      }
      return made(.derivative(of: try expression(body), by: try derived(quantity)))
    case .cases(let rows): return try cases(rows, node.range)
    }
  }

  /// What a derivative is taken by: a quantity, or an element of one.
  private mutating func derived(_ node: TeXNode) throws(SyntaxError) -> Expression {
    let outer = readsOldWeights
    readsOldWeights = false
    defer { readsOldWeights = outer }
    let quantity = try expression(node)
    let base = if case .element(let base, _) = quantity.kind { base } else { quantity }
    guard letters.quantity(base) != nil else {
      throw SyntaxError("a derivative is taken by a quantity, as in \\partial w_{kj}", at: node.range)
    }
    return quantity
  }

  // MARK: letters

  private mutating func value(of symbol: TeXSymbol, _ range: Range<Int>) throws(SyntaxError) -> Expression {
    switch try letters.meaning(of: symbol, running: running, at: range) {
    case .value(let meaning):
      guard symbol.primes == 0 else {
        throw SyntaxError("what the prime of \(symbol.written) means is not clear", at: range)
      }
      note(symbol, letters.quantity(meaning)?.name)
      return try old(meaning, element(meaning, symbol, range), range)
    case .kronecker:
      let places = try symbol.indices.map { (text) throws(SyntaxError) in try index(TeXIndex(text: text, range: range))
      }
      return Expression(.binary(.equal, places[0], places[1]), range: range)
    case .activation, .function:
      throw SyntaxError("\(symbol.written) is a function: its argument was expected in brackets behind it", at: range)
    case nil:
      // A bare letter that a sum binds is an index.
      if bound.contains(symbol.head), symbol == TeXSymbol(head: symbol.head) { return .name(symbol.head) }
      throw unknown(symbol, range)
    }
  }

  /// Notes what a letter is read as, where nobody gave it.
  mutating func note(_ symbol: TeXSymbol, _ meaning: String?) {
    guard letters.isConventional(symbol), let meaning else { return }
    // Of any layer, or of several, what it is in each.
    let name = symbol.layer == nil ? meaning : String(meaning.prefix { !$0.isNumber }) + " of that layer"
    conventions[symbol.layer == nil ? symbol.indexed : symbol.head] = name
  }

  /// The indices that sums around bind.
  var bound: [String] = []

  private func unknown(_ symbol: TeXSymbol, _ range: Range<Int>) -> SyntaxError {
    let name =
      symbol.layer.map { layer in
        layer.value(running: running, of: letters.layerCount).map { symbol.head + String($0) } ?? symbol.head
      } ?? (symbol.label.isEmpty ? symbol.indexed : "\(symbol.head)_\(symbol.label)")
    return SyntaxError(
      "what \(symbol.written) stands for is not known; let \(name) = … in the session says it", at: range)
  }

  private func element(_ base: Expression, _ symbol: TeXSymbol, _ range: Range<Int>) throws(SyntaxError) -> Expression {
    let base = Expression(base.kind, range: range)
    // What `let` gave it is an element already: `let w_1 = w1[1,1]`.
    guard !symbol.indices.isEmpty, base.takesIndices, !letters.isNamedWhole(symbol) else { return base }
    let places = try symbol.indices.map { (text) throws(SyntaxError) in try index(TeXIndex(text: text, range: range)) }
    guard places.count <= 2 else { throw SyntaxError("one index or two were expected", at: range) }
    // A letter for weights as the other way round: the indices are turned.
    if case .transpose(let inner) = base.kind, places.count == 2 {
      return Expression(.element(inner, places.reversed()), range: range)
    }
    return Expression(.element(base, places), range: range)
  }

  private func index(_ index: TeXIndex) throws(SyntaxError) -> Expression {
    if index.isLetter { return Expression(.name(index.text, version: nil), range: index.range) }
    guard let literal = Literal(text: index.text) else {
      throw SyntaxError("an index is a letter or a number", at: index.range)
    }
    return Expression(.number(literal), range: index.range)
  }
}

extension Expression {
  /// Whether it is a name, or one the other way round, behind which indices can stand.
  fileprivate var takesIndices: Bool {
    switch kind {
    case .name: true
    case .transpose(let inner): inner.takesIndices
    default: false
    }
  }
}
