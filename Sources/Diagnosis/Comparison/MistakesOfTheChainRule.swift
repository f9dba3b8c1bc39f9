import Engine
import Notation

extension Mistake {
  /// Slips in the chain rule itself: what is multiplied, and over what it is added.
  static let ofTheChainRule: [Mistake] = [
    Mistake("missing-derivative", "the activation's derivative is left out") { node, _ in
      // Of a whole layer it is the sum with the Jacobian.
      if case .fold(.sum, let index, _, let body) = node.kind, case .binary(.times, let left, let right) = body.kind,
        let (quantity, indices) = right.element, quantity.kind == .jacobian, indices.count == 2
      {
        return [left.replacing([index: indices[1]])]
      }
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      return (right.isSlope ? [left] : []) + (left.isSlope ? [right] : [])
    }
    .undoneOfWhole { side, place in
      guard let (quantity, indices) = place.subject, [.delta, .dw, .db].contains(quantity.kind) else { return [] }
      let (slope, net) = ("f\(quantity.layer)", Expression.name("net\(quantity.layer)"))
      guard let first = indices.first else {
        return [Expression(.binary(.timesEach, side, Expression(.call(slope, isDerivative: true, [net]))))]
      }
      let argument = Expression(.element(net, [first]))
      return [Expression(.binary(.times, side, Expression(.call(slope, isDerivative: true, [argument]))))]
    },
    Mistake(
      "derivative-twice", "the activation's derivative is multiplied in once more",
      node: { node, subject in subject.slope(node) == nil ? [] : [Expression(.binary(.times, node, node))] },
      whole: { formula, subject in
        // The loss and the activation together have it in them already.
        let (quantity, network) = (subject.quantity, subject.network)
        guard quantity.kind == .delta, quantity.layer == network.layers.count, network.closedForm != nil,
          let letter = formula.letters.first, network.layers.last?.hasFullJacobian == false
        else { return [] }
        let net = Expression.element(Quantity(.net, quantity.layer), [.name(letter)])
        let slope = Expression(.call("f\(quantity.layer)", isDerivative: true, [net]))
        return [Expression(.binary(.times, formula.expression, slope))]
      }),
    Mistake("derivative-of-activation", "the derivative is taken at the activation, and not at the pre-activation") {
      node, subject in
      guard let (name, net, _) = subject.slope(node) else { return [] }
      let there = net.reading(.a, for: .net)
      return there == net ? [] : [Expression(.call(name, isDerivative: true, [there]))]
    }
    .undone { node, _ in
      guard case .call(let name, true, let arguments) = node.kind else { return [] }
      let there = arguments.map { $0.naming(.net, for: .a) }
      return there == arguments ? [] : [Expression(.call(name, isDerivative: true, there))]
    },
    Mistake("activation-formula-at-net", "the formula of f′ over the activation is worked out at the pre-activation") {
      node, subject in
      if let (quantity, indices) = node.element, quantity.kind == .jacobian,
        let formula = ElementFormula.all(of: quantity, in: subject.network, writingOut: 0).first
      {
        let places = Dictionary(zip(formula.letters, indices), uniquingKeysWith: { first, _ in first })
        return [formula.expression.replacing(places).reading(.net, for: .a)]
      }
      return subject.slope(node).map { [$0.activation.formula(net: $0.net, a: $0.net)] } ?? []
    }
    .undoneOfWhole { side, _ in
      let there = side.outsideCalls { $0.naming(.a, for: .net) }
      return there == side ? [] : [there]
    },
    Mistake("activation-for-derivative", "the activation stands where its derivative belongs") { node, subject in
      subject.slope(node).map { [Expression(.call($0.name, isDerivative: false, [$0.net]))] } ?? []
    }
    .undone { node, _ in
      guard case .call(let name, false, let arguments) = node.kind, Notation.layer(ofActivation: name) != nil else {
        return []
      }
      return [Expression(.call(name, isDerivative: true, arguments))]
    },
    Mistake("wrong-layer-derivative", "the derivative is another layer's") { node, subject in
      guard case .call(let name, true, let arguments) = node.kind, let argument = arguments.first,
        let layer = Notation.layer(ofActivation: name)
      else { return [] }
      return subject.network.layers.indices.map { $0 + 1 }.filter { $0 != layer }.flatMap { other -> [Expression] in
        // One unit's is taken for all.
        let isOne = subject.network.layers[other - 1].units == 1 && subject.network.layers[layer - 1].units > 1
        let there = argument.inLayer(other, for: layer, at: isOne ? [.number(1)] : nil)
        // The other's function at its own argument, or at this one's, or this one's at the other's.
        return [("f\(other)", there), ("f\(other)", argument), (name, there)].map {
          Expression(.call($0, isDerivative: true, [$1]))
        }
      }
    }
    .undone { node, place in
      guard case .call(let name, true, let arguments) = node.kind, let layer = Notation.layer(ofActivation: name) else {
        return []
      }
      return place.layers(beside: layer).filter { $0 > 0 }.map {
        Expression(.call("f\($0)", isDerivative: true, arguments))
      }
    },
    Mistake(
      "wrong-layer-activation",
      "the gradient of the weights is made of another layer's activation, and not of the one that comes in"
    ) { node, subject in
      guard subject.quantity.kind == .dw, let (quantity, indices) = node.element,
        quantity == .input(ofLayer: subject.quantity.layer)
      else { return [] }
      return subject.network.activationsLikeInput(ofLayer: subject.quantity.layer).map { .element($0, indices) }
    }
    .undone { node, place in
      // Layer 0 has x for a.
      guard let (gradient, _) = place.subject, gradient.kind == .dw, let read = node.wholeQuantity,
        [.a, .x].contains(read.kind), read != .input(ofLayer: gradient.layer)
      else { return [] }
      return [.name(Quantity.input(ofLayer: gradient.layer).name)]
    },
    Mistake("gradient-for-weight", "the gradient stands where δ and the weight belong") { node, subject in
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      let gradients = [(left, right), (right, left)].compactMap { delta, weight -> Expression? in
        guard case (let d, _)? = delta.element, case (let w, let indices)? = weight.element, d.kind == .delta,
          w.kind == .w, d.layer == w.layer
        else { return nil }
        return .element(Quantity(.dw, w.layer), indices)
      }
      // Whoever divides each sample's δ has another factor in it.
      let samples = Double(subject.state.batch.count)
      guard subject.foreign != nil, subject.quantity.kind.isOfSample, samples > 1 else { return gradients }
      let factor = subject.state.experiment.reduction == .mean ? samples : 1 / samples
      return gradients + gradients.map { $0.times(factor) }
    }
    .undone { node, _ in
      guard let (quantity, indices) = node.element, quantity.kind == .dw, let first = indices.first else { return [] }
      return [
        Expression(
          .binary(
            .times, .element(Quantity(.delta, quantity.layer), [first]), .element(Quantity(.w, quantity.layer), indices)
          ))
      ]
    },
    Mistake(
      "updated-weights", "the weights are those after the update, and not those of the forward pass",
      node: { node, subject in
        let optimizer = subject.network.optimizer
        let updated = node.updated(by: optimizer.rate)
        return updated.isEmpty || !optimizer.isPlainDescent ? [] : updated
      },
      whole: { formula, subject in subject.updatedAtAnotherRate(formula) }, reach: .order
    )
    .undone { node, place in
      place.hasUpdated && node.wholeQuantity?.kind.isParameter == true ? [Expression(.old(node))] : []
    },
    Mistake("untransposed-weight", "the weight matrix is not transposed on the way back") { node, subject in
      guard let (quantity, indices) = node.element, quantity.kind == .w, indices.count == 2,
        let shape = subject.state.shape(of: quantity), shape.rows == shape.columns, shape.rows > 1
      else { return [] }
      return [.element(quantity, indices.reversed())]
    }
    .undone { node, _ in
      switch node.kind {
      case .element(let base, let indices)
      where indices.count == 2 && indices[0] != indices[1] && base.wholeQuantity?.kind != .dw:
        [Expression(.element(base, indices.reversed()))]
      case .transpose(let inner): [inner]
      default: node.wholeQuantity?.kind.extent == .weights ? [Expression(.transpose(node))] : []
      }
    },
    Mistake("softmax-diagonal", "of the Jacobian of the whole layer only the diagonal is taken") { node, _ in
      guard case .fold(.sum, let index, _, let body) = node.kind else { return [] }
      return body.letters(besides: index).filter { _ in body.names(of: .jacobian) }.map {
        body.replacing([index: .name($0)])
      }
    },
    Mistake("missing-sum", "one term is taken for the sum") { node, _ in
      // Of a Jacobian the diagonal has a row of its own.
      guard case .fold(.sum, let index, _, let body) = node.kind, !body.names(of: .jacobian) else { return [] }
      let letters = body.letters(besides: index).map { Expression.name($0) }
      // The first few terms; one that is not there is no formula.
      return (letters + (1...16).map { Expression.number(Double($0)) }).map { body.replacing([index: $0]) }
    }
    .undoneOfWhole { side, place in
      let free = Set(place.subject?.indices.map { "\($0)" } ?? [])
      return Array(Set(side.indexLetters)).sorted().filter { !free.contains($0) }.map {
        Expression(.fold(.sum, index: $0, bounds: nil, side))
      }
    },
  ]
}

extension Quantity {
  /// What comes into a layer: the activation of the one before it, or x.
  static func input(ofLayer layer: Int) -> Quantity { layer == 1 ? Quantity(.x) : Quantity(.a, layer - 1) }
}

extension Expression {
  /// A weight after its update at a rate; nothing of anything else.
  fileprivate func updated(by rate: Double) -> [Expression] {
    guard let (quantity, indices) = element, quantity.kind == .w else { return [] }
    let change = Expression(.binary(.times, .number(rate), .element(Quantity(.dw, quantity.layer), indices)))
    return [Expression(.binary(.minus, self, change))]
  }
}

extension Mistake.Subject {
  /// A formula with the weights after an update at the rate that the numbers show, where that is another than here.
  fileprivate func updatedAtAnotherRate(_ formula: ElementFormula) -> [Expression] {
    guard let foreign, foreign.isWhole, network.optimizer.isPlainDescent, quantity.kind.gradientOf != nil else {
      return []
    }
    let ground = FormulaGround(state)
    // A few places say the rate; whoever tries the formula looks at all of them.
    let (places, slack) = (foreign.largestPlaces, foreign.slackWithRounding)
    let change = places.map { foreign.given.elements[$0] - foreign.truth.elements[$0] }
    return formula.expression.rewritten { $0.updated(by: 1) }.enumerated().compactMap { index, atOne -> Expression? in
      guard let moved = foreign.values(of: formula.replaced(by: atOne), at: places, on: ground) else { return nil }
      let parts = zip(places, moved).map { $1 - foreign.truth.elements[$0] }
      let rate = FittedFactor(making: change, of: parts, within: places.map { slack[$0] })
      guard let typed = rate?.typed(digits: 2), typed > 0, typed != network.optimizer.rate else { return nil }
      return formula.expression.rewritten { $0.updated(by: typed) }[index]
    }
  }
}

extension Network {
  /// The activations, x among them, that have the shape of what comes into a layer and are another: the layer's own output
  /// first.
  fileprivate func activationsLikeInput(ofLayer layer: Int) -> [Quantity] {
    guard layers.indices.contains(layer - 1) else { return [] }
    return ([layer] + (0...layers.count).filter { $0 != layer })
      .filter { $0 != layer - 1 && units($0) == units(layer - 1) }.map { Quantity.input(ofLayer: $0 + 1) }
  }
}
