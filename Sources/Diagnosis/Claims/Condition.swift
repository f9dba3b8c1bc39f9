import Engine
import Notation

/// A condition that a page may leave unsaid: a row of the table. An assertion that fails is tried once more where the
/// condition is met; where it then holds, that is the reason.
package struct Condition: Sendable {
  /// The name, for programs.
  package let name: String
  /// Whether the condition is not met where a state stands, so that there is something to try.
  let isMissed: @Sendable (State) -> Bool
  /// How it is met.
  let meeting: Meeting
  /// The same as an assertion says it behind `with`, where it is not exact as it is met: what is set there is known to be
  /// rounded. Nil where it is.
  var stated: (quantity: Expression, value: Expression)?
  /// The condition as it stands behind what holds: `at rate 1`.
  let clause: @Sendable (State) -> Text
  /// What there is where it is not met: `the rate is 0.5`.
  let here: @Sendable (State) -> Text

  /// How a condition is met, to try an assertion where it is.
  enum Meeting: Sendable {
    /// The experiment is another one, from this iteration's beginning on.
    case experiment(@Sendable (_ experiment: inout Experiment, _ state: State) -> Void)
    /// The assertion is read another way; nil where it leaves nothing to be read so.
    case reading(@Sendable (Expression, StateScope) -> Expression?)
  }

  /// Every condition, in the order in which they are tried; a new one is one entry.
  package static let all: [Condition] = [
    Condition(
      name: "rate",
      isMissed: { $0.worked.optimizer.rate != 1 },
      meeting: .experiment { experiment, _ in _ = experiment.network.optimizer.set(Optimizer.rate.name, to: 1) },
      clause: { _ in "at rate 1" }, here: { "the rate is \(shortest($0.worked.optimizer.rate))" }),
    Condition(
      name: "target-sum",
      isMissed: { state in
        state.worked.loss.rule.targets == .distribution
          && state.targetSums.contains { $0.isFinite && $0 > 0 && abs($0 - 1) > 1e-12 }
      },
      meeting: .experiment { experiment, state in
        for sample in state.batch {
          let targets = Array(experiment.data.target(sample))
          let sum = targets.reduce(0, +)
          guard sum > 0 else { continue }
          for (column, target) in targets.enumerated() { experiment.data.setTarget(sample, column, target / sum) }
        }
      },
      stated: (.formula("y"), .formula("y / sum(y)")),
      clause: { _ in "where the targets sum to 1" },
      here: { state in
        let sum = state.targetSums.first { abs($0 - 1) > 1e-12 } ?? 1
        return "here they sum to \(significant(sum, digits: 6))"
      }),
    Condition(
      name: "loss-factor",
      isMissed: { $0.worked.lossOfOtherFactor != nil },
      meeting: .experiment { experiment, state in
        if let other = state.worked.lossOfOtherFactor { experiment.network.loss = other.loss }
      },
      clause: { "under \($0.worked.lossOfOtherFactor?.loss.inWords ?? "")" },
      here: { state in
        let (network, ratio) = (state.worked, state.worked.lossOfOtherFactor?.ratio ?? Text(verbatim: ""))
        let outputs = counted(network.outputs, "output")
        return "the loss is \(network.loss.inWords), at \(outputs) \(ratio)"
      }),
    Condition(
      name: "one-sample",
      isMissed: { $0.batch.count > 1 },
      // The sample on show is the only one there is: others are not made equal to it, which would hold too much.
      meeting: .experiment { experiment, state in
        guard state.batch.indices.contains(state.selected) else { return }
        let sample = state.batch[state.selected]
        let (input, target) = (Array(experiment.data.input(sample)), Array(experiment.data.target(sample)))
        experiment.data.replace(with: Dataset())
        _ = experiment.data.append(input: input, target: target)
      },
      clause: { _ in "for a batch of one sample" }, here: { "this one has \($0.batch.count)" }),
    Condition(
      name: "old-weights",
      isMissed: { $0.hasUpdated },
      // An assertion that says itself which version it means is read as it stands.
      meeting: .reading { $0.saysVersions(in: $1) ? nil : Expression(.old($0), range: $0.range) },
      clause: { _ in "for the weights that the forward pass read" },
      here: { _ in "they have been updated since: old(w1) is w1 then" }
    ),
  ]

  /// What to say of a state where it was the reason: `it holds at rate 1; the rate is 0.5`.
  func words(_ state: State) -> Text { "it holds \(words(behind: state))" }

  /// The condition behind what holds by it, and what there is here where that is another: `at rate 1; the rate is 0.5`.
  package func words(behind state: State) -> Text {
    isMissed(state) ? "\(clause(state)); \(here(state))" : clause(state)
  }

  /// Whether it is met where a state stands.
  package func isMet(at state: State) -> Bool { !isMissed(state) }

  /// Meets the condition at the beginning of an iteration, where that takes another experiment.
  package func meet(in line: inout Timeline) {
    guard case .experiment(let meet) = meeting else { return }
    let state = line.state
    line.change { experiment, _ in meet(&experiment, state) }
  }

  /// A claim that says the condition itself, as far as exact numbers need that.
  package func stated(in claim: Claim) -> Claim { stated.map { claim.setting($0.quantity, to: $0.value) } ?? claim }

  /// A side of an assertion as it has to be read for the condition to be met; nil where it cannot be read so.
  package func read(_ side: Expression, in scope: StateScope) -> Expression? {
    guard case .reading(let read) = meeting else { return side }
    return read(side, scope)
  }
}

/// Why an assertion fails, as far as a condition that was not met explains it.
package struct Reason: Equatable, Sendable {
  /// The condition's name.
  package let condition: String
  /// One line, as a user reads it.
  package let words: Text

  /// The reasons why an assertion fails at a state: `holds` says whether it does where a condition is met.
  package static func reasons(
    at state: State, holds: (_ condition: Condition) -> Bool
  ) -> [Reason] {
    Condition.all.filter { $0.isMissed(state) && holds($0) }
      .map { Reason(condition: $0.name, words: $0.words(state)) }
  }
}

extension State {
  /// Σy of every sample of the batch.
  fileprivate var targetSums: [Double] {
    batch.map { experiment.data.target($0).reduce(0, +) }
  }
}

extension Network {
  /// The loss of the same terms over another divisor, for which this network's may be taken, and what this one's value is
  /// to that one's: `2/3 of it`. Nil where there is none, or the divisors agree at this number of outputs.
  fileprivate var lossOfOtherFactor: (loss: LossChoice, ratio: Text)? {
    let outputs = Double(self.outputs)
    let own = loss.rule.divisor(outputs)
    let rows = Loss.all.filter { $0.termFormula == loss.rule.termFormula }.map { LossChoice($0) }
    let summed = rows.compactMap { row in
      var row = row
      return row.set("outputs", to: 1) ? row : nil
    }
    guard let other = (rows + summed).first(where: { $0.rule.divisor(outputs) != own }) else { return nil }
    let divisor = other.rule.divisor(outputs)
    let ratio = "\(shortest(divisor))/\(shortest(own))"
    return (other, divisor < own ? "\(ratio) of it" : "\(ratio) times that")
  }
}

extension Choice where Row == Loss {
  /// Its name, with what is said of its outputs where that is not what is said by itself.
  fileprivate var inWords: String {
    changed.first { !$0.setting.words.isEmpty }.flatMap { changed in
      changed.setting.word(for: changed.value).map { "\(rule.name) \(changed.setting.name)=\($0)" }
    } ?? rule.name
  }
}

extension Expression {
  /// Whether a version of a weight, or another time, is asked for in it, or in what a `let` of it stands for.
  fileprivate func saysVersions(in scope: StateScope, depth: Int = 0) -> Bool {
    switch kind {
    case .old, .at, .name(_, version: .some): true
    case .name(let name, version: nil):
      depth < 32 && scope.definition(of: name).map { $0.saysVersions(in: scope, depth: depth + 1) } ?? false
    default: children.contains { $0.saysVersions(in: scope, depth: depth) }
    }
  }
}
