import Testing

@testable import Engine

/// A row that works on a whole layer, with settings of its own, needs nothing but itself.
struct WholeActivationTests {
  /// Shares of the exponentials with a sharpness, of which a part is held back: a = e^(s·net) / (Σ e^(s·net) + held).
  static let heldShares = Activation.whole(
    "held-shares", "exp(sharpness * net) / (sum(exp(sharpness * net)) + held)",
    derivative: "sharpness * a[i] * ((i == k) - a[k])", "shares of which a part is held back", in: 0...1,
    settings: [.number("sharpness", 1, "how much the largest stands out"), .number("held", 1, "what is held back")],
    values: { net, a, count, settings in
      var total = settings[1]
      for unit in 0..<count {
        a[unit] = exponential(settings[0] * net[unit])
        total += a[unit]
      }
      for unit in 0..<count { a[unit] /= total }
    },
    jacobian: { _, a, i, k, settings in settings[0] * a[i] * ((i == k ? 1 : 0) - a[k]) })

  private func line(_ settings: [String: Double], at weights: [Double]) throws -> Timeline {
    var choice = ActivationChoice(Self.heldShares)
    for (name, value) in settings {
      let isTaken = choice.set(name, to: value)
      try #require(isTaken)
    }
    var network = Network()
    network.inputs = 2
    network.layers = [
      Layer(units: 3, activation: choice), Layer(units: 2, activation: choice, bias: .shared),
    ]
    var data = Dataset()
    data.append(input: [0.3, -0.7], target: [0.2, 0.6])
    data.append(input: [-0.4, 0.5], target: [0.9, 0.1])
    var experiment = Experiment(network: network, data: data)
    experiment.batchSize = nil
    var line = Timeline(experiment)
    line.change { _, parameters in
      parameters[0].w.values = Array(weights.prefix(6))
      parameters[1].w.values = Array(weights.suffix(6))
    }
    line.move(to: line.place(1, on: .iteration))
    return line
  }

  @Test(arguments: [["sharpness": 1.0, "held": 0], ["sharpness": 2.5, "held": 0.7], ["sharpness": -0.8, "held": 3]])
  func itsGradientsAreThoseOfDifferences(settings: [String: Double]) throws {
    let weights = (0..<12).map { Double($0 * 7 % 11) / 6 - 0.9 }
    let state = try line(settings, at: weights).state
    let gradients = try [1, 2].flatMap { try state.value(of: Quantity(.dw, $0)).elements }
    for (place, gradient) in gradients.enumerated() {
      func loss(_ by: Double) throws -> Double {
        var moved = weights
        moved[place] += by
        return try line(settings, at: moved).state.value(of: Quantity(.loss)).elements[0]
      }
      let difference = try (loss(1e-5) - loss(-1e-5)) / 2e-5
      #expect(agree(gradient, difference, within: 1e-7), "weight \(place) with \(settings)")
    }
  }

  /// Without anything held back, at sharpness 1, it is softmax.
  @Test func itsPlainCaseIsSoftmax() throws {
    var choice = ActivationChoice(Self.heldShares)
    let isTaken = choice.set("held", to: 0)
    try #require(isTaken)
    let net = Matrix(column: [0.4, -1.2, 2.5])
    let softmax = try ActivationChoice.named("softmax")
    #expect(agree(choice.value(of: net).elements, softmax.value(of: net).elements, within: 1e-15))
    let a = softmax.value(of: net)
    #expect(agree(choice.jacobian(net: net, a: a).elements, softmax.jacobian(net: net, a: a).elements, within: 1e-15))
  }
}
