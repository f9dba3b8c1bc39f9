/// A number that training does not change and that decides what comes of it: the learning rate and the other settings of the
/// optimizer, how many samples a batch has, the seed of the first weights. A sweep varies them.
package struct Hyperparameter: Sendable {
  /// The name as it is typed.
  package let name: String
  /// The name of a whole range of them: `seeds`.
  package let plural: String
  /// The other names that it goes by.
  package let aliases: [String]
  /// The values that make sense; the ends belong to it.
  package let range: ClosedRange<Double>
  /// Whether only whole numbers make sense.
  package let isWhole: Bool
  /// Whether it is its size that counts, so that values are spread by equal factors.
  package let goesByFactors: Bool
  private let put: @Sendable (Double, inout Experiment, inout [LayerParameters]) -> Void

  /// Gives it a value. The seed draws all weights anew, as `init` does.
  package func set(_ value: Double, in experiment: inout Experiment, _ parameters: inout [LayerParameters]) {
    put(value, &experiment, &parameters)
  }

  /// Two are the same where they go by the same name.
  package static func == (one: Hyperparameter, other: Hyperparameter) -> Bool { one.name == other.name }

  /// Whether a name is one that it goes by.
  package func isCalled(_ name: String) -> Bool { name == self.name || name == plural || aliases.contains(name) }

  /// Those of an experiment: every setting of its optimizer that is a number, and what stands beside it.
  package static func all(of experiment: Experiment) -> [Hyperparameter] {
    let settings = experiment.network.optimizer.rule.settings.filter(\.words.isEmpty)
    return settings.map(Hyperparameter.init) + beside
  }

  /// Those that are no optimizer's. A new one is one entry.
  private static let beside: [Hyperparameter] = [
    Hyperparameter(
      name: batchName, plural: "batches", aliases: ["batch-size"], range: 1...1e9, isWhole: true, goesByFactors: true
    ) { value, experiment, _ in experiment.batchSize = Int(value) },
    Hyperparameter(
      name: seedName, plural: "seeds", aliases: [], range: 0...Double(Int32.max), isWhole: true, goesByFactors: false
    ) { value, experiment, parameters in
      experiment.seed = Int(value)
      parameters = experiment.initialParameters
    },
  ]

  /// What the seed of the first weights is called, and the number of samples in a batch.
  private static let (seedName, batchName) = ("seed", "batch")

  /// Whether it is the seed that the first weights are drawn with.
  package var isSeed: Bool { name == Hyperparameter.seedName }

  /// Whether it is how many samples a batch has, on which it depends which iterations there are.
  package var isBatch: Bool { name == Hyperparameter.batchName }
}

extension Hyperparameter {
  fileprivate init(_ setting: Setting) {
    let name = setting.name
    self.init(
      name: name, plural: name + "s", aliases: setting.aliases, range: setting.range, isWhole: false,
      goesByFactors: setting.goesByFactors
    ) { value, experiment, _ in _ = experiment.network.optimizer.set(name, to: value) }
  }
}
