import Engine
import Notation

extension ParameterOrigin {
  /// The line of time from one change made by hand to the next, with how the updates in it are grouped.
  package struct Stretch: Sendable {
    /// The layer steps before it.
    package let step: Int
    /// The layer steps before what comes behind it; nil of the last.
    package let end: Int?
    /// How its updates are grouped.
    package let grouping: Grouping
    /// The rule by which they are made.
    package let optimizer: OptimizerChoice
    /// Whether nothing moves the number.
    let isFrozen: Bool
    /// The iteration, counted from 0, before which it ends: of the last that to which the updates go.
    let endIteration: Int
  }

  /// The stretches between beginnings, of which the last goes up to an iteration.
  static func stretches(
    of parameter: Quantity, at index: Int, _ beginnings: [Timeline.Beginning], upTo end: Int, in experiment: Experiment
  ) -> [Stretch] {
    beginnings.indices.map { place in
      let next = beginnings.dropFirst(place + 1).first
      return Stretch(
        step: beginnings[place].step, end: next?.step,
        grouping: grouping(of: parameter, at: index, beginnings, place, in: experiment),
        optimizer: beginnings[place].optimizer.of(parameter.kind), isFrozen: beginnings[place].freezes(parameter),
        endIteration: next?.iteration ?? end)
    }
  }

  private static func grouping(
    of parameter: Quantity, at index: Int, _ beginnings: [Timeline.Beginning], _ place: Int, in experiment: Experiment
  ) -> Grouping {
    let isAlone = experiment.samplesPerBatch == 1
    if experiment.data.count > mostSamples { return .together(.manySamples) }
    if !isAlone, !experiment.network.alterations.isEmpty { return .together(.mistake) }
    let optimizer = beginnings[place].optimizer.of(parameter.kind)
    // What is frozen is moved by nothing, whatever the rule.
    if optimizer.isPlainDescent || beginnings[place].freezes(parameter) { return .bySample }
    guard optimizer.shareInMomentum != nil else { return .together(.optimizer) }
    guard isAlone else { return .together(.batches) }
    // What a momentum has of gradients before a change has no share in the updates behind it.
    func goesOn(into place: Int) -> Bool {
      beginnings.indices.contains(place) && !beginnings[place].remembersNothing(of: parameter, at: index)
    }
    for (next, other) in [(place, place - 1), (place + 1, place + 1)] where goesOn(into: next) {
      let isSame = !beginnings.indices.contains(other) || beginnings[other].optimizer.of(parameter.kind) == optimizer
      return .together(isSame ? .changed : .optimizerChanged)
    }
    return .throughMomentum
  }
}
