import Engine
import Notation

extension Session {
  /// The warnings about an experiment that another one did not call for.
  func newWarnings(from old: Experiment, to new: Experiment) -> [Text] {
    let isSame =
      old.data == new.data && old.network.layers == new.network.layers && old.network.loss == new.network.loss
      && old.network.inputs == new.network.inputs
    if isSame { return [] }
    let before = warnings(about: old)
    return warnings(about: new).filter { !before.contains($0) }
  }

  /// What is legal about an experiment and may not be meant.
  func warnings(about experiment: Experiment) -> [Text] {
    let network = experiment.network
    // Asked where it lies, before the rows are copied: this is looked at after every line.
    guard network.loss.rule.targets != .any, experiment.obstacle == nil, let last = network.layers.last else {
      return []
    }
    let (loss, activation) = (network.loss.rule, last.activation.rule)
    var found: [Text] = []
    let layer = network.layers.count
    if activation.range.lowerBound < 0 || activation.range.upperBound > 1 {
      let better: Text = loss.closedForm.map { ": \($0.activation) keeps it between 0 and 1" } ?? ""
      found.append(
        "\(loss.name) takes the log of a\(layer), and \(activation.name) may give what is no probability\(better)")
    }
    if let odd = firstTargetOutOfRange(experiment.data) {
      found.append(
        "\(loss.name) takes targets from 0 to 1; sample \(odd.sample + 1) has \(significant(odd.target, digits: 4))")
      return found
    }
    if loss.targets == .distribution { found += sums(experiment, layer) }
    return found
  }

  /// The first target that is no probability, with its sample from 0.
  private func firstTargetOutOfRange(_ data: Dataset) -> (sample: Int, target: Double)? {
    guard let place = data.targets.firstIndex(where: { $0 < 0 || $0 > 1 }) else { return nil }
    return (data.number(of: place / max(data.targetCount, 1)), data.targets[place])
  }

  /// Targets that do not sum to one, and what that does to δ.
  private func sums(_ experiment: Experiment, _ layer: Int) -> [Text] {
    let data = experiment.data
    var odd: (sample: Int, sum: Double)?
    var count = 0
    for sample in 0..<data.count {
      let sum = data.target(sample).reduce(0, +)
      guard abs(sum - 1) > 1e-9 else { continue }
      if odd == nil { odd = (sample, sum) }
      count += 1
    }
    guard let odd else { return [] }
    let sum = significant(odd.sum, digits: 4)
    if experiment.network.judgesALoneClass {
      return [
        "\(experiment.network.loss.rule.name) of one output looks at targets of 1 alone: where y is 0 it is 0, whatever comes out; what is yes or no has: loss \(Loss.ofProbabilities.name)"
      ]
    }
    let consequence: Text =
      experiment.network.closedForm != nil
      ? "delta\(layer) is \(sum) * a\(layer) - y there, not a\(layer) - y" : "they are no distribution"
    let whose: Text =
      count == 1
      ? "the targets of sample \(odd.sample + 1) sum to \(sum), not to 1"
      : "the targets of \(count) samples do not sum to 1; those of sample \(odd.sample + 1) sum to \(sum)"
    return ["\(whose): \(consequence)"]
  }
}
