import Testing

@testable import Engine

/// Iterations are kept so that going back is short; how many must not be seen in any number.
struct CheckpointsTests {
  @Test(arguments: 0..<10)
  func thinnedOnesGiveTheSameBits(seed: Int) {
    let experiment = Experiment.random(seed: seed)
    var (dense, thin) = (Timeline(dense: experiment), Timeline(dense: experiment, memory: 0))
    var generator = Generator(seed: seed)
    dense.train(150)
    thin.train(150)
    for _ in 0..<25 {
      let place = Place(iteration: generator.int(0..<150), operation: generator.int(0..<4))
      dense.move(to: place)
      thin.move(to: place)
      #expect(difference(dense.state, thin.state.bits) == nil, "seed \(seed), \(place)")
    }
  }

  /// Those that are dropped hand their arrays on, to other numbers; what was set by hand is told apart as before.
  @Test(arguments: 0..<10)
  func arraysThatAreHandedOnGiveTheSameBits(seed: Int) {
    let experiment = Experiment.random(seed: seed)
    var (dense, handed) = (Timeline(dense: experiment), Timeline(dense: experiment))
    handed.checkpoints.most = 9
    var generator = Generator(seed: seed)
    for round in 1...6 {
      func goOn(_ line: inout Timeline) {
        line.train(60 * round)
        line.change { experiment, parameters in
          parameters[0].w.give(Double(round) / 8, at: 0)
          experiment.network.layers[0].freezesWeights = round % 2 == 0
        }
      }
      goOn(&dense)
      goOn(&handed)
      #expect(handed.checkpoints.list.count <= 9 && dense.checkpoints.list.count > 9)
      for _ in 0..<8 {
        let place = Place(iteration: generator.int(0..<60 * round), operation: generator.int(0..<4))
        dense.move(to: place)
        handed.move(to: place)
        #expect(difference(dense.state, handed.state.bits) == nil, "seed \(seed), \(place)")
        let (one, other) = (dense.state.forward, handed.state.forward)
        #expect(one == other, "seed \(seed), \(place)")
      }
      dense.move(to: dense.furthest)
      handed.move(to: handed.furthest)
    }
  }

  /// What is kept of a frozen parameter is shared between iterations, unless it was set in between.
  @Test(arguments: [0, 48 << 20])
  func aFrozenParameterThatIsSetKeepsBothValues(memory: Int) throws {
    var line = Timeline(dense: Experiment.random(seed: 8), memory: memory)
    line.change { experiment, _ in experiment.network.layers[0].freezesWeights = false }
    line.train(4)
    line.change { experiment, _ in experiment.network.layers[0].freezesWeights = true }
    line.train(8)
    let w = Quantity(.w, 1)
    let before = try line.state.value(of: w)
    line.change { _, parameters in parameters[0].w.values[0] = 0.125 }
    let after = try line.state.value(of: w)
    #expect(after.elements[0] == 0.125)
    #expect(line.state.parameters[0].w.values == after.elements)
    // a second change at the same place builds on the first
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.02) }
    #expect(try line.state.value(of: w) == after)
    line.train(30)
    for (iteration, expected) in [(7, before), (9, after), (20, after), (30, after), (12, after)] {
      line.train(iteration)
      #expect(try line.state.value(of: w) == expected, "iteration \(iteration)")
    }
  }
}
