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

  /// Rosenblatt's perceptron and Widrow's adaline tell −1 from 1, as does Rojas' "Neural Networks" (chapter 4): by the sign.
  @Test func whereTargetsAreSignsTheSignDecides() throws {
    let signs = [([0.3], [1.0]), ([-0.2], [-1]), ([0.2], [-1]), ([0], [1]), ([-3], [-1])]
    var line = try line(outputs: 1, signs)
    #expect(line.experiment.data.border == 0)
    #expect(line.state.accuracy == 4.0 / 5)
    #expect(line.state.score?.accuracy == 4.0 / 5)
    // The held-out ones go by the border of those that are trained on.
    line.change { experiment, _ in experiment.data.holdout = Holdout(fraction: 0.4) }
    let held = line.experiment.data.heldOutNumbers
    #expect(line.state.holdoutAccuracy == Double(held.count { $0 != 2 }) / Double(held.count))
    // Ones alone, and anything else beside the signs, are told apart at a half.
    #expect(try self.line(outputs: 1, [([0.3], [1])]).state.accuracy == 0)
    #expect(try self.line(outputs: 1, [([0.3], [1]), ([-1], [-1]), ([0.2], [0])]).experiment.data.border == 0.5)
    #expect(try self.line(outputs: 1, [([0.3], [1]), ([-1], [-1]), ([0.2], [0])]).state.score?.accuracy == nil)
  }

  @Test func severalAreRightWhereTheLargestIs() throws {
    let line = try line(outputs: 3, [([1, 2, 3], [0, 0, 1]), ([3, 2, 1], [0, 1, 0]), ([0, 5, 1], [0, 1, 0])])
    #expect(line.state.accuracy == 2.0 / 3)
    #expect(try line.state.value(of: #require(Quantity.named("accuracy"))).elements == [2.0 / 3])
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

  @Test func theHeldOutHaveAnAccuracyOfTheirOwn() throws {
    let samples = (0..<10).map { sample -> ([Double], [Double]) in
      ([Double(sample) / 10], [sample == 3 || sample == 5 ? 1 : 0])
    }
    var line = try line(outputs: 1, samples)
    let share = try #require(Quantity.named("holdout-accuracy"))
    #expect(throws: NotComputed.self) { try line.state.value(of: share) }
    // 2, 4 and 5 of ten are held out, of which 4 is wrong; of the others 7, 8, 9 and 10.
    line.change { experiment, _ in experiment.data.holdout = Holdout(fraction: 0.3) }
    #expect(line.state.holdoutAccuracy == 2.0 / 3)
    #expect(try line.state.value(of: share).elements == [line.state.holdoutAccuracy])
    #expect(line.state.accuracy == 3.0 / 7)
    line.select(0)
    line.move(to: line.place(2, on: .iteration))
    #expect(try line.state.value(of: Quantity(.sample)).elements == [3])
  }

  @Test func scaledAndHeldOutDataIsReplayedToTheBit() throws {
    for seed in 0..<6 {
      var line = Timeline(Experiment.random(seed: seed))
      line.train(3)
      line.change { experiment, _ in experiment.data.scaling = .standard }
      line.train(2)
      line.change { experiment, _ in experiment.data.holdout = Holdout(fraction: 0.4, seed: seed) }
      line.train(5)
      let (bits, place) = (line.state.bits, line.place)
      line.move(to: Place())
      line.move(to: place)
      #expect(difference(line.state, bits) == nil, "seed \(seed)")
    }
  }

  @Test func manySamplesGoThroughAsEachAlone() throws {
    var line = Timeline(Experiment.random(seed: 5))
    line.train(2)
    let inputs = line.experiment.network.inputs
    let many = (0..<1000 * inputs).map { Double($0 % 97) / 50 - 1 }
    let together = line.state.outputs(for: many)
    var alone: [Double] = []
    for first in stride(from: 0, to: many.count, by: inputs) {
      alone += line.state.outputs(for: Array(many[first..<first + inputs]))
    }
    #expect(together == alone)
  }
}
