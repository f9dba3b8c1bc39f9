import Engine

/// A derivation as somebody writes it: a claim, and lines that go on with its right side, each of which is judged against
/// what stands before it. One slip costs one mark: behind a line that breaks, the writer's own line is what counts.
package struct ClaimedDerivation: Equatable, Sendable {
  /// A line of it, from the claim that begins it on.
  package struct Line: Equatable, Sendable {
    /// What was judged: what stood before, and what the line says.
    package let claim: Claim
    /// What the line says, as it was written.
    package let side: Expression
    /// Whether it follows from what stood before.
    package let holds: Bool
    /// The verdict in a word: `proved`, `holds`, `fails`.
    package let word: String
    /// The rule that gives it; empty where nobody said one.
    package let rule: Text
    /// The number of the line whose slip it undoes, from 1; nil where it goes on with the line before.
    package let undoes: Int?

    /// A line that was judged.
    package init(
      _ claim: Claim, side: Expression, holds: Bool, word: String, rule: Text = "", undoes: Int? = nil
    ) {
      (self.claim, self.side, self.holds, self.word, self.rule) = (claim, side, holds, word, rule)
      self.undoes = undoes
    }
  }

  /// The lines so far; the first is the claim itself.
  package private(set) var lines: [Line]
  /// The seed of the draws, where it is claimed always; nil where it is claimed here.
  package let seed: Int?

  /// A derivation that begins with a claim.
  package init(_ first: Line, seed: Int?) { (lines, self.seed) = ([first], seed) }

  /// What it is a derivation of: the left side of its first line.
  package var subject: Expression { first.claim.left }

  /// The number of the first line that does not follow, from 1; nil where all do.
  package var firstBroken: Int? { lines.firstIndex { !$0.holds }.map { $0 + 1 } }

  private var first: Line { lines[0] }
  private var last: Line { lines[lines.count - 1] }

  /// The numbers of the lines that do not follow, from 1, but for those whose slip a later line undoes.
  package var openSlips: [Int] {
    lines.enumerated().reduce(into: []) { open, line in
      if !line.element.holds { open.append(line.offset + 1) }
      if let undone = line.element.undoes { open.removeAll { $0 >= undone } }
    }
  }

  /// What stands before the line of a number.
  package func before(_ number: Int) -> Expression { lines[number - 1].claim.left }

  /// Puts a line that was judged behind the others.
  package mutating func append(_ line: Line) { lines.append(line) }

  /// What a line that goes on claims: that what the line before says is what this one says. The conditions of all lines
  /// before hold in it too, and what `with` set there stays set. Where one of the two is written with indices and the other as
  /// a whole matrix, the elements are compared. `before` is what it is held against where that is not the line before.
  package func claim(ofNext next: Claim, of before: Expression? = nil, in scope: StateScope) -> Claim {
    let (before, side) = ClaimedDerivation.alike(before ?? last.side, next.right, subject, in: scope)
    var claim = next.with(left: before, right: side).under(last.claim)
    claim.goesOn = true
    return claim
  }

  private static func alike(
    _ before: Expression, _ side: Expression, _ subject: Expression, in scope: StateScope
  ) -> (Expression, Expression) {
    let (own, others) = (letters(of: side, in: scope), letters(of: before, in: scope))
    guard own.isEmpty != others.isEmpty else { return (before, side) }
    // The subject says in which order its indices stand.
    let free = own.isEmpty ? others : own
    let ordered = letters(of: subject, in: scope).filter(free.contains)
    let indices = (ordered.count == free.count ? ordered : free).map { Expression.name($0) }
    func element(_ whole: Expression) -> Expression {
      guard let matrix = try? whole.evaluate(in: scope), matrix.count != 1 else { return whole }
      return Expression(.element(whole, indices))
    }
    return own.isEmpty ? (before, element(side)) : (element(before), side)
  }

  /// The indices that nothing binds in an expression; none where they have no range by themselves.
  private static func letters(of expression: Expression, in scope: StateScope) -> [String] {
    (try? Claim(expression, expression).freeIndices(in: scope)) ?? []
  }
}
