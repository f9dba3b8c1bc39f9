/// Where numbers lie in a block: behind so many that there are once for the batch, and so many for each sample.
struct NumbersPlace: Equatable, Sendable {
  var once: Int
  let perSample: Int

  /// Where they begin with so many samples.
  @inline(__always)
  func start(samples: Int) -> Int { once + perSample * samples }
}

/// How one layer's numbers lie.
struct LayerPlan: Sendable {
  let units: Int
  let inputs: Int
  let biases: Int
  let activation: ActivationChoice
  let freezesWeights: Bool
  let freezesBiases: Bool
  let w, b, net, a, da, delta, dw, db, uw, ub: NumbersPlace
  /// f′ of each unit, which is J where that is diagonal.
  let slope: NumbersPlace
  /// The optimizer's memory, as its choice of settings keeps it.
  let wMemory, bMemory: [NumbersPlace]

  init(
    _ layer: Layer, inputs: Int, w: NumbersPlace, b: NumbersPlace, net: NumbersPlace, a: NumbersPlace, da: NumbersPlace,
    delta: NumbersPlace, dw: NumbersPlace, db: NumbersPlace, uw: NumbersPlace, ub: NumbersPlace, slope: NumbersPlace,
    wMemory: [NumbersPlace], bMemory: [NumbersPlace]
  ) {
    (units, self.inputs, biases, activation) = (layer.units, inputs, layer.biasCount, layer.activation)
    (freezesWeights, freezesBiases) = (layer.freezesWeights, layer.freezesBiases)
    (self.w, self.b, self.net, self.a, self.da, self.delta) = (w, b, net, a, da, delta)
    (self.dw, self.db, self.uw, self.ub, self.slope) = (dw, db, uw, ub, slope)
    (self.wMemory, self.bMemory) = (wMemory, bMemory)
  }
}
