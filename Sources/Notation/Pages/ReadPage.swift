import Engine

/// A statement of a page as it reads in a session: its sides, and under which conditions.
package struct ReadStatement {
  /// What each side says, or why it is not understood.
  package let sides: [Result<Expression, SyntaxError>]
  /// Where each side stands on the page, the relation before it included.
  package let places: [Range<Int>]
  /// Whether the sides are said to be the same as the ones before them; else what stands between them is no equality.
  package let areEqual: [Bool]
  /// The condition that stands beside it.
  package let condition: Expression?
  /// The conditions that the prose before it speaks of.
  package let proseConditions: [Expression]
  /// The limits of sums that are letters: what stands for what.
  package let limits: [Limit]
  /// What letters stand for by what everybody calls so, since nobody gave them: `E` is the loss.
  package let conventions: [String: String]
  /// Letters that stand for two things, which only their indices tell apart: `y_j is a1, y_k is y`.
  package let doubles: [String: String]
  /// The letter that it says something of and that is a gradient by what is usual: as others define it, it may have the other
  /// sign. Nil of all else.
  package let usualGradient: String?
  /// Whether it says what an update makes, or what was there before it.
  package let isOfUpdate: Bool
  /// Whether it gives a parameter its new value.
  package let isUpdate: Bool

  /// A limit of a sum that is a letter, and what the index counts there.
  package struct Limit: Equatable {
    /// The letter.
    package let text: String
    /// The index that runs up to it.
    package let index: String
    /// How many there are.
    package let count: Int
    /// What they are: `outputs`.
    package let noun: String
    /// Where it stands on the page.
    package let range: Range<Int>
  }
}

extension Page {
  /// What the page states, heading by heading, as it reads in some session.
  package struct Reading {
    let statements: [PageStatement]
    /// The letters that are not read as usual, since the page defines them otherwise.
    private var redefined: Set<String> = []
    /// The letters that are the loss under each heading; none where the page does not tell.
    private let losses: [Int: Set<String>]

    init(statements: [PageStatement]) {
      self.statements = statements
      losses = PageStatement.lossLetters(of: statements)
    }

    /// Reads a letter as usual no more: the page defines it otherwise.
    package mutating func redefine(_ letter: String) { redefined.insert(letter) }

    /// How many statements there are.
    package var count: Int { statements.count }

    /// Where a statement begins.
    package func place(of number: Int) -> Range<Int> { statements[number].sides.first?.range ?? 0..<1 }

    /// Under how many headings a statement stands.
    package func part(of number: Int) -> Int { statements[number].part }

    /// The line of a guess whose page speaks of no learning rate.
    package static let lineWithoutRate = "optimizer sgd rate=1"

    /// The lines that build a network from what is defined under these headings, with its letters; nil where the definitions
    /// do not fix one.
    package func guess(part: Int) -> [String]? { GuessedNetwork.lines(of: statements.filter { $0.part == part }) }

    private func symbols(ofPart part: Int) -> [TeXSymbol] {
      statements.filter { $0.part == part }.flatMap(\.symbols)
    }

    /// Whether a statement is about any layer, so that it is read for each.
    package func isOfAnyLayer(_ number: Int) -> Bool { statements[number].isOfAnyLayer }

    /// A statement as it reads in a session, with the running layer where there is one; nil where the network has not all the
    /// layers that it is about.
    package func statement(_ number: Int, in scope: StateScope, running: Int? = nil) -> ReadStatement? {
      statements[number].read(
        in: PageLetters(
          scope, among: symbols(ofPart: statements[number].part), redefined: redefined,
          losses: losses[statements[number].part]), running: running)
    }
  }

  /// What the page states.
  package var reading: Reading { Reading(statements: statements()) }
}

extension PageStatement {
  fileprivate var symbols: [TeXSymbol] {
    sides.compactMap { try? $0.node.get() }.flatMap(\.all).compactMap(\.symbol)
  }

  fileprivate var isOfAnyLayer: Bool {
    symbols.contains { if case .running = $0.layer { true } else { false } }
  }

  fileprivate func read(in letters: PageLetters, running: Int?) -> ReadStatement? {
    if let running {
      // Activations go on down to the inputs, all else begins with the first layer.
      let isThere = symbols.allSatisfy { symbol in
        guard case .running(let offset) = symbol.layer else { return true }
        return running + offset >= letters.lowestLayer(of: symbol) && running + offset <= letters.layerCount
      }
      guard isThere else { return nil }
    }
    var reader = PageReader(letters)
    reader.running = running
    let assigns = sides.count > 1 && [.update, .becomes].contains(sides[1].relation)
    let target = assigns ? try? reader.result(sides[0].node).get() : nil
    let changed = target.flatMap { $0.kind(in: letters) }
    let changesMemory = changed?.memory != nil
    let isUpdate = changed?.isParameter == true || changesMemory
    let subject = (try? sides[0].node.get())?.symbol
    let usualGradient = subject.flatMap { symbol in
      letters.isConventional(symbol) && letters.isGradient(symbol, running: running) ? symbol.head : nil
    }
    // What is marked as old says by itself what it is, and what is not marked is what it is now.
    let marksOld = sides.contains { side in
      (try? side.node.get())?.all.contains { if case .version(_, nil) = $0.kind { true } else { false } } ?? false
    }
    var read: [Result<Expression, SyntaxError>] = []
    for (place, side) in sides.enumerated() {
      // On the right of an update weights are what they were.
      reader.readsOldWeights = isUpdate && place > 0 && !marksOld
      reader.readsOldMemory = changesMemory && place > 0 && !marksOld
      read.append(reader.result(side.node))
    }
    // What an update adds, and what an optimizer remembers of it, is only there behind it.
    let changes = read.contains { (try? $0.get())?.namesAnUpdate(in: letters) == true }
    if changes, !isUpdate, !marksOld {
      reader.readsOldWeights = true
      read = sides.map { reader.result($0.node) }
    }
    let conditions = proseConditions.compactMap { try? reader.condition($0) }
    return ReadStatement(
      sides: read, places: sides.map(\.range),
      areEqual: sides.map { side in
        side.relation == .equal || side.relation == .update || side.relation == .becomes && isUpdate
      },
      condition: condition.flatMap { try? reader.condition($0) }, proseConditions: conditions,
      limits: reader.limits.compactMap { limit in
        guard let range = try? Names(letters.scope).ranges(of: limit.index, in: limit.body).first else { return nil }
        return .init(
          text: limit.text, index: limit.index, count: range.count, noun: range.noun.description, range: limit.range)
      }, conventions: reader.conventions, doubles: letters.doubles(among: symbols), usualGradient: usualGradient,
      isOfUpdate: changes || isUpdate || marksOld,
      isUpdate: isUpdate || marksOld && (try? read.first?.get())?.kind(in: letters)?.isParameter == true)
  }
}

extension PageReader {
  /// The most letters and signs of a side.
  private static let most = 500

  fileprivate mutating func result(_ node: Result<TeXNode, SyntaxError>) -> Result<Expression, SyntaxError> {
    do throws(SyntaxError) {
      let node = try node.get()
      guard node.all.count <= PageReader.most else { throw SyntaxError("this is too long to be read", at: node.range) }
      return .success(try expression(node))
    } catch { return .failure(error) }
  }
}

extension Expression {
  fileprivate func namesAnUpdate(in letters: PageLetters) -> Bool {
    if let kind = letters.quantity(self)?.kind, [.uw, .ub].contains(kind) || kind.memory != nil { return true }
    // Of what it remembered at some update the same is true.
    if case .name(let name, version: .some) = kind, Quantity.named(name)?.kind.memory != nil { return true }
    return children.contains { $0.namesAnUpdate(in: letters) }
  }

  /// What kind of quantity it is, or an element of.
  fileprivate func kind(in letters: PageLetters) -> Quantity.Kind? {
    let base = if case .element(let base, _) = kind { base } else { self }
    return letters.quantity(base)?.kind
  }
}
