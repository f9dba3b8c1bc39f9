import Engine
import Notation

extension Remark {
  /// What keeps units and layers from learning.
  static let ofUnits: [Remark] = [
    Remark(
      "dead-units", "dead units", "the derivative of a unit is 0 for every sample, so that its weights never move"
    ) { health in
      guard !health.hasLearned, let layer = health.layers.max(by: { $0.deadShare < $1.deadShare }),
        layer.deadShare >= (health.isStuck ? 0.25 : 0.5)
      else { return nil }
      let activation = health.experiment.network.layers[layer.number - 1].activation.rule.name
      return Finding(
        "\(unitsText(layer.dead, of: layer.units)) of layer \(layer.number): f′ of \(activation) is 0 for "
          + health.allSamples,
        try: line(layer.number, health, as: "leaky-relu"))
    },
    Remark(
      "saturated-units", "saturated", "a unit is at the same end of its range for every sample"
    ) { health in
      guard !health.hasLearned,
        let layer = health.layers.first(where: { $0.saturatedShare >= (health.isStuck ? 0.5 : 0.9) })
      else { return nil }
      let activation = health.experiment.network.layers[layer.number - 1].activation.rule.name
      let isScaled = health.experiment.data.scaling != .none
      return Finding(
        "\(unitsText(layer.saturated, of: layer.units)) of layer \(layer.number): \(activation) is at one end of its "
          + "range for " + health.allSamples,
        try: layer.number == 1 && !isScaled ? "scale standard" : "init xavier seed=\(health.experiment.seed + 1)")
    },
    Remark(
      "vanishing-gradient", "fading δ", "δ fades from layer to layer on its way back"
    ) { health in
      guard !health.hasLearned, let (first, last) = health.ends, first.delta < 1e-3 * last.delta else { return nil }
      let isScaled = health.experiment.network.optimizer.rule.memory.contains(where: \.isOfSquares)
      return Finding(
        "δ fades on its way back: \(text(last.delta)) in layer \(last.number), \(text(first.delta)) in layer "
          + "\(first.number)",
        try: isScaled ? "init he" : "optimizer adam rate=0.01")
    },
    Remark(
      "exploding-gradient", "growing δ", "δ grows from layer to layer on its way back"
    ) { health in
      guard !health.hasLearned, let (first, last) = health.ends, first.delta > 1e3 * last.delta else { return nil }
      return Finding(
        "δ grows on its way back: \(text(last.delta)) in layer \(last.number), \(text(first.delta)) in layer "
          + "\(first.number)",
        try: "init xavier seed=\(health.experiment.seed + 1)")
    },
  ]
}

extension LayerHealth {
  /// The share of its units that are at an end of their range. A few are in networks that learn well, as are dead ones.
  fileprivate var saturatedShare: Double { Double(saturated.count) / Double(max(units, 1)) }

  /// The share of its units that are dead.
  fileprivate var deadShare: Double { Double(dead.count) / Double(max(units, 1)) }
}

extension Health {
  /// The first and the last layer, where δ is something there.
  fileprivate var ends: (first: LayerHealth, last: LayerHealth)? {
    guard layers.count > 1, let first = layers.first, let last = layers.last, last.delta > 1e-12, last.delta.isFinite,
      first.delta.isFinite
    else { return nil }
    return (first, last)
  }
}
