// deltal = fl′(netl) ⊙ (w(l+1)ᵀ · delta(l+1)),  dwl = deltal · a(l−1)ᵀ,  dbl = deltal
extension Operation {
  static let backward = [
    Row(.da, in: .backward, where: { $1 == $0.layers.count }, outputGradient, by: OutputGradient.self),
    Row(
      .da, in: .backward, where: { $1 < $0.layers.count }, "sum(l, delta2[l] * w2[l,k])",
      summed: .inSequence, by: HiddenGradient.self),
    Row(.jacobian, in: .backward, where: isElementwise, "(i == k) * f1'(net1[k])", by: Slopes.self),
    Row(.jacobian, in: .backward, where: { !isElementwise($0, $1) }, jacobian, by: FullJacobian.self),
    Row(.delta, in: .backward, where: hasClosedForm, closedDelta, by: ClosedDelta.self),
    Row(
      .delta, in: .backward, where: { !hasClosedForm($0, $1) && isElementwise($0, $1) }, plainDelta,
      by: ElementwiseDelta.self),
    Row(
      .delta, in: .backward, where: { !hasClosedForm($0, $1) && !isElementwise($0, $1) }, plainDelta,
      by: WholeDelta.self),
    Row(.dw, in: .backward, "delta1[k] * a0[j]", summed: .inSequence, by: WeightGradient.self),
    Row(.db, in: .backward, where: { $0.layers[$1 - 1].bias == .own }, "delta1[k]", by: BiasGradient.self),
    Row(
      .db, in: .backward, where: { $0.layers[$1 - 1].bias == .shared }, "sum(k, delta1[k])",
      by: SharedBiasGradient.self),
    Row(
      .dx, in: .backward, where: { $1 == 1 }, "sum(k, delta1[k] * w1[k,j])", summed: .inSequence, by: InputGradient.self
    ),
  ]

  /// Whether a layer's δ comes in one piece with the loss.
  @Sendable private static func hasClosedForm(_ network: Network, _ layer: Int) -> Bool {
    layer == network.layers.count && network.closedForm != nil
  }

  /// ∂L/∂a of an output, as the loss's row has it.
  @Sendable private static func outputGradient(_ network: Network, _: Int) -> Equation {
    let rule = network.loss.rule
    return Equation(
      "slope / divisor",
      ["slope": network.part(rule.derivativeFormula, at: "k"), "divisor": network.part(rule.divisorFormula)])
  }

  /// J of a layer that works as a whole, as its activation's row has it.
  @Sendable private static func jacobian(_ network: Network, _ layer: Int) -> Equation {
    let rule = network.layers[layer - 1].activation.rule
    return Equation("slope", ["slope": network.part(rule.derivativeFormula, ofLayer: layer)])
  }

  /// δ = ∂L/∂net by way of ∂L/∂a.
  @Sendable private static func plainDelta(_ network: Network, _ layer: Int) -> Equation {
    Equation(
      isElementwise(network, layer) ? "da1[k] * f1'(net1[k])" : "sum(i, da1[i] * J1[i,k])", summed: .inSequence
    ).called("long")
  }

  /// δ of an output in one piece with the loss, and the ways that lead to the same.
  @Sendable private static func closedDelta(_ network: Network, _ layer: Int) -> Equation {
    guard let closed = network.closedForm else { return plainDelta(network, layer) }
    let split = closed.collectedFormulas.first.map {
      Equation("whole", ["whole": network.part($0.formula)]).called("split")
    }
    return Equation("whole", ["whole": network.part(closed.deltaFormula, at: "k")]).called("short")
      .beside([plainDelta(network, layer)] + (split.map { [$0] } ?? []))
      .withTargetsSummingTo1(closed.sharedFormula.map { ["whole": network.part($0, at: "k")] } ?? [:])
  }
}

/// ∂L/∂a of the outputs, from the loss.
private enum OutputGradient: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    let (y, a, da, settings) = (workspace.y, layer.pointee.a, layer.pointee.da, workspace.lossRule.values)
    let divisor = workspace.lossRule.rule.divisor(Double(layer.pointee.units))
    workspace.eachRun(of: units, of: layer.pointee.units) { at, count in
      workspace.lossRule.rule.slopes(y + at, a + at, da + at, count, settings)
      for unit in at..<at + count { da[unit] /= divisor }
    }
  }
}

/// ∂L/∂a of a layer before the last: w(l+1)ᵀ · delta(l+1).
private enum HiddenGradient: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    workspace.pullBack(from: index + 1, into: workspace.layers[index].da, units)
  }
}

/// ∂L/∂x = w1ᵀ · delta1
private enum InputGradient: Computation {
  static func compute(_ workspace: Workspace, _: Int, _ units: Range<Int>) {
    workspace.pullBack(from: 0, into: workspace.dx, units)
  }
}

extension Workspace {
  /// wᵀ · delta of layer `index`, for some of the units before it. The sum over k runs from the first unit to the last.
  fileprivate func pullBack(from index: Int, into result: UnsafeMutablePointer<Double>, _ units: Range<Int>) {
    let next = layers + index
    let (w, outputs, width) = (next.pointee.w, next.pointee.units, next.pointee.inputs)
    ProductsInSequence(
      left: LeftFactors(next.pointee.delta, row: outputs, term: 1), terms: outputs, right: w, result: result,
      width: width
    ).take(atWork, units)
  }
}

/// J where it is diagonal: f′(net).
private enum Slopes: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    guard let slopes = layer.pointee.activation.rule.slopes else { return }
    let (net, a, slope, settings) = (
      layer.pointee.net, layer.pointee.a, layer.pointee.slope, layer.pointee.activation.values
    )
    workspace.eachRun(of: units, of: layer.pointee.units) { at, count in
      slopes(net + at, a + at, slope + at, count, settings)
    }
  }
}

/// J where it is full: it is read off net and a where it is needed.
private enum FullJacobian: Computation {
  static func compute(_: Workspace, _: Int, _: Range<Int>) {}
}

/// δ = ∂L/∂net of the outputs, in one piece with the loss.
private enum ClosedDelta: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    guard let closedForm = workspace.closedForm else { return }
    let layer = workspace.layers + index
    let width = layer.pointee.units
    let divisor = workspace.lossRule.rule.divisor(Double(width))
    for sample in workspace.atWork {
      let at = sample * width
      closedForm.deltas(layer.pointee.a + at, workspace.y + at, layer.pointee.delta + at, units, width, divisor)
    }
  }
}

/// δ = f′(net) ⊙ ∂L/∂a, where each activation depends on its own net only.
private enum ElementwiseDelta: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    let (slope, da, delta) = (layer.pointee.slope, layer.pointee.da, layer.pointee.delta)
    workspace.eachRun(of: units, of: layer.pointee.units) { at, count in
      for unit in at..<at + count { delta[unit] = slope[unit] * da[unit] }
    }
  }
}

/// δ = Jᵀ · ∂L/∂a, where the activations depend on the whole layer.
private enum WholeDelta: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    guard let pullBack = layer.pointee.activation.rule.pullBack else { return }
    let (width, settings) = (layer.pointee.units, layer.pointee.activation.values)
    for sample in workspace.atWork {
      let at = sample * width
      pullBack(
        layer.pointee.net + at, layer.pointee.a + at, layer.pointee.da + at, layer.pointee.delta + at, units, width,
        settings)
    }
  }
}

/// dw[k,j] = δ[k]·a[j], averaged or added over the batch from its first sample to its last.
enum WeightGradient: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ rows: Range<Int>) {
    let layer = workspace.layers + index
    let (inputs, dw) = (layer.pointee.inputs, layer.pointee.dw)
    workspace.weightGradients(of: index).take(rows, 0..<inputs)
    if let divisor = workspace.meanDivisor { divisor.divide(dw + rows.lowerBound * inputs, rows.count * inputs) }
  }
}

extension Workspace {
  /// The sums over the samples at work that a layer's dw are.
  func weightGradients(of index: Int) -> ProductsInSequence {
    let layer = layers + index
    let (width, inputs, first) = (layer.pointee.units, layer.pointee.inputs, atWork.lowerBound)
    return ProductsInSequence(
      left: LeftFactors(layer.pointee.delta + first * width, row: 1, term: width), terms: atWork.count,
      right: input(of: index) + first * inputs, result: layer.pointee.dw, width: inputs, goesOn: first > 0)
  }

  /// What the sums over the samples so far are divided by: their number, once all are in and the average is wanted.
  var meanDivisor: Divisor? {
    reduction == .mean && samples > 1 && atWork.upperBound == samples ? Divisor(Double(samples)) : nil
  }
}

/// db = δ, averaged or added over the batch.
private enum BiasGradient: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _ units: Range<Int>) {
    let layer = workspace.layers + index
    let (width, db) = (layer.pointee.units, layer.pointee.db)
    for sample in workspace.atWork {
      let delta = layer.pointee.delta + sample * width
      if sample == 0 {
        for k in units { db[k] = delta[k] }
      } else {
        for k in units { db[k] += delta[k] }
      }
    }
    if let divisor = workspace.meanDivisor { divisor.divide(db + units.lowerBound, units.count) }
  }
}

/// The gradient of a bias that the whole layer has together: the sum of its δ.
private enum SharedBiasGradient: Computation {
  static func compute(_ workspace: Workspace, _ index: Int, _: Range<Int>) {
    let layer = workspace.layers + index
    let width = layer.pointee.units
    var total = workspace.atWork.lowerBound == 0 ? 0 : layer.pointee.db[0]
    for sample in workspace.atWork {
      let own = sum(layer.pointee.delta + sample * width, count: width)
      total = sample == 0 ? own : total + own
    }
    layer.pointee.db[0] = total
    if let divisor = workspace.meanDivisor { divisor.divide(layer.pointee.db, 1) }
  }
}
