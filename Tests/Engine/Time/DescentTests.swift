import Testing

@testable import Engine

/// Training where nobody looks leaves the weights that stepping from operation to operation leaves, to the bit, whatever the
/// sizes are: they are no multiples of what is taken at once.
struct DescentTests {
  @Test(arguments: 0..<24)
  func runningLeavesTheBitsOfStepping(seed: Int) {
    var generator = Generator(seed: seed, stream: 5)
    var network = Network()
    network.inputs = generator.int(1..<70)
    let names = ["sigmoid", "tanh", "relu", "linear", "softplus"]
    for layer in 1...generator.int(2..<4) {
      var row = Layer(
        units: generator.int(1..<45), activation: ActivationChoice(.named(generator.pick(names)) ?? .usual),
        bias: generator.pick(Layer.Bias.allCases))
      row.freezesWeights = layer == 1 && generator.chance(0.2)
      network.layers.append(row)
    }
    _ = network.optimizer.set("rate", to: 0.01)
    if generator.chance(0.3) { _ = network.optimizer.set("momentum", to: 0.5) }
    var experiment = Experiment(network: network, data: .random(network, samples: 11, &generator))
    experiment.batchSize = generator.pick([1, 1, 2, 5, nil])
    experiment.reduction = generator.pick(Reduction.allCases)
    experiment.order = .shuffle(seed: seed)
    experiment.seed = seed

    var (run, stepped) = (Timeline(experiment), Timeline(experiment))
    let goal = run.place(9, on: .iteration)
    run.move(to: goal)
    while stepped.place < goal { stepped.move(to: stepped.place(1, on: .unit)) }
    for (one, other) in zip(run.state.parameters, stepped.state.parameters) {
      for (a, b) in zip(one.w.values + one.b.values, other.w.values + other.b.values) {
        #expect(a.bitPattern == b.bitPattern && a.isFinite, "seed \(seed)")
      }
      #expect(one.w.version == other.w.version && one.w.updates == other.w.updates)
    }
  }
}
