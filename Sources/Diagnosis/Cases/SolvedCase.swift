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
  /// Where in its matrices of weights the file has the biases: `the last column`; nil where it has them apart.
  package let biasColumn: Text?
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

  /// Each of its numbers beside what they should be, at that place, in the order of computation.
  package func compared(at state: State) throws(NotComputed) -> [ForeignNumbers] {
    var all: [ForeignNumbers] = []
    for numbers in computed + updated { all.append(try ForeignNumbers(ofBatch: numbers, at: state)) }
    return ForeignNumbers.consistent(all, at: state)
  }

  /// Something that the file does not say and that was found.
  package struct Finding: Sendable {
    /// The setting that would say it: `loss`.
    package let setting: String
    /// What it is, as it would be typed; of activations, from the first layer to the last.
    package let values: [Value]

    /// One value with what told it.
    package struct Value: Sendable {
      /// What it is, as it would be typed.
      package let name: String
      /// The array that told it; nil where none did.
      package let source: Text?
      /// What would be the same here.
      package let same: [String]
    }
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
    biasColumn = reading.layout.biasColumn.words(reading.layout.weights)
    isRateUnknown = rate == nil && fitting == nil
    isWithoutRate = isRateUnknown && !reading.updated.isEmpty
    let (program, rounding) = (trial.timeline.state.program, SingleRounding(experiment, reading.parameters))
    let given = reading.computed + (isWithoutRate ? [] : reading.updated)
    let isOfExact = reading.comesOfExactInputs(at: trial.timeline.state)
    let numbers = rounding.widening(isOfExact ? given.map(\.comingOfExact) : given)
    computed = numbers.filter { !$0.quantity.kind.isParameter }.sorted {
      program.computes($0.quantity, before: $1.quantity)
    }
    updated = numbers.filter { $0.quantity.kind.isParameter }.sorted { $0.quantity.layer < $1.quantity.layer }
    names = (contents.inputs.name, contents.targets.name, contents.weights.map(\.name))
    // What is not one number where one was expected, such as a loss for each sample.
    let left = contents.computed.map(\.array.name).filter { name in !reading.computed.contains { $0.name == name } }
    unplaced = contents.unplaced + left
    findings = SolvedCase.findings(found, wishes, rate: fitting, saidInFile: wishes.rate == nil ? contents.rate : nil)
  }

  private static func findings(
    _ found: CaseSearch.Found, _ wishes: CaseWishes, rate: CaseRate?, saidInFile: CaseArray?
  ) -> [Finding] {
    let (trial, reading) = (found.trial, found.trial.reading)
    func name(_ numbers: ForeignNumbers?) -> Text? {
      numbers.flatMap { reading.numbers($0.quantity) }.map { Text(verbatim: $0.name) }
    }
    let gradients = trial.judged.filter { $0.quantity.kind.gradientOf != nil && $0.isRight }
    // What tells the rest where nothing computed forward does: the first gradient that is right.
    let loss = found.lossFits ? reading.numbers(Quantity(.loss)).map { Text(verbatim: $0.name) } : nil
    let told = loss ?? name(gradients.first)
    func one(_ setting: String, _ value: String, _ source: Text?, _ text: (CaseTrial) -> String) -> Finding {
      var others: [String] = []
      for other in found.same.map(text) where other != value && !others.contains(other) { others.append(other) }
      return Finding(setting: setting, values: [Finding.Value(name: value, source: source, same: others)])
    }
    var all: [Finding] = []
    if wishes.activations == nil {
      let forward = trial.forward
      all.append(
        Finding(
          setting: "activations",
          values: forward.activations.indices.map { layer in
            Finding.Value(
              name: forward.activations[layer].typed, source: forward.evidence[layer].words ?? told,
              same: forward.same[layer].map(\.typed))
          }))
    }
    if wishes.loss == nil { all.append(one("loss", trial.loss.typed, told) { $0.loss.typed }) }
    if wishes.reduction == nil, reading.sampleCount > 1 {
      let source = loss ?? name(gradients.first { $0.quantity.kind.gradientOf?.isParameter == true })
      all.append(one("reduction", trial.reduction.rawValue, source) { $0.reduction.rawValue })
    }
    if let rate {
      let own: Text = rate.ofOwnGradients.map { ", \(shortest($0)) for the gradients as they are given" } ?? ""
      all.append(one("rate", shortest(rate.rate), rate.source.map { "\($0)\(own)" }) { _ in shortest(rate.rate) })
    } else if let saidInFile, let value = saidInFile.elements.first {
      all.append(one("rate", shortest(value), Text(verbatim: saidInFile.name)) { _ in shortest(value) })
    }
    return all
  }
}

extension CaseForward.Evidence {
  /// What told it, in words; nil where nothing computed forward did.
  fileprivate var words: Text? {
    switch self {
    case .said, .none: nil
    case .fits(let name): Text(verbatim: name)
    case .fitsThere(let name): "\(name) and what it holds before it"
    }
  }
}
