import Engine
import Notation

/// A case worked out with one choice of what the file does not say, and how the file's numbers stand beside it.
struct CaseTrial {
  let reading: CaseReading
  let forward: CaseForward
  let loss: LossChoice
  let reduction: Reduction
  /// The line of time, at the end of the backward pass.
  let timeline: Timeline
  /// What the file has, in the order of computation.
  let judged: [ForeignNumbers]
  /// The places in that order of what is wrong.
  let wrong: [Int]

  /// Works it out. Throws where the network is too large.
  init(
    _ reading: CaseReading, _ forward: CaseForward, loss: LossChoice, reduction: Reduction
  ) throws(NotComputed) {
    (self.reading, self.forward, self.loss, self.reduction) = (reading, forward, loss, reduction)
    var timeline = Timeline(Experiment())
    timeline.change { experiment, parameters in
      experiment = reading.experiment(forward.activations, loss, reduction)
      parameters = reading.parameters
    }
    timeline.move(to: timeline.endOfNext(.backward))
    let state = timeline.state
    let given = reading.computed.sorted { state.program.computes($0.quantity, before: $1.quantity) }
    var judged: [ForeignNumbers] = []
    for numbers in given { judged.append(try ForeignNumbers(ofBatch: numbers, at: state)) }
    judged = ForeignNumbers.consistent(judged, at: state)
    (self.timeline, self.judged) = (timeline, judged)
    wrong = judged.indices.filter { !judged[$0].isRight }
  }

  /// How many are right in another form only.
  private var conventions: Int { judged.count { $0.convention != nil } }

  /// Whether a gradient that the file has is right.
  var hasRightGradient: Bool { judged.contains { $0.quantity.kind.gradientOf != nil && $0.isRight } }

  /// Whether it stands better: what departs departs later in the order of computation, or less is in another form.
  func isBetter(than other: CaseTrial) -> Bool {
    for (one, another) in zip(wrong, other.wrong) where one != another { return one > another }
    if wrong.count != other.wrong.count { return wrong.count < other.wrong.count }
    return conventions < other.conventions
  }

  /// Whether it is the same beside all that the file has.
  func isSame(as other: CaseTrial) -> Bool {
    judged.count == other.judged.count
      && zip(judged, other.judged).allSatisfy { $0.quantity == $1.quantity && Agreement($0.truth, $1.truth).holds }
  }
}

extension CaseReading {
  /// The network and the samples of the case, taken all at once.
  func experiment(_ activations: [ActivationChoice], _ loss: LossChoice, _ reduction: Reduction) -> Experiment {
    var network = Network()
    network.inputs = inputs.columns
    for (layer, activation) in activations.enumerated() {
      let units = weights[layer].rows
      let bias: Layer.Bias = biases[layer].isEmpty ? .none : biases[layer].count == units ? .own : .shared
      network.layers.append(Layer(units: units, activation: activation, bias: bias))
    }
    network.loss = loss
    var data = Dataset()
    for sample in 0..<sampleCount { data.append(input: inputs.row(sample), target: targets.row(sample)) }
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = nil
    experiment.reduction = reduction
    return experiment
  }

  /// The weights and biases as the file has them.
  var parameters: [LayerParameters] {
    zip(weights, biases).map { weights, biases in
      var layer = LayerParameters(weights: weights, biases: biases.count)
      layer.b = Parameter(biases)
      return layer
    }
  }

  /// The loss of the samples with these outputs, a sample a row.
  func loss(_ loss: LossChoice, _ reduction: Reduction, of outputs: Matrix) -> Double {
    let total = (0..<sampleCount).reduce(0.0) {
      $0 + loss.value(y: Array(targets.row($1)), a: Array(outputs.row($1)))
    }
    return reduction == .mean ? total / Double(sampleCount) : total
  }
}

extension Matrix {
  /// The numbers of a row, counted from 0.
  fileprivate func row(_ row: Int) -> ArraySlice<Double> { elements[row * columns..<(row + 1) * columns] }
}
