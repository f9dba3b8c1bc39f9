import Engine
import Testing

/// Changes of the network's shape, of the data and of the optimizer.
struct ShapeChangeTests {
  private func experiment(samples: Int = 5) throws -> Experiment {
    var network = Network()
    network.inputs = 2
    network.layers = [
      Layer(units: 3, activation: try .named("tanh")), Layer(units: 2, activation: try .named("sigmoid")),
    ]
    network.optimizer = try .named("adam")
    var generator = Generator(seed: 1)
    var experiment = Experiment(network: network, data: .random(network, samples: samples, &generator))
    experiment.batchSize = 2
    return experiment
  }

  private func values(_ line: Timeline, _ layer: Int) -> [Double] { line.state.parameters[layer - 1].w.values }

  @Test func moreUnitsKeepTheOldOnesBits() throws {
    var line = Timeline(try experiment())
    line.train(4)
    let (first, second) = (values(line, 1), values(line, 2))
    line.change { experiment, _ in experiment.network.layers[0].units = 4 }
    let (wider, longer) = (values(line, 1), values(line, 2))
    #expect(Array(wider.prefix(6)) == first)
    #expect(wider.count == 8)
    #expect([0, 1, 2, 4, 5, 6].map { longer[$0] } == second)
    #expect(line.state.parameters[0].w.memory.isEmpty)
    // and fewer again
    line.change { experiment, _ in experiment.network.layers[0].units = 3 }
    #expect(values(line, 1) == first)
    #expect(values(line, 2) == second)
  }

  @Test func aLayerAtTheEndLeavesTheOthersAlone() throws {
    var line = Timeline(try experiment())
    line.train(4)
    let (first, second) = (values(line, 1), values(line, 2))
    line.change { experiment, _ in
      experiment.network.layers.append(Layer(units: 2, activation: ActivationChoice(Activation.all[0])))
    }
    #expect(values(line, 1) == first)
    #expect(values(line, 2) == second)
    #expect(line.state.parameters.count == 3)
    #expect(values(line, 3) == line.experiment.initialParameters(layer: 3).w.values)
    // a step goes on being counted
    #expect(line.state.step == 4 * 7)
    line.move(to: line.place(1, on: .iteration))
    #expect(line.state.step == 4 * 7 + 10)
    #expect(line.state.iteration == 5)
    line.move(to: line.place(ofStep: 27))
    #expect(line.state.parameters.count == 2)
    line.move(to: line.place(ofStep: 28))
    #expect(line.state.parameters.count == 3)
  }

  @Test func otherDataBeginAnEpoch() throws {
    var line = Timeline(try experiment())
    line.train(4)
    #expect(line.state.epoch == 2)
    line.change { experiment, _ in experiment.data.remove(at: 4) }
    line.move(to: line.place(1, on: .iteration))
    #expect(line.state.batch == [0, 1])
    #expect(line.state.epoch == 3)
    line.move(to: line.place(1, on: .epoch))
    #expect(line.state.iteration == 6)
    line.move(to: line.place(2, on: .epoch))
    #expect(line.state.iteration == 10)
    line.move(to: line.place(3, backBy: .epoch))
    #expect(line.place == Place(iteration: 4))
    line.move(to: line.place(1, backBy: .epoch))
    #expect(line.state.iteration == 3)
    #expect(line.state.isAtEnd)
  }

  @Test func dataThatDoNotFitAreNamedAndStopTheLine() throws {
    var line = Timeline(try experiment())
    line.train(3)
    line.change { experiment, _ in experiment.network.inputs = 3 }
    #expect(line.experiment.obstacle == "the samples have 2 inputs, the network takes 3")
    let place = line.place
    line.train(9)
    #expect(line.place == place)
    line.move(to: Place(iteration: 1))
    #expect(line.experiment.obstacle == nil)
    line.train(9)
    #expect(line.experiment.obstacle != nil)
    #expect(line.place == place)
  }

  @Test func anotherOptimizerForgetsAnotherSettingDoesNot() throws {
    var line = Timeline(try experiment())
    line.train(4)
    let memory = line.state.parameters[0].w.memory
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.1) }
    #expect(line.state.parameters[0].w.memory == memory)
    #expect(line.state.updates(of: Quantity(.w, 1)) == 4)
    line.change { experiment, _ in _ = experiment.network.optimizer.set("beta1", to: 0.5) }
    #expect(line.state.parameters[0].w.memory == memory)
    #expect(line.state.updates(of: Quantity(.w, 1)) == 4)
    let other = try OptimizerChoice.named("adagrad")
    line.change { experiment, _ in experiment.network.optimizer = other }
    #expect(line.state.parameters[0].w.memory.allSatisfy { $0.allSatisfy { $0 == 0 } })
    #expect(line.state.updates(of: Quantity(.w, 1)) == 0)
    #expect(line.state.version(of: Quantity(.w, 1)) == 4)
    let sgd = try OptimizerChoice.named("sgd")
    line.change { experiment, _ in experiment.network.optimizer = sgd }
    line.train(5)
    #expect(throws: NotComputed.self) { try line.state.value(of: #require(Quantity.named("mw1"))) }
    #expect(line.state.version(of: Quantity(.w, 1)) == 5)
  }
}
