extension State {
  /// This iteration gone through again up to a place by code with other formulas in it. The parameters that it begins with, its
  /// samples and what was put in by hand are the same; the layers have to be.
  package func retaken(by network: Network, upTo place: Place) -> State {
    var state = begunAgain(by: network)
    state.advance(operation: min(place.operation, state.program.operations.count), unit: place.unit)
    return state
  }

  /// The same until a quantity is there; nil where nothing computes it.
  package func retaken(by network: Network, until quantity: Quantity) -> State? {
    var state = begunAgain(by: network)
    guard let producer = state.program.producer(of: quantity) else { return nil }
    state.advance(operation: producer + 1, unit: 0)
    return state
  }

  private func begunAgain(by network: Network) -> State {
    var state = self
    state.$program = Program.of(network, after: experiment.network, $program)
    state.experiment.network = network
    state.begin(forward, iteration: place.iteration, stepsBefore: stepsBefore, arrivedBy: arrivedBy)
    state.injections = injections
    return state
  }
}
