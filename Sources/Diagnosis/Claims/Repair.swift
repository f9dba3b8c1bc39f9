import Engine
import Notation

/// An edit of what somebody has written: the undoing of a slip. A row of the table.
package struct Repair: Sendable {
  /// What it makes of one node of a side, or of a side as a whole.
  private let edit: @Sendable (Expression, Place) -> [Expression]
  private let isOfWhole: Bool

  /// Where a side stands.
  struct Place: Sendable {
    let network: Network
    let samples: Int
    /// What the other side is, where it is a quantity or an element of one.
    let subject: (quantity: Quantity, indices: [Expression])?
    /// The letters that stand as indices in the claim.
    let letters: [String]
  }

  private init(whole: Bool = false, _ edit: @escaping @Sendable (Expression, Place) -> [Expression]) {
    (isOfWhole, self.edit) = (whole, edit)
  }

  /// What was edited: a part of the claim, and what stands in its place.
  package struct Edited: Sendable {
    /// The claim as it is then.
    package let claim: Claim
    /// What stood there.
    package let old: Expression
    /// What stands there now.
    package let new: Expression
  }

  /// Every claim that is one edit away, the likeliest first.
  package static func all(of claim: Claim, at state: State) -> [Edited] {
    var seen: Set<String> = []
    var found: [Edited] = []
    for row in rows {
      for isRight in [true, false] {
        let (side, other) = isRight ? (claim.right, claim.left) : (claim.left, claim.right)
        let place = Place(
          network: state.worked, samples: state.batch.count,
          subject: other.element ?? other.wholeQuantity.map { ($0, []) },
          letters: Array(Set(claim.left.indexLetters + claim.right.indexLetters)).sorted())
        // What is on the left is what is claimed of: it is another quantity, not another formula.
        for (old, new, whole) in row.edits(of: side, place) where isRight || !row.isOfWhole {
          let edited = isRight ? claim.with(right: whole) : claim.with(left: whole)
          // What says the same on both sides says nothing.
          guard edited.left != edited.right, seen.insert("\(edited.left) = \(edited.right)").inserted else { continue }
          found.append(Edited(claim: edited, old: old, new: new))
        }
      }
    }
    return found
  }

  /// Every edit of a side: the part, what comes in its place, and the side then.
  private func edits(of side: Expression, _ place: Place) -> [(old: Expression, new: Expression, whole: Expression)] {
    if isOfWhole { return edit(side, place).map { (side, $0, $0) } }
    var edits: [(Expression, Expression, Expression)] = []
    var nodes: [(Expression, Expression)] = []
    _ = side.rewritten { node in
      nodes += edit(node, place).map { (node, $0) }
      return []
    }
    var next = 0
    for whole in side.rewritten({ edit($0, place) }) where next < nodes.count {
      edits.append((nodes[next].0, nodes[next].1, whole))
      next += 1
    }
    return edits
  }

  /// Every edit, the likeliest first; a new one is one row.
  private static let rows: [Repair] = [
    // An index pair the wrong way round.
    Repair { node, _ in
      guard case .element(let base, let indices) = node.kind, indices.count == 2, indices[0] != indices[1] else {
        return []
      }
      return [Expression(.element(base, indices.reversed()))]
    },
    // A matrix that is transposed, or is not.
    Repair { node, _ in
      switch node.kind {
      case .transpose(let inner): [inner]
      case .name: node.wholeQuantity.map { $0.kind.extent == .weights } == true ? [Expression(.transpose(node))] : []
      default: []
      }
    },
    // A derivative that is left out of what is differentiated by a pre-activation.
    Repair(whole: true) { side, place in
      guard let (quantity, indices) = place.subject, [.delta, .dw, .db].contains(quantity.kind) else { return [] }
      let (slope, net) = ("f\(quantity.layer)", Expression.name("net\(quantity.layer)"))
      guard let first = indices.first else {
        return [Expression(.binary(.timesEach, side, Expression(.call(slope, isDerivative: true, [net]))))]
      }
      let argument = Expression(.element(net, [first]))
      return [Expression(.binary(.times, side, Expression(.call(slope, isDerivative: true, [argument]))))]
    },
    // f′ at the activation, or the activation where the pre-activation belongs, and the other way round.
    Repair { node, _ in
      node.reading { $0.kind == .a ? Quantity(.net, $0.layer) : $0.kind == .net ? Quantity(.a, $0.layer) : nil }
    },
    // A sum that is left out.
    Repair(whole: true) { side, place in
      let free = Set(place.subject?.indices.map { "\($0)" } ?? [])
      return Array(Set(side.indexLetters)).sorted().filter { !free.contains($0) }.map {
        Expression(.fold(.sum, index: $0, bounds: nil, side))
      }
    },
    // A sign.
    Repair { node, _ in
      switch node.kind {
      case .binary(.minus, let left, let right):
        [Expression(.binary(.minus, right, left)), Expression(.binary(.plus, left, right))]
      case .binary(.plus, let left, let right): [Expression(.binary(.minus, left, right))]
      case .unary(.minus, let inner): [inner]
      default: []
      }
    },
    Repair(whole: true) { side, _ in [Expression(.unary(.minus, side))] },
    // A factor too many.
    Repair { node, _ in
      switch node.kind {
      case .binary(.times, let left, let right), .binary(.timesEach, let left, let right): [left, right]
      case .binary(.over, let left, _): [left]
      default: []
      }
    },
    // A factor: of the square, of the outputs, of the samples.
    Repair(whole: true) { side, place in
      let sizes = [2, Double(place.network.outputs), Double(place.samples)].filter { $0 > 1 }
      return Set(sizes).sorted().flatMap { size in
        [Expression(.binary(.over, side, .number(size))), Expression(.binary(.times, .number(size), side))]
      }
    },
    // A term too many.
    Repair { node, _ in
      guard case .binary(let sign, let left, let right) = node.kind, sign == .plus || sign == .minus else { return [] }
      return [left, sign == .plus ? right : Expression(.unary(.minus, right))]
    },
    // Another layer's quantity or function.
    Repair { node, place in
      let layers = 0...place.network.layers.count
      func beside(_ layer: Int) -> [Int] { [layer - 1, layer + 1].filter(layers.contains) }
      if case .call(let name, let isDerivative, let arguments) = node.kind,
        let layer = Notation.layer(ofActivation: name)
      {
        return beside(layer).filter { $0 > 0 }.map {
          Expression(.call("f\($0)", isDerivative: isDerivative, arguments))
        }
      }
      guard let quantity = node.wholeQuantity, quantity.kind.isOfLayer else { return [] }
      return beside(quantity.layer).compactMap { layer in
        let name = layer == 0 && quantity.kind == .a ? "x" : "\(quantity.kind.name)\(layer)"
        return Quantity.named(name) == nil ? nil : .name(name)
      }
    },
    Repair { node, place in
      guard node == .name("x"), !place.network.layers.isEmpty else { return [] }
      return [.name("a1")]
    },
    // Another index.
    Repair { node, place in
      guard case .element(let base, let indices) = node.kind else { return [] }
      return indices.indices.flatMap { position in
        place.letters.map { Expression.name($0) }.filter { $0 != indices[position] }.map { letter in
          var other = indices
          other[position] = letter
          return Expression(.element(base, other))
        }
      }
    },
    // ∂L/∂a where δ belongs, and the other way round; the gradient where the weight belongs.
    Repair { node, _ in
      node.reading {
        switch $0.kind {
        case .da: Quantity(.delta, $0.layer)
        case .delta: Quantity(.da, $0.layer)
        case .dw: Quantity(.w, $0.layer)
        default: nil
        }
      }
    },
  ]
}

extension Expression {
  /// The quantity of a bare name; nil of anything else.
  fileprivate var wholeQuantity: Quantity? {
    if case .name(let name, version: nil) = kind { Quantity.named(name) } else { nil }
  }

  /// The name of another quantity in place of its own; nothing where there is none.
  fileprivate func reading(_ other: (Quantity) -> Quantity?) -> [Expression] {
    wholeQuantity.flatMap(other).map { [.name($0.name)] } ?? []
  }

  /// The letters that stand as indices in it, and that no sum of its own binds.
  fileprivate var indexLetters: [String] {
    switch kind {
    case .element(let base, let indices):
      return base.indexLetters
        + indices.compactMap { if case .name(let letter, version: nil) = $0.kind { letter } else { nil } }
    case .fold(_, let index, _, let body): return body.indexLetters.filter { $0 != index }
    default: return children.flatMap(\.indexLetters)
    }
  }
}
