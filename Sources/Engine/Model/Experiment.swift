/// In which order the samples come.
package enum SampleOrder: Equatable, Sendable {
  /// As they stand.
  case sequential
  /// Each epoch in a new order, drawn from the seed and the epoch's number.
  case shuffle(seed: Int)
}

/// How a batch's losses and gradients become one.
package enum Reduction: String, CaseIterable, Sendable {
  /// The mean over the samples.
  case mean
  /// The sum over the samples.
  case sum
}

/// All that decides what training does, besides the numbers that it changes: the network, the data and how the data is
/// taken.
package struct Experiment: Equatable, Sendable {
  /// The network.
  @Shared package var network: Network
  /// The samples.
  @Shared package var data: Dataset
  /// The samples of a batch; nil is all of them.
  package var batchSize: Int?
  /// In which order the samples come.
  package var order: SampleOrder
  /// Whether a batch's losses and gradients are averaged or added.
  package var reduction: Reduction
  /// From what new weights are drawn.
  package var initialiser: InitialiserChoice
  /// The seed that they are drawn with.
  package var seed: Int

  /// An empty network, no data and the defaults: batch 1, sequential, mean, xavier with seed 1.
  package init(network: Network = Network(), data: Dataset = Dataset()) {
    self.network = network
    self.data = data
    batchSize = 1
    order = .sequential
    reduction = .mean
    initialiser = InitialiserChoice(Initialiser.all[0])
    seed = 1
  }

  /// Writes targets that name classes as the network takes them.
  package mutating func writeTargets() {
    // To change the samples would part them from those of other copies.
    if data.encodingMissing(for: network.outputs) != nil { data.writeTargets(for: network.outputs) }
  }

  /// The samples of a full batch.
  package var samplesPerBatch: Int { min(batchSize ?? data.count, data.count) }

  /// The iterations of an epoch; the last of them may have fewer samples.
  package var batchesPerEpoch: Int {
    samplesPerBatch == 0 ? 0 : (data.count + samplesPerBatch - 1) / samplesPerBatch
  }

  /// Why no step can be taken, or nil where one can.
  package var obstacle: Text? {
    if network.inputs == 0 { return "there is no network yet; begin with: input 2" }
    if network.layers.isEmpty { return "the network has no layer yet; add one: dense 2 sigmoid" }
    if data.isEmpty {
      return "there is no sample yet; add one: sample \(example(network.inputs)) -> \(example(network.outputs))"
    }
    if data.inputCount != network.inputs {
      return "the samples have \(counted(data.inputCount, "input")), the network takes \(network.inputs)"
    }
    if data.targetCount != network.outputs {
      return
        "the samples have \(counted(data.targetCount, "target")), the network has \(counted(network.outputs, "output"))"
    }
    return nil
  }

  private func example(_ count: Int) -> String {
    count > 4 ? "X1 … X\(count)" : Array(repeating: "0.5", count: count).joined(separator: " ")
  }

  /// The parameters of a layer as they begin: drawn weights, biases of 0. Layers count from 1.
  package func initialParameters(layer: Int) -> LayerParameters {
    let units = network.layers[layer - 1].units
    let weights = initialiser.weights(units: units, inputs: network.units(layer - 1), seed: seed, layer: layer)
    return LayerParameters(weights: weights, biases: network.layers[layer - 1].biasCount)
  }

  /// The parameters of all layers as they begin.
  package var initialParameters: [LayerParameters] { network.layers.indices.map { initialParameters(layer: $0 + 1) } }
}
