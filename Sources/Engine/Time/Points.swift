extension State {
  /// The present weights at points of the inputs in the samples' place: a state whose batch they are, the forward pass
  /// done. Every point is `network.inputs` numbers, as the network sees them. Points have no targets, so what needs them is
  /// not computed. Nil where there is no network or no point.
  package func forward(at points: [Double]) -> State? {
    let network = experiment.network
    guard network.isComplete, points.count >= network.inputs else { return nil }
    var plain = experiment
    // The passes back and the optimizer have nothing to do here, and its memory need not be had.
    plain.network.optimizer = OptimizerChoice(Optimizer.all[0])
    plain.data = Dataset(inputCount: network.inputs, targetCount: network.outputs)
    plain.batchSize = nil
    plain.order = .sequential
    let target = Array(repeating: 0.0, count: network.outputs)
    for first in stride(from: 0, through: points.count - network.inputs, by: network.inputs) {
      plain.data.append(input: points[first..<first + network.inputs], target: target)
    }
    let schedule = Schedule(plain, origin: 0, epochsBefore: 0)
    var state = State(plain, parameters, iteration: 0, stepsBefore: 0, schedule: schedule)
    state.advance(operation: state.program.operations.prefix { $0.phase == .forward }.count, unit: 0)
    return state
  }
}
