import Engine
import Notation

extension Remark {
  /// The name of the remark that the loss takes the log of what may be no probability.
  static let logOfOutput = "log-of-output"

  /// What of data, loss and activation does not go together.
  static let ofTask: [Remark] = [
    Remark(
      logOfOutput, "loss misfit",
      "the loss takes the log of the outputs, and the last activation may give what is no probability"
    ) { health in
      let network = health.experiment.network
      guard let last = network.layers.last?.activation.rule, network.loss.rule.targets != .any else { return nil }
      let (low, high) = (last.range.lowerBound, last.range.upperBound)
      guard low < 0 || high > 1, let closed = network.loss.rule.closedForm else { return nil }
      let outside: Text =
        low < 0 && high > 1 ? "any number" : low < 0 ? "numbers down to \(text(low))" : "more than 1"
      return Finding(
        "\(network.loss.rule.name) takes the log of a probability, and \(last.name) gives \(outside)",
        try: line(health.layers.count, health, as: closed.activation))
    },
    Remark(
      "one-softmax-unit", "lone softmax", "softmax shares 1 out among the units: a single one always gives 1"
    ) { health in
      guard let last = health.experiment.network.layers.last, last.units == 1, last.activation.isConstantAlone
      else { return nil }
      return Finding(
        "\(last.activation.rule.name) over a single unit gives \(shortest(last.activation.value(0))) whatever its net is, so that nothing can be learned",
        try: line(health.layers.count, health, as: "sigmoid"))
    },
    Remark(
      "one-output-of-classes", "lone output",
      "the loss looks at the target's class alone, and with one output there is none beside"
    ) { health in
      let network = health.experiment.network
      guard network.judgesALoneClass else { return nil }
      return Finding(
        "\(network.loss.rule.name) of a single output is 0 where its target is 0, whatever comes out",
        try: "loss \(Loss.ofProbabilities.name)")
    },
    Remark(
      "targets-out-of-range", "target range", "targets lie where the last activation never comes"
    ) { health in
      let (network, data) = (health.experiment.network, health.experiment.data)
      guard let last = network.layers.last?.activation.rule, let low = data.targets.min(), let high = data.targets.max()
      else { return nil }
      let (least, most) = (last.range.lowerBound, last.range.upperBound)
      let isProbability = network.loss.rule.targets != .any
      guard low < least || high > most || isProbability && (low < 0 || high > 1) else { return nil }
      let reach: Text = "targets go from \(text(low)) to \(text(high))"
      if low < least || high > most {
        let ends: Text =
          least.isFinite && most.isFinite
          ? "from \(text(least)) to \(text(most)) only"
          : least.isFinite ? "nothing below \(text(least))" : "nothing above \(text(most))"
        let other = isProbability ? "loss half-squared-error" : line(health.layers.count, health, as: "identity")
        return Finding("\(reach), and \(last.name) gives \(ends)", try: other)
      }
      return Finding(
        "\(reach), and \(network.loss.rule.name) is meant for 0 to 1", try: "loss half-squared-error")
    },
    Remark(
      "sorted-data", "sorted data", "the samples come sorted by class, in the same order every epoch"
    ) { health in
      let (experiment, data) = (health.experiment, health.experiment.data)
      guard health.iterations > 0, experiment.order == .sequential, experiment.batchesPerEpoch > 1, data.count >= 10,
        !health.hasLearned,
        health.score.trained.accuracy != nil
      else { return nil }
      let runs = ClassRuns(data)
      guard runs.classes > 1, runs.changes <= 2 * (runs.classes - 1), runs.longest > experiment.samplesPerBatch else {
        return nil
      }
      return Finding(
        "the \(data.count) samples come sorted by class, up to \(runs.longest) of one in a row, and each class undoes the last",
        try: "order shuffle")
    },
  ]
}

/// How the classes of samples follow each other.
private struct ClassRuns {
  private(set) var classes = 0
  private(set) var changes = 0
  private(set) var longest = 0

  init(_ data: Dataset) {
    var (seen, last, length): (Set<Int>, Int?, Int) = ([], nil, 0)
    let border = data.border
    for sample in 0..<data.count {
      let target = data.target(sample)
      let own = target.count == 1 ? (target.first ?? 0 >= border ? 1 : 0) : State.largest(target) ?? 0
      seen.insert(own)
      if let last, last != own { (changes, length) = (changes + 1, 0) }
      (last, length) = (own, length + 1)
      longest = max(longest, length)
    }
    classes = seen.count
  }
}
