import Engine
import Notation

extension Mistake {
  /// Slips of somebody who writes formulas by hand: a letter for another one, a factor or a power that was lost. They have no
  /// name, and are only looked for in what is claimed.
  static let ofLetters: [Mistake] = [
    Mistake("", "another letter is read").undone { node, place in
      if place.elements.contains(node) { return (place.elements + place.others).filter { $0 != node } }
      // Of a target that is 1, only 1 was written.
      if node == .number(1) { return place.elements }
      return node.isSlope ? place.slopes.filter { $0 != node } : []
    },
    Mistake("", "a sign or a factor is lost").undone { node, place in
      guard node.isFactor else { return [] }
      return [Expression(.unary(.minus, node))]
        + (place.factors + place.slopes).map { Expression(.binary(.times, node, $0)) }
    },
    Mistake("", "an exponent stands at a bracket for its last term, or at that for the bracket").undone { node, _ in
      switch node.kind {
      case .binary(.power, let base, let exponent):
        guard case .binary(let sign, let first, let last) = base.kind, sign.joinsTerms else { return [] }
        return [Expression(.binary(sign, first, Expression(.binary(.power, last, exponent))))]
      case .binary(let sign, let first, let last) where sign.joinsTerms:
        guard case .binary(.power, let base, let exponent) = last.kind else { return [] }
        return [Expression(.binary(.power, Expression(.binary(sign, first, base)), exponent))]
      default: return []
      }
    },
    Mistake("", "a power is wrong").undone { node, _ in
      if case .binary(.power, let base, let exponent) = node.kind {
        guard case .number(let literal) = exponent.kind else { return [] }
        return [base]
          + [literal.value - 1, literal.value + 1].filter { $0 > 1 }.map { power in
            Expression(.binary(.power, base, .number(power)))
          }
      }
      let isSum = if case .binary(let sign, _, _) = node.kind { sign == .plus || sign == .minus } else { false }
      return node.isFactor || isSum ? [Expression(.binary(.power, node, .number(2)))] : []
    },
    Mistake("", "a function is lost, or one too many").undone { node, place in
      if case .call(_, _, let arguments) = node.kind, arguments.count == 1 { return [arguments[0]] }
      guard place.elements.contains(node) else { return [] }
      return ["log", "exp"].map { Expression(.call($0, isDerivative: false, [node])) }
    },
    Mistake("", "a sum is lost").undone { node, place in
      guard case .binary(.times, _, _) = node.kind else { return [] }
      let own = Set(node.indexLetters)
      return place.letters.filter(own.contains).map { letter in
        Expression(.fold(.sum, index: letter, bounds: nil, node))
      }
    },
    Mistake("", "a part of the activation's derivative is lost").undoneOfWhole { side, place in
      guard let (quantity, indices) = place.subject, [.delta, .dw, .db].contains(quantity.kind),
        place.network.layers.indices.contains(quantity.layer - 1),
        !place.network.layers[quantity.layer - 1].hasFullJacobian
      else { return [] }
      let unit = Array(indices.prefix(1))
      let factors = place.network.layers[quantity.layer - 1].activation.formula(
        net: .element(Quantity(.net, quantity.layer), unit), a: .element(Quantity(.a, quantity.layer), unit)
      ).factorsOfSlope
      guard factors.count > 1 else { return [] }
      return factors.map { Expression(.binary(unit.isEmpty ? .timesEach : .times, side, $0)) }
    },
    Mistake("", "two letters are exchanged").undoneOfWhole { side, place in
      let own = place.elements.filter { element in side.holds(element) }
      return own.enumerated().flatMap { place, one in
        own[(place + 1)...].map { side.exchanging(one, $0) }
      }
    },
  ]
}

extension Repair.Surroundings {
  /// The most letters, and the most factors, of a claim that stand in the place of others.
  static let mostParts = 14

  /// The quantities and elements that a claim reads, each once.
  static func elements(of claim: Claim) -> [Expression] {
    var found: [Expression] = []
    func look(_ node: Expression) {
      if node.element != nil || node.wholeQuantity != nil, !found.contains(node), found.count < mostParts {
        found.append(node)
      }
      if case .element = node.kind { return }
      node.children.forEach(look)
    }
    look(claim.left)
    look(claim.right)
    return found
  }

  /// The values of layers, inputs and targets at each letter of the claim, beside those that stand in it.
  var others: [Expression] {
    guard !elements.isEmpty else { return [] }
    let layers = 1...max(network.layers.count, 1)
    let vectors =
      [Quantity(.x), Quantity(.y)]
      + [.a, .net, .net.gradient ?? .net].flatMap { kind in
        layers.map { Quantity(kind, $0) }
      }
    return vectors.flatMap { quantity in letters.map { Expression.element(quantity, [.name($0)]) } }
      .filter { !elements.contains($0) }
  }

  /// The values of units, and the weights, whose letters are all among some: what may be one factor more there.
  func valuesOfUnits(at letters: [String]) -> [Expression] {
    let weights = (1...max(network.layers.count, 1)).flatMap { layer in
      letters.flatMap { row in
        letters.filter { $0 != row }.map { Expression.element(Quantity(.w, layer), [.name(row), .name($0)]) }
      }
    }
    let all = elements.filter { $0.element != nil } + others + weights.filter { !elements.contains($0) }
    return all.filter { Set($0.indexLetters).isSubset(of: letters) }
  }

  /// What stands as a factor somewhere in a claim, each once, ½ and 2 besides.
  static func factors(of claim: Claim) -> [Expression] {
    var found: [Expression] = []
    func look(_ node: Expression) {
      switch node.kind {
      case .element: return
      case .binary(let sign, let left, let right) where sign == .times || sign == .timesEach || sign == .over:
        let second = sign == .over ? Expression(.binary(.over, .number(1), right)) : right
        for factor in [left, second] where factor.isFactor && !found.contains(factor) && found.count < mostParts {
          if case .number = factor.kind { continue }
          found.append(factor)
        }
      default: break
      }
      node.children.forEach(look)
    }
    look(claim.left)
    look(claim.right)
    return found + [Expression(.binary(.over, .number(1), .number(2))), .number(2)]
  }

  /// f′ at each pre-activation that a claim reads, or could read.
  var slopes: [Expression] {
    (elements + others).compactMap { element in
      guard let quantity = element.element?.quantity ?? element.wholeQuantity, quantity.kind == .net else { return nil }
      return Expression(.call("f\(quantity.layer)", isDerivative: true, [element]))
    }
  }
}

extension BinaryOperator {
  /// Whether a bracket holds together what stands beside it.
  fileprivate var joinsTerms: Bool { [.plus, .minus, .times, .over].contains(self) }
}

extension Expression {
  /// Whether it may stand as one factor of a product.
  fileprivate var isFactor: Bool {
    switch kind {
    case .element, .call, .fold, .norm, .derivative: true
    case .binary(.over, let above, _): above == .number(1)
    case .binary(.power, _, _): true
    case .name: wholeQuantity != nil
    default: false
    }
  }

  fileprivate func holds(_ part: Expression) -> Bool { self == part || children.contains { $0.holds(part) } }

  /// It with two parts in each other's place.
  fileprivate func exchanging(_ one: Expression, _ other: Expression) -> Expression {
    if self == one { return other }
    if self == other { return one }
    return mapChildren { $0.exchanging(one, other) }
  }
}
