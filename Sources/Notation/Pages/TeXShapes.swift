// What definitions on a page look like.

extension TeXSymbol {
  /// It with its indices the other way round.
  var turned: TeXSymbol {
    var turned = self
    turned.indices.reverse()
    return turned
  }
}

extension PageStatement {
  /// Each two sides that are said to be the same.
  var neighbours: [(TeXNode, TeXNode)] {
    zip(sides, sides.dropFirst()).compactMap { left, right in
      guard right.relation == .equal, let a = try? left.node.get(), let b = try? right.node.get() else { return nil }
      return (a, b)
    }
  }
}

extension TeXNode {
  /// It without brackets around all of it.
  var stripped: TeXNode {
    if case .bracketed(let parts, _) = kind, parts.count == 1 { return parts[0].stripped }
    return self
  }

  /// Whether it is round brackets around letters alone, as what a function depends on is written: `(y, \hat y)`, `(w, b; x)`.
  var holdsLettersOnly: Bool {
    switch kind {
    case .bracketed(let parts, isRound: true): parts.allSatisfy { $0.symbol != nil }
    case .binary(.power, let base, _): base.holdsLettersOnly
    default: false
    }
  }

  /// The letter that it is, whether what it depends on is written behind it or not: the `L` of `L(y, \hat y)`.
  var called: TeXSymbol? {
    guard case .juxtaposed(let nodes) = kind, nodes.count == 2, case .bracketed = nodes[1].kind,
      nodes[1].holdsLettersOnly
    else { return symbol }
    return nodes[0].symbol
  }

  /// The factors of a product.
  var factors: [TeXNode] {
    switch kind {
    case .juxtaposed(let nodes): nodes
    case .binary(.times, let left, let right): left.factors + right.factors
    default: [self]
    }
  }

  /// The letters that e is raised to.
  var exponentials: [TeXSymbol] {
    all.compactMap { node in
      switch node.kind {
      case .binary(.power, let base, let exponent):
        base.symbol == TeXSymbol(head: "e") ? exponent.all.compactMap(\.symbol).first : nil
      case .function("exp", let arguments): arguments.first?.all.compactMap(\.symbol).first
      default: nil
      }
    }
  }

  /// Whether there is a sum in it.
  var hasSum: Bool { all.contains { if case .fold(.sum, _, _) = $0.kind { true } else { false } } }

  /// Whether there is a fraction in it.
  var hasFraction: Bool { all.contains { if case .binary(.over, _, _) = $0.kind { true } else { false } } }

  /// Whether a difference is squared in it, or has a norm.
  var hasNorm: Bool {
    all.contains { node in
      switch node.kind {
      case .norm: true
      case .binary(.power, _, let two): two.kind == .number("2")
      default: false
      }
    }
  }

  /// The function that it is of something: an activation by its name, or any.
  var application: (function: String?, argument: TeXNode)? {
    switch kind {
    case .function(let name, let arguments): arguments.count == 1 ? (name, arguments[0].stripped) : nil
    case .juxtaposed(let nodes) where nodes.count == 2:
      if let symbol = nodes[0].symbol, symbol.indices.isEmpty, symbol.primes == 0,
        case .bracketed(let parts, _) = nodes[1].kind,
        parts.count == 1
      {
        (nil, parts[0].stripped)
      } else {
        nil
      }
    default: nil
    }
  }

  /// Whether it is ½ of squares.
  var isHalfASquare: Bool {
    let hasHalf = all.contains { node in
      if case .binary(.over, let one, let two) = node.kind {
        two.kind == .number("2") && one.kind != .number("2")
      } else {
        false
      }
    }
    let hasSquare = all.contains { node in
      if case .binary(.power, _, let two) = node.kind { two.kind == .number("2") } else { false }
    }
    return hasHalf && hasSquare
  }
}
