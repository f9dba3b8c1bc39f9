import Engine

// Weights and biases of other times.
extension PageReader {
  /// A weight as it was before the update, where that is what the page means.
  func old(_ base: Expression, _ element: Expression, _ range: Range<Int>) -> Expression {
    guard readsOldWeights, letters.quantity(base)?.kind.isParameter == true else { return element }
    return Expression(.old(element), range: range)
  }

  /// What has so many updates behind it, as a page says by itself.
  mutating func versioned(_ node: TeXNode, _ number: Int, _ range: Range<Int>) throws(SyntaxError) -> Expression {
    let outer = readsOldWeights
    readsOldWeights = false
    defer { readsOldWeights = outer }
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
