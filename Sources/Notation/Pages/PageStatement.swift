import Engine

/// What a page states: sides one after another with `=` between them, over as many rows as it takes.
struct PageStatement {
  /// The first side and what is said to be the same as it, or as the side before.
  var sides: [Side]
  /// Under how many headings before it stands.
  let part: Int
  /// The condition that is written beside it: `for $i \ne k$`.
  var condition: TeXCondition?
  /// The conditions that the prose before its display speaks of.
  var proseConditions: [TeXCondition] = []

  /// A side, with the relation before it.
  struct Side {
    /// What stands before it; nil before the first.
    let relation: TeXRelation?
    /// What it says, or why it is not understood.
    let node: Result<TeXNode, SyntaxError>
    /// Where it stands, the relation before it included.
    let range: Range<Int>
  }
}

extension Page {
  /// What the page states, display by display.
  func statements() -> [PageStatement] {
    var all: [PageStatement] = []
    for display in displays {
      var reader = StatementReader(part: display.part)
      var goesOn = false
      do throws(SyntaxError) {
        var lexer = TeXLexer(characters, in: display.range, macros)
        let tokens = try lexer.all()
        // A display that begins with = goes on with what stands before it, over the prose between.
        let first = tokens.first { ![.cell, .gap, .row].contains($0.kind) && !$0.isEnvironment }
        if first?.kind == .relation(.equal), let last = all.popLast() {
          reader.statements = [last]
          goesOn = true
        }
        reader.read(tokens)
      } catch {
        reader.fail(error)
      }
      let prose = Page.conditions(inProse: display.prose)
      for index in reader.statements.indices.dropFirst(goesOn ? 1 : 0) {
        reader.statements[index].proseConditions = prose
      }
      all += reader.statements
    }
    return all
  }

  /// The conditions on indices that stand in prose: `i != k`, `$i \neq k$`, `i ≠ k`.
  private static func conditions(inProse prose: String) -> [TeXCondition] {
    // Only the last lines belong to what comes behind them.
    let near = Array(String(prose.suffix(400)))
    var lexer = TeXLexer(near.map { "%$\"".contains($0) ? " " : $0 }, in: 0..<near.count)
    guard let tokens = try? lexer.all() else { return [] }
    return tokens.indices.dropFirst().dropLast().compactMap { place in
      guard tokens[place].kind == .relation(.unequal),
        case .letter(let left) = tokens[place - 1].kind, case .letter(let right) = tokens[place + 1].kind
      else { return nil }
      func node(_ letter: String) -> TeXNode { TeXNode(kind: .symbol(TeXSymbol(head: letter)), range: 0..<0) }
      return TeXCondition(left: node(left), sign: .unequal, right: node(right))
    }
  }
}

extension TeXNode {
  /// Whether it is a bare letter from the middle of the alphabet, or a number: what an index may be.
  var isIndexLetter: Bool {
    switch kind {
    case .symbol(let symbol):
      symbol == TeXSymbol(head: symbol.head) && symbol.head.count == 1 && "ijkmnpqrst".contains(symbol.head)
    case .number(let text): text.allSatisfy(\.isNumber)
    case .bracketed(let parts, _): parts.count == 1 && parts[0].isIndexLetter
    default: false
    }
  }
}
