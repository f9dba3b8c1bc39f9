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
  let layer: Layer
  let inputs: Int
  let w, b, net, a, da, delta, dw, db, uw, ub: NumbersPlace
  /// f′ of each unit, which is J where that is diagonal.
  let slope: NumbersPlace
  /// The optimizer's memory, as its choice of settings keeps it, and behind it what mistakes have kept.
  let wMemory, bMemory: [NumbersPlace]

  /// Those of a layer with so many inputs, by the place of each kind; the memory goes by the names that are kept.
  init(
    _ layer: Layer, inputs: Int, slope: NumbersPlace, memory: [String], place: (Quantity.Kind) -> NumbersPlace
  ) {
    (self.layer, self.inputs, self.slope) = (layer, inputs, slope)
    (w, b, net, a) = (place(.w), place(.b), place(.net), place(.a))
    (da, delta, dw, db, uw, ub) = (place(.da), place(.delta), place(.dw), place(.db), place(.uw), place(.ub))
    wMemory = memory.compactMap { Quantity.Kind.memory($0, of: .w) }.map(place)
    bMemory = memory.compactMap { Quantity.Kind.memory($0, of: .b) }.map(place)
  }
}
