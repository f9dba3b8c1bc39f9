import Engine
import Notation

extension Remark {
  /// The name of the remark that updates are too large.
  private static let updatesTooLarge = "updates-too-large"
  /// Those that say of the rate that it is too large.
  static let ofRate: Set = [notFinite, lossGrew, updatesTooLarge]

  /// How fast it goes, and whether anywhere.
  static let ofPace: [Remark] = [
    Remark(
      updatesTooLarge, "large updates", "an update changes the weights of a layer by half their size or more"
    ) { health in
      // A single sample is learned in a step or two.
      guard !health.hasLearned, health.experiment.data.count > 1,
        let layer = health.moving.max(by: { $0.change < $1.change }), layer.change > 0.5
      else { return nil }
      return Finding(
        "the next update changes layer \(layer.number) by \(text(100 * layer.change)) % of its size (0.1 % to 1 % is usual)",
        try: "rate \(text(health.rate / 10))")
    },
    Remark(
      "updates-too-small", "small updates", "an update changes no layer by as much as a millionth"
    ) { health in
      guard !health.hasLearned, health.iterations > 0,
        let layer = health.moving.max(by: { $0.change < $1.change }), layer.change < 1e-6, layer.change > 0
      else { return nil }
      // The power of ten that brings it near a thousandth, no larger than 1.
      var rate = health.rate
      var change = layer.change
      while change < 1e-4, rate * 10 <= 1 { (rate, change) = (rate * 10, change * 10) }
      let isFaster = rate > health.rate
      return Finding(
        "an update changes no layer by more than \(text(layer.change)) of its size (0.001 to 0.01 is usual)",
        try: isFaster ? "rate \(text(rate))" : "init xavier seed=\(health.experiment.seed + 1)")
    },
    Remark(
      "one-class", "one class", "all samples are taken for one class, and the loss goes down no more"
    ) { health in
      // A handful of samples takes long to be told apart, also where all goes well.
      let isLong =
        health.score.trained.samples < 10
        ? health.epochs >= 2000 : health.epochs >= 100 || health.epochs >= 10 && health.iterations >= 1000
      guard let one = health.score.trained.takenForAll, !health.hasLearned, isLong, health.isStuck else {
        return nil
      }
      let isShuffled = health.experiment.order != .sequential || health.experiment.batchesPerEpoch == 1
      return Finding(
        "all \(health.score.trained.samples) samples are taken for \(health.experiment.data.className(one)), and the loss "
          + "stays at \(text(health.score.trained.loss))",
        try: isShuffled ? "init xavier seed=\(health.experiment.seed + 1)" : "order shuffle")
    },
  ]
}

extension Health {
  /// The layers whose weights are trained.
  fileprivate var moving: [LayerHealth] {
    layers.filter { !experiment.network.layers[$0.number - 1].freezesWeights && $0.change.isFinite }
  }
}
