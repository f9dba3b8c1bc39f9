// netl = wl · a(l−1) + bl,  al = fl(netl)
extension Operation {
  static let forward = [
    Row(
      .net, in: .forward, where: { $0.layers[$1 - 1].bias == .own }, "sum(j, w1[k,j] * a0[j]) + b1[k]",
      summed: .inLanes, by: NetWithBiases.self),
    Row(
      .net, in: .forward, where: { $0.layers[$1 - 1].bias == .shared }, "sum(j, w1[k,j] * a0[j]) + b1",
      summed: .inLanes, by: NetWithSharedBias.self),
    Row(
      .net, in: .forward, where: { $0.layers[$1 - 1].bias == .none }, "sum(j, w1[k,j] * a0[j])", summed: .inLanes,
      by: NetWithoutBias.self),
    Row(.a, in: .forward, where: isElementwise, "f1(net1[k])", by: Activations.self),
    Row(.a, in: .forward, where: { !isElementwise($0, $1) }, wholeActivation, by: WholeActivations.self),
    Row(.loss, in: .loss, where: { network, _ in network.closedForm == nil }, plainLoss, by: PlainLoss.self),
    Row(.loss, in: .loss, where: { network, _ in network.closedForm != nil }, closedLoss, by: ClosedLoss.self),
  ]

  /// Whether each activation of a layer depends on its own net only.
  @Sendable static func isElementwise(_ network: Network, _ layer: Int) -> Bool {
    !network.layers[layer - 1].hasFullJacobian
  }

  /// a = f(net) of a layer that works as a whole, as its activation's row has it.
  @Sendable private static func wholeActivation(_ network: Network, _ layer: Int) -> Equation {
    let rule = network.layers[layer - 1].activation.rule
    guard let computed = rule.computedFormula else {
      return Equation("value", ["value": network.part(rule.formula, ofLayer: layer, at: "k")])
    }
    return Equation("value", ["value": network.part(computed, ofLayer: layer, at: "k")])
      .written(
        "value", ["value": network.part(rule.formula, ofLayer: layer, at: "k")],
        because: "computed with the largest net taken off each, so that nothing overflows")
  }

  /// L of one sample: the outputs' terms, divided as the loss wants it.
  @Sendable private static func plainLoss(_ network: Network, _: Int) -> Equation {
    let rule = network.loss.rule
    let computed = Equation(
      "sum(k, term) / divisor",
      ["term": network.part(rule.termFormula, at: "k"), "divisor": network.part(rule.divisorFormula)])
    // A page has the minus of all terms before the sum.
    return rule.formula.hasPrefix("-") ? computed.written("whole", ["whole": network.part(rule.formula)]) : computed
  }

  /// The loss from net, where there is a closed form, beside the loss as its page has it.
  @Sendable private static func closedLoss(_ network: Network, _ layer: Int) -> Equation {
    guard let closed = network.closedForm else { return plainLoss(network, layer) }
    let page = Equation("whole", ["whole": network.part(network.loss.rule.formula)]).called(Equation.onThePage)
    let computed = Equation("whole", ["whole": network.part(closed.computedLossFormula)]).called("stable")
    guard let formula = closed.lossFormula else {
      return computed.beside([page]).because("stable: from net, so that a probability near 0 or 1 loses nothing")
    }
    return computed.beside([page]).written(
      "whole", ["whole": network.part(formula)],
      because: "stable: from net, the largest taken off each, so that a probability near 0 or 1 loses nothing")
  }
}

/// net[k] = Σ_j w[k,j]·a[j] + b[k]
private enum NetWithBiases: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    workspace.computeNet(index, units) { net, b in for k in units { net[k] += b[k] } }
  }
}

/// net[k] = Σ_j w[k,j]·a[j] + b
private enum NetWithSharedBias: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    workspace.computeNet(index, units) { net, b in for k in units { net[k] += b[0] } }
  }
}

/// net[k] = Σ_j w[k,j]·a[j]
private enum NetWithoutBias: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    workspace.computeNet(index, units) { _, _ in }
  }
}

extension Workspace {
  /// Σ_j w[k,j]·a[j] of the given units, and what is added to it.
  @inline(__always)
  fileprivate func computeNet(
    _ index: Int, _ units: Range<Int>,
    adding: (_ net: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>) -> Void
  ) {
    let layer = layers + index
    let (width, inputs) = (layer.pointee.units, layer.pointee.inputs)
    let (w, b, net) = (layer.pointee.w, layer.pointee.b, layer.pointee.net)
    let input = self.input(of: index)
    let first = atWork.lowerBound
    productsInLanes(
      w, units, input + first * inputs, samples: atWork.count, count: inputs, to: net + first * width, width: width)
    for sample in atWork { adding(net + sample * width, b) }
  }
}

/// a[k] = f(net[k])
private enum Activations: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    let (net, a, settings) = (layer.pointee.net, layer.pointee.a, layer.pointee.activation.values)
    workspace.eachRun(of: units, of: layer.pointee.units) { at, count in
      layer.pointee.activation.rule.values(net + at, a + at, count, settings)
    }
  }
}

/// a = f(net), computed as a whole; the units asked for are kept.
private enum WholeActivations: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _: Range<Int>) {
    let layer = workspace.layers + index
    let (net, a, settings) = (layer.pointee.net, layer.pointee.a, layer.pointee.activation.values)
    let width = layer.pointee.units
    for sample in workspace.atWork {
      let at = sample * width
      layer.pointee.activation.rule.values(net + at, a + at, width, settings)
    }
  }
}

/// Each sample's loss from its outputs, and their mean or sum.
private enum PlainLoss: Computation {
  static func compute(_ workspace: Workspace, _: Int, _: Range<Int>) {
    let last = workspace.layers + (workspace.layerCount - 1)
    let (a, y, count, settings) = (
      last.pointee.a, workspace.y, last.pointee.units, workspace.lossRule.values
    )
    for sample in workspace.atWork {
      workspace.losses[sample] = workspace.lossRule.rule.sum(
        y + sample * count, a + sample * count, count, settings)
    }
    workspace.reduceLosses()
  }
}

/// The loss from net, where there is a closed form.
private enum ClosedLoss: Computation {
  static func compute(_ workspace: Workspace, _: Int, _: Range<Int>) {
    guard let closedForm = workspace.closedForm else { return }
    let last = workspace.layers + (workspace.layerCount - 1)
    let (net, y, count) = (last.pointee.net, workspace.y, last.pointee.units)
    for sample in workspace.atWork {
      workspace.losses[sample] = closedForm.sum(net + sample * count, y + sample * count, count)
    }
    workspace.reduceLosses()
  }
}

extension Workspace {
  /// Divides each sample's sum as the loss wants it, and makes the batch's of them.
  fileprivate func reduceLosses() {
    let divisor = lossRule.rule.divisor(Double(layers[layerCount - 1].units))
    for sample in atWork { losses[sample] /= divisor }
    guard atWork.upperBound == samples else { return }
    let total = 0 + sum(losses, count: samples)
    loss = reduction == .mean ? total / Double(samples) : total
  }
}
