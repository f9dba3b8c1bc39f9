import Engine
import Notation

/// A case of somebody else's with all that it takes to work it out here: what its arrays are, and what was found of the rest.
package struct SolvedCase: Sendable {
  /// The network, the samples and how they are taken.
  package let experiment: Experiment
  /// The weights and biases before the iteration.
  package let parameters: [LayerParameters]
  /// How the file has its matrices of weights.
  package let layout: WeightLayout
  /// Whether the file has each sample as a row.
  package let samplesAreRows: Bool
  /// What the file has of the forward and the backward pass, in the order of computation.
  package let computed: [CaseNumbers]
  /// What it has of the parameters after the update.
  package let updated: [CaseNumbers]
  /// The names of the inputs, the targets and the weights, as the file has them.
  package let names: (inputs: String, targets: String, weights: [String])
  /// What was found rather than said, and from what.
  package let findings: [Finding]
  /// The names that mean something, and not what.
  package let unplaced: [String]
  /// Whether new parameters are there that no learning rate leads to.
  package let isWithoutRate: Bool
  /// Whether nothing says the learning rate.
  package let isRateUnknown: Bool

  /// Something that the file does not say and that was found.
  package struct Finding: Sendable {
    /// The setting that would say it: `loss`.
    package let setting: String
    /// What it is, as it would be typed.
    package let value: String
    /// The array that told it, or what else did; nil where it was said.
    package let source: Text?
    /// What would be the same here.
    package let same: [String]
  }

  /// Reads a case. Throws where something is missing, does not fit, or has to be said.
  package init(_ arrays: [CaseArray], _ wishes: CaseWishes) throws(CaseError) {
    let contents = try CaseContents(arrays)
    for array in arrays where array.goesIn && !array.elements.allSatisfy(\.isFinite) {
      throw CaseError("\(array.name) holds numbers that are not finite, and an iteration begins with it")
    }
    if let said = wishes.activations, said.count != contents.weights.count {
      throw CaseError(
        "there are weights of \(counted(contents.weights.count, "layer")), and \(counted(said.count, "activation")) said",
        answers: [])
    }
    let readings = try CaseReading.all(of: contents, wishes)
    guard readings.contains(where: { !$0.computed.isEmpty || !$0.updated.isEmpty }) else {
      throw CaseError("it holds nothing that was computed, such as Z1, A1, loss, dZ2 or dW1, to compare")
    }
    let found = try CaseSearch.find(readings, wishes)
    let (trial, reading) = (found.trial, found.trial.reading)
    let rate = wishes.rate ?? reading.rate
    let fitting = rate == nil ? CaseRate.find(reading, at: trial.timeline.state) : nil
    var experiment = trial.timeline.experiment
    if let rate = rate ?? fitting?.rate {
      guard experiment.network.optimizer.set(Optimizer.rate.name, to: rate) else {
        throw CaseError("a learning rate is a finite number of at least 0, not \(shortest(rate))")
      }
    }
    self.experiment = experiment
    parameters = reading.parameters
    (layout, samplesAreRows) = (reading.layout.weights, reading.layout.samplesAreRows)
    let program = trial.timeline.state.program
    computed = reading.computed.sorted { program.computes($0.quantity, before: $1.quantity) }
    isRateUnknown = rate == nil && fitting == nil
    isWithoutRate = isRateUnknown && !reading.updated.isEmpty
    updated = isWithoutRate ? [] : reading.updated.sorted { program.computes($0.quantity, before: $1.quantity) }
    names = (contents.inputs.name, contents.targets.name, contents.weights.map(\.name))
    unplaced = contents.unplaced
    findings = SolvedCase.findings(found, wishes, rate: fitting, saidInFile: wishes.rate == nil ? contents.rate : nil)
  }

  private static func findings(
    _ found: CaseSearch.Found, _ wishes: CaseWishes, rate: CaseRate?, saidInFile: CaseArray?
  ) -> [Finding] {
    let trial = found.trial
    var all: [Finding] = []
    // What tells the rest where nothing computed forward does: the first gradient that is right.
    let gradient = trial.judged.first { $0.quantity.kind.gradientOf != nil && $0.isRight }
    let backward: Text? = gradient.flatMap { first in
      trial.reading.computed.first { $0.quantity == first.quantity }.map { Text(verbatim: $0.name) }
    }
    let loss = trial.reading.numbers(Quantity(.loss))?.name
    let isLossFit = found.lossFits
    if wishes.activations == nil {
      let sources = trial.forward.evidence.map { evidence -> Text? in
        switch evidence {
        case .said: nil
        case .fits(let name): Text(verbatim: name)
        case .fitsThere(let name): "what comes before \(name)"
        case .none: isLossFit ? loss.map { Text(verbatim: $0) } : backward
        }
      }
      for (layer, activation) in trial.forward.activations.enumerated() {
        all.append(
          Finding(
            setting: "activation \(layer + 1)", value: activation.typed, source: sources[layer] ?? "",
            same: trial.forward.same[layer].map(\.typed)))
      }
    }
    func others(_ text: (CaseTrial) -> String) -> [String] {
      var all: [String] = []
      for other in found.same where text(other) != text(trial) && !all.contains(text(other)) { all.append(text(other)) }
      return all
    }
    let source: Text = (isLossFit ? loss.map { Text(verbatim: $0) } : backward) ?? ""
    if wishes.loss == nil {
      all.append(Finding(setting: "loss", value: trial.loss.typed, source: source, same: others { $0.loss.typed }))
    }
    if wishes.reduction == nil, trial.reading.sampleCount > 1 {
      let weights = trial.judged.first { $0.quantity.kind.gradientOf?.isParameter == true && $0.isRight }
      let name = weights.flatMap { first in trial.reading.computed.first { $0.quantity == first.quantity }?.name }
      all.append(
        Finding(
          setting: "reduction", value: trial.reduction.rawValue,
          source: isLossFit ? source : name.map { Text(verbatim: $0) } ?? "", same: others { $0.reduction.rawValue }))
    }
    if let rate {
      all.append(
        Finding(setting: "rate", value: shortest(rate.rate), source: rate.source.map { Text(verbatim: $0) }, same: []))
    } else if let saidInFile, let value = saidInFile.elements.first {
      all.append(
        Finding(setting: "rate", value: shortest(value), source: Text(verbatim: saidInFile.name), same: []))
    }
    return all
  }
}
