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
    let whole = points.count / network.inputs * network.inputs
    return iteration(of: plain, over: Dataset(of: network, inputs: points[..<whole]), through: .forward)
  }
}
