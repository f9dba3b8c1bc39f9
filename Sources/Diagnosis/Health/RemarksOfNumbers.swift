import Engine
import Notation

extension Remark {
  /// The names of the remarks that the numbers, or the loss, blew up.
  static let (notFinite, lossGrew) = ("not-finite", "loss-grew")

  /// What has become of the numbers themselves.
  static let ofNumbers: [Remark] = [
    Remark(
      notFinite, "not finite", "weights or the loss are no finite numbers any more"
    ) { health in
      if let layer = health.layers.first(where: { $0.nonFinite > 0 }) {
        let isOne = layer.nonFinite == 1
        return Finding(
          "\(counted(layer.nonFinite, "number")) of layer \(layer.number) \(isOne ? "is" : "are") no longer finite: "
            + "take the run back, and then: rate \(text(health.rate / 10))",
          try: "undo")
      }
      guard !health.score.trained.loss.isFinite else { return nil }
      return Finding(
        "the loss over all samples is \(text(health.score.trained.loss)), though all weights are finite",
        try: "init xavier")
    },
    Remark(
      lossGrew, "loss grew", "the loss over all samples grew over the last epochs: the rate is too large"
    ) { health in
      guard health.epochs >= 2 || health.hasBlownUp, !health.hasLearned, let first = health.course.first else {
        return nil
      }
      let now = health.score.trained.loss
      let last =
        (health.course.filter { $0.iterations < health.score.iterations }.suffix(3).map(\.trained.loss)) + [now]
      let rises = last.count == 4 && zip(last, last.dropFirst()).allSatisfy { $0 < $1 }
      let least = health.course.map(\.trained.loss).min() ?? now
      // What is small beside what it was once moves as it will.
      guard now > 0.05 * health.worstLoss, now > 1.2 * first.trained.loss || rises && now > 1.5 * least else {
        return nil
      }
      let before = now > 1.2 * first.trained.loss ? first.trained.loss : least
      return Finding(
        "the loss grew from \(text(before)) to \(text(now)) since the last change: rate \(text(health.rate)) is too large",
        try: "rate \(text(health.rate / 10))")
    },
    Remark(
      "weights-vanished", "no weights", "all weights of a layer shrank to nothing, so that nothing passes"
    ) { health in
      guard health.iterations > 0 else { return nil }
      for layer in health.layers where layer.largestWeight < 1e-4 && layer.largestWeight.isFinite {
        let drawn = health.experiment.initialParameters(layer: layer.number).w.values.map(abs).max() ?? 0
        guard drawn > 1e3 * layer.largestWeight else { continue }
        return Finding(
          "every weight of layer \(layer.number) shrank to nothing, the largest is \(text(layer.largestWeight)): "
            + "all samples give the same",
          try: "init xavier seed=\(health.experiment.seed + 1)")
      }
      return nil
    },
  ]
}
