import Engine

/// A line of a derivation that is written for somebody: what the quantity equals by it, and the rule that gives it from the
/// line before.
package struct WrittenLine: Equatable, Sendable {
  /// What stands behind the equals sign.
  package let expression: Expression
  /// The rule: `chain rule: the loss depends on a1 through every net2`.
  package let rule: Text
  /// Under what it holds, from here on: `with y = y / sum(y)`; empty where nothing is taken for granted.
  package var clause = ""
}

/// The derivation of a quantity, from its definition as a derivative of the loss to its closed form: every line in the
/// session's own language, with the rule that gives it. What rules, layers and biases stand in it comes from their rows.
package struct DerivationInLines {
  /// What is derived: `delta1[j]`.
  package let subject: Expression
  /// The lines, from the definition on.
  package private(set) var lines: [WrittenLine] = []

  let quantity: Quantity
  let network: Network
  let place: EquationPlace
  /// Whether it stands for all samples of a batch, by their mean or sum.
  private let overBatch: Fold?

  /// The derivation of a quantity that is computed; nil of what no operation computes.
  /// - Parameters:
  ///   - indices: those of the element, as many as it has; none are the page's letters.
  ///   - overBatch: how the samples of a batch come together in what belongs to none of them; nil for a batch of one.
  ///   - version: that of the parameter before its update, by which what the optimizer remembered then is read.
  ///   - name: how a quantity is written.
  package init?(
    of quantity: Quantity, at indices: [Expression] = [], in network: Network, overBatch: Fold? = nil,
    version: Int? = nil, name: @escaping (Quantity) -> Expression = { .name($0.name) }
  ) {
    let isChange = [.uw, .ub].contains(quantity.kind) || quantity.kind.memory != nil
    guard isChange || Operation.equation(of: quantity, in: network) != nil else { return nil }
    let layer = Equation.layer(of: quantity, in: network)
    let free = EquationPlace(of: quantity, in: network, at: [])
    let count = quantity.kind.extent.indexCount(in: network, layer: layer)
    let own =
      indices.isEmpty
      ? quantity.kind.extent.letters.prefix(count).map { Expression.name(free.pageLetter($0)) } : indices
    self.quantity = quantity
    self.network = network
    self.overBatch = quantity.kind.isOfSample ? nil : overBatch
    place = EquationPlace(of: quantity, in: network, at: own, name: name)
    before = DerivationInLines.memory(before: version, of: quantity, at: own, in: network)
    subject = own.isEmpty ? name(quantity) : Expression(.element(name(quantity), own))
    write()
  }

  /// What the optimizer remembered before the update, by the names that it has in `changes`.
  private let before: [String: Expression]

  static func nameBefore(_ memory: String) -> String { "before_\(memory)" }

  private static func memory(
    before version: Int?, of quantity: Quantity, at indices: [Expression], in network: Network
  ) -> [String: Expression] {
    guard let version, let parameter = quantity.kind.parameter else { return [:] }
    let optimizer = network.optimizer.of(parameter)
    return Dictionary(
      optimizer.memory.compactMap { name in
        Quantity.Kind.memory(name, of: parameter).map { kind in
          (nameBefore(name), Expression.name(Quantity(kind, quantity.layer).name, version: version, at: indices))
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The layer that the equations' layer 1 is.
  var layer: Int { place.layer }
  /// Whether that is the last one.
  var isOutput: Bool { layer == network.layers.count }

  /// Puts a line behind the others, unless it says the same as the last one.
  mutating func add(_ text: String, _ parts: [String: Equation.Part] = [:], _ rule: Text) {
    append(overSamples(place.expression(Equation(text, parts))), rule)
  }

  /// What stands for one sample taken over all of the batch, where it has to be.
  func overSamples(_ expression: Expression) -> Expression {
    overBatch.map { Expression(.fold($0, index: Fold.overBatch, bounds: nil, expression)) } ?? expression
  }

  /// Puts a line behind the others as it is, unless it says the same as the last one.
  mutating func append(_ expression: Expression, _ rule: Text, under clause: String = "") {
    guard expression != lines.last?.expression, expression != subject else { return }
    lines.append(WrittenLine(expression: expression, rule: rule, clause: clause))
  }

  /// Puts a line that stands for the batch as it is, before the samples are told apart.
  mutating func addOfBatch(_ text: String, _ rule: Text) {
    append(place.expression(Equation(text)).replacing(before), rule)
  }

  /// Whether its samples are told apart, so that no line before that holds of one of them.
  var isOverBatch: Bool { overBatch != nil }

  private mutating func write() {
    switch quantity.kind {
    case .da: writeGradientOfActivation()
    case .delta: writeDelta()
    case .dw: writeGradientOfWeight()
    case .db: writeGradientOfBias()
    case .dx: writeGradientOfInput()
    case .jacobian: writeJacobian()
    case .w, .b: writeUpdate()
    case .uw, .ub: writeChange()
    case let kind where kind.memory != nil: writeChange()
    default: writeFormula()
    }
  }
}
