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
      }, isRemote: true),
    Mistake(
      "wrong-loss", "it is the derivative of another loss",
      whole: { formula, subject in
        guard subject.quantity.layer == subject.network.layers.count, [.da, .delta].contains(subject.quantity.kind)
        else {
          return []
        }
        return Loss.all.filter { $0.name != subject.network.loss.rule.name }.flatMap { loss -> [Expression] in
          [false, true].flatMap { isAdded -> [Expression] in
            var other = subject.network
            other.loss = LossChoice(loss)
            guard other.loss.setOutputs(added: isAdded) || !isAdded else { return [] }
            return ElementFormula.all(of: subject.quantity, in: other, writingOut: 1).map(\.expression)
          }
        }
      }, reach: .outputGradient, isRemote: true
    )
    // a - y is half the squared error's without f', and what cross-entropy gives.
    .told(beside: "missing-derivative"),
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
        let errors = [own, Expression(.binary(.times, own, sum))].map {
          Expression(.binary(.minus, $0, .element(Quantity(.y), [.name(letter)])))
        }
        guard quantity.kind == .delta else { return errors }
        let other = letter == "i" ? "m" : "i"
        let slope = Expression.element(Quantity(.jacobian, last), [.name(other), .name(letter)])
        return errors.flatMap { error in
          let inner = error.replacing([letter: .name(other)])
          return [Expression(.fold(.sum, index: other, bounds: nil, Expression(.binary(.times, inner, slope)))), error]
        }
      }, reach: .outputGradient),
    Mistake(
      "frozen-bias", "the biases get no gradient",
      whole: { formula, subject in
        switch subject.quantity.kind {
        case .db: [.number(0)]
        case .b:
          [
            formula.letters.isEmpty
              ? .name(subject.quantity.name) : .element(subject.quantity, formula.letters.map { .name($0) })
          ]
        default: []
        }
      }, reach: .parameterGradients(.each)),
    Mistake(
      "bias-per-weight", "a bias is moved once for each weight that comes in beside it",
      whole: { formula, subject in
        let inputs = Double(subject.network.units(max(subject.quantity.layer - 1, 0)))
        return subject.quantity.kind == .db && inputs > 1 ? [formula.expression.times(inputs)] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "detached", "nothing comes back through the layer behind it",
      whole: { _, subject in
        let quantity = subject.quantity
        return [.da, .delta].contains(quantity.kind) && quantity.layer < subject.network.layers.count
          ? [.number(0)] : []
      }),
    Mistake(
      "weight-decay", "a part of the weights is in it, as weight decay adds it",
      whole: { formula, subject in subject.decayed(formula) }, reach: .numbers),
    Mistake("clipped", "it is clipped").ofNumbers(rearranging: true) { subject, line in
      subject.foreign?.clipped(among: subject.allGradients, known: subject.known) ?? []
    },
  ]
}
