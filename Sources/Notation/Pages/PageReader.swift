import Engine

/// Says what stands on a page in the session's language: letters become what they stand for, and what stands side by side a
/// product, or a function of its argument.
struct PageReader {
  let letters: PageLetters
  /// The layer that `l` is.
  var running: Int?
  /// Whether weights and biases are what they were before the update.
  var readsOldWeights = false
  /// The limits of sums that are letters, with the index and what is summed.
  private(set) var limits: [Limit] = []

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
    case .binary(let sign, let left, let right): return made(.binary(sign, try expression(left), try expression(right)))
    case .negative(let inner): return made(.unary(.minus, try expression(inner)))
    case .juxtaposed(let factors): return try product(of: factors, node.range)
    case .bracketed(let parts):
      guard parts.count == 1 else { throw SyntaxError("what this list belongs to is not clear", at: node.range) }
      return try expression(parts[0])
    case .norm(let inner): return made(.norm(try expression(inner)))
    case .transposed(let inner): return made(.transpose(try expression(inner)))
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
    guard case .name = base.kind else {
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

  /// The indices that sums around bind.
  private var bound: [String] = []

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
    guard !symbol.indices.isEmpty, base.takesIndices else { return base }
    let places = try symbol.indices.map { (text) throws(SyntaxError) in try index(TeXIndex(text: text, range: range)) }
    guard places.count <= 2 else { throw SyntaxError("one index or two were expected", at: range) }
    // A letter for weights as the other way round: the indices are turned.
    if case .transpose(let inner) = base.kind, places.count == 2 {
      return Expression(.element(inner, places.reversed()), range: range)
    }
    return Expression(.element(base, places), range: range)
  }

  /// A weight as it was before the update, where that is what the page means.
  private func old(_ base: Expression, _ element: Expression, _ range: Range<Int>) -> Expression {
    guard readsOldWeights, letters.quantity(base)?.kind.isParameter == true else { return element }
    return Expression(.old(element), range: range)
  }

  private func index(_ index: TeXIndex) throws(SyntaxError) -> Expression {
    if index.isLetter { return Expression(.name(index.text, version: nil), range: index.range) }
    guard let literal = Literal(text: index.text) else {
      throw SyntaxError("an index is a letter or a number", at: index.range)
    }
    return Expression(.number(literal), range: index.range)
  }

  // MARK: products and functions

  /// The product of what stands side by side, in which a function takes what is in brackets behind it.
  private mutating func product(of factors: [TeXNode], _ range: Range<Int>) throws(SyntaxError) -> Expression {
    var result: Expression?
    var place = 0
    while place < factors.count {
      let (factor, taken) = try self.factor(factors[place...])
      place += taken
      result = result.map { Expression(.binary(.times, $0, factor), range: range) } ?? factor
    }
    guard let result else { throw SyntaxError("a factor was expected here", at: range) }
    return result
  }

  /// The first factor, and how many nodes it takes.
  private mutating func factor(_ nodes: ArraySlice<TeXNode>) throws(SyntaxError) -> (Expression, taken: Int) {
    guard let first = nodes.first else { throw SyntaxError("a factor was expected here", at: 0..<1) }
    let next = nodes.dropFirst().first
    if let symbol = first.symbol {
      if let next, let gradient = gradient(symbol, next) { return (try expression(gradient), 2) }
      if let next, let (arguments, power) = TeXNode.arguments(next),
        let applied = try application(of: symbol, first, to: arguments, first.range.lowerBound..<next.range.upperBound)
      {
        guard let power else { return (applied, 2) }
        return (Expression(.binary(.power, applied, try expression(power)), range: applied.range), 2)
      }
    }
    return (try expression(first), 1)
  }

  /// `dW^{[2]}` and `\Delta w`: a letter whose first part is written apart.
  private func gradient(_ first: TeXSymbol, _ next: TeXNode) -> TeXNode? {
    guard var symbol = next.symbol, first == TeXSymbol(head: first.head), !symbol.head.isEmpty else { return nil }
    switch first.head {
    case "d":
      guard "WwBbZzAa".contains(symbol.head), letters.scope.definition(of: "d") == nil else { return nil }
      symbol.head = "d" + symbol.head.lowercased()
    case "Delta":
      guard let meaning = try? letters.meaning(of: symbol, running: running, at: next.range),
        case .value(let expression) = meaning, let quantity = letters.quantity(expression), quantity.kind.isParameter
      else { return nil }
      symbol.head = Quantity(quantity.kind == .w ? .uw : .ub, quantity.layer).name
      symbol.layer = nil
    default: return nil
    }
    return TeXNode(kind: .symbol(symbol), range: next.range)
  }

  /// What a letter makes of what stands in brackets behind it; nil where it is multiplied by that.
  private mutating func application(
    of symbol: TeXSymbol, _ node: TeXNode, to arguments: [TeXNode], _ range: Range<Int>
  ) throws(SyntaxError) -> Expression? {
    switch try letters.meaning(of: symbol, running: running, at: node.range) {
    case .function(let name):
      let values = try arguments.map { argument throws(SyntaxError) in try expression(argument) }
      return Expression(.call(name, isDerivative: symbol.primes > 0, values), range: range)
    case .activation(let layer):
      guard arguments.count == 1, symbol.primes < 2 else {
        throw SyntaxError("one argument of \(symbol.written) was expected", at: range)
      }
      let value = try expression(arguments[0])
      let name = try activation(layer, of: value, symbol, range)
      return Expression(.call(name, isDerivative: symbol.primes == 1, [value]), range: range)
    case .value(let meaning):
      // A letter that has an index is a number, and numbers are multiplied.
      guard symbol.indices.isEmpty, symbol.primes == 0, let quantity = letters.quantity(meaning) else { return nil }
      if quantity.kind == .loss { return Expression(meaning.kind, range: range) }
      guard quantity.kind == .a, arguments.count == 1, let argument = try? expression(arguments[0]) else { return nil }
      // `S(z_i)`: an activation as a function of its own pre-activation.
      let (base, places) =
        if case .element(let base, let places) = argument.kind { (base, places) } else { (argument, []) }
      guard let net = letters.quantity(base), net == Quantity(.net, quantity.layer) else { return nil }
      let whole = Expression(meaning.kind, range: range)
      return places.isEmpty ? whole : Expression(.element(whole, places), range: range)
    case .kronecker, nil: return nil
    }
  }

  /// The name of the activation of a layer, or of the one that its argument belongs to.
  private func activation(
    _ layer: Int?, of argument: Expression, _ symbol: TeXSymbol, _ range: Range<Int>
  ) throws(SyntaxError) -> String {
    let found = layer ?? layers(in: argument).max() ?? (letters.hasOneActivation ? letters.layer(of: argument) : nil)
    if let found, 1...max(letters.layerCount, 1) ~= found { return "f\(found)" }
    if symbol.head == "sigma" { return "sigmoid" }
    if letters.layerCount == 1 { return "f1" }
    throw SyntaxError("which layer's activation \(symbol.written) is here is not clear", at: range)
  }

  /// The layers whose pre-activation stands in an expression, or is made in it.
  private func layers(in expression: Expression) -> [Int] {
    var found: [Int] = []
    if let quantity = letters.quantity(expression), [.net, .w, .b].contains(quantity.kind) {
      found.append(quantity.layer)
    }
    return found + expression.children.flatMap(layers)
  }

  private mutating func call(
    _ name: String, _ arguments: [TeXNode], _ range: Range<Int>
  ) throws(SyntaxError) -> Expression {
    let bare = String(name.prefix { $0 != "'" })
    var values: [Expression] = []
    for argument in arguments {
      // `\log S(z_i)`: only where the brackets belong to S is it clear how far it reaches.
      if case .juxtaposed(let nodes) = argument.kind, arguments.count == 1, nodes.count == 2 {
        let (value, taken) = try factor(nodes[...])
        guard taken == 2 else {
          throw SyntaxError("how far \(name) reaches is not clear; brackets say it", at: range)
        }
        values.append(value)
      } else {
        values.append(try expression(argument))
      }
    }
    return Expression(.call(bare, isDerivative: bare != name, values), range: range)
  }

  // MARK: sums and cases

  private mutating func fold(
    _ fold: Fold, _ ranges: [TeXRange], _ body: TeXNode, _ range: Range<Int>
  ) throws(SyntaxError) -> Expression {
    let outer = bound
    bound += ranges.map(\.index.text)
    defer { bound = outer }
    var result = try expression(body)
    for one in ranges.reversed() {
      var bounds: Expression.Bounds?
      if let condition = one.condition {
        guard fold == .sum else { throw SyntaxError("a condition below \(fold.rawValue) is not read here", at: range) }
        result = Expression(.binary(.times, try self.condition(condition), result), range: result.range)
      }
      if let typed = one.bounds { bounds = try self.bounds(typed, of: one.index.text, result) }
      result = Expression(.fold(fold, index: one.index.text, bounds: bounds, result), range: range)
    }
    return result
  }

  /// The limits of a sum where both are numbers; a letter stands for the extent, which is noted.
  private mutating func bounds(
    _ bounds: TeXBounds, of index: String, _ body: Expression
  ) throws(SyntaxError) -> Expression.Bounds? {
    if let last = Int(bounds.last) {
      return Expression.Bounds(.number(Double(bounds.first)), .number(Double(last)))
    }
    // From 0 to N − 1 is the same as from 1 to N.
    let text = bounds.first == 0 && bounds.last.hasSuffix("-1") ? String(bounds.last.dropLast(2)) : bounds.last
    guard bounds.first == 1 || bounds.first == 0 && text != bounds.last else {
      throw SyntaxError("a sum that begins at 1 was expected", at: bounds.range)
    }
    limits.append(Limit(text: text, index: index, body: body, range: bounds.range))
    return nil
  }

  /// A condition as a comparison.
  mutating func condition(_ condition: TeXCondition) throws(SyntaxError) -> Expression {
    func side(_ node: TeXNode) throws(SyntaxError) -> Expression {
      guard node.isIndexLetter, let symbol = node.symbol else { return try expression(node) }
      return Expression(.name(symbol.head, version: nil), range: node.range)
    }
    return Expression(.binary(condition.sign, try side(condition.left), try side(condition.right)))
  }

  /// A sum of the rows of `cases`, each of which counts where its condition holds and none before it does.
  private mutating func cases(_ rows: [TeXCase], _ range: Range<Int>) throws(SyntaxError) -> Expression {
    var result: Expression?
    var before: [Expression] = []
    for row in rows {
      let value = try expression(row.value)
      var factors = before.map { Expression(.binary(.minus, .number(1), $0)) }
      if let condition = row.condition {
        let own = try self.condition(condition)
        factors.append(own)
        before.append(own)
      }
      let term = factors.reduce(value) { Expression(.binary(.times, $1, $0), range: row.value.range) }
      result = result.map { Expression(.binary(.plus, $0, term), range: range) } ?? term
    }
    guard let result else { throw SyntaxError("cases without a row", at: range) }
    return result
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

extension TeXNode {
  /// What stands in brackets, and the power above them; nil of what is not in brackets.
  static func arguments(_ node: TeXNode) -> (arguments: [TeXNode], power: TeXNode?)? {
    switch node.kind {
    case .bracketed(let parts): (parts, nil)
    case .binary(.power, let base, let power): if case .bracketed(let parts) = base.kind { (parts, power) } else { nil }
    default: nil
    }
  }
}
