import Engine
import Notation

/// A condition that a page may leave unsaid: a row of the table. An assertion that fails is tried once more where the
/// condition is met; where it then holds, that is the reason.
public struct Condition: Sendable {
  /// The name, for programs.
  public let name: String
  /// Whether the condition is not met where a state stands, so that there is something to try.
  let isMissed: @Sendable (State) -> Bool
  /// Meets it, for the samples of a batch.
  let meet: @Sendable (_ experiment: inout Experiment, _ batch: [Int]) -> Void
  /// What to say of a state where it was the reason: `it holds at rate 1; the rate is 0.5`.
  let words: @Sendable (State) -> String

  /// Every condition, in the order in which they are tried; a new one is one entry.
  public static let all: [Condition] = [
    Condition(
      name: "rate",
      isMissed: { $0.worked.optimizer.rate != 1 },
      meet: { experiment, _ in _ = experiment.network.optimizer.set("rate", to: 1) },
      words: { "it holds at rate 1; the rate is \(shortest($0.worked.optimizer.rate))" }),
    Condition(
      name: "target-sum",
      isMissed: { state in
        state.worked.loss.rule.targets == .distribution
          && state.targetSums.contains { $0.isFinite && $0 > 0 && abs($0 - 1) > 1e-12 }
      },
      meet: { experiment, batch in
        for sample in batch {
          let targets = Array(experiment.data.target(sample))
          let sum = targets.reduce(0, +)
          guard sum > 0 else { continue }
          for (column, target) in targets.enumerated() { experiment.data.setTarget(sample, column, target / sum) }
        }
      },
      words: { state in
        let sum = state.targetSums.first { abs($0 - 1) > 1e-12 } ?? 1
        return "it holds where the targets sum to 1; here they sum to \(significant(sum, digits: 6))"
      }),
    loss("half-squared-error", for: "mean-squared-error") { "2/\($0) of it" },
    loss("mean-squared-error", for: "half-squared-error") { "\($0)/2 times that" },
    Condition(
      name: "one-sample",
      isMissed: { $0.batch.count > 1 },
      meet: { experiment, batch in
        // Every sample is the one on show: then their mean is that one's own.
        experiment.reduction = .mean
        guard let first = batch.first else { return }
        let (input, target) = (Array(experiment.data.input(first)), Array(experiment.data.target(first)))
        for sample in batch.dropFirst() {
          for (column, value) in input.enumerated() { experiment.data.setInput(sample, column, value) }
          for (column, value) in target.enumerated() { experiment.data.setTarget(sample, column, value) }
        }
      },
      words: { "it holds for a batch of one sample; this one has \($0.batch.count)" }),
    Condition(
      name: "old-weights",
      isMissed: { $0.hasUpdated },
      // With everything frozen, the update leaves in place what the forward pass read.
      meet: { experiment, _ in
        for index in experiment.network.layers.indices {
          experiment.network.layers[index].freezesWeights = true
          experiment.network.layers[index].freezesBiases = true
        }
      },
      words: { _ in
        "it holds for the weights that the forward pass read; they have been updated since: old(w1) is w1 then"
      }
    ),
  ]

  /// A loss that was taken for another which differs from it by a factor.
  private static func loss(_ right: String, for wrong: String, factor: @escaping @Sendable (Int) -> String) -> Condition
  {
    Condition(
      name: right,
      isMissed: { $0.worked.loss.rule.name == wrong && $0.worked.outputs != 2 },
      meet: { experiment, _ in
        if let rule = Loss.named(right) { experiment.network.loss = LossChoice(rule) }
      },
      words: { state in
        let count = state.worked.outputs
        return "it holds under \(right); the loss is \(wrong), at \(counted(count, "output")) "
          + factor(count)
      })
  }

  /// Meets the condition at the beginning of an iteration.
  public func meet(in line: inout Timeline) {
    let batch = line.state.batch
    line.change { experiment, _ in meet(&experiment, batch) }
  }
}

/// Why an assertion fails, as far as a condition that was not met explains it.
public struct Reason: Equatable, Sendable {
  /// The condition's name.
  public let condition: String
  /// One line, as a user reads it.
  public let words: String

  /// The reasons why an assertion fails at a state: `holds` says whether it does where a condition is met.
  public static func reasons(
    at state: State, holds: (_ condition: Condition) -> Bool
  ) -> [Reason] {
    Condition.all.filter { $0.isMissed(state) && holds($0) }
      .map { Reason(condition: $0.name, words: $0.words(state)) }
  }
}

extension State {
  /// Whether this iteration's update has changed a weight or bias.
  fileprivate var hasUpdated: Bool {
    zip(parameters, forward).contains { $0.w.version != $1.w.version || $0.b.version != $1.b.version }
  }

  /// Σy of every sample of the batch.
  fileprivate var targetSums: [Double] {
    batch.map { experiment.data.target($0).reduce(0, +) }
  }
}
