import Engine
import Testing

/// Which samples an iteration takes, as the states tell it.
struct ScheduleTests {
  private func batches(_ order: SampleOrder, size: Int?, iterations: Int) throws -> [[Int]] {
    var network = Network()
    network.inputs = 1
    network.layers = [Layer(units: 1, activation: try .named("identity"))]
    var experiment = Experiment(network: network)
    for sample in 0..<5 { experiment.data.append(input: [Double(sample) / 10], target: [0.5]) }
    experiment.order = order
    experiment.batchSize = size
    var line = Timeline(experiment)
    var taken: [[Int]] = []
    for iteration in 1...iterations {
      line.train(iteration)
      taken.append(line.state.batch)
      for (slot, sample) in line.state.batch.enumerated() {
        #expect(try line.state.value(of: Quantity(.x), sample: slot).elements == [Double(sample) / 10])
      }
    }
    return taken
  }

  @Test func asTheyStandWithASmallerLastBatch() throws {
    #expect(
      try batches(.sequential, size: 2, iterations: 7) == [[0, 1], [2, 3], [4], [0, 1], [2, 3], [4], [0, 1]])
    #expect(try batches(.sequential, size: nil, iterations: 2) == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]])
  }

  @Test func eachEpochHasItsOwnOrder() throws {
    let shuffled = try batches(.shuffle(seed: 3), size: 2, iterations: 30)
    let epochs = stride(from: 0, to: 30, by: 3).map { Array(shuffled[$0..<$0 + 3].joined()) }
    #expect(epochs.allSatisfy { $0.sorted() == [0, 1, 2, 3, 4] })
    #expect(Set(epochs).count > 5)
    #expect(try batches(.shuffle(seed: 3), size: 2, iterations: 30) == shuffled)
    #expect(try batches(.shuffle(seed: 4), size: 2, iterations: 30) != shuffled)
    // the order is the epoch's, however it is cut into batches
    #expect(Array(try batches(.shuffle(seed: 3), size: 1, iterations: 10).joined()) == Array(epochs[0...1].joined()))
  }

  /// The mean of a last, smaller batch divides by its own size.
  @Test func aSmallerBatchIsItsOwnMean() throws {
    for seed in 0..<10 {
      var experiment = Experiment.random(seed: seed)
      var generator = Generator(seed: seed)
      experiment.data = .random(experiment.network, samples: 3, &generator)
      (experiment.batchSize, experiment.order, experiment.reduction) = (2, .sequential, .mean)
      var line = Timeline(experiment)
      line.train(2)
      #expect(line.state.batch == [2])
      let delta = try line.state.value(of: Quantity(.delta, 1)).elements
      let x = try line.state.value(of: Quantity(.x)).elements
      #expect(try line.state.value(of: Quantity(.dw, 1)).elements == delta.flatMap { d in x.map { d * $0 } })
      #expect(try line.state.value(of: Quantity(.loss)).elements == [try line.state.loss(ofSample: 0)])
    }
  }
}
