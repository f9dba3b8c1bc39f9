import Engine
import Notation

/// A slip that is known: an edit of the formula of what is computed. A row of the table.
package struct Mistake: Sendable {
  /// Its name, as in `missing-derivative`; empty of an edit that has none.
  package let name: String
  /// What went wrong.
  package let meaning: Text
  /// What it makes of one node of a formula.
  let edits: @Sendable (Expression, Subject) -> [Expression]
  /// What it makes of the whole formula.
  let wholes: @Sendable (ElementFormula, Subject) -> [Expression]
  /// The samples of which it is computed, where they are others.
  let samples: @Sendable (Subject) -> [[Int]]
  /// Where it is, in a network that is trained with it on.
  let reach: Reach

  /// Where in the code of a backward pass a mistake is made.
  enum Reach: Sendable {
    /// In every operation whose formula it changes.
    case everywhere
    /// Where the loss is differentiated.
    case outputGradient
    /// Where the gradients of weights and biases are added over the batch; of which samples.
    case parameterGradients(Alteration.Samples)
    /// Where the loss is differentiated, with another sample's numbers.
    case otherSample
    /// In the order of the steps.
    case order
  }

  /// What an edit may look at.
  struct Subject: Sendable {
    let quantity: Quantity
    let state: State
    var network: Network { state.worked }
  }

  private init(
    _ name: String, _ meaning: Text,
    node: @escaping @Sendable (Expression, Subject) -> [Expression] = { _, _ in [] },
    whole: @escaping @Sendable (ElementFormula, Subject) -> [Expression] = { _, _ in [] },
    samples: @escaping @Sendable (Subject) -> [[Int]] = { _ in [] }, reach: Reach = .everywhere
  ) {
    (self.name, self.meaning, edits, wholes) = (name, meaning, node, whole)
    (self.samples, self.reach) = (samples, reach)
  }

  /// The most samples of a batch that are looked at one by one.
  private static let mostSamples = 64

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
    Mistake("transposed", "the indices of the weight are the wrong way round") { node, subject in
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
      "mean-or-sum", "it is divided by the number of samples once more, or once less",
      whole: { formula, subject in
        let samples = Double(subject.state.batch.count)
        return samples > 1
          ? [1 / samples, samples, 1 / (samples * samples)].map { formula.expression.times($0) } : []
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

extension Expression {
  /// `w2[k,j]` as the quantity and its indices; nil of anything else.
  var element: (quantity: Quantity, indices: [Expression])? {
    guard case .element(let base, let indices) = kind, case .name(let name, version: nil) = base.kind,
      let quantity = Quantity.named(name)
    else { return nil }
    return (quantity, indices)
  }

  fileprivate static func element(_ quantity: Quantity, _ indices: [Expression]) -> Expression {
    Expression(.element(.name(quantity.name), indices))
  }

  /// A formula times a number.
  fileprivate func times(_ factor: Double) -> Expression { Expression(.binary(.times, .number(factor), self)) }

  /// Whether it is f′ at something.
  fileprivate var isSlope: Bool { if case .call(_, true, _) = kind { true } else { false } }

  /// The quantities of one kind in place of another's of the same layer.
  fileprivate func reading(_ kind: Quantity.Kind, for other: Quantity.Kind) -> Expression {
    guard let (quantity, indices) = element, quantity.kind == other else {
      return mapChildren { $0.reading(kind, for: other) }
    }
    return .element(Quantity(kind, quantity.layer), indices)
  }

  /// The quantities of another layer in place of one's.
  fileprivate func inLayer(_ other: Int, for layer: Int) -> Expression {
    guard let (quantity, indices) = element, quantity.layer == layer else {
      return mapChildren { $0.inLayer(other, for: layer) }
    }
    return .element(Quantity(quantity.kind, other), indices)
  }

  /// The letters that stand as indices in it, but for one.
  fileprivate func letters(besides letter: String) -> [String] {
    var found: [String] = []
    func look(_ expression: Expression) {
      if let (_, indices) = expression.element {
        for case .name(let name, version: nil) in indices.map(\.kind) where name != letter && !found.contains(name) {
          found.append(name)
        }
      }
      expression.children.forEach(look)
    }
    look(self)
    return found
  }

  /// Whether a quantity of a kind is read in it.
  fileprivate func names(of kind: Quantity.Kind) -> Bool {
    element?.0.kind == kind || children.contains { $0.names(of: kind) }
  }
}
