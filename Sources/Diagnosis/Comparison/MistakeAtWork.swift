import Engine
import Notation

extension Mistake {
  /// The mistake of a name; nil where no row has it.
  package static func named(_ name: String) -> Mistake? { all.first { !$0.name.isEmpty && $0.name == name } }

  /// A network with the mistake in its code, beside those that are in it already.
  /// - Parameters:
  ///   - line: where the network stands; the next iteration shows whether the mistake changes anything.
  ///   - layer: the layer in which it is, from 1; nil is every layer that can have it.
  ///   - written: the network's formulas, where several mistakes are made in them.
  ///   - known: what its quantities come to there without the mistake, where several are made.
  ///   - ahead: in how many of the iterations behind the next one it may show, where the next has only zeros in a quantity,
  ///     as the gradients of weights have them behind the inputs (0, 0).
  /// - Returns: nil where no formula of the network can have it, or it changes no number.
  package func made(
    in line: Timeline, layer: Int?, of written: WrittenFormulas = WrittenFormulas(),
    beside known: RightNumbers = RightNumbers(), ahead: Int = 0
  ) -> Network? {
    var network = line.experiment.network
    if case .order = reach {
      guard !network.updatesOnTheWayBack, network.layers.count > 1, layer == nil else { return nil }
      network.alterations += readingPresentWeights(in: network)
      return network
    }
    let begun = line.atBeginningOfIteration
    var isMade = false
    for operation in line.state.program.operations
    // ∂L/∂x is there to be looked at; code that trains has no need of it.
    where operation.phase == .backward && operation.quantity.kind != .dx
      && (layer ?? operation.layer) == operation.layer
    {
      let others = network.alterations.filter { $0.quantity != operation.quantity }
      let forms = forms(of: operation.quantity, in: network, begun, written)
      guard !forms.isEmpty,
        let right = isMade
          ? begun.numbers(of: operation.quantity, in: network) : known.numbers(of: operation.quantity, in: begun)
      else { continue }
      let found = forms.first { form in
        // What the iteration before leaves is in the next one, as long as it leaves something.
        if case .gradientsBefore = reach { return right.contains { $0.elements.contains { $0 != 0 && $0.isFinite } } }
        var changed = network
        changed.alterations = others + [form]
        return begun.tells(right, from: changed, by: operation.quantity)
      }
      guard
        let found = found
          ?? firstToShow(of: forms, behind: right, of: operation.quantity, in: network, begun, ahead: ahead)
      else { continue }
      network.alterations = others + [found]
      isMade = true
    }
    return isMade ? network : nil
  }

  /// The first of the forms that shows in one of the iterations that follow, where a quantity's numbers are all zero in this.
  private func firstToShow(
    of forms: [Alteration], behind zeros: [Matrix], of quantity: Quantity, in network: Network, _ begun: Timeline,
    ahead: Int
  ) -> Alteration? {
    guard ahead > 0, zeros.allSatisfy({ $0.elements.allSatisfy { $0 == 0 } }) else { return nil }
    if case .gradientsBefore = reach { return forms.first }
    var (line, changed) = (begun, network)
    let others = network.alterations.filter { $0.quantity != quantity }
    for iteration in 1...ahead {
      line.move(to: Place(iteration: begun.place.iteration + iteration, operation: 1))
      guard let right = line.numbers(of: quantity, in: network) else { return nil }
      let found = forms.first { form in
        changed.alterations = others + [form]
        return line.tells(right, from: changed, by: quantity)
      }
      if let found { return found }
    }
    return nil
  }

  /// The forms in which it may show in what computes a quantity, in code that is looked at from outside: whichever way the
  /// numbers came about.
  func formsAnywhere(
    of quantity: Quantity, in network: Network, _ line: Timeline, _ written: WrittenFormulas = WrittenFormulas()
  ) -> [Alteration] {
    forms(of: quantity, in: network, line, written, isOrderToo: true)
  }

  /// The forms in which it may show in what computes a quantity, the likeliest first.
  private func forms(
    of quantity: Quantity, in network: Network, _ line: Timeline, _ written: WrittenFormulas, isOrderToo: Bool = false
  ) -> [Alteration] {
    let subject = Subject(quantity: quantity, state: line.state)
    let isOutput = quantity.layer == network.layers.count
    let isLoss = isOutput && quantity.kind == (network.closedForm == nil ? .da : .delta)
    let isOfParameter = quantity.kind.gradientOf?.isParameter == true
    let name = [network.alteration(of: quantity)?.name ?? "", name].filter { !$0.isEmpty }.joined(separator: ", ")
    return written.formulas(of: quantity, in: network).flatMap { right -> [Alteration] in
      func altered(_ expressions: [Expression], _ samples: Alteration.Samples = .each) -> [Alteration] {
        expressions.map {
          right.replaced(by: $0).alteration(called: name, because: "mistake: \(meaning)", samples: samples)
        }
      }
      switch reach {
      case .everywhere:
        return altered(right.expression.rewritten { edits($0, subject) } + wholes(right, subject))
      case .numbers: return []
      case .outputGradient:
        // In code that is looked at from outside, what its row says of one node may be anywhere.
        let nodes = isLoss || isOrderToo ? right.expression.rewritten { edits($0, subject) } : []
        return altered(nodes + (isLoss ? wholes(right, subject) : []))
      case .otherSample: return isLoss ? altered([right.expression], .next) : []
      case .parameterGradients(.each): return isOfParameter ? altered(wholes(right, subject)) : []
      case .parameterGradients(let samples): return isOfParameter ? altered([right.expression], samples) : []
      // In code that is looked at from outside it is told from the numbers of earlier iterations.
      case .gradientsBefore: return isOfParameter && !isOrderToo ? altered(wholes(right, subject)) : []
      case .order: return isOrderToo ? altered(right.expression.rewritten { edits($0, subject) }) : []
      }
    }
  }

  /// What comes back through the weights of a layer that has been updated reads them as they are then.
  private func readingPresentWeights(in network: Network) -> [Alteration] {
    (1..<network.layers.count).compactMap { layer in
      let quantity = Quantity(.da, layer)
      guard let equation = Operation.equation(of: quantity, in: network) else { return nil }
      return Alteration(
        of: quantity, called: name, equation.ofPresentParameters().because("mistake: \(meaning)"), computation: nil)
    }
  }
}

/// What the quantities of an iteration come to with the network as it is, each worked out once for all the mistakes that are
/// made there.
package final class RightNumbers {
  private var known: [Quantity: [Matrix]?] = [:]

  /// None yet.
  package init() {}

  /// What a quantity comes to, all calls being about one line at its iteration's beginning.
  fileprivate func numbers(of quantity: Quantity, in begun: Timeline) -> [Matrix]? {
    if let known = known[quantity] { return known }
    let numbers = begun.numbers(of: quantity, in: begun.experiment.network)
    known[quantity] = .some(numbers)
    return numbers
  }
}

extension Timeline {
  /// What a quantity comes to in this iteration with another network, of every sample where it belongs to one; nil where no
  /// operation computes it, and once a stop sign is up.
  fileprivate func numbers(of quantity: Quantity, in network: Network) -> [Matrix]? {
    let sign = StopSign.current
    if sign?.isUp == true { return nil }
    guard let state = state.retaken(by: network, until: quantity) else { return nil }
    // What was left in its middle is worth nothing.
    if sign?.isUp == true { return nil }
    return (quantity.kind.isOfSample ? Array(state.batch.indices) : [0]).map {
      (try? state.value(of: quantity, sample: $0)) ?? Matrix(.nan)
    }
  }

  /// Whether a quantity has other numbers in an iteration of another network than these, all of them finite where these are.
  fileprivate func tells(_ right: [Matrix], from other: Network, by quantity: Quantity) -> Bool {
    guard let wrong = numbers(of: quantity, in: other) else { return false }
    let isFinite = zip(right, wrong).allSatisfy { one, two in
      one.count == two.count && zip(one.elements, two.elements).allSatisfy { !$0.isFinite || $1.isFinite }
    }
    // Another form of the same is none: it differs by rounding alone.
    return isFinite && !zip(right, wrong).allSatisfy { Agreement($0, $1).holds }
  }
}

extension Timeline {
  /// Whether formulas in a network's code show in this iteration, the others being in it: without them the gradient of some
  /// weight or bias is another.
  package func shows(_ alterations: [Alteration], in network: Network) -> Bool {
    var without = network
    without.alterations.removeAll { alterations.contains($0) }
    let (wrong, right) = (gradients(by: network), gradients(by: without))
    return wrong.keys.contains { quantity in
      guard let one = wrong[quantity], let other = right[quantity] else { return true }
      return !Agreement(one, other).holds
    }
  }

  /// The gradients of all weights and biases in this iteration with another network.
  private func gradients(by network: Network) -> [Quantity: Matrix] {
    let end = state.retaken(by: network, upTo: Place(iteration: place.iteration, operation: .max))
    return end.program.operations.reduce(into: [:]) { all, operation in
      guard operation.quantity.kind.gradientOf?.isParameter == true else { return }
      all[operation.quantity] = try? end.value(of: operation.quantity)
    }
  }
}

extension Alteration {
  /// A formula of the user's own for a quantity, in the place of its operation's: over letters of its indices, or of the
  /// whole quantity where none are given. Nil where it gives no numbers, or none of that shape.
  package static func own(
    _ expression: Expression, of quantity: Quantity, over letters: [String], in line: Timeline,
    _ definitions: Definitions
  ) -> Alteration? {
    let network = line.experiment.network
    guard let right = ElementFormula.all(of: quantity, in: network, writingOut: 0).first else { return nil }
    let place = right.letters.map { Expression.name($0) }
    let expression = definitions.writtenOut(in: expression)
    // What is one number is one everywhere.
    // What names the quantity itself means what it should be: 2 * dw1.
    func withItself(_ expression: Expression) -> Expression {
      if let (read, indices) = expression.element, read == quantity {
        return right.expression.replacing(
          Dictionary(zip(right.letters, indices), uniquingKeysWith: { first, _ in first }))
      }
      if expression.wholeQuantity == quantity { return right.expression }
      return expression.mapChildren { withItself($0) }
    }
    let isOfItself = expression.mentions(quantity.name)
    let forms: [ElementFormula] =
      isOfItself
      ? [right.replaced(by: withItself(expression), over: letters.isEmpty ? nil : letters)]
      : letters.isEmpty
        ? (place.isEmpty ? [] : [right.replaced(by: Expression(.element(expression, place)))])
          + [right.replaced(by: expression)]
        : [right.replaced(by: expression, over: letters)]
    let begun = line.atBeginningOfIteration
    return forms.map { $0.alteration(called: "", because: "mistake: a formula of your own", definitions: definitions) }
      .first {
        form in
        var changed = network
        changed.alterations = network.alterations.filter { $0.quantity != quantity } + [form]
        return begun.numbers(of: quantity, in: changed)?.allSatisfy { $0.elements.allSatisfy(\.isFinite) } == true
      }
  }
}

extension Mistake {
  /// Whether it is a wrong formula that shows at once, and no wrong order.
  package var isInFormulas: Bool {
    switch reach {
    case .order, .numbers, .gradientsBefore: false
    case .everywhere, .outputGradient, .otherSample, .parameterGradients: true
    }
  }

  /// Whether it is told from numbers alone, and nothing to train with.
  package var isOfNumbersAlone: Bool { if case .numbers = reach { true } else { false } }

  /// Whether the iteration with which it begins is as it should be, and the next one is not.
  package var showsLater: Bool { if case .gradientsBefore = reach { true } else { false } }

  /// Whether it has a number or an order of its own that is read off what was given: what it makes of code is one of many then,
  /// and no reason to go through the code for.
  var isReadOffNumbers: Bool { rearranges || showsLater || name == "weight-decay" }

  /// Whether a batch of one sample cannot show it.
  package var needsSeveralSamples: Bool {
    switch reach {
    case .otherSample: true
    case .parameterGradients(let samples): samples != .each
    case .everywhere, .outputGradient, .order, .numbers, .gradientsBefore: false
    }
  }
}
