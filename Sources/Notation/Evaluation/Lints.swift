import Engine

/// Something in an expression that is legal and probably not meant.
package struct Lint: Equatable, Sendable {
  /// One line, as a user reads it.
  package let message: Text
  /// The characters that it is about.
  package let range: Range<Int>
}

extension Expression {
  /// What is legal here and probably not meant: an index that a sum never uses, a typed range that is not the extent, and
  /// a weight in a derivative that has been updated since.
  package func lints(in scope: StateScope) -> [Lint] { (try? Names(scope).lints(self)) ?? [] }
}

extension Names {
  /// The lints of an expression, from left to right.
  func lints(_ expression: Expression) throws(EvaluationError) -> [Lint] {
    try visit(expression)
    guard case .fold(let fold, let index, let bounds, let body) = expression.kind else {
      var found: [Lint] = []
      if case .derivative(let body, _) = expression.kind { found = try lints(derivativeOf: body) }
      for child in expression.children { found += try lints(child) }
      return found
    }
    let inner = binding(index, slot: 0)
    return try inner.lints(fold, index, bounds, body, expression.range) + inner.lints(body)
  }

  private func lints(
    _ fold: Fold, _ index: String, _ bounds: Expression.Bounds?, _ body: Expression, _ range: Range<Int>
  ) throws(EvaluationError) -> [Lint] {
    guard try uses(index, in: body) || index == Fold.overBatch else {
      let hint: Text = candidate(for: index, in: body).map { "; did you mean \($0)?" } ?? ""
      return [Lint(message: "\(index) is not used in \(fold.rawValue)(\(index), …)\(hint)", range: range)]
    }
    guard let bounds, let first = wholeNumber(bounds.first), let last = wholeNumber(bounds.last),
      // Of a sum, what is left out is missed; a mean of some is a mean of those.
      let odd = try rangesHeldAgainst(of: index, in: body).first(where: {
        fold == .sum ? first != 1 || last != $0.count : first < 1 || last > $0.count
      })
    else { return [] }
    return [
      Lint(
        message: "\(index) indexes \(odd.count) \(odd.noun), the \(fold.rawValue) says \(first)..\(last)", range: range)
    ]
  }

  /// What an end of a range is, where that depends on no index.
  private func wholeNumber(_ end: Expression) -> Int? {
    guard indices.keys.allSatisfy({ (try? uses($0, in: end)) == false }) else { return nil }
    return scope.whole(end)
  }

  /// The weights and biases in what a derivative is taken of, where the forward pass read others than the present ones.
  private func lints(derivativeOf body: Expression) throws(EvaluationError) -> [Lint] {
    var found: [Lint] = []
    try walk(body) { (node, names) throws(EvaluationError) in
      if case .old = node.kind { return false }
      guard case .name(let typed, version: nil) = node.kind,
        case .quantity(let name, _) = try names.meaning(of: typed, at: node.range),
        let versions = scope.versions(of: name), versions.forward != versions.present
      else { return true }
      found.append(
        Lint(
          message:
            """
            \(name) inside d(…) is \(name)⟨\(versions.forward)⟩, which the forward pass read; it is \
            \(name)⟨\(versions.present)⟩ now
            """, range: names.place(node.range)))
      return true
    }
    return found
  }

  /// An element in a body that was perhaps meant to have the index which the body never uses: the first that is indexed
  /// by a name from outside, with that name replaced.
  private func candidate(for index: String, in body: Expression) -> Expression? {
    if case .element(let base, var places) = body.kind, case .name = base.kind {
      if let last = places.lastIndex(where: { if case .name = $0.kind { true } else { false } }) {
        places[last] = Expression(.name(index, version: nil), range: places[last].range)
        return Expression(.element(base, places), range: body.range)
      }
    }
    for child in body.children {
      if let found = candidate(for: index, in: child) { return found }
    }
    return nil
  }

  /// The range that an unused index was probably meant to run through.
  func intended(_ index: String, in body: Expression) throws(EvaluationError) -> IndexRange? {
    guard try !uses(index, in: body), let candidate = candidate(for: index, in: body) else { return nil }
    return try ranges(of: index, in: candidate).first
  }
}
