import Engine
import Testing

struct ExperimentTests {
  @Test func whatIsMissingIsSaidInTurn() throws {
    var experiment = Experiment()
    #expect(experiment.obstacle == "there is no network yet; begin with: input 2")
    experiment.network.inputs = 2
    #expect(experiment.obstacle == "the network has no layer yet; add one: dense 2 sigmoid")
    experiment.network.layers = [Layer(units: 1, activation: try .named("sigmoid"))]
    #expect(experiment.obstacle == "there is no sample yet; add one: sample 0.5 0.5 -> 0.5")
    experiment.data.append(input: [1], target: [1])
    #expect(experiment.obstacle == "the samples have 1 input, the network takes 2")
    experiment.data = Dataset()
    experiment.data.append(input: [1, 2], target: [1, 2])
    #expect(experiment.obstacle == "the samples have 2 targets, the network has 1 output")
    experiment.data = Dataset()
    experiment.data.append(input: [1, 2], target: [1])
    #expect(experiment.obstacle == nil)
  }

  @Test(arguments: [(1, 5), (2, 3), (3, 2), (5, 1), (9, 1), (nil, 1)] as [(Int?, Int)])
  func batchesOfAnEpoch(size: Int?, batches: Int) {
    var experiment = Experiment()
    for _ in 0..<5 { experiment.data.append(input: [1], target: [1]) }
    experiment.batchSize = size
    #expect(experiment.batchesPerEpoch == batches)
  }

  @Test func defaultsAreThoseOfTheDesign() {
    let experiment = Experiment()
    #expect(experiment.network.loss.rule.name == "half-squared-error")
    #expect(experiment.network.optimizer == OptimizerChoice(Optimizer.all[0]))
    #expect(experiment.network.optimizer.rate == 1)
    #expect(experiment.batchSize == 1)
    #expect(experiment.order == .sequential)
    #expect(experiment.reduction == .mean)
  }

  @Test func aNetworksSizes() throws {
    var network = Network()
    network.inputs = 4
    network.layers = [
      Layer(units: 3, activation: try .named("relu"), bias: .shared),
      Layer(units: 2, activation: try .named("softmax"), bias: .none),
    ]
    #expect(network.sizes == "4-3-2")
    #expect(network.parameterCount == 12 + 1 + 6)
    #expect(network.outputs == 2)
    #expect(network.closedForm == nil)
    network.loss = try .named("ce")
    #expect(network.closedForm != nil)
  }
}
