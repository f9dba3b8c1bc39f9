import Engine
import Notation

extension Mistake {
  /// Every mistake, the likeliest first; a new one is one row.
  package static let all: [Mistake] = [
    Mistake("missing-derivative", "the activation's derivative is left out") { node, _ in
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      return (right.isSlope ? [left] : []) + (left.isSlope ? [right] : [])
    },
    Mistake("derivative-of-activation", "the derivative is taken at the activation, and not at the pre-activation") {
      node, subject in
      guard case .call(let name, true, let arguments) = node.kind, let argument = arguments.first else { return [] }
      let there = argument.reading(.a, for: .net)
      return there == argument ? [] : [Expression(.call(name, isDerivative: true, [there]))]
    },
    Mistake("activation-formula-at-net", "the formula of f′ over the activation is worked out at the pre-activation") {
      node, subject in
      guard case .call(let name, true, let arguments) = node.kind, let argument = arguments.first,
        let layer = Notation.layer(ofActivation: name), subject.network.layers.indices.contains(layer - 1)
      else { return [] }
      let choice = subject.network.layers[layer - 1].activation
      var meaning = choice.formulaNumbers.mapValues(Expression.number)
      (meaning["net"], meaning["a"]) = (argument, argument)
      return [Expression.formula(choice.rule.derivativeFormula).replacing(meaning)]
    },
    Mistake("wrong-layer-derivative", "the derivative is another layer's") { node, subject in
      guard case .call(let name, true, let arguments) = node.kind, let argument = arguments.first,
        let layer = Notation.layer(ofActivation: name)
      else { return [] }
      return subject.network.layers.indices.map { $0 + 1 }.filter { $0 != layer }.flatMap { other -> [Expression] in
        let there = argument.inLayer(other, for: layer)
        let function = "f\(other)"
        return [there, argument].map { Expression(.call(function, isDerivative: true, [$0])) }
      }
    },
    Mistake("gradient-for-weight", "the gradient stands where δ and the weight belong") { node, _ in
      guard case .binary(.times, let left, let right) = node.kind else { return [] }
      return [(left, right), (right, left)].compactMap { delta, weight in
        guard case (let d, _)? = delta.element, case (let w, let indices)? = weight.element, d.kind == .delta,
          w.kind == .w, d.layer == w.layer
        else { return nil }
        return .element(Quantity(.dw, w.layer), indices)
      }
    },
    Mistake(
      "updated-weights", "the weights are those after the update, and not those of the forward pass",
      node: { node, subject in
        guard let (quantity, indices) = node.element, quantity.kind == .w else { return [] }
        let network = subject.network
        guard network.optimizer.isPlainDescent else { return [] }
        let change = Expression(
          .binary(
            .times, .number(network.optimizer.rate),
            .element(Quantity(.dw, quantity.layer), indices)))
        return [Expression(.binary(.minus, node, change))]
      }, reach: .order),
    Mistake("untransposed-weight", "the weight matrix is not transposed on the way back") { node, subject in
      guard let (quantity, indices) = node.element, quantity.kind == .w, indices.count == 2,
        let shape = subject.state.shape(of: quantity), shape.rows == shape.columns, shape.rows > 1
      else { return [] }
      return [.element(quantity, indices.reversed())]
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
      return (letters + (1...4).map { Expression.number(Double($0)) }).map { body.replacing([index: $0]) }
    },
    Mistake(
      "missing-half", "a factor 2 of the square is there, or is lost",
      whole: { formula, _ in [2, 0.5].map { formula.expression.times($0) } }, reach: .outputGradient),
    Mistake(
      "mean-over-outputs", "it is divided by the number of outputs, or is not",
      whole: { formula, subject in
        let outputs = Double(subject.network.outputs)
        return outputs > 1 ? [1 / outputs, outputs].map { formula.expression.times($0) } : []
      }, reach: .outputGradient),
    Mistake(
      "mean-or-sum", "it is the sum over the samples for their mean, or the mean for the sum",
      whole: { formula, subject in
        let samples = Double(subject.state.batch.count)
        let isMean = subject.state.experiment.reduction == .mean
        let factors = subject.quantity.kind.isOfSample ? [samples, 1 / samples] : [isMean ? samples : 1 / samples]
        return samples > 1 ? factors.map { formula.expression.times($0) } : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "mean-twice", "it is divided by the number of samples twice",
      whole: { formula, subject in
        let samples = Double(subject.state.batch.count)
        let isOnce = !subject.quantity.kind.isOfSample && subject.state.experiment.reduction == .mean
        return samples > 1 ? [formula.expression.times(isOnce ? 1 / samples : 1 / (samples * samples))] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "learning-rate-included", "the learning rate is in it already",
      whole: { formula, subject in
        let optimizer = subject.network.optimizer
        return subject.quantity.kind.gradientOf != nil && optimizer.rate != 1
          ? [formula.expression.times(optimizer.rate)] : []
      }, reach: .parameterGradients(.each)),
    Mistake(
      "last-sample-only", "of the batch only one sample is taken",
      samples: { subject in
        let count = subject.state.batch.count
        return subject.quantity.kind.isOfSample || count < 2 || count > mostSamples
          ? [] : (0..<count).reversed().map { [$0] }
      }, reach: .parameterGradients(.last)),
    Mistake(
      "wrong-sample", "it is worked out of another sample",
      samples: { subject in
        let count = subject.state.batch.count
        guard subject.quantity.kind.isOfSample, count <= mostSamples else { return [] }
        return (0..<count).filter { $0 != subject.state.selected }.map { [$0] }
      }, reach: .otherSample),
    Mistake(
      "summed-bias", "one sum is taken for all biases of the layer",
      whole: { formula, subject in
        guard subject.quantity.kind == .db, let letter = formula.letters.first else { return [] }
        return [Expression(.fold(.sum, index: letter, bounds: nil, formula.expression))]
      }, reach: .parameterGradients(.each)),
    Mistake("sign", "a sign is the wrong way round") { node, _ in
      guard case .binary(.minus, let left, let right) = node.kind else { return [] }
      return [
        Expression(.binary(.plus, left, right)), Expression(.binary(.minus, right, left)),
        Expression(.binary(.minus, Expression(.unary(.minus, left)), right)),
      ]
    },
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
        guard subject.quantity.kind == .dw, let foreign = subject.foreign, foreign.given.count > 2,
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
        guard isAlone, subject.quantity.kind.gradientOf != nil, let foreign = subject.foreign else { return [] }
        let sizes = foreign.given.elements.map(abs)
        // What is clipped stands at one bound; what is not stands as it is.
        guard let bound = sizes.max(), bound > 0, sizes.contains(where: { $0 < bound }),
          foreign.truth.elements.contains(where: { abs($0) > bound })
        else { return [] }
        let low = Expression(.call("max", isDerivative: false, [formula.expression, .number(-bound)]))
        return [Expression(.call("min", isDerivative: false, [low, .number(bound)]))]
      }, reach: .numbers),
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
    },
  ]
}
