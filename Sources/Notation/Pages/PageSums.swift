import Engine

// Sums over indices, conditions, and cases.
extension PageReader {
  mutating func fold(
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
    guard bounds.first == 1 && text == bounds.last || bounds.first == 0 && text != bounds.last else {
      throw SyntaxError("a sum from 1 to N, or from 0 to N-1, was expected", at: bounds.range)
    }
    // Only what cannot be an index, or part of a calculation, stands for how many there are.
    let letters = String(text.prefix { $0.isLetter })
    let isSize = !letters.isEmpty && (letters == text || "_^".contains(text.dropFirst(letters.count).first ?? " "))
    guard isSize, !bound.contains(letters), !"ijkl".contains(letters), !self.letters.isIndex(letters) else {
      throw SyntaxError(
        "how far \(index) runs is not clear: a number, or a letter such as N, was expected", at: bounds.range)
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
  mutating func cases(_ rows: [TeXCase], _ range: Range<Int>) throws(SyntaxError) -> Expression {
    var result: Expression?
    var before: [Expression] = []
    for row in rows {
      let value = try expression(row.value)
      var factors = before.map { Expression(.binary(.minus, .number(1), $0)) }
      if let condition = row.condition {
        var own = try self.condition(condition)
        if case .binary(let sign, let left, let right) = own.kind {
          own = try comparison(sign, left, right, row.value.range)
        }
        factors.append(own)
        before.append(own)
      }
      // Of vectors each element has its own case.
      let term = factors.reduce(value) { term, factor in
        Expression(.binary(isOfSeveral(factor) ? .timesEach : .times, factor, term), range: row.value.range)
      }
      result = result.map { Expression(.binary(.plus, $0, term), range: range) } ?? term
    }
    guard let result else { throw SyntaxError("cases without a row", at: range) }
    return result
  }
}
