import Engine
import Testing

/// A network that NumPy trained: tanh, silu with a shared bias, softmax under cross-entropy with targets that do not sum to
/// one, batches of two with a last one of one, sgd with Nesterov momentum and weight decay.
struct FixtureTests {
  private func line() throws -> Timeline {
    var network = Network()
    network.inputs = 3
    network.layers = [
      Layer(units: 4, activation: try .named("tanh")), Layer(units: 3, activation: try .named("silu"), bias: .shared),
      Layer(units: 2, activation: try .named("softmax")),
    ]
    network.loss = try .named("cross-entropy")
    network.optimizer = try .named("sgd", ["rate": 0.1, "momentum": 0.9, "nesterov": 1, "weight-decay": 0.01])
    var experiment = Experiment(network: network)
    for (x, y) in zip(NumpyFixture.inputs, NumpyFixture.targets) { experiment.data.append(input: x, target: y) }
    experiment.batchSize = 2
    var line = Timeline(experiment)
    line.change { _, parameters in
      for index in parameters.indices {
        parameters[index].w.values = NumpyFixture.weights[index]
        parameters[index].b.values = NumpyFixture.biases[index]
      }
    }
    return line
  }

  @Test func thirtyIterationsAreThoseOfNumpy() throws {
    var line = try line()
    for (iteration, name, numbers) in NumpyFixture.values {
      line.train(iteration)
      let value = try line.state.value(of: try #require(Quantity.named(name))).elements
      #expect(agree(value, numbers, within: 1e-12), "\(name) of iteration \(iteration)")
    }
    #expect(NumpyFixture.values.count == 4 * 29)
  }
}
