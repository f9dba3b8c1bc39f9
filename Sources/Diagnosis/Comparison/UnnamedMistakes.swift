import Engine
import Notation

extension Mistake {
  /// Edits that have no name.
  static let unnamed: [Mistake] = [
    Mistake("", "a factor is left out") { node, _ in
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      return [left, right]
    },
    Mistake("", "a term is left out") { node, _ in
      guard case .binary(let sign, let left, let right) = node.kind, sign == .plus || sign == .minus else { return [] }
      return [left, sign == .plus ? right : Expression(.unary(.minus, right))]
    },
    Mistake("", "another quantity of the same layer is read") { node, _ in
      guard let (quantity, indices) = node.element, [.a, .net].contains(quantity.kind) else { return [] }
      return [.element(Quantity(quantity.kind == .a ? .net : .a, quantity.layer), indices)]
    }
    .undone { node, _ in
      switch node.wholeQuantity?.kind {
      case .a?: [node.naming(.net, for: .a)]
      case .net?: [node.naming(.a, for: .net)]
      case .da?: [node.naming(.delta, for: .da)]
      case .delta?: [node.naming(.da, for: .delta)]
      default: []
      }
    },
    Mistake("", "a factor is one too many").undone { node, _ in
      switch node.kind {
      case .binary(.times, let left, let right), .binary(.timesEach, let left, let right): [left, right]
      case .binary(.over, let left, _): [left]
      default: []
      }
    },
    Mistake("", "a term is one too many").undone { node, _ in
      guard case .binary(let sign, let left, let right) = node.kind, sign == .plus || sign == .minus else { return [] }
      return [left, sign == .plus ? right : Expression(.unary(.minus, right))]
    },
    Mistake("", "another layer's quantity is read").undone { node, place in
      // Layer 0 has x for a.
      guard let quantity = node == .name("x") ? Quantity(.a, 0) : node.wholeQuantity else { return [] }
      guard quantity.kind.isOfLayer else { return [] }
      return place.layers(beside: quantity.layer).compactMap { layer in
        let name = layer == 0 && quantity.kind == .a ? "x" : "\(quantity.kind.name)\(layer)"
        return Quantity.named(name) == nil ? nil : .name(name)
      }
    },
    Mistake("", "another index is read").undone { node, place in
      guard case .element(let base, let indices) = node.kind else { return [] }
      return indices.indices.flatMap { position in
        place.letters.map { Expression.name($0) }.filter { $0 != indices[position] }.map { letter in
          var other = indices
          other[position] = letter
          return Expression(.element(base, other))
        }
      }
    },
  ]
}
