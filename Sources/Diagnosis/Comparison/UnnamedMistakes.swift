import Engine
import Notation

extension Mistake {
  /// Edits that have no name.
  static let unnamed: [Mistake] = [
    Mistake("", "a factor is left out") { node, _ in
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      return [left, right]
    }
    .undone { node, place in
      // What a sum adds up reads its letter.
      guard case .fold(let fold, let index, let bounds, let body) = node.kind else { return [] }
      return place.valuesOfUnits(at: place.freeLetters + [index]).filter { $0.indexLetters.contains(index) }.map {
        Expression(.fold(fold, index: index, bounds: bounds, Expression(.binary(.times, body, $0))))
      }
    }
    .undoneOfWhole { side, place in
      place.valuesOfUnits(at: place.freeLetters).map { Expression(.binary(.times, side, $0)) }
    },
    Mistake("", "a part of the activation's derivative is left out") { node, subject in
      guard let (_, net, activation) = subject.slope(node) else { return [] }
      let slope = activation.formula(net: net, a: net.reading(.a, for: .net))
      // Of what a is taken from 1 for, the 1 may be lost too.
      let lost: [Expression] =
        if case .binary(.minus, _, let right) = slope.kind { [Expression(.unary(.minus, right))] } else { [] }
      return slope.withoutOneFactor + lost
    },
    Mistake("", "a term is left out") { node, _ in
      guard case .binary(let sign, let left, let right) = node.kind, sign == .plus || sign == .minus else { return [] }
      return [left, sign == .plus ? right : Expression(.unary(.minus, right))]
    }
    .undoneOfWhole { side, place in
      guard let (quantity, indices) = place.subject, quantity.kind == .net else { return [] }
      return [Expression(.binary(.plus, side, .element(Quantity(.b, quantity.layer), indices)))]
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
    Mistake(
      "", "the pre-activation is overwritten by the activation",
      whole: { formula, subject in
        let quantity = subject.quantity
        return quantity.kind == .net ? [.element(Quantity(.a, quantity.layer), formula.letters.map { .name($0) })] : []
      }),
    Mistake("", "the weight stands where the activation belongs") { node, subject in
      guard subject.quantity.kind == .dw, let (quantity, indices) = node.element, [.a, .x].contains(quantity.kind),
        let letter = indices.first
      else { return [] }
      let weights = Quantity(.w, subject.quantity.layer)
      return [.element(weights, [.name(subject.network.indexLetter(ofLayer: subject.quantity.layer)), letter])]
    },
    Mistake("", "the gradient stands where the weight belongs") { node, _ in
      guard let (quantity, indices) = node.element, quantity.kind == .w else { return [] }
      return [.element(Quantity(.dw, quantity.layer), indices)]
    },
    Mistake("", "the derivative is taken with the other sign inside, as a mask upside down has it") { node, subject in
      guard let (name, net, _) = subject.slope(node) else { return [] }
      return [Expression(.call(name, isDerivative: true, [Expression(.unary(.minus, net))]))]
    },
    Mistake("", "the activation is overwritten by its derivative before it is read") { node, subject in
      guard subject.quantity.kind == .dw, let (quantity, indices) = node.element, quantity.kind == .a,
        quantity.layer > 0,
        subject.network.layers[quantity.layer - 1].activation.rule.isElementwise
      else { return [] }
      let net = Expression.element(Quantity(.net, quantity.layer), indices)
      return [Expression(.call("f\(quantity.layer)", isDerivative: true, [net]))]
    },
    Mistake("", "what comes back is cut off where it is negative") { node, _ in
      guard let (quantity, _) = node.element, quantity.kind == .da else { return [] }
      return [Expression(.call("max", isDerivative: false, [node, .number(0)]))]
    },
    Mistake("", "a factor is there twice") { node, subject in
      guard subject.quantity.kind.gradientOf != nil, case .binary(.times, let left, let right) = node.kind else {
        return []
      }
      return [left, right].map { Expression(.binary(.times, node, $0)) }
    },
    Mistake("", "the derivative is worked out of what it is multiplied with") { node, subject in
      guard case .binary(.times, let left, let right) = node.kind, let (_, _, activation) = subject.slope(right) else {
        return []
      }
      let slope = activation.formula(net: left, a: left)
      return [slope, Expression(.binary(.times, left, slope))]
    },
    Mistake(
      "", "all of it is so many times what it should be",
      whole: { formula, subject in
        guard let foreign = subject.foreign, foreign.isWhole, foreign.given.count > 1, let factor = foreign.factor
        else {
          return []
        }
        // A factor that somebody counted, typed, or divided by.
        if let divisor = factor.divisor(digits: 2), !subject.counted(divisor).isEmpty {
          return [Expression(.binary(.over, formula.expression, .number(divisor)))]
        }
        if let typed = factor.typed(digits: 2) { return [formula.expression.times(typed)] }
        return factor.divisor(digits: 2).map { [Expression(.binary(.over, formula.expression, .number($0)))] } ?? []
      }
    )
    .of { wrong, subject in
      guard case .binary(.over, _, let right) = wrong.kind, case .number(let divisor) = right.kind else { return [] }
      return subject.counted(divisor.value)
    },
    Mistake("", "the samples of the batch are not taken together").undoneOfWhole { side, place in
      guard place.samples > 1, place.subject?.quantity.kind.isOverSamples == true, !side.binds(Fold.overBatch) else {
        return []
      }
      return [.mean, .sum].map { Expression(.fold($0, index: Fold.overBatch, bounds: nil, side)) }
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
    Mistake("", "another layer's quantity is read") { node, subject in
      guard let (quantity, indices) = node.element, [.w, .delta, .da].contains(quantity.kind) else { return [] }
      let own = subject.state.shape(of: quantity)
      return subject.network.layers.indices.map { Quantity(quantity.kind, $0 + 1) }.filter { other in
        guard other != quantity, let shape = subject.state.shape(of: other), let own else { return false }
        return (shape.rows, shape.columns) == (own.rows, own.columns)
      }.map { .element($0, indices) }
    }.undone { node, place in
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

extension Expression {
  /// The factors of a derivative; a difference of squares has two: 1 - a² is (1 - a)·(1 + a).
  var factorsOfSlope: [Expression] {
    guard case .binary(.minus, let one, let square) = kind, one == .number(1),
      case .binary(.power, let base, let exponent) = square.kind, exponent == .number(2)
    else { return factorsOfProduct }
    return [Expression(.binary(.minus, one, base)), Expression(.binary(.plus, one, base))]
  }

  /// A derivative that is a product without each of its factors; nothing of any other.
  fileprivate var withoutOneFactor: [Expression] {
    let factors = factorsOfSlope
    return factors.indices.compactMap { left in
      let rest = factors.indices.filter { $0 != left }.map { factors[$0] }
      return rest.first.map { first in rest.dropFirst().reduce(first) { Expression(.binary(.times, $0, $1)) } }
    }
  }
}

extension Mistake.Subject {
  /// What a number may be the count of, besides the outputs and the samples: whatever somebody may have divided by.
  fileprivate func counted(_ number: Double) -> [String] {
    guard number > 1 else { return [] }
    let units = network.layers.dropLast().enumerated().filter { Double($0.element.units) == number }
    return (Double(network.inputs) == number ? ["the inputs are \(network.inputs)"] : [])
      + units.map { "the units of layer \($0.offset + 1) are \($0.element.units)" }
      + (Double(state.batch.count - 1) == number ? ["one sample less is \(state.batch.count - 1)"] : [])
  }
}
