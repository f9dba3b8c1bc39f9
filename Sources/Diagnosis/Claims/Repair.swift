import Engine
import Notation

/// What undoes a mistake in what somebody has written: the part of its row that mends a claim.
package struct Repair: Sendable {
  typealias Edit = @Sendable (Expression, Surroundings) -> [Expression]

  /// What it makes of one node of a side.
  var node: Edit?
  /// What it makes of a side as a whole.
  var whole: Edit?

  /// Where a side stands.
  struct Surroundings: Sendable {
    let network: Network
    let samples: Int
    /// What the other side is, where it is a quantity or an element of one.
    let subject: (quantity: Quantity, indices: [Expression])?
    /// The letters that stand as indices in the claim, those that its sums bind among them.
    let letters: [String]
    /// Those of them that no sum binds.
    let freeLetters: [String]
    /// Whether a weight or bias is no longer what the forward pass read.
    let hasUpdated: Bool
    /// The quantities and elements that stand in the claim.
    let elements: [Expression]
    /// What stands as a factor in it.
    let factors: [Expression]

    /// The layers beside one, 0 among them.
    func layers(beside layer: Int) -> [Int] {
      [layer - 1, layer + 1].filter { (0...network.layers.count).contains($0) }
    }
  }

  /// What was edited: a part of the claim, and what stands in its place.
  package struct Edited: Sendable {
    /// What it undoes.
    package let mistake: Mistake
    /// The claim as it is then.
    package let claim: Claim
    /// What stood there.
    package let old: Expression
    /// What stands there now.
    package let new: Expression
  }

  /// The most nodes of a claim in which every letter is tried in the place of every other.
  private static let mostNodes = 200

  /// Every claim that is one edit away, the likeliest first; what stands on the left is likelier meant as it stands, and in a
  /// line that goes on it is the line before, which was judged.
  package static func all(of claim: Claim, at state: State) -> [Edited] {
    var seen: Set<String> = []
    var found: [Edited] = []
    // Of a long claim only the slips that have a name are looked for: the others are too many.
    let isShort = claim.left.nodeCount + claim.right.nodeCount <= mostNodes
    let (elements, factors) = isShort ? (Surroundings.elements(of: claim), Surroundings.factors(of: claim)) : ([], [])
    let letters = Array(Set(claim.left.allLetters + claim.right.allLetters)).sorted()
    let freeLetters = Array(Set(claim.left.indexLetters + claim.right.indexLetters)).sorted()
    for isRight in claim.goesOn ? [true] : [true, false] {
      for mistake in Mistake.all where isShort || !mistake.name.isEmpty {
        let (side, other) = isRight ? (claim.right, claim.left) : (claim.left, claim.right)
        let place = Surroundings(
          network: state.worked, samples: state.batch.count,
          subject: other.element ?? other.wholeQuantity.map { ($0, []) }, letters: letters,
          freeLetters: freeLetters, hasUpdated: state.hasUpdated, elements: elements, factors: factors)
        for (old, new, whole) in mistake.repair.edits(of: side, place, isClaimed: !isRight) {
          let edited = isRight ? claim.with(right: whole) : claim.with(left: whole)
          // What says the same on both sides says nothing.
          guard edited.left != edited.right, whole.takesElementsOfTerms == side.takesElementsOfTerms,
            seen.insert("\(edited.left) = \(edited.right)").inserted
          else { continue }
          found.append(Edited(mistake: mistake, claim: edited, old: old, new: new))
        }
      }
    }
    return found
  }

  /// Every edit of a side: the part, what comes in its place, and the side then. What is claimed of something is another
  /// quantity where it is wrong, and not another formula.
  private func edits(
    of side: Expression, _ place: Surroundings, isClaimed: Bool
  ) -> [(old: Expression, new: Expression, whole: Expression)] {
    var edits: [(Expression, Expression, Expression)] = []
    if let node {
      var changes: [(Expression, Expression)] = []
      let sides = side.rewritten { part in
        let there = node(part, place)
        changes += there.map { (part, $0) }
        return there
      }
      edits += zip(changes, sides).map { ($0.0, $0.1, $1) }
    }
    if let whole, !isClaimed { edits += whole(side, place).map { (side, $0, $0) } }
    return edits
  }
}

extension Expression {
  /// The quantity of a bare name; nil of anything else.
  var wholeQuantity: Quantity? {
    if case .name(let name, version: nil) = kind { Quantity.named(name) } else { nil }
  }

  /// The names of quantities of one kind in place of another's of the same layer.
  func naming(_ kind: Quantity.Kind, for other: Quantity.Kind) -> Expression {
    if let quantity = wholeQuantity {
      return quantity.kind == other ? .name(Quantity(kind, quantity.layer).name) : self
    }
    return mapChildren { $0.naming(kind, for: other) }
  }

  /// It with a change to all that stands in no call.
  func outsideCalls(_ change: (Expression) -> Expression) -> Expression {
    if case .call = kind { return self }
    return children.isEmpty ? change(self) : mapChildren { $0.outsideCalls(change) }
  }

  /// It divided by a size, and times it; nothing where that is the same.
  func scaled(by size: Double) -> [Expression] {
    guard size > 1 else { return [] }
    return [
      without(factor: size) ?? Expression(.binary(.over, self, .number(size))),
      Expression(.binary(.times, .number(size), self)),
    ]
  }

  /// A product that begins with a number without it; nil of any other.
  private func without(factor: Double) -> Expression? {
    guard case .binary(.times, let left, let right) = kind else { return nil }
    if left == .number(factor) { return right }
    return left.without(factor: factor).map { Expression(.binary(.times, $0, right)) }
  }

  /// Whether it has an element of what is worked out, as in `(a .* b)[j]`: the element of a quantity that was edited says it plainer.
  fileprivate var takesElementsOfTerms: Bool {
    if case .element(let base, _) = kind, case .binary = base.kind { return true }
    return children.contains(where: \.takesElementsOfTerms)
  }

  /// How many nodes it has.
  var nodeCount: Int { 1 + children.reduce(0) { $0 + $1.nodeCount } }

  /// The letters that stand as indices in it, and those that its sums bind.
  var allLetters: [String] {
    if case .fold(_, let index, _, let body) = kind { return [index] + body.allLetters }
    return kind.isElement ? indexLetters : children.flatMap(\.allLetters)
  }

  /// The letters that stand as indices in it, and that no sum of its own binds.
  var indexLetters: [String] {
    switch kind {
    case .element(let base, let indices):
      return base.indexLetters
        + indices.compactMap { if case .name(let letter, version: nil) = $0.kind { letter } else { nil } }
    case .fold(_, let index, _, let body): return body.indexLetters.filter { $0 != index }
    default: return children.flatMap(\.indexLetters)
    }
  }
}

extension Expression.Kind {
  fileprivate var isElement: Bool { if case .element = self { true } else { false } }
}
