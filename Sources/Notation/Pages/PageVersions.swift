import Engine

// Weights and biases, and what is remembered of them, of other times.
extension PageReader {
  /// A weight as it was before the update, where that is what the page means.
  func old(_ base: Expression, _ element: Expression, _ range: Range<Int>) -> Expression {
    if readsOldMemory, let old = oldMemory(element) { return Expression(old.kind, range: range) }
    guard readsOldWeights, letters.quantity(base)?.kind.isParameter == true else { return element }
    return Expression(.old(element), range: range)
  }

  /// What a page itself marks as old.
  mutating func old(_ node: TeXNode) throws(SyntaxError) -> Expression {
    let now = try expression(node)
    return oldMemory(now) ?? Expression(.old(now))
  }

  /// What an optimizer remembered before the update; nil of anything else.
  private func oldMemory(_ element: Expression) -> Expression? {
    let base = if case .element(let base, _) = element.kind { base } else { element }
    guard let quantity = letters.quantity(base), quantity.kind.memory != nil else { return nil }
    // A page is read at a place before the update, so that the present version is the one that the update finds.
    return element.ofVersion(letters.scope.state.version(of: quantity))
  }

  /// What has so many updates behind it, as a page says by itself.
  mutating func versioned(_ node: TeXNode, _ number: Int, _ range: Range<Int>) throws(SyntaxError) -> Expression {
    let outer = (readsOldWeights, readsOldMemory)
    (readsOldWeights, readsOldMemory) = (false, false)
    defer { (readsOldWeights, readsOldMemory) = outer }
    guard let read = try expression(node).ofVersion(number) else {
      throw SyntaxError("a version was not expected here: weights and biases have them", at: range)
    }
    return Expression(read.kind, range: range)
  }
}

extension Expression {
  /// A name, or an element of it, of a version; nil of all else.
  fileprivate func ofVersion(_ number: Int) -> Expression? {
    switch kind {
    case .name(let name, version: nil): Expression(.name(name, version: number), range: range)
    case .element(let base, let indices): base.ofVersion(number).map { Expression(.element($0, indices), range: range) }
    default: nil
    }
  }
}
