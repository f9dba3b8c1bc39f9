import Engine
import Notation

extension Mistake {
  /// Slips in signs, matrices and the rules of activations, losses and updates.
  static let ofRules: [Mistake] = [
    Mistake("sign", "a sign is the wrong way round") { node, _ in
      guard case .binary(.minus, let left, let right) = node.kind else { return [] }
      return [
        Expression(.binary(.plus, left, right)), Expression(.binary(.minus, right, left)),
        Expression(.binary(.minus, Expression(.unary(.minus, left)), right)),
      ]
    }
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
      "transposed", "the matrix is the wrong way round",
      whole: { formula, subject in
        guard formula.letters.count == 2, let shape = subject.state.shape(of: subject.quantity),
          shape.rows == shape.columns, shape.rows > 1
        else { return [] }
        let (k, j) = (formula.letters[0], formula.letters[1])
        return [formula.expression.replacing([k: .name(j), j: .name(k)])]
      }, reach: .parameterGradients(.each)),
    Mistake(
      "wrong-activation", "the derivative is that of another activation",
      node: { node, subject in
        guard case .call(let name, true, let arguments) = node.kind, let layer = Notation.layer(ofActivation: name),
          subject.network.layers.indices.contains(layer - 1)
        else { return [] }
        let own = subject.network.layers[layer - 1].activation.rule
        return Activation.all.filter { $0.name != own.name && $0.isElementwise && $0.derivativeFormula != "1" }.map {
          Expression(.call($0.name, isDerivative: true, arguments))
        }
      }, isRemote: true),
    Mistake(
      "wrong-loss", "it is the derivative of another loss",
      whole: { formula, subject in
        guard subject.quantity.layer == subject.network.layers.count, [.da, .delta].contains(subject.quantity.kind)
        else {
          return []
        }
        return Loss.all.filter { $0.name != subject.network.loss.rule.name }.flatMap { loss -> [Expression] in
          var other = subject.network
          other.loss = LossChoice(loss)
          return ElementFormula.all(of: subject.quantity, in: other, writingOut: 1).map(\.expression)
        }
      }, reach: .outputGradient, isRemote: true),
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
        let jacobian = Expression.element(Quantity(.jacobian, quantity.layer), [.name("i"), .name(letter)])
        let inner = formula.expression.replacing([letter: .name("i")])
        guard !formula.expression.binds("i") else {
          let other = formula.expression.replacing([letter: .name("h")])
          let slopes = Expression.element(Quantity(.jacobian, quantity.layer), [.name("h"), .name(letter)])
          return [Expression(.fold(.sum, index: "h", bounds: nil, Expression(.binary(.times, slopes, other))))]
        }
        return [Expression(.fold(.sum, index: "i", bounds: nil, Expression(.binary(.times, jacobian, inner))))]
      }, reach: .outputGradient),
    Mistake(
      "frozen-bias", "the biases get no gradient",
      whole: { _, subject in subject.quantity.kind == .db ? [.number(0)] : [] }, reach: .parameterGradients(.each)),
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
        return quantity.kind == .da && quantity.layer < subject.network.layers.count ? [.number(0)] : []
      }),
    Mistake(
      "weight-decay", "a part of the weight is in it, as weight decay adds it",
      whole: { formula, subject in
        guard subject.quantity.kind == .dw, let foreign = subject.foreign, foreign.isWhole, foreign.given.count > 2,
          let weights = subject.state.forwardValue(of: Quantity(.w, subject.quantity.layer))?.value
        else { return [] }
        let sizes = weights.elements.map(abs)
        guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[largest] > 0 else { return [] }
        let share =
          (foreign.given.elements[largest] - foreign.truth.elements[largest]) / weights.elements[largest]
        // Decay is a small share; its decimals are those of a number that somebody typed.
        guard share.isFinite, share > 0, share < 1, let typed = Double(significant(share, digits: 4)) else { return [] }
        let weight = Expression.element(Quantity(.w, subject.quantity.layer), formula.letters.map { .name($0) })
        return [Expression(.binary(.plus, formula.expression, weight.times(typed)))]
      }, reach: .numbers),
    Mistake(
      "clipped", "it is clipped",
      whole: { formula, subject in
        // Of several samples it is the sum that is clipped, which no formula of one says.
        let isAlone = subject.quantity.kind.isOfSample || subject.state.batch.count == 1
        guard isAlone, subject.quantity.kind.gradientOf != nil, let foreign = subject.foreign, foreign.isWhole else {
          return []
        }
        let sizes = foreign.given.elements.map(abs)
        // What is clipped stands at one bound; what is not stands as it is.
        guard let bound = sizes.max(), bound > 0, sizes.contains(where: { $0 < bound }),
          foreign.truth.elements.contains(where: { abs($0) > bound })
        else { return [] }
        let low = Expression(.call("max", isDerivative: false, [formula.expression, .number(-bound)]))
        return [Expression(.call("min", isDerivative: false, [low, .number(bound)]))]
      }, reach: .numbers),
  ]
}
