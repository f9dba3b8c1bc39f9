import Engine

/// Reads the rows of a display.
struct StatementReader {
  let part: Int
  var statements: [PageStatement] = []

  /// Environments that only align what is in them.
  private static let aligning = DisplayFinder.environments.union(["alignedat", "array"])

  /// The most pieces of a row.
  private static let most = 1500

  init(part: Int) { self.part = part }

  /// Something that is no formula at all.
  mutating func fail(_ error: SyntaxError) {
    statements.append(
      PageStatement(sides: [.init(relation: nil, node: .failure(error), range: error.range)], part: part))
  }

  mutating func read(_ tokens: [TeXToken]) {
    for row in rows(tokens) { read(row: row) }
  }

  /// The rows, those that go on with the one before put behind it.
  private func rows(_ tokens: [TeXToken]) -> [[TeXToken]] {
    var rows: [[TeXToken]] = [[]]
    var (level, braces) = (0, 0)
    for token in tokens {
      switch token.kind {
      case .begin(let name) where !StatementReader.aligning.contains(name.replacing("*", with: "")): level += 1
      case .end(let name) where !StatementReader.aligning.contains(name.replacing("*", with: "")): level -= 1
      case .begin, .end: continue
      case .open: braces += 1
      case .close: braces -= 1
      case .row where level == 0 && braces == 0:
        rows.append([])
        continue
      default: break
      }
      rows[rows.count - 1].append(token)
    }
    var joined: [[TeXToken]] = []
    for row in rows where row.contains(where: { $0.kind != .cell && $0.kind != .gap }) {
      if let last = joined.last, goesOn(row, behind: last) {
        joined[joined.count - 1] += row.filter { $0.kind != .cell && $0.kind != .gap }
      } else {
        joined.append(row)
      }
    }
    return joined
  }

  /// Whether a row goes on with the sum or product of the one before.
  private func goesOn(_ row: [TeXToken], behind last: [TeXToken]) -> Bool {
    func isOperator(_ kind: TeXToken.Kind?) -> Bool {
      [.sign("+"), .sign("-"), .command("cdot"), .command("times"), .command("odot"), .sign("*")].contains(kind)
    }
    let first = row.first { $0.kind != .cell && $0.kind != .gap }?.kind
    let end = last.last { $0.kind != .cell && $0.kind != .gap }?.kind
    if isOperator(end) { return true }
    if case .relation? = end { return true }
    guard isOperator(first) else { return false }
    let hasRelation = row.contains { if case .relation = $0.kind { true } else { false } }
    return !hasRelation || row.first?.kind == .cell || first != .sign("-")
  }

  private mutating func read(row: [TeXToken]) {
    guard row.count <= StatementReader.most else {
      return fail(SyntaxError("this is too long to be read", at: row[0].range))
    }
    var level = 0
    // A remark in a column of its own is prose: `&& \\text{chain rule}`.
    let remark = row.indices.dropFirst(2).first { place in
      if case .word = row[place].kind { row[place - 1].kind == .cell && row[place - 2].kind == .cell } else { false }
    }
    var parser = TeXParser(
      row[..<(remark ?? row.count)].filter { token in
        if token.isBegin { level += 1 }
        if token.isEnd { level -= 1 }
        return token.kind != .cell || level > 0
      })
    while !parser.isAtEnd {
      let before = parser.position
      readStatement(&parser)
      // What nothing can be made of is passed over.
      if parser.position == before { parser.position = parser.tokens.count }
    }
  }

  private mutating func readStatement(_ parser: inout TeXParser) {
    skipSeparators(&parser)
    guard let first = parser.token else { return }
    var relation: TeXRelation?
    if case .relation(let found) = first.kind {
      parser.position += 1
      relation = found
    } else if [.command("forall"), .command("because")].contains(first.kind) {
      parser.position = parser.tokens.count
      return
    } else if case .word(let word) = first.kind, parser.isProse(word), !statements.isEmpty {
      // Prose behind a statement: perhaps what it holds for.
      return readProse(&parser)
    }
    var isNew = relation == nil
    var before = first.range.lowerBound
    repeat {
      let start = isNew ? parser.place.lowerBound : before
      let node = side(&parser)
      if isNew, let found = lonelyCondition(&parser, node) {
        if let condition = found, !statements.isEmpty { statements[statements.count - 1].condition = condition }
        return
      }
      let side = PageStatement.Side(relation: relation, node: node, range: start..<max(start + 1, end(parser)))
      if isNew || statements.isEmpty {
        statements.append(PageStatement(sides: [side], part: part))
      } else {
        statements[statements.count - 1].sides.append(side)
      }
      isNew = false
      relation = nil
      if case .relation(let next)? = parser.token?.kind {
        before = parser.place.lowerBound
        parser.position += 1
        // What follows from something is a statement of its own.
        if next == .implies { return }
        relation = next
      }
    } while relation != nil && !parser.isAtEnd
  }

  /// Reads a side; where it is not understood, passes over it.
  private func side(_ parser: inout TeXParser) -> Result<TeXNode, SyntaxError> {
    let before = parser.position
    do throws(SyntaxError) {
      let node = try parser.side()
      if let token = parser.token, !StatementReader.endsSide(token.kind, parser) {
        throw SyntaxError("this was not expected here", at: token.range)
      }
      return .success(node)
    } catch {
      // What stands in brackets ends no side.
      let reached = parser.position
      parser.position = before
      var level = 0
      while let token = parser.token {
        if [.open, .sign("("), .sign("[")].contains(token.kind) || token.isBegin { level += 1 }
        if [.close, .sign(")"), .sign("]")].contains(token.kind) || token.isEnd { level -= 1 }
        if level <= 0, parser.position >= reached, StatementReader.endsSide(token.kind, parser),
          token.kind != .sign(",")
        {
          break
        }
        parser.position += 1
      }
      return .failure(error)
    }
  }

  private static func endsSide(_ kind: TeXToken.Kind, _ parser: TeXParser) -> Bool {
    switch kind {
    case .word(let word): parser.isProse(word)
    case .relation, .gap, .sign(","), .sign("."), .sign(";"), .sign(":"): true
    // What stands in brackets behind a gap is a remark, and so is what `\because` and `\forall` begin.
    case .command("because"), .command("forall"), .command("square"), .command("blacksquare"): true
    default: false
    }
  }

  private func end(_ parser: TeXParser) -> Int {
    parser.position > 0 ? parser.tokens[parser.position - 1].range.upperBound : 0
  }

  private func skipSeparators(_ parser: inout TeXParser) {
    while let kind = parser.token?.kind {
      switch kind {
      case .gap, .sign(","), .sign("."), .sign(";"), .sign(":"), .command("square"), .command("blacksquare"):
        parser.position += 1
      default: return
      }
    }
  }

  /// What a statement that compares two indices says: the one before holds only there.
  private func lonelyCondition(
    _ parser: inout TeXParser, _ left: Result<TeXNode, SyntaxError>
  ) -> TeXCondition?? {
    // Which layers it is of need not be said: it is read for all that there are.
    if case .success(let node) = left, !statements.isEmpty, node.symbol == TeXSymbol(head: "l"),
      case .relation? = parser.token?.kind, parser.namesALayer(ahead: 1)
    {
      parser.position = parser.tokens.count
      return .some(statements[statements.count - 1].condition)
    }
    guard case .success(let node) = left, !statements.isEmpty, node.isIndexLetter,
      case .relation(let relation)? = parser.token?.kind, let sign = relation.comparison
    else { return nil }
    let before = parser
    parser.position += 1
    guard let right = try? parser.side(), right.isIndexLetter else {
      parser = before
      return nil
    }
    _ = parser.accept(.sign(")"))
    // `k = 1, 2, 3`: all values, and no condition.
    if sign == .equal, case .number = right.kind, parser.isNext(.sign(",")) {
      parser.position = parser.tokens.count
      return .some(nil)
    }
    return TeXCondition(left: node, sign: sign, right: right)
  }

  /// Reads prose to the end of the row, or to a gap in it; a condition on indices in it belongs to the statement before.
  private mutating func readProse(_ parser: inout TeXParser) {
    var rest = parser.tokens[parser.position...]
    let joins = rest.first.map { [.word("and"), .word("and "), .word(" and ")].contains($0.kind) } ?? false
    if joins {
      parser.position += 1
      return
    }
    if let gap = rest.firstIndex(where: { $0.kind == .gap }) { rest = rest[..<gap] }
    if let condition = try? TeXParser.condition(Array(rest)), condition.left.isIndexLetter,
      condition.right.isIndexLetter
    {
      statements[statements.count - 1].condition = condition
    }
    parser.position = rest.endIndex
  }
}

extension TeXParser {
  /// Whether a number or L comes, so many pieces ahead.
  fileprivate func namesALayer(ahead distance: Int) -> Bool {
    guard position + distance < tokens.count else { return false }
    if case .number = tokens[position + distance].kind { return true }
    return tokens[position + distance].kind == .letter("L")
  }
}

extension TeXToken {
  fileprivate var isBegin: Bool { if case .begin = kind { true } else { false } }
  fileprivate var isEnd: Bool { if case .end = kind { true } else { false } }
  var isEnvironment: Bool { isBegin || isEnd }
}
