import Engine
import Testing

struct AccuracyTests {
  private func line(outputs: Int, _ samples: [([Double], [Double])]) throws -> Timeline {
    var network = Network()
    network.inputs = outputs
    network.layers = [Layer(units: outputs, activation: try .named("identity"), bias: .none)]
    var data = Dataset()
    for (x, y) in samples { data.append(input: x, target: y) }
    var line = Timeline(Experiment(network: network, data: data))
    line.change { _, parameters in
      parameters[0].w.values = (0..<outputs).flatMap { k in (0..<outputs).map { $0 == k ? 1.0 : 0 } }
    }
    return line
  }

  @Test func oneOutputIsRightOnTheRightSideOfAHalf() throws {
    let line = try line(outputs: 1, [([0.7], [1]), ([0.2], [0]), ([0.6], [0]), ([.nan], [0])])
    #expect(line.state.accuracy == 0.5)
  }

  @Test func severalAreRightWhereTheLargestIs() throws {
    let line = try line(outputs: 3, [([1, 2, 3], [0, 0, 1]), ([3, 2, 1], [0, 1, 0]), ([0, 5, 1], [0, 1, 0])])
    #expect(line.state.accuracy == 2.0 / 3)
    #expect(try line.state.value(of: Quantity(.accuracy)).elements == [2.0 / 3])
  }

  @Test func outputsAreThoseOfTheForwardPass() throws {
    for seed in 0..<12 {
      var line = Timeline(Experiment.random(seed: seed))
      line.train(3)
      let outputs = line.state.outputs(for: line.experiment.data.inputs)
      let width = line.experiment.network.outputs
      let bits = line.state.bits
      line.move(to: line.endOfNext(.forward))
      for (slot, sample) in line.state.batch.enumerated() {
        let own = try line.state.value(of: Quantity(.out), sample: slot).elements
        #expect(own == Array(outputs[sample * width..<(sample + 1) * width]), "seed \(seed)")
      }
      line.train(3)
      #expect(difference(line.state, bits) == nil)
    }
  }

  @Test func noDataNoAccuracy() {
    #expect(Timeline().state.accuracy.isNaN)
    #expect(Timeline().state.outputs(for: [1]).isEmpty)
  }
}
