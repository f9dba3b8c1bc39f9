import Engine

@testable import Notation

/// Small networks for derivations.
enum Networks {
  /// Matt Mazur's example: 2-2-2, sigmoid, half-squared error, rate 0.5, biases frozen.
  static func mazur(rate: Double = 0.5) -> Timeline {
    var network = Network(name: "mazur")
    network.inputs = 2
    for _ in 0..<2 {
      var layer = Layer(units: 2, activation: activation("sigmoid"))
      layer.freezesBiases = true
      network.layers.append(layer)
    }
    _ = network.optimizer.set("rate", to: rate)
    var data = Dataset()
    data.append(input: [0.05, 0.10], target: [0.01, 0.99])
    var timeline = Timeline(Experiment(network: network, data: data))
    timeline.change { _, parameters in
      parameters[0].w.values = [0.15, 0.20, 0.25, 0.30]
      parameters[0].b.values = [0.35, 0.35]
      parameters[1].w.values = [0.40, 0.45, 0.50, 0.55]
      parameters[1].b.values = [0.60, 0.60]
    }
    return timeline
  }

  /// One softmax layer under cross-entropy whose logits are 2, 1, 0.1.
  static func softmax(targets: [Double] = [1, 0, 0]) -> Timeline {
    var network = Network(name: "softmax-ce")
    network.inputs = 1
    network.layers = [Layer(units: 3, activation: activation("softmax"), bias: .none)]
    network.loss = LossChoice(Loss.named("cross-entropy") ?? Loss.all[0])
    var data = Dataset()
    data.append(input: [1], target: targets)
    var timeline = Timeline(Experiment(network: network, data: data))
    timeline.change { _, parameters in parameters[0].w.values = [2, 1, 0.1] }
    return timeline
  }

  static func activation(_ name: String) -> ActivationChoice {
    ActivationChoice(Activation.named(name) ?? Activation.all[0])
  }
}

extension Timeline {
  /// At another layer step.
  func at(_ step: Int) -> Timeline {
    var other = self
    other.move(to: place(ofStep: step))
    return other
  }

  /// A derivation here.
  func derivation(_ name: String, _ row: Int = 1, _ column: Int = 1) throws -> Derivation {
    let quantity = Quantity.named(name) ?? Quantity(.loss)
    return try Derivation(of: Element(quantity, row: row - 1, column: column - 1), in: state)
  }
}
