import Engine
import Notation
import Testing

@testable import Diagnosis

@Suite struct GradientCheckTests {
  /// A 2-2-1 network of tanh and sigmoid under half squared error, the mean over three samples, the second on show.
  private func timeline() throws -> Timeline {
    var network = Network(name: "test")
    network.inputs = 2
    for (units, name) in [(2, "tanh"), (1, "sigmoid")] {
      network.layers.append(Layer(units: units, activation: ActivationChoice(try #require(Activation.named(name)))))
    }
    var data = Dataset()
    data.append(input: [0.5, -1], target: [1])
    data.append(input: [1.5, 0.25], target: [0])
    data.append(input: [-0.75, 2], target: [0.5])
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = nil
    var line = Timeline(experiment)
    line.change { _, parameters in
      parameters[0].w.values = [0.1, -0.2, 0.3, 0.4]
      parameters[0].b.values = [0.05, -0.15]
      parameters[1].w.values = [0.7, -0.6]
      parameters[1].b.values = [0.2]
    }
    line.select(1)
    return line
  }

  /// The elements in the order of a check.
  private let elements =
    [(0, 0), (0, 1), (1, 0), (1, 1)].map { Element(Quantity(.w, 1), row: $0.0, column: $0.1) }
    + [0, 1].map { Element(Quantity(.b, 1), row: $0) }
    + [0, 1].map { Element(Quantity(.w, 2), row: 0, column: $0) }
    + [Element(Quantity(.b, 2))] + [0, 1].map { Element(Quantity(.x), row: $0, sample: 1) }

  /// Central differences at h = 1e-4, by NumPy:
  ///
  ///     import numpy as np
  ///     def loss(w1, b1, w2, b2, x, y):
  ///         a1 = np.tanh(x @ w1.T + b1)
  ///         a2 = 1 / (1 + np.exp(-(a1 @ w2.T + b2)))
  ///         return np.mean(0.5 * np.sum((y - a2) ** 2, axis=1))
  ///     p = [np.array([[0.1, -0.2], [0.3, 0.4]]), np.array([0.05, -0.15]), np.array([[0.7, -0.6]]), np.array([0.2])]
  ///     x = np.array([[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0]]); y = np.array([[1.0], [0.0], [0.5]]); h = 1e-4
  ///     for q in range(4):
  ///         for i in np.ndindex(p[q].shape):
  ///             up = [v.copy() for v in p]; down = [v.copy() for v in p]
  ///             up[q][i] += h; down[q][i] -= h
  ///             print(repr(float((loss(*up, x, y) - loss(*down, x, y)) / (2 * h))))
  ///     for j in range(2):
  ///         up = x[1:2].copy(); down = x[1:2].copy()
  ///         up[0, j] += h; down[0, j] -= h
  ///         print(repr(float((loss(*p, up, y[1:2]) - loss(*p, down, y[1:2])) / (2 * h))))
  private let differences = [
    0.03879920473418008, 0.016583819510904152, -0.028974441250717575, -0.012487075412292992, 0.008967479789359634,
    -0.005455704696413766, 0.001388901455998126, 0.023776185421389706, 0.010501804827423022, -0.011087290265193728,
    -0.04434700316247042,
  ]

  @Test func differencesAreThoseOfAnotherProgram() throws {
    let state = try timeline().state
    var moving = try CostOfIteration(ForwardPass(state), read: CostOfIteration.loss)
    for (element, expected) in zip(elements, differences) {
      moving.turn(to: element)
      let found = try moving.difference(.fixed(1e-4)).0.slope
      moving.putBack()
      #expect(abs(found - expected) < 5e-12, "\(element)")
    }
  }

  @Test func aRightGradientHoldsWhereverOneStands() throws {
    var line = try timeline()
    for step in 0..<8 {
      line.move(to: line.place(ofStep: step))
      let check = try #require(try GradientCheck(.ofLoss(at: line.state)))
      #expect(check.holds && check.checked == 11 && check.count == 11 && check.passes == 22, "step \(step)")
      #expect(try #require(check.worst).relativeError < 1e-8)
      let worst = try #require(check.quantities.first?.worst)
      #expect(abs(worst.exact - differences[worst.element.row * 2 + worst.element.column]) < 1e-8)
    }
  }

  @Test func aGradientThatIsWrongInOneNumberFailsThere() throws {
    let state = try timeline().state
    for wrong in elements {
      for factor in [1.0001, 0, -1] {
        let gradient = Gradient.ofLoss(at: state).beside { $0 == wrong ? $1 * factor : $1 }
        let check = try #require(try GradientCheck(gradient))
        #expect(!check.holds && check.worst?.element == wrong, "\(wrong) times \(factor)")
        #expect(check.quantities.map(\.differing).reduce(0, +) == 1)
      }
    }
  }

  @Test func aGradientOfTheSumIsNotThatOfTheMean() throws {
    let gradient = Gradient.ofLoss(at: try timeline().state).beside { $0.quantity.kind == .x ? $1 : 3 * $1 }
    let check = try #require(try GradientCheck(gradient))
    #expect(check.quantities.map(\.differing) == [4, 2, 2, 1, 0])
    #expect(try abs(#require(check.worst).relativeError - 2.0 / 3) < 1e-6)
  }

  @Test func aCostIsHeldAgainstItsDerivativesInDualNumbers() throws {
    let state = try timeline().state
    let cost = try Expression.parse("loss^2 + 0.1 * sum(w1 .* w1) + b2 * a1[2] + 0.3 * net1[1]")
    let gradient = try Gradient.of(cost, at: state, definitions: Definitions(), layout: .outIn)
    let check = try #require(try GradientCheck(gradient))
    #expect(check.holds && check.checked == 11)
    #expect(try #require(check.worst).relativeError < 1e-8)
    let wrong = try #require(
      try GradientCheck(gradient.beside { $0.quantity == Quantity(.w, 1) ? $1 - 0.2 * 0.1 : $1 }))
    #expect(wrong.quantities.map(\.differing) == [4, 0, 0, 0, 0])
  }

  @Test func besideAKinkANearerDifferenceDecides() throws {
    // net = 2e-6 is nearer to 0 than h, and further from it than h/16.
    var network = Network()
    network.inputs = 1
    network.layers = [Layer(units: 1, activation: ActivationChoice(try #require(Activation.named("relu"))))]
    var data = Dataset()
    data.append(input: [1], target: [2])
    var line = Timeline(Experiment(network: network, data: data))
    line.change { _, parameters in (parameters[0].w.values, parameters[0].b.values) = ([1], [-1 + 2e-6]) }
    let right = try #require(try GradientCheck(.ofLoss(at: line.state)))
    #expect(right.holds && right.crossings.map(\.others) == [2] && right.worst == nil)
    #expect(right.crossings.first?.first.finding == .crossesKink)
    let wrong = try #require(try GradientCheck(Gradient.ofLoss(at: line.state).beside { _, slope in slope * 1.5 }))
    #expect(!wrong.holds && wrong.quantities.map(\.differing) == [1, 1, 1])
  }

  @Test func theStateStaysAsItIs() throws {
    var line = try timeline()
    line.move(to: line.place(ofStep: 4))
    let (before, twin) = (line.state, line.state)
    var check = try #require(try GradientCheck(.ofLoss(at: before)))
    _ = try check.worst(at: .fixed(0.01))
    #expect(before.place == twin.place && before.parameters == twin.parameters && before.forward == line.state.forward)
    for name in ["net1", "a1", "a2", "loss", "delta2", "dw2", "x"] {
      let quantity = try #require(Quantity.named(name))
      #expect(try before.value(of: quantity) == line.state.value(of: quantity))
    }
  }

  @Test func whatIsTooMuchWorkIsASampleAndThenNothing() throws {
    let state = try timeline().state
    let part = try #require(try GradientCheck(.ofLoss(at: state), mostWork: 2000))
    #expect(part.checked < 11 && part.checked >= 5 && part.count == 11 && part.holds)
    #expect(try GradientCheck(.ofLoss(at: state), mostWork: 10) == nil)
  }
}
