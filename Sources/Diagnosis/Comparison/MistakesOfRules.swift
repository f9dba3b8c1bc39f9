import Engine
import Notation

extension Mistake {
  /// Slips in signs, matrices and the rules of activations, losses and updates.
  static let ofRules: [Mistake] = [
    Mistake(
      "sign", "a sign is the wrong way round",
      node: { node, subject in
        if let (_, net, activation) = subject.slope(node) {
          // 1 + a² for 1 − a².
          return activation.formula(net: net, a: net.reading(.a, for: .net)).rewritten { part in
            guard case .binary(.minus, let left, let right) = part.kind else { return [] }
            return [Expression(.binary(.plus, left, right))]
          }
        }
        guard case .binary(.minus, let left, let right) = node.kind else { return [] }
        return [
          Expression(.binary(.plus, left, right)), Expression(.binary(.minus, right, left)),
          Expression(.binary(.minus, Expression(.unary(.minus, left)), right)),
        ]
      },
      whole: { formula, subject in
        // A step up in place of one down.
        if subject.quantity.kind.isParameter, case .binary(.plus, let old, let change) = formula.expression.kind {
          return [Expression(.binary(.minus, old, change))]
        }
        return subject.quantity.kind.gradientOf != nil ? [Expression(.unary(.minus, formula.expression))] : []
      }, reach: .outputGradient
    )
    .undone { node, _ in
      switch node.kind {
      case .binary(.minus, let left, let right):
        [Expression(.binary(.minus, right, left)), Expression(.binary(.plus, left, right))]
      case .binary(.plus, let left, let right): [Expression(.binary(.minus, left, right))]
      case .unary(.minus, let inner): [inner]
      default: []
      }
    }
    .undoneOfWhole { side, _ in [Expression(.unary(.minus, side))] },
    Mistake(
      "wrong-activation", "the derivative is that of another activation",
      node: { node, subject in
        guard let (_, net, own) = subject.slope(node) else { return [] }
        let others = Activation.all.filter {
          $0.name != own.rule.name && $0.isElementwise && $0.derivativeFormula != "1"
        }
        // Or its formula over the activation that is there: a·(1 − a) of what is no sigmoid's.
        return others.map { Expression(.call($0.name, isDerivative: true, [net])) }
          + others.filter { Expression.formula($0.derivativeFormula).mentions("a") }
          .map { ActivationChoice($0).formula(net: net, a: net.reading(.a, for: .net)) }
      }, isRemote: true
    )
    .undoneOfWhole { side, place in
      guard let (quantity, indices) = place.subject, let index = indices.first, quantity.kind.gradientOf != nil else {
        return []
      }
      let net = Expression.element(Quantity(.net, quantity.layer), [index])
      let slope = Expression(.call("f\(quantity.layer)", isDerivative: true, [net]))
      return Activation.all.filter(\.isElementwise).compactMap { activation in
        let other = ActivationChoice(activation).formula(net: net, a: net.reading(.a, for: .net))
        return other == slope ? nil : side.replacing(factors: other.factorsOfProduct, by: slope)
      }
    }
    .of { wrong, subject in
      let parts = wrong.parts
      // A call says whose it is; what is written out does not.
      let isCalled = Activation.all.contains { activation in
        parts.contains { if case .call(activation.name, true, _) = $0.kind { true } else { false } }
      }
      guard !isCalled else { return [] }
      return Activation.all.filter { activation in
        activation.isElementwise && parts.contains { $0.isSlopeOverItself(of: activation) }
      }.map(\.name)
    },
    Mistake(
      "wrong-loss", "it is the derivative of another loss",
      whole: { formula, subject in
        guard subject.quantity.layer == subject.network.layers.count, [.da, .delta].contains(subject.quantity.kind)
        else {
          return []
        }
        return subject.formulasOfOtherLosses.map(\.formula)
      }, reach: .outputGradient, isRemote: true
    )
    // a - y is half the squared error's without f', and what cross-entropy gives; with f' once more it is the squared error's.
    .told(beside: "missing-derivative", "derivative-twice")
    .of { wrong, subject in subject.losses(of: wrong).map(\.name) },
    Mistake("sum-of-targets", "the sum of the targets is taken for 1") { node, _ in
      guard case .binary(.times, let left, let right) = node.kind, case .fold(.sum, _, _, let body) = right.kind,
        body.names(of: .y)
      else { return [] }
      return [left]
    },
    Mistake(
      "softmax-twice", "the derivative of softmax is taken twice",
      whole: { formula, subject in
        let quantity = subject.quantity
        guard quantity.kind == .delta, let letter = formula.letters.first,
          subject.network.layers.indices.contains(quantity.layer - 1),
          subject.network.layers[quantity.layer - 1].hasFullJacobian
        else { return [] }
        let index = formula.expression.binds("i") ? "h" : "i"
        func slope(_ from: String) -> Expression {
          .element(Quantity(.jacobian, quantity.layer), [.name(from), .name(letter)])
        }
        let inner = formula.expression.replacing([letter: .name(index)])
        let whole = Expression(.fold(.sum, index: index, bounds: nil, Expression(.binary(.times, slope(index), inner))))
        // Of a softmax that is taken for so many sigmoids it is a·(1 − a) alone.
        return [whole, Expression(.binary(.times, formula.expression, slope(letter)))]
      }, reach: .outputGradient),
    Mistake(
      "logits-and-probabilities", "softmax is applied to its own probabilities, as a loss does that expects logits",
      whole: { formula, subject in
        let (quantity, network) = (subject.quantity, subject.network)
        let last = network.layers.count
        guard network.layers.last?.hasFullJacobian == true,
          quantity.kind == .loss || quantity.layer == last && [.a, .da, .delta].contains(quantity.kind)
        else { return [] }
        let again = Expression.formula("exp(p[k]) / sum(h, exp(p[h]))").replacing(["p": .name("a\(last)")])
        guard let letter = formula.letters.first else {
          return [
            Expression.formula("-sum(k, y[k] * log(q))").replacing(["q": again, "y": .name("y")])
          ]
        }
        if quantity.kind == .a { return [again.replacing(["k": .name(letter)])] }
        let own = again.replacing(["k": .name(letter)])
        // The targets may sum to something else than 1.
        let sum = Expression.formula("sum(o, y[o])").replacing(["y": .name("y")])
        let outputs = subject.haveTargetsOfSumOne ? own : Expression(.binary(.times, own, sum))
        let errors = [Expression(.binary(.minus, outputs, .element(Quantity(.y), [.name(letter)])))]
        guard quantity.kind == .delta else { return errors }
        let other = letter == "i" ? "m" : "i"
        let slope = Expression.element(Quantity(.jacobian, last), [.name(other), .name(letter)])
        return errors.flatMap { error in
          let inner = error.replacing([letter: .name(other)])
          return [Expression(.fold(.sum, index: other, bounds: nil, Expression(.binary(.times, inner, slope)))), error]
        }
      }, reach: .outputGradient),
    Mistake(
      "detached", "nothing comes back through the layer behind it",
      whole: { _, subject in
        // The gradients of its weights and biases are nothing too, which is all that may have been given.
        let quantity = subject.quantity
        return quantity.kind.gradientOf != nil && 1..<subject.network.layers.count ~= quantity.layer ? [.number(0)] : []
      }),
    Mistake(
      "frozen-weights", "the weights get no gradient",
      whole: { formula, subject in subject.frozen(formula, gradient: .dw, parameter: .w) },
      reach: .parameterGradients(.each)),
    Mistake(
      "frozen-bias", "the biases get no gradient",
      whole: { formula, subject in subject.frozen(formula, gradient: .db, parameter: .b) },
      reach: .parameterGradients(.each)),
    Mistake(
      "bias-per-weight", "a bias is moved once for each weight that comes in beside it",
      whole: { formula, subject in
        let inputs = Double(subject.network.units(max(subject.quantity.layer - 1, 0)))
        return subject.quantity.kind == .db && inputs > 1 ? [formula.expression.times(inputs)] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "weight-decay", "a part of the weights is in it, as weight decay adds it",
      whole: { formula, subject in
        subject.foreign == nil ? subject.decaying(formula) : subject.decayed(formula)
      }, reach: .parameterGradients(.each)),
    Mistake(
      "clipped", "it is clipped", whole: { formula, subject in subject.clipping(formula) },
      reach: .parameterGradients(.each)
    ).andOfNumbers(rearranging: true) { subject, line in
      subject.foreign?.clipped(among: subject.allGradients, known: subject.known) ?? []
    },
  ]
}

extension Mistake.Subject {
  /// A gradient that is nothing, and what an update makes of its parameter then: what it was.
  fileprivate func frozen(
    _ formula: ElementFormula, gradient: Quantity.Kind, parameter: Quantity.Kind
  ) -> [Expression] {
    switch quantity.kind {
    case gradient: [.number(0)]
    case parameter: [.element(quantity, formula.letters.map { .name($0) })]
    default: []
    }
  }
}

extension Mistake.Subject {
  /// The derivatives of the losses that the network does not have.
  fileprivate var formulasOfOtherLosses: [(loss: Loss, formula: Expression)] {
    Loss.all.filter { $0.name != network.loss.rule.name }.flatMap { loss in
      [false, true].flatMap { isAdded -> [(Loss, Expression)] in
        var other = network
        other.loss = LossChoice(loss)
        guard other.loss.setOutputs(added: isAdded) || !isAdded else { return [] }
        return ElementFormula.all(of: quantity, in: other, writingOut: 1).map { (loss, $0.expression) }
      }
    }
  }

  /// Whether the targets of each sample sum to 1.
  fileprivate var haveTargetsOfSumOne: Bool {
    state.batch.indices.allSatisfy { sample in
      guard let targets = try? state.value(of: Quantity(.y), sample: sample) else { return true }
      return abs(targets.elements.reduce(0, +) - 1) < 1e-9
    }
  }

  /// The losses whose derivative a formula is.
  fileprivate func losses(of wrong: Expression) -> [Loss] {
    formulasOfOtherLosses.reduce(into: []) { all, other in
      if other.formula == wrong, !all.contains(where: { $0.name == other.loss.name }) { all.append(other.loss) }
    }
  }
}

extension Expression {
  /// A product with other factors in the place of some that stand together in it; nil where they do not.
  fileprivate func replacing(factors old: [Expression], by new: Expression) -> Expression? {
    var factors = factorsOfProduct
    guard let first = factors.indices.first(where: { factors[$0...].starts(with: old) }) else { return nil }
    factors.replaceSubrange(first..<first + old.count, with: [new])
    return factors.dropFirst().reduce(factors[0]) { Expression(.binary(.times, $0, $1)) }
  }

  /// It and everything in it.
  fileprivate var parts: [Expression] { [self] + children.flatMap(\.parts) }

  /// Whether it is an activation's derivative, written out over what that gives.
  fileprivate func isSlopeOverItself(of activation: Activation) -> Bool {
    guard let (quantity, indices) = parts.lazy.compactMap(\.element).first(where: { $0.quantity.kind == .a }) else {
      return false
    }
    let net = Expression.element(Quantity(.net, quantity.layer), indices)
    return self == ActivationChoice(activation).formula(net: net, a: net.reading(.a, for: .net))
  }
}
