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

  /// The places of a layer, counted from 1, in a block.
  init(_ number: Int, of network: Network, _ plan: WorkspacePlan, samples: Int, in block: UnsafeMutablePointer<Double>)
  {
    let layer = network.layers[number - 1]
    units = layer.units
    inputs = network.units(number - 1)
    biases = layer.biasCount
    activation = layer.activation
    freezesWeights = layer.freezesWeights
    freezesBiases = layer.freezesBiases
    func place(_ kind: Quantity.Kind) -> UnsafeMutablePointer<Double> {
      block + (plan.place(of: Quantity(kind, number), samples: samples) ?? 0)
    }
    (w, b) = (place(.w), place(.b))
    (net, a, da, delta) = (place(.net), place(.a), place(.da), place(.delta))
    (dw, db, uw, ub) = (place(.dw), place(.db), place(.uw), place(.ub))
    slope = block + plan.slopes(ofLayer: number, samples: samples)
    (wMemory, bMemory) = (plan.weightMemory.map(place), plan.biasMemory.map(place))
    wSlots = UpdateSpan.slots(plan.slots, kept: wMemory, otherwise: uw)
    bSlots = UpdateSpan.slots(plan.slots, kept: bMemory, otherwise: ub)
  }

  func deallocate() {
    wSlots.deallocate()
    bSlots.deallocate()
  }
}
