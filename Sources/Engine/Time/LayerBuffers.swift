/// Where one layer's numbers lie while an iteration is worked. What belongs to a sample is kept sample after sample.
struct LayerBuffers {
  let units: Int
  let inputs: Int
  let biases: Int
  let activation: ActivationChoice
  let freezesWeights: Bool
  let freezesBiases: Bool

  let w, b: UnsafeMutablePointer<Double>
  let net, a, da, delta: UnsafeMutablePointer<Double>
  let dw, db, uw, ub: UnsafeMutablePointer<Double>
  /// f′ of each unit, which is J where that is diagonal.
  let slope: UnsafeMutablePointer<Double>
  /// The optimizer's memory as its choice of settings keeps it, and in the slots that its rule reads.
  let wMemory, bMemory: [UnsafeMutablePointer<Double>]
  let wSlots, bSlots: UnsafeMutablePointer<UnsafeMutablePointer<Double>>
  var wUpdates = 0
  var bUpdates = 0
  var wVersion = 0
  var bVersion = 0

  /// The places of a layer in a block.
  init(_ plan: LayerPlan, slots: [Int?], samples: Int, in block: UnsafeMutablePointer<Double>) {
    let layer = plan.layer
    (units, inputs, biases, activation) = (layer.units, plan.inputs, layer.biasCount, layer.activation)
    (freezesWeights, freezesBiases) = (layer.freezesWeights, layer.freezesBiases)
    func start(_ place: NumbersPlace) -> UnsafeMutablePointer<Double> { block + place.start(samples: samples) }
    (w, b) = (start(plan.w), start(plan.b))
    (net, a, da, delta) = (start(plan.net), start(plan.a), start(plan.da), start(plan.delta))
    (dw, db, uw, ub) = (start(plan.dw), start(plan.db), start(plan.uw), start(plan.ub))
    slope = start(plan.slope)
    (wMemory, bMemory) = (plan.wMemory.map(start), plan.bMemory.map(start))
    wSlots = UpdateSpan.slots(slots, kept: wMemory, otherwise: uw)
    bSlots = UpdateSpan.slots(slots, kept: bMemory, otherwise: ub)
  }

  func deallocate() {
    UpdateSpan.deallocate(wSlots)
    UpdateSpan.deallocate(bSlots)
  }
}
