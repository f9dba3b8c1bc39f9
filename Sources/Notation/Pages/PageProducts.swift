import Engine

// Products, and functions of what stands in brackets.
extension PageReader {
  /// The product of what stands side by side, in which a function takes what is in brackets behind it.
  mutating func product(of factors: [TeXNode], _ range: Range<Int>) throws(SyntaxError) -> Expression {
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
        let applied = try application(
          of: symbol, first, to: arguments, areLetters: next.holdsLettersOnly,
          first.range.lowerBound..<next.range.upperBound)
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
      guard Quantity.onPages("d" + symbol.head, ofLayer: true) != nil, letters.scope.definition(of: "d") == nil else {
        return nil
      }
      symbol.head = "d" + symbol.head
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
    of symbol: TeXSymbol, _ node: TeXNode, to arguments: [TeXNode], areLetters: Bool, _ range: Range<Int>
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
      note(TeXSymbol(head: symbol.head), "the activation of its layer")
      return Expression(.call(name, isDerivative: symbol.primes == 1, [value]), range: range)
    case .value(let meaning):
      // A letter that has an index is a number, and numbers are multiplied.
      guard symbol.indices.isEmpty, symbol.primes == 0, let quantity = letters.quantity(meaning) else { return nil }
      if quantity.kind == .loss {
        // `L(y, \\hat y)` says what it depends on; all else in brackets is a factor.
        guard areLetters else { return nil }
        note(symbol, quantity.name)
        return Expression(meaning.kind, range: range)
      }
      guard quantity.kind == .a, areLetters, arguments.count == 1, let argument = try? expression(arguments[0]) else {
        return nil
      }
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

  mutating func call(
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
}

extension TeXNode {
  /// What stands in brackets, and the power above them; nil of what is not in brackets.
  static func arguments(_ node: TeXNode) -> (arguments: [TeXNode], power: TeXNode?)? {
    switch node.kind {
    case .bracketed(let parts, _): return (parts, nil)
    case .binary(.power, let base, let power):
      guard case .bracketed(let parts, _) = base.kind else { return nil }
      return (parts, power)
    default: return nil
    }
  }
}
