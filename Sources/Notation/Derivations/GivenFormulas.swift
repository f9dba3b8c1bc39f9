import Engine

// What is there without being computed.
extension Formula {
  static func given(_ subject: Subject) -> Formula {
    let kind = subject.quantity.kind
    return kind.isOfSample ? sampleValue(subject) : kind == .rate ? rate(subject) : .given(kind.meaning)
  }

  /// What the data gives.
  private static func sampleValue(_ subject: Subject) -> Formula {
    let (state, isInput) = (subject.state, subject.quantity.kind == .x)
    let data = state.experiment.data
    let slot = subject.numbers.sample(subject.element.sample)
    let number = state.batch.indices.contains(slot) ? data.number(of: state.batch[slot]) + 1 : 0
    let names = isInput ? data.inputNames : data.targetNames
    let name = names.indices.contains(subject.element.row) ? ", \(names[subject.element.row])" : ""
    let source: Text = data.name.isEmpty ? "" : " of \(data.name)"
    let scaled: Text = isInput && !data.scales.isEmpty ? ", scaled (\(data.scaling.rawValue))" : ""
    let sample: Text = number > 0 ? "sample \(number)" : "a sample"
    let what: Text = isInput ? "an input" : "a target"
    return .given("given: \(what) of \(sample)\(source)\(name)\(scaled)")
  }

  /// The rate.
  private static func rate(_ subject: Subject) -> Formula {
    .given("given: the setting of \(subject.state.experiment.network.optimizer.rule.name)")
  }
}
