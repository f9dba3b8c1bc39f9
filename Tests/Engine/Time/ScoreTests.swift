import Engine
import Testing

/// The loss over all samples, and what it says of classes.
struct ScoreTests {
  private func line(_ samples: [([Double], [Double])], batch: Int? = 1) -> Timeline {
    var network = Network()
    network.inputs = samples[0].0.count
    network.layers = [Layer(units: samples[0].1.count, activation: ActivationChoice(Activation.all[0]), bias: .none)]
    var data = Dataset()
    for (x, y) in samples { data.append(input: x, target: y) }
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = batch
    var line = Timeline(experiment)
    line.change { _, parameters in
      let outputs = samples[0].1.count
      parameters[0].w.values = (0..<outputs).flatMap { k in (0..<samples[0].0.count).map { $0 == k ? 1.0 : 0 } }
    }
    return line
  }

  @Test func itIsTheLossOfABatchOfAllToTheBit() throws {
    let quantity = try #require(Quantity.named("data-loss"))
    for seed in 0..<16 {
      var experiment = Experiment.random(seed: seed)
      experiment.batchSize = nil
      experiment.order = .sequential
      var line = Timeline(experiment)
      line.train(3)
      let before = try #require(line.state.score)
      #expect(try line.state.value(of: quantity).elements == [before.loss], "seed \(seed)")
      line.move(to: line.endOfNext(.forward))
      #expect(try line.state.value(of: Quantity(.loss)).elements == [before.loss], "seed \(seed)")
    }
  }

  @Test func itIsTheMeanOrTheSumOfWhatEachSampleLoses() throws {
    // Identity, ½(y − a)²: 0.005, 0.045, 0.08.
    var line = line([([0.1], [0]), ([0.7], [1]), ([0.6], [1])])
    #expect(abs(try #require(line.state.score).loss - 0.13 / 3) < 1e-15)
    line.change { experiment, _ in experiment.reduction = .sum }
    #expect(abs(try #require(line.state.score).loss - 0.13) < 1e-15)
  }

  @Test func theHeldOutHaveALossOfTheirOwn() throws {
    var line = line((0..<10).map { ([Double($0)], [0]) })
    let quantity = try #require(Quantity.named("holdout-loss"))
    #expect(throws: NotComputed.self) { try line.state.value(of: quantity) }
    line.change { experiment, _ in experiment.data.holdout = Holdout(fraction: 0.3) }
    let numbers = line.experiment.data.heldOutNumbers
    let expected = numbers.reduce(0) { $0 + Double($1 * $1) / 2 } / Double(numbers.count)
    #expect(abs(try line.state.value(of: quantity).elements[0] - expected) < 1e-12)
    let rest = Set(0..<10).subtracting(numbers)
    let trained = rest.reduce(0) { $0 + Double($1 * $1) / 2 } / Double(rest.count)
    #expect(abs(try #require(line.state.score).loss - trained) < 1e-12)
  }

  @Test func accuracyIsThereWhereTargetsAreClasses() throws {
    #expect(line([([0.2], [0.5]), ([0.7], [1])]).state.score?.accuracy == nil)
    #expect(line([([0.2], [0]), ([0.7], [1]), ([0.9], [0])]).state.score?.accuracy == 2.0 / 3)
    #expect(line([([0.2, 0.1], [1, 0]), ([0.7, 0.9], [1, 0])]).state.score?.accuracy == 0.5)
    #expect(line([([0.2, 0.1], [1, 1]), ([0.7, 0.9], [1, 0])]).state.score?.accuracy == nil)
  }

  @Test func oneClassForAllIsSaidOnlyWhereThereAreMore() throws {
    #expect(line([([0.2], [0]), ([0.3], [1])]).state.score?.takenForAll == 0)
    #expect(line([([0.2], [0]), ([0.3], [0])]).state.score?.takenForAll == nil)
    #expect(line([([0.2], [0]), ([0.8], [1])]).state.score?.takenForAll == nil)
    #expect(line([([.nan], [0]), ([0.8], [1])]).state.score?.takenForAll == nil)
    #expect(line([([0, 1, 5], [1, 0, 0]), ([1, 2, 3], [0, 1, 0])]).state.score?.takenForAll == 2)
  }

  @Test func withoutSamplesThereIsNone() {
    #expect(Timeline().state.score == nil)
    #expect(Timeline().scores.points.isEmpty)
  }
}
