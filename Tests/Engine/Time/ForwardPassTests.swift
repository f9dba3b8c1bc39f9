import Testing

@testable import Engine

@Suite struct ForwardPassTests {
  /// The loss of the iteration on show with a number of the parameters or inputs another one, taken from the beginning.
  private func fresh(_ line: Timeline, _ parameter: Quantity, _ place: Int, _ value: Double) -> Timeline {
    var line = line
    let sample = line.state.batch[line.state.selected]
    line.move(to: Place(iteration: 0))
    line.change { experiment, parameters in
      if parameter.kind == .x {
        experiment.data.setInput(sample, place, value)
      } else {
        parameters[parameter.layer - 1][parameter.kind].values[place] = value
      }
    }
    line.move(to: line.endOfNext(.forward))
    return line
  }

  @Test(arguments: 0..<40) func aMovedNumberGivesTheBitsOfAPassFromTheBeginning(seed: Int) throws {
    var generator = Generator(seed: seed, stream: 5)
    var line = Timeline(Experiment.random(seed: seed))
    let network = line.experiment.network
    let stand = Int.random(in: 0..<line.state.program.operations.count, using: &generator)
    line.move(to: Place(iteration: 0, operation: stand))
    var pass = ForwardPass(line.state)
    // Without being put back at once, so that what is left over shows.
    for _ in 0..<20 {
      let layer = generator.int(1..<network.layers.count + 1)
      let value = generator.uniform(-1, 1)
      let kind = generator.pick([Quantity.Kind.w, .b, .x])
      if kind == .x {
        let (place, sample) = (generator.int(0..<network.inputs), line.state.selected)
        let before = pass.input(place, ofSample: sample)
        pass.move(input: place, ofSample: sample, to: value)
        pass.settle()
        let expected = fresh(line, Quantity(.x), place, value)
        #expect(pass.loss(ofSample: sample) == (try expected.state.loss(ofSample: sample)), "seed \(seed)")
        pass.move(input: place, ofSample: sample, to: before)
      } else {
        let quantity = Quantity(kind, layer)
        let count = line.state.forward[layer - 1][kind].values.count
        guard count > 0 else { continue }
        let place = generator.int(0..<count)
        let before = pass.value(of: quantity, at: place)
        pass.move(quantity, at: place, to: value)
        pass.settle()
        let expected = fresh(line, quantity, place, value).state
        #expect(
          pass.batchLoss == (try expected.value(of: Quantity(.loss)).elements[0]), "seed \(seed) \(quantity.name)")
        #expect(try pass.state.value(of: Quantity(.out)) == expected.value(of: Quantity(.out)), "seed \(seed)")
        pass.move(quantity, at: place, to: before)
        if generator.chance(0.5) { pass.settle() }
      }
    }
    pass.settle()
    #expect(line.state.place == Place(iteration: 0, operation: stand))
  }

  @Test func sidesAreThoseOfNetAndOfTheError() throws {
    var network = Network()
    network.inputs = 1
    network.layers = [Layer(units: 2, activation: try .named("relu"), bias: .none)]
    network.loss = try .named("huber", ["delta": 0.5])
    var data = Dataset()
    data.append(input: [1], target: [0, 0.25])
    var line = Timeline(Experiment(network: network, data: data))
    line.change { _, parameters in parameters[0].w.values = [0, 0.75] }
    var pass = ForwardPass(line.state)
    func sides(_ place: Int, _ value: Double) -> KinkSides {
      pass.move(Quantity(.w, 1), at: place, to: value)
      pass.settle()
      var sides = KinkSides(of: network)
      sides.note(pass, from: 1)
      return sides
    }
    func between(_ place: Int, _ low: Double, _ high: Double, back: Double) -> [Kink] {
      let (below, above) = (sides(place, low), sides(place, high))
      _ = sides(place, back)
      return above.between(below, samples: 1, from: 1)
    }
    #expect(
      between(0, -0.1, 0.1, back: 0) == [Kink(layer: 1, unit: 0, sample: 0, isOfLoss: false, place: 0)])
    // a - y = 0.5 at w = 0.75.
    #expect(between(1, 0.7, 0.8, back: 0.75) == [Kink(layer: 1, unit: 1, sample: 0, isOfLoss: true, place: 0.5)])
    #expect(between(1, 0.75, 0.8, back: 0.75).isEmpty && between(1, 0.8, 0.9, back: 0.75).isEmpty)
  }

  @Test func rowsWithKinksAreThoseWhoseSlopeJumps() {
    // A slope that jumps at 0, or a slope's slope at |e| = delta, is told by the rows' own derivatives.
    for rule in Activation.all where rule.isElementwise {
      let choice = ActivationChoice(rule)
      func slope(_ net: Double) -> Double { choice.derivative(net: net, a: choice.value(net)) }
      let jumps = abs(slope(1e-9) - slope(-1e-9)) > 1e-3
      #expect(jumps == (choice.kinks == [0]), "\(rule.name)")
    }
    #expect(Activation.all.filter(\.hasKinks).map(\.name) == ["relu", "leaky-relu", "elu"])
    #expect(Loss.all.filter(\.hasKinks).map(\.name) == ["mean-absolute-error", "huber"])
  }
}
