import Engine
import Testing

/// Changes by hand: between iterations, inside one, in the past; each is held to a line that begins with the change.
struct ChangeTests {
  private let experiment: Experiment = {
    var experiment = Experiment.random(seed: 9)
    experiment.order = .sequential
    experiment.batchSize = nil
    for index in experiment.network.layers.indices {
      experiment.network.layers[index].freezesWeights = false
      experiment.network.layers[index].freezesBiases = false
    }
    return experiment
  }()

  private func setRate(_ line: inout Timeline, _ rate: Double) {
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: rate) }
  }

  /// The values of the parameters, to the bit.
  private func weights(_ state: State) -> [UInt64] {
    state.parameters.flatMap { ($0.w.values + $0.b.values).map(\.bitPattern) }
  }

  /// A line that starts with what another one has.
  private func fresh(_ experiment: Experiment, _ parameters: [LayerParameters]) -> Timeline {
    var line = Timeline(dense: experiment)
    line.change { $1 = parameters }
    return line
  }

  @Test func betweenIterationsItTakesEffectThere() throws {
    var line = Timeline(dense: experiment)
    line.train(5)
    let before = (loss: try line.state.value(of: Quantity(.loss)), step: line.state.step, place: line.place)
    setRate(&line, 0.5)
    // the iteration's values are still there, the rate is the new one already
    #expect(line.place == before.place)
    #expect(line.state.step == before.step)
    #expect(try line.state.value(of: Quantity(.loss)) == before.loss)
    #expect(try line.state.value(of: Quantity(.rate)).elements == [0.5])
    #expect(line.state.worked.optimizer.rate != 0.5)
    var other = fresh(line.experiment, line.state.parameters)
    line.train(9)
    other.train(4)
    #expect(weights(line.state) == weights(other.state))
  }

  @Test func insideAnIterationItCountsFromItsBeginning() throws {
    for operation in 1..<Timeline(experiment).state.program.operations.count {
      var line = Timeline(dense: experiment)
      line.train(3)
      let begin = line.state.parameters
      line.move(to: Place(iteration: 3, operation: operation))
      line.change { experiment, parameters in
        parameters[0].w.values[0] = 0.75
        _ = experiment.network.optimizer.set("rate", to: 0.25)
      }
      #expect(line.place == Place(iteration: 3, operation: operation))
      var parameters = begin
      parameters[0].w.values[0] = 0.75
      var other = fresh(line.experiment, parameters)
      other.move(to: Place(operation: operation))
      for quantity in line.state.quantities where !["t", "iteration", "step", "epoch"].contains(quantity.kind.name) {
        let (one, two) = (
          try? line.state.value(of: quantity).bits, try? other.state.value(of: quantity).bits
        )
        #expect(one == two, "\(quantity.name) after operation \(operation)")
      }
      line.train(6)
      other.train(3)
      #expect(weights(line.state) == weights(other.state), "changed after operation \(operation)")
    }
  }

  @Test func insideAnOperationTheUnitsAreTakenAgain() throws {
    var line = Timeline(dense: experiment)
    line.change { experiment, _ in experiment.network.layers[0].units = 4 }
    let unit = 3
    line.move(to: Place(iteration: 2, operation: 0, unit: unit))
    line.change { _, parameters in parameters[0].w.values = parameters[0].w.values.map { _ in 0.5 } }
    #expect(line.place == Place(iteration: 2, operation: 0, unit: unit))
    let x = try line.state.value(of: Quantity(.x)).elements
    let net = try line.state.partialValue(of: Quantity(.net, 1)).elements
    let biases = line.state.forward[0].b.values
    let expected = (0..<3).map { unit in
      x.reduce(0) { $0 + $1 * 0.5 } + (biases.isEmpty ? 0 : biases[min(unit, biases.count - 1)])
    }
    #expect(agree(net, expected + [0], within: 1e-12))
  }

  @Test func inThePastItStartsANewFuture() {
    var (line, straight) = (Timeline(dense: experiment), Timeline(experiment))
    line.train(12)
    let end = line.place
    line.train(4)
    setRate(&line, 0.3)
    #expect(line.furthest == line.place)
    #expect(line.losses.values.count == 4)
    #expect(line.state(atStep: 12 * line.state.program.steps.count) == nil)
    line.move(to: end)
    straight.train(4)
    setRate(&straight, 0.3)
    straight.move(to: end)
    #expect(difference(line.state, straight.state.bits) == nil)
    #expect(line.losses == straight.losses)
  }

  @Test func goingBehindItHidesItAndReturningAppliesIt() throws {
    var line = Timeline(dense: experiment)
    line.train(4)
    let untouched = line.state.bits
    setRate(&line, 0.3)
    line.change { _, parameters in parameters[0].w.values[0] = 7 }
    let changed = line.state.bits
    line.train(8)
    let later = line.state.bits
    let rate = Quantity(.rate)
    for place in [Place(iteration: 3, operation: 2), Place(iteration: 2), Place()] {
      line.move(to: place)
      #expect(try line.state.value(of: rate).elements[0] == experiment.network.optimizer.rate)
      #expect(line.experiment == experiment)
      line.train(4)
      #expect(difference(line.state, changed) == nil)
      line.train(8)
      #expect(difference(line.state, later) == nil)
      line.move(to: place)
      line.train(8)
      #expect(difference(line.state, later) == nil)
    }
    #expect(changed != untouched)
  }

  @Test(arguments: [0, 48 << 20])
  func manyChangesManyWaysThere(memory: Int) {
    var line = Timeline(dense: experiment, memory: memory)
    var generator = Generator(seed: 12)
    var seen: [(Place, [String])] = []
    for round in 1...12 {
      line.move(to: Place(iteration: round * 3, operation: generator.int(0..<5)))
      if generator.chance(0.5) {
        setRate(&line, generator.uniform(0.001, 0.05))
      } else {
        line.change { _, parameters in parameters[0].w.values[0] = generator.uniform(-1, 1) }
      }
      seen.append((line.place, line.state.bits))
      // a change inside an iteration also counts at its beginning: what was seen at that place before is gone
      seen.removeAll { $0.0.iteration == line.place.iteration && $0.0 != line.place }
    }
    for _ in 0..<40 {
      let (place, bits) = generator.pick(seen)
      line.move(to: place)
      #expect(difference(line.state, bits) == nil, "\(place)")
    }
  }

  @Test func aFailedChangeChangesNothing() {
    struct Refused: Error {}
    var line = Timeline(dense: experiment)
    line.train(3)
    let (bits, furthest) = (line.state.bits, line.furthest)
    #expect(throws: Refused.self) {
      try line.change { (experiment: inout Experiment, parameters: inout [LayerParameters]) throws(Refused) in
        parameters[0].w.values[0] = 9
        throw Refused()
      }
    }
    #expect(difference(line.state, bits) == nil)
    #expect(line.furthest == furthest)
  }

  @Test func aChangeAtStepZeroIsTheBeginning() throws {
    var line = Timeline(dense: experiment)
    line.change { _, parameters in parameters[0].w.values[0] = 0.5 }
    #expect(line.place == Place())
    #expect(line.state.phase == .start)
    line.train(3)
    line.move(to: Place())
    #expect(try line.state.value(of: Quantity(.w, 1)).elements[0] == 0.5)
  }

  /// What is shared between an optimizer and one with other numbers is nothing that these decide.
  @Test(arguments: 0..<20)
  func anOptimizerThatIsSetTrainsAsOneThatWasSoFromTheStart(seed: Int) throws {
    let whole = Experiment.random(seed: seed)
    let optimizer = whole.network.optimizer
    var right = Timeline(whole)
    right.train(6)
    for setting in optimizer.rule.settings {
      let value = try #require(optimizer[setting.name])
      let others = setting.words.isEmpty ? [0, 0.25, 1] : [1 - value]
      for other in others where other != value && setting.range.contains(other) {
        var begun = whole
        let isSet = begun.network.optimizer.set(setting.name, to: other)
        #expect(isSet)
        var line = Timeline(begun)
        if seed % 2 == 1 { line.move(to: Place(iteration: 0, operation: 2)) }
        line.change { experiment, _ in _ = experiment.network.optimizer.set(setting.name, to: value) }
        line.train(6)
        #expect(weights(line.state) == weights(right.state), "seed \(seed), \(setting.name) from \(other) to \(value)")
      }
    }
  }
}
