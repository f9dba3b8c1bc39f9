import Testing

@testable import Engine

/// Futures that are trained in the lanes of one vector have the bits of those that are trained alone.
@Suite struct SideBySideTests {
  private static func bits(_ parameters: [LayerParameters]) -> [UInt64] {
    var bits: [UInt64] = []
    for parameter in parameters.flatMap({ [$0.w, $0.b] }) {
      for values in [parameter.values] + parameter.memory { bits += values.map(\.bitPattern) }
      bits += [UInt64(parameter.updates), UInt64(parameter.version)]
    }
    return bits
  }

  /// Every activation, loss and optimizer comes up, batches of all kinds, frozen and shared parameters, and layers of more
  /// than eight inputs, where sums are taken in another order.
  @Test func lanesHaveTheBitsOfLoneFutures() throws {
    let base = Int.random(in: 0..<1_000_000)
    var (together, alone) = (0, 0)
    for number in 0..<40 {
      let seed = base + number
      var experiment = Experiment.random(seed: seed)
      var draws = Generator(seed: seed, stream: 5)
      if number % 4 == 0, experiment.network.layers.count > 1 {
        let units = draws.pick([8, 9, 17])
        experiment.network.layers[0].units = units
      }
      _ = experiment.network.optimizer.set("rate", to: 0.05)
      var line = Timeline(experiment)
      // Some begin where something was trained already, inside an iteration.
      if number % 3 == 0 { line.move(to: line.place(7, on: .layer)) }
      let all = Hyperparameter.all(of: experiment)
      let rate = try #require(all.first)
      let seeds = try #require(all.first { $0.isSeed })
      let batch = try #require(all.first { $0.isBatch })
      let training = FutureTraining(from: line, draws.pick([1, 5, 23]), draws.pick([.iteration, .epoch]))
      let mixes = LaneDescent.takesSettings(of: experiment.network.optimizer)
      let futures = (0..<11).map { index -> [FutureTraining.Setting] in
        var settings: [FutureTraining.Setting] = [(seeds, Double(index))]
        if mixes { settings.append((rate, 0.01 * Double(index + 1))) }
        if number % 5 == 0 { settings.append((batch, Double(index % 2 + 1))) }
        return settings
      }
      for group in training.groups(of: futures) {
        let found = try #require(training.train(group.map { futures[$0] }))
        if group.count > 1 { together += group.count } else { alone += 1 }
        for (place, index) in group.enumerated() {
          let lone = try #require(training.train(futures[index]))
          let name = "seed \(seed), future \(index)"
          #expect(Self.bits(found[place].state.parameters) == Self.bits(lone.state.parameters), "\(name)")
          #expect(found[place].course == lone.course, "\(name)")
          #expect(found[place].iterations == lone.iterations, "\(name)")
        }
      }
    }
    #expect(together > 0 && alone > 0, "both ways are gone")
  }

  /// Where an iteration takes long, and its samples are put in place while it goes on, the bits are the same.
  @Test func longIterationsHaveTheSameBits() throws {
    let base = Int.random(in: 0..<1_000_000)
    for seed in base..<base + 12 {
      let experiment = Experiment.random(seed: seed)
      var line = Timeline(experiment)
      if seed % 3 > 0 { line.move(to: line.place(seed % 3 == 1 ? 7 : 4 * 7, on: .layer)) }
      let rate = try #require(Hyperparameter.all(of: experiment).first)
      let futures: [[FutureTraining.Setting]] = (1...5).map { [(rate, 0.01 * Double($0))] }
      func trained() throws -> [SweptFuture] {
        let training = FutureTraining(from: line, 5, .iteration)
        return try training.groups(of: futures).flatMap { group in
          try #require(training.train(group.map { futures[$0] }))
        }
      }
      let short = try trained()
      let long = try Workspace.$productsOfPiece.withValue(1) {
        #expect(experiment.isLong)
        return try trained()
      }
      for (one, other) in zip(short, long) {
        #expect(Self.bits(one.state.parameters) == Self.bits(other.state.parameters), "seed \(seed)")
        #expect(one.course == other.course && one.iterations == other.iterations, "seed \(seed)")
      }
    }
  }

  /// Momentum, decay and what goes with them differ from lane to lane; in some there is none.
  @Test func everyLaneHasSettingsOfItsOwn() throws {
    for (flags, dampening) in [([], 0.0), (["nesterov"], 0.0), (["average"], 0.0), ([], 0.25), (["decay-biases"], 0.0)]
    {
      var experiment = Experiment.random(seed: 12)
      experiment.network.optimizer = OptimizerChoice(Optimizer.all[0])
      let spares = flags.contains("decay-biases")
      let needsMomentum = !flags.isEmpty && !spares || dampening > 0
      var areSet = !needsMomentum || experiment.network.optimizer.set("momentum", to: 0.5)
      for flag in flags { areSet = experiment.network.optimizer.set(flag, to: spares ? 0 : 1) && areSet }
      areSet = experiment.network.optimizer.set("dampening", to: dampening) && areSet
      #expect(areSet)
      let all = Hyperparameter.all(of: experiment)
      let momentum = try #require(all.first { $0.isCalled("momentum") })
      let decay = try #require(all.first { $0.isCalled("wd") })
      let rate = try #require(all.first { $0.isCalled("lr") })
      let futures = (0..<8).map { index -> [FutureTraining.Setting] in
        let least = needsMomentum ? 0.1 : 0
        return [
          (rate, 0.02 * Double(index + 1)), (momentum, least + 0.1 * Double(index % 4)),
          (decay, index < 4 ? 0 : 0.001 * Double(index)),
        ]
      }
      let training = FutureTraining(from: Timeline(experiment), 12, .iteration)
      #expect(training.groups(of: futures) == [Array(0..<8)])
      let found = try #require(training.train(futures))
      for (index, settings) in futures.enumerated() {
        let lone = try #require(training.train(settings))
        #expect(
          Self.bits(found[index].state.parameters) == Self.bits(lone.state.parameters), "\(flags) \(dampening) \(index)"
        )
      }
    }
  }

  /// One that overflows ends where it would alone, and the others beside it go on.
  @Test func whatOverflowsDisturbsNobody() throws {
    var network = Network()
    network.inputs = 1
    network.layers = [Layer(units: 2, activation: ActivationChoice(try #require(Activation.named("identity"))))]
    network.loss = LossChoice(try #require(Loss.named("mse")))
    var data = Dataset()
    data.append(input: [3], target: [1, 2])
    let experiment = Experiment(network: network, data: data)
    let rate = try #require(Hyperparameter.all(of: experiment).first)
    let futures = (0..<8).map { [(rate, $0 == 5 ? 1000 : 0.01 * Double($0 + 1))] as [FutureTraining.Setting] }
    let training = FutureTraining(from: Timeline(experiment), 300, .iteration)
    let found = try #require(training.train(futures))
    #expect(found[5].iterations < 300 && found[5].score?.trained.loss.isFinite == false)
    for (index, settings) in futures.enumerated() {
      let lone = try #require(training.train(settings))
      #expect(found[index].iterations == lone.iterations)
      #expect(Self.bits(found[index].state.parameters) == Self.bits(lone.state.parameters), "\(index)")
    }
  }

  /// It is asked again and again whether to stop.
  @Test func itIsStopped() throws {
    let experiment = Experiment.random(seed: 3)
    let training = FutureTraining(from: Timeline(experiment), 1_000_000_000, .iteration)
    let seeds = try #require(Hyperparameter.all(of: experiment).first { $0.isSeed })
    var asked = 0
    let futures = (0..<8).map { [(seeds, Double($0))] as [FutureTraining.Setting] }
    for count in [1, 8] {
      asked = 0
      let found = training.train(Array(futures.prefix(count))) {
        asked += 1
        return asked > 3
      }
      #expect(found == nil && asked == 4)
    }
  }
}
