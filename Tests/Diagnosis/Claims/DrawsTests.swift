import Engine
import Testing

@testable import Diagnosis

@Suite struct DrawsTests {
  /// A 3-4-2 network on two samples, in the middle of its second iteration.
  private func timeline(loss: String = "half-squared-error", activation: String = "sigmoid") throws -> Timeline {
    var network = Network(name: "test")
    network.inputs = 3
    for (units, name) in [(4, "tanh"), (2, activation)] {
      network.layers.append(Layer(units: units, activation: ActivationChoice(try #require(Activation.named(name)))))
    }
    network.loss = LossChoice(try #require(Loss.named(loss)))
    network.optimizer = OptimizerChoice(try #require(Optimizer.named("adam")))
    var data = Dataset()
    data.append(input: [0.1, 0.2, 0.3], target: [0, 1])
    data.append(input: [0.4, 0.5, 0.6], target: [1, 0])
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = 2
    var line = Timeline(experiment)
    line.move(to: line.place(ofStep: 12))
    return line
  }

  @Test func aDrawIsTheSameEveryTimeAndUnlikeTheOthers() throws {
    let draws = Draws(around: try timeline(), seed: 1)
    let one = draws.beginning(ofDraw: 1).state.parameters
    #expect(one == draws.beginning(ofDraw: 1).state.parameters)
    #expect(one != draws.beginning(ofDraw: 2).state.parameters)
    #expect(one != Draws(around: try timeline(), seed: 2).beginning(ofDraw: 1).state.parameters)
  }

  @Test func everythingIsDrawnAndTheMemoryIsEmpty() throws {
    let line = try timeline()
    var drawn = Draws(around: line, seed: 3).beginning(ofDraw: 5)
    for (layer, before) in zip(drawn.state.parameters, line.state.parameters) {
      #expect(zip(layer.w.values, before.w.values).allSatisfy { $0 != $1 })
      #expect(zip(layer.b.values, before.b.values).allSatisfy { $0 != $1 })
      #expect(layer.w.updates == 0 && layer.w.memory.joined().allSatisfy { $0 == 0 })
    }
    #expect(zip(drawn.experiment.data.inputs, line.experiment.data.inputs).allSatisfy { $0 != $1 })
    #expect(zip(drawn.experiment.data.targets, line.experiment.data.targets).allSatisfy { $0 != $1 })
    drawn.move(to: line.place)
    #expect(drawn.place == line.place && drawn.state.step == line.state.step)
  }

  @Test func targetsAreThoseThatTheLossTakes() throws {
    let cross = Draws(around: try timeline(loss: "cross-entropy", activation: "softmax"), seed: 1)
    let binary = Draws(around: try timeline(loss: "binary-cross-entropy"), seed: 1)
    for number in 1...Draws.count {
      let data = cross.beginning(ofDraw: number).experiment.data
      for sample in 0..<data.count {
        let target = data.target(sample)
        #expect(target.allSatisfy { $0 > 0 } && abs(target.reduce(0, +) - 1) > 0.01)
      }
      #expect(binary.beginning(ofDraw: number).experiment.data.targets.allSatisfy { $0 > 0 && $0 < 1 })
    }
  }
}
