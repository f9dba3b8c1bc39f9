import Testing

@testable import Engine

/// Iterations of one sample that are taken in one go are, to the bit, those that are taken operation by operation: every
/// activation, loss and optimizer, sizes about the width of a vector, samples shuffled, numbers that are none included.
@Suite struct OnlineTests {
  /// Sizes of layers: about the width of a vector, and those of a network of pairs, which goes a way of its own.
  enum Sizes: CaseIterable {
    case any, pairs

    var counts: [Int] { self == .any ? [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33] : [1, 2] }
  }

  /// An experiment that goes sample by sample, with a size of its own for each seed.
  private static func line(_ seed: Int, _ sizes: Sizes = .any) -> Timeline {
    var experiment = Experiment.random(seed: seed)
    var generator = Generator(seed: seed, stream: 91)
    var network = experiment.network
    network.inputs = generator.pick(sizes.counts)
    for index in network.layers.indices where network.layers[index].units > 1 {
      network.layers[index].units = max(generator.pick(sizes.counts), 2)
    }
    if seed % 2 == 0 { network.optimizer = OptimizerChoice(Optimizer.all[0]) }
    _ = network.optimizer.set("rate", to: 0.02)
    experiment.network = network
    experiment.data = .random(network, samples: generator.int(1..<9), &generator)
    experiment.batchSize = 1
    return Timeline(experiment)
  }

  /// The bits of what is trained; those of what is no number are all the same.
  private static func bits(_ line: Timeline) -> [[UInt64]] {
    var found: [[UInt64]] = []
    for layer in line.state.parameters {
      for parameter in [layer.w, layer.b] {
        for numbers in [parameter.values] + parameter.memory {
          found.append(numbers.map { $0.isNaN ? 0x7FF8_0000_0000_0000 : $0.bitPattern })
        }
        found.append([UInt64(parameter.updates), UInt64(parameter.version)])
      }
    }
    return found
  }

  @Test(arguments: 0..<60, Sizes.allCases) func leavesTheBitsOfStepping(seed: Int, sizes: Sizes) {
    let line = Self.line(seed, sizes)
    #expect(line.state.goesOnline, "seed \(seed)")
    var (run, stepped) = (line, line)
    let goal = Place(iteration: 23 + seed % 7)
    run.move(to: goal)
    while stepped.place < run.place { stepped.move(to: stepped.place(1, on: .operation)) }
    #expect(Self.bits(run) == Self.bits(stepped), "seed \(seed)")
    #expect(run.losses.values.map(\.bitPattern) == stepped.losses.values.map(\.bitPattern), "seed \(seed)")
    #expect(run.state.batch == stepped.state.batch && run.state.step == stepped.state.step, "seed \(seed)")
    #expect(difference(run.state, stepped.state.bits) == nil, "seed \(seed)")
  }

  /// Weights at a kink, without bound and without value: what comes of them is the same on both ways.
  @Test(arguments: 0..<24, Sizes.allCases) func keepsWhatIsNoNumber(seed: Int, sizes: Sizes) {
    var line = Self.line(seed, sizes)
    var generator = Generator(seed: seed, stream: 92)
    let odd = [0, -0.0, .infinity, -.infinity, .nan, 5e-324, 1e308]
    line.change { _, parameters in
      for index in parameters.indices {
        let place = generator.int(0..<parameters[index].w.values.count)
        parameters[index].w.values[place] = odd[(seed + index) % odd.count]
      }
    }
    var (run, stepped) = (line, line)
    run.move(to: Place(iteration: 9))
    while stepped.place < run.place { stepped.move(to: stepped.place(1, on: .operation)) }
    #expect(Self.bits(run) == Self.bits(stepped), "seed \(seed)")
  }

  /// A condition that reads what an iteration leaves is asked at each end, and stops where it would alone.
  @Test(arguments: 0..<24, Sizes.allCases) func isAskedAtEachEnd(seed: Int, sizes: Sizes) throws {
    var (run, alone) = (Self.line(seed, sizes), Self.line(seed, sizes))
    let wanted = 7 + seed % 13
    let last = run.experiment.network.layers.count
    let quantities = [Quantity(.loss), Quantity(.net, last), Quantity(.a, 1), Quantity(.delta, 1)]
    var seen: [[UInt64]] = []
    let visitor = Visitor(at: .iterations, reads: Set(quantities)) { place in
      seen.append(quantities.flatMap { ((try? place.value(of: $0).elements) ?? []).map(\.bitPattern) })
      return place.place.iteration == wanted
    }
    #expect(visitor.isServedOnline)
    #expect(run.walk(to: Place(iteration: 40), visiting: visitor) == .stopped, "seed \(seed)")
    #expect(run.place.iteration == wanted && run.state.isAtEnd, "seed \(seed)")
    for iteration in 0...wanted {
      alone.move(to: Place(iteration: iteration, operation: 1))
      alone.move(to: Place(iteration: iteration, operation: alone.state.program.operations.count))
      let expected = try quantities.flatMap { try alone.state.value(of: $0).elements.map(\.bitPattern) }
      #expect(seen[iteration] == expected, "seed \(seed), iteration \(iteration)")
    }
    #expect(difference(run.state, alone.state.bits) == nil, "seed \(seed)")
  }

  /// Where the curve of the losses wants few of them, and a loss is worked out only where somebody asks, it is the same.
  @Test func theLossIsThereWhereItIsAskedFor() throws {
    var network = Network()
    network.inputs = 2
    let softmax = try #require(Activation.named("softmax"))
    network.layers = [
      Layer(units: 2, activation: ActivationChoice(.usual)), Layer(units: 3, activation: ActivationChoice(softmax)),
    ]
    network.loss = LossChoice(try #require(Loss.named("cross-entropy")))
    var generator = Generator(seed: 3)
    var run = Timeline(Experiment(network: network, data: .random(network, samples: 5, &generator)))
    run.move(to: Place(iteration: Curve.capacity + 1000))
    #expect(run.losses.spacing > 1)
    var (alone, seen) = (run, [Double]())
    let visitor = Visitor(at: .iterations, reads: [Quantity(.loss)]) { place in
      seen.append(place.latestLoss)
      return false
    }
    run.walk(to: run.place(40, on: .iteration), visiting: visitor)
    let expected = (0..<40).map { _ -> Double in
      alone.move(to: alone.place(1, on: .iteration))
      return alone.latestLoss
    }
    #expect(seen.suffix(40).map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(expected.allSatisfy { $0 > 0 })
  }

  /// A change in the middle of a run counts from where it was made.
  @Test(arguments: 0..<12) func aChangeOnTheWayCounts(seed: Int) {
    var line = Self.line(seed)
    line.move(to: Place(iteration: 11))
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.3) }
    line.move(to: Place(iteration: 31))
    let (goal, expected) = (line.place, Self.bits(line))
    line.move(to: Place())
    line.move(to: goal)
    #expect(Self.bits(line) == expected, "seed \(seed)")
    line.move(to: Place())
    while line.place < goal { line.move(to: line.place(1, on: .layer)) }
    #expect(line.place == goal && Self.bits(line) == expected, "seed \(seed)")
  }
}
