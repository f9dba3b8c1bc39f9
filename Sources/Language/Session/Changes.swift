import Engine
import Notation

extension Session {
  /// Changes the experiment or its parameters at this place. Sizes are looked at before anything is allocated.
  mutating func change(
    at column: Int, _ edit: (inout Experiment, inout [LayerParameters]) throws(CommandError) -> Void
  ) throws(CommandError) {
    let before = hasFuture ? $content : nil
    partWhereThereIsAFuture()
    try content.change { experiment, parameters throws(CommandError) in
      let old = experiment
      try edit(&experiment, &parameters)
      // Most lines change numbers alone.
      guard experiment != old else { return }
      let before = old.network
      if !before.alterations.isEmpty, !experiment.network.hasSameFormulas(as: before) {
        throw CommandError(
          "the mistakes that are on were made for another network: turn them off by mistake none", at: column)
      }
      // A target that names a class is written as the network takes it.
      experiment.writeTargets()
      if let reason = Session.excess(of: experiment) { throw CommandError(reason, at: column) }
    }
    // What gives a thing the value that it has takes no future away.
    if let before, timeline.stands(like: before.wrappedValue.timeline) { $content = before }
  }

  /// The most numbers that the samples of a batch may take, counted over all layers.
  static let largestBatch = 20_000_000

  /// What is too large about an experiment, or nil.
  static func excess(of experiment: Experiment) -> Text? {
    let network = experiment.network
    let limits = Network.limits
    if network.layers.count > limits.layers { return "a network has at most \(limits.layers) layers" }
    if let layer = network.layers.firstIndex(where: { $0.units > limits.units }) {
      return "a layer has at most \(limits.units) units, layer \(layer + 1) would have \(network.layers[layer].units)"
    }
    if network.parameterCount > limits.weights {
      return "a network has at most \(limits.weights) weights and biases, this would have \(network.parameterCount)"
    }
    if experiment.data.scales.contains(where: { !$0.offset.isFinite || !$0.divisor.isFinite }) {
      return "the inputs are too large to be scaled"
    }
    let units = network.layers.reduce(network.inputs) { $0 + $1.units }
    if experiment.samplesPerBatch * units > largestBatch {
      return
        "a batch of \(experiment.samplesPerBatch) samples is too large for \(units) units; give a smaller one: batch N"
    }
    return nil
  }

  /// Gives a rule the settings that were typed.
  func choose<Row: Rule>(
    _ row: Row, _ settings: [SettingWord], otherNames: [String] = [], at column: Int
  ) throws(CommandError) -> Choice<Row> {
    var choice = Choice(row)
    var given: Set<String> = []
    for setting in settings {
      guard let own = row.setting(setting.name) else {
        let names = row.settings.map(\.name) + otherNames
        let list = names.isEmpty ? "it has none" : "it has " + names.joined(separator: ", ")
        let near = suggestion(for: setting.name, among: names)
        throw CommandError(
          "\(row.name) has no setting \(setting.name)\(near.isEmpty ? "; \(list)" : near)", at: setting.column)
      }
      guard given.insert(own.name).inserted else {
        throw CommandError("\(own.name) is given twice", at: setting.column)
      }
      let value = try value(of: setting, own)
      guard choice.set(own.name, to: value) else {
        throw CommandError(
          "\(own.name) = \(shortest(value)) is out of range; \(own.range.inWords) was expected",
          at: setting.value.range.lowerBound)
      }
    }
    if let reason = choice.contradiction { throw CommandError(reason, at: column) }
    return choice
  }

  private func value(of setting: SettingWord, _ own: Setting) throws(CommandError) -> Double {
    guard !own.words.isEmpty else { return try number(setting.value) }
    let word = setting.value.text
    if let place = own.words.firstIndex(of: word) { return Double(place) }
    if own.isFlag, let value = ["0": 0.0, "1": 1.0][word] { return value }
    throw CommandError(
      "\(own.name) is \(own.words.reversed().joined(separator: " or "))", at: setting.value.range.lowerBound)
  }

  /// A word as a finite number: a literal, or any expression without blanks.
  func number(_ word: Word) throws(CommandError) -> Double {
    let column = word.range.lowerBound
    if word.isDecimal, let number = Double(word.text), number.isFinite { return number }
    let value: Matrix
    do throws(SyntaxError) {
      let expression = try Expression.parse(word.text, functions: OwnFunctions(content.definitions))
      do throws(EvaluationError) { value = try expression.evaluate(in: scope) } catch {
        throw SyntaxError(error.message, at: error.range ?? 0..<0)
      }
    } catch {
      throw CommandError(
        "a number was expected, not \(word.text): \(error.message)", at: column + error.range.lowerBound)
    }
    guard let number = value.scalar, number.isFinite else {
      throw CommandError("a finite number was expected, \(word.text) is none", at: column)
    }
    return number
  }
}

extension ClosedRange<Double> {
  /// The numbers in it: `at least 0`, `0 to 1`; an end that does not belong to them is named as such.
  var inWords: Text {
    let (low, high) = (lowerBound, upperBound)
    // An end that is a neighbour of a short number stands for that number, which does not belong to the range.
    func isOpen(_ end: Double) -> Bool { shortest(end).count > 12 || end == .leastNonzeroMagnitude }
    let (above, below) = (shortest(low.nextDown), shortest(high.nextUp))
    if high >= 1e300 {
      return low <= -1e300 ? "a finite number" : isOpen(low) ? "above \(above)" : "at least \(shortest(low))"
    }
    return switch (isOpen(low), isOpen(high)) {
    case (false, false): "\(shortest(low)) to \(shortest(high))"
    case (true, false): "above \(above) to \(shortest(high))"
    case (false, true): "\(shortest(low)) to below \(below)"
    case (true, true): "above \(above) to below \(below)"
    }
  }
}

extension Timeline {
  /// Whether the same would come of going on from here.
  fileprivate func stands(like other: Timeline) -> Bool {
    experiment == other.experiment && state.parameters == other.state.parameters
      && state.forward == other.state.forward
  }
}
