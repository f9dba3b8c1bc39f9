import Testing

@testable import Engine

/// Training works in one block of numbers, allocated once; what is kept besides is bounded.
struct WorkspaceTests {
  private func line(memory: Int = 48 << 20) throws -> Timeline {
    var network = Network()
    network.inputs = 2
    network.layers = [
      Layer(units: 2, activation: try .named("tanh")), Layer(units: 1, activation: try .named("sigmoid")),
    ]
    var generator = Generator(seed: 1)
    return Timeline(Experiment(network: network, data: .random(network, samples: 4, &generator)), memory: memory)
  }

  @Test func theBlockStaysTheSameOne() throws {
    var line = try line()
    let block = ObjectIdentifier(line.state.workspace)
    // a copy made and let go may come to lie where another one lay, so every place on the way is asked
    for iteration in 1...20 {
      line.train(iteration)
      #expect(ObjectIdentifier(line.state.workspace) == block)
      line.move(to: line.place(1, on: .unit))
      #expect(ObjectIdentifier(line.state.workspace) == block)
    }
    line.train(10_000)
    #expect(ObjectIdentifier(line.state.workspace) == block)
  }

  @Test func aSharedBlockIsCopiedOnce() throws {
    var line = try line()
    let copy = line.state
    line.train(1)
    let block = ObjectIdentifier(line.state.workspace)
    #expect(ObjectIdentifier(copy.workspace) != block)
    line.train(5)
    #expect(ObjectIdentifier(line.state.workspace) == block)
  }

  @Test func whatIsKeptIsBounded() throws {
    var (small, large) = (try line(memory: 0), try line(memory: 40_000))
    small.train(20_000)
    large.train(20_000)
    #expect(small.checkpoints.list.count <= 9)
    #expect(large.checkpoints.list.count <= 45)
    #expect(large.checkpoints.list.count > 9)
    #expect(small.checkpoints.spacing > large.checkpoints.spacing)
  }

  /// What a parameter has in common with the iteration before is shared, not copied.
  @Test func frozenParametersAreShared() throws {
    var line = try line()
    line.train(3)
    line.change { experiment, _ in experiment.network.layers[0].freezesWeights = true }
    line.train(5000)
    let kept = line.checkpoints.list.suffix(2).map {
      $0.parameters[0].w.values.withUnsafeBufferPointer { $0.baseAddress }
    }
    #expect(kept.count == 2)
    #expect(kept.first == kept.last)
  }
}
