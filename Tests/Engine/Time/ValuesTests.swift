import Engine
import Testing

/// What can be read where, and what is said where it cannot.
struct ValuesTests {
  private func line() throws -> Timeline {
    var network = Network()
    network.inputs = 2
    network.layers = [
      Layer(units: 2, activation: try .named("sigmoid")),
      Layer(units: 2, activation: try .named("sigmoid"), bias: .none),
    ]
    var data = Dataset()
    data.append(input: [0.05, 0.1], target: [0.01, 0.99])
    return Timeline(Experiment(network: network, data: data))
  }

  private func refusal(_ name: String, _ state: State) throws -> String? {
    let quantity = try #require(Quantity.named(name))
    do throws(NotComputed) {
      _ = try state.value(of: quantity)
      return nil
    } catch {
      return error.message.description
    }
  }

  @Test func whatIsNotThereYetSaysWhereItComes() throws {
    var line = try line()
    line.move(to: line.place(ofStep: 3))
    #expect(
      try refusal("delta1", line.state)
        == "delta1 is not computed yet at step 3 (loss); it comes at step 5 (backward, layer 1)")
    #expect(
      try refusal("uw2", line.state)
        == "uw2 is not computed yet at step 3 (loss); it comes at step 7 (update, layer 2)")
    line.move(to: Place())
    #expect(
      try refusal("loss", line.state) == "loss is not computed yet at step 0 (start); it comes at step 3 (loss)")
    line.move(to: line.place(ofStep: 8))
    #expect(
      try refusal("net2", line.state)
        == "net2 is not computed yet at step 8 (forward, layer 1); it comes at step 9 (forward, layer 2)")
  }

  @Test func whatDoesNotExistSaysSo() throws {
    let line = try line()
    #expect(try refusal("w3", line.state) == "there is no w3: the network has 2 layers")
    #expect(try refusal("mw1", line.state) == "sgd as it is set keeps no m")
    #expect(try refusal("b2", line.state) == "layer 2 has no biases (nobias)")
    #expect(try refusal("x", Timeline().state)?.hasPrefix("x has no value: there is no network yet") == true)
    #expect(try refusal("w1", Timeline().state) == "there is no w1: the network has no layer yet")
  }

  @Test func eachQuantityComesWithItsOperation() throws {
    var line = try line()
    let operations = line.state.program.operations
    for (index, operation) in operations.enumerated() {
      line.move(to: Place(iteration: 1, operation: index))
      let quantity = operation.quantity.kind == .w ? Quantity(.uw, operation.layer) : operation.quantity
      // the beginning of an iteration is the end of the one before
      if index > 0, operation.quantity.kind != .b { #expect(line.state.computedUnits(of: quantity) == 0) }
      if operation.units > 1, operation.quantity.kind != .b {
        line.move(to: Place(iteration: 1, operation: index, unit: 1))
        #expect(line.state.computedUnits(of: quantity) == 1, "\(quantity.name)")
        let partial = try line.state.partialValue(of: quantity)
        #expect(partial.elements.dropFirst(partial.columns).allSatisfy { $0 == 0 })
      }
      line.move(to: Place(iteration: 1, operation: index + 1))
      #expect(line.state.computedUnits(of: quantity) == nil, "\(quantity.name)")
    }
  }

  @Test func versionsGoUpWithTheUpdateAndTheForwardOnesStay() throws {
    var line = try line()
    line.train(3)
    line.move(to: line.place(ofStep: 3 * 7 + 5))
    let w = Quantity(.w, 1)
    #expect(line.state.version(of: w) == 3)
    let before = try line.state.value(of: w)
    line.move(to: line.place(1, on: .layer))
    #expect(line.state.version(of: w) == 4)
    let kept = try #require(line.state.forwardValue(of: w))
    #expect(kept.value == before)
    #expect(kept.version == 3)
    #expect(try line.state.value(of: w) != before)
    #expect(line.state.version(of: Quantity(.w, 2)) == 3)
  }

  @Test func whereAStateIs() throws {
    var line = try line()
    var seen: [String] = []
    for step in 0...8 {
      line.move(to: line.place(ofStep: step))
      let state = line.state
      seen.append("\(state.step) \(state.phase) \(state.layer) of iteration \(state.iteration), epoch \(state.epoch)")
    }
    #expect(
      seen == [
        "0 start 0 of iteration 1, epoch 1", "1 forward 1 of iteration 1, epoch 1",
        "2 forward 2 of iteration 1, epoch 1",
        "3 loss 0 of iteration 1, epoch 1", "4 backward 2 of iteration 1, epoch 1",
        "5 backward 1 of iteration 1, epoch 1", "6 update 1 of iteration 1, epoch 1",
        "7 update 2 of iteration 1, epoch 1", "8 forward 1 of iteration 2, epoch 2",
      ])
  }

  @Test func theSampleOnShowIsOneOfTheBatch() throws {
    var experiment = Experiment.random(seed: 4)
    var generator = Generator(seed: 4)
    experiment.data = .random(experiment.network, samples: 5, &generator)
    (experiment.batchSize, experiment.order) = (3, .sequential)
    var line = Timeline(experiment)
    line.select(2)
    line.move(to: line.place(1, on: .phase))
    for quantity in line.state.quantities where quantity.kind.isOfSample {
      let (shown, third) = (
        try? line.state.value(of: quantity), try? line.state.value(of: quantity, sample: 2)
      )
      #expect(shown == third, "\(quantity.name)")
    }
    #expect(try line.state.value(of: Quantity(.sample)).elements == [3])
    line.select(9)
    #expect(line.state.selected == 2)
    // the last batch has two
    line.train(2)
    #expect(line.state.selected == 1)
    // and going back shows the chosen one again
    line.move(to: Place(iteration: 0))
    #expect(line.state.selected == 2)
  }
}
