import Testing

@testable import Engine

/// Values put in by hand: they stand where they were put, what follows uses them, and the iteration after is itself again.
@Suite struct InjectionTests {
  /// 2-2-1, sigmoid, two samples one after another.
  private func line() -> Timeline {
    var network = Network()
    network.inputs = 2
    let sigmoid = ActivationChoice(Activation.named("sigmoid") ?? Activation.all[0])
    network.layers = [Layer(units: 2, activation: sigmoid), Layer(units: 1, activation: sigmoid)]
    var data = Dataset()
    data.append(input: [0.5, 1], target: [1])
    data.append(input: [-1, 0.25], target: [0])
    return Timeline(Experiment(network: network, data: data))
  }

  private func numbers(_ line: Timeline, _ kind: Quantity.Kind, _ layer: Int) throws -> [Double] {
    try line.state.value(of: Quantity(kind, layer)).elements
  }

  private func delta(_ values: [Int: Double], layer: Int = 1) -> Injection {
    Injection(Quantity(.delta, layer), sample: 0, values: values)
  }

  @Test func whatFollowsUsesIt() throws {
    var line = line()
    line.inject(delta([0: 0.5, 1: -2]))
    let before = try numbers(line, .w, 1)
    line.train(1)
    #expect(try numbers(line, .delta, 1) == [0.5, -2])
    #expect(try numbers(line, .dw, 1) == [0.25, 0.5, -1, -2])
    #expect(try numbers(line, .db, 1) == [0.5, -2])
    // w ← w − 1·dw
    #expect(agree(try numbers(line, .w, 1), zip(before, [0.25, 0.5, -1, -2]).map { $0 - $1 }, within: 1e-15))
    #expect(line.state.isInjected(Quantity(.delta, 1), row: 1, column: 0))
    #expect(!line.state.isInjected(Quantity(.delta, 2), row: 0, column: 0))
  }

  @Test func itIsGoneWithTheIteration() throws {
    var line = line()
    line.inject(delta([0: 0.5, 1: -2]))
    line.train(1)
    var plain = self.line()
    plain.change { $1 = line.state.parameters }
    // The second sample, on the same weights.
    plain.change { experiment, _ in
      experiment.data.remove(at: 0)
    }
    plain.train(1)
    line.train(2)
    #expect(try numbers(line, .delta, 1) == numbers(plain, .delta, 1))
    #expect(line.state.injected.isEmpty)
  }

  @Test func putInAfterItsPlaceTheStepsAreTakenAgain() throws {
    var (early, late) = (line(), line())
    early.inject(delta([1: 3], layer: 1))
    early.train(1)
    late.move(to: Place(operation: late.state.program.operations.count - 1))
    let place = late.place
    late.inject(delta([1: 3], layer: 1))
    #expect(late.place == place)
    #expect(try numbers(late, .delta, 1)[1] == 3)
    late.train(1)
    #expect(late.state.parameters == early.state.parameters)
  }

  @Test func afterTheLastUpdateItCountsForTheNextIteration() throws {
    var line = line()
    line.train(1)
    let shown = try numbers(line, .delta, 1)
    line.inject(Injection(Quantity(.dw, 2), sample: nil, values: [0: 1, 1: 2]))
    #expect(try numbers(line, .delta, 1) == shown)
    #expect(line.state.injected.isEmpty)
    let before = try numbers(line, .w, 2)
    line.train(2)
    #expect(agree(try numbers(line, .w, 2), [before[0] - 1, before[1] - 2], within: 1e-15))
  }

  @Test func goingBackAndForthGivesTheSameBits() throws {
    var line = line()
    line.train(3)
    line.inject(delta([0: 0.125]))
    line.train(300)
    let end = line.state.parameters
    let place = line.place
    line.move(to: Place(iteration: 3, operation: 5))
    line.move(to: Place(iteration: 1, operation: 2))
    line.move(to: place)
    #expect(line.state.parameters == end)
    var other = self.line()
    other.train(300)
    #expect(other.state.parameters != end)
  }

  @Test func aLaterChangeKeepsItAndAnotherShapeDoesNot() throws {
    var line = line()
    line.move(to: Place(operation: 3))
    line.inject(delta([0: 0.5]))
    line.change { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 0.1) }
    line.inject(delta([1: 0.75]))
    line.train(1)
    #expect(try numbers(line, .delta, 1) == [0.5, 0.75])
    line = self.line()
    line.move(to: Place(operation: 3))
    line.inject(delta([0: 0.5]))
    line.change { experiment, _ in experiment.network.layers[0].units = 3 }
    line.train(1)
    #expect(line.state.injected.isEmpty)
  }
}
